"""Write a file at a stroke: a reader sees the old or the new one, never a half of it."""

import os
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write a text file as UTF-8 with the line ends that the text has.

    File names that are no valid text (from another system's archive) are spelt out in escapes.
    """
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file aside, under a name of this process's own, and let it take its place."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
