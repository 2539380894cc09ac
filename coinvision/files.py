"""Write a file at a stroke: a reader sees the old or the new one, never a half of it."""

from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write a text file as UTF-8 with the line ends that the text has."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file aside and let it take its place."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(data)
    aside.replace(path)
