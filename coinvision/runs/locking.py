"""One process at a time may train a run."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from coinvision.errors import RunError


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from training the same run.

    Raises:
        RunError: one is at it, or the folder's name is no plain name.
    """
    if folder.name in ("", ".", ".."):
        raise RunError(f"{folder} is no name for a run; give a plain --name.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    path = folder.with_name(f".{folder.name}.lock")
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RunError(f"{folder.name} is being trained by another process.") from error
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        lock.release()
