"""Files that are whole or refused.

Written at a stroke: a reader sees the old or the new one, never a half of it. Read with a check
that the facts that are needed are there.
"""

import errno
import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

# What reading a file of arrays may raise that is cut short, of bytes at random, or something else.
BROKEN = (
    *(ValueError, KeyError, TypeError, AttributeError, EOFError),
    *(zipfile.BadZipFile, zlib.error),
)


def read_facts(path: Path, needed: Mapping[str, type]) -> dict[str, Any]:
    """Read a JSON object that must hold some facts.

    Args:
        path: the file.
        needed: names that must be there, and the type of each.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no JSON object, or lacks a fact; the message follows the file's name.
    """
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is damaged ({error})") from error
    if not isinstance(facts, dict):
        raise ValueError("is damaged (no object)")
    for name, kind in needed.items():
        if not isinstance(facts.get(name), kind):
            raise ValueError(f"lacks {name}, or it is odd")
    return facts


def write_text(path: Path, text: str) -> None:
    """Write a text file as UTF-8 with the line ends that the text has.

    File names that are no valid text (from another system's archive) are spelt out in escapes.
    """
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file aside, under a name of this process's own, and let it take its place."""
    with written_aside(path) as aside:
        aside.write_bytes(data)


def read_arrays(path: Path) -> dict[str, np.ndarray]:
    """Read a file of named arrays.

    Raises:
        OSError: it cannot be read.
        ValueError: it is damaged; the message follows the file's name.
    """
    try:
        with np.load(io.BytesIO(path.read_bytes())) as stored:
            return {key: stored[key] for key in stored.files}
    except BROKEN as error:
        raise ValueError(f"is damaged: {error}") from error


def write_arrays(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write named arrays, compressed."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    write_bytes(path, buffer.getvalue())


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """A name beside `path`, of this process's own; the file put there takes the place of `path`."""
    if not path.name:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield aside
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what writers that were killed left aside in a folder."""
    for aside in folder.glob(".*.part"):
        aside.unlink(missing_ok=True)


def cache_folder(name: str) -> Path:
    """The user's cache for one kind of thing; all of it may be deleted at any time."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "coinvision" / name
