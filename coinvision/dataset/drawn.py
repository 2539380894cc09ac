"""Collections of drawn coins: what chance decided is known, so nothing has to be found in pixels.

Their `drawn` column holds the hash of each coin's recipe, the same on every machine; `hashes.csv`
beside metadata.csv holds the hashes of the pictures as they were drawn on this one.
"""

import csv
import functools
import hashlib
from pathlib import Path

import pandas as pd

from coinvision.dataset.journal import Journal

DRAWN, HASHES, PREFIX = "drawn", "hashes.csv", "drawn:"
_KNOWN = ("disc_x", "disc_y", "disc_radius", "width", "height")


def mark_of(recipe: str) -> str:
    """What stands for a drawn picture's own hash: that of its recipe."""
    return PREFIX + hashlib.sha256(recipe.encode()).hexdigest()


def expected_sha256(folder: Path, file_name: str, recorded: str) -> str | None:
    """The hash that a photograph's file must have; None if a drawn picture's is not known."""
    if not recorded.startswith(PREFIX):
        return recorded
    path = folder / HASHES
    if not path.is_file():
        return None
    mark, sha256 = _hashes(path, path.stat().st_mtime_ns).get(file_name, ("", ""))
    return sha256 if mark == recorded else None


def is_drawn(coins: pd.DataFrame) -> bool:
    """Whether all coins are drawn; a museum's own column of that name says nothing of it."""
    if not {DRAWN, *_KNOWN} <= set(coins.columns):
        return False
    return bool(coins[DRAWN].str.startswith(PREFIX).all())


def take_as_drawn(coins: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    """The coins with what is known of their pictures, in the columns that photographs are given."""
    journal.say(
        "Pictures",
        f"All {len(coins)} are drawn, not photographed: where each coin lies is known. Their own "
        "hashes are left to each machine; those of the recipes stand for them.",
        near_gray=0,
        disc_not_found=0,
    )
    numbers = {c: pd.to_numeric(coins[c]) for c in ("disc_x", "disc_y", "disc_radius")}
    sizes = {c: pd.to_numeric(coins[c]).astype("Int64") for c in ("width", "height")}
    return coins.assign(
        **numbers, **sizes, disc_found=True, near_gray=False, picture_sha256=coins[DRAWN]
    )


@functools.lru_cache(maxsize=4)
def _hashes(path: Path, changed: int) -> dict[str, tuple[str, str]]:
    with path.open(newline="", encoding="utf-8") as lines:
        return {row["file_name"]: (row[DRAWN], row["sha256"]) for row in csv.DictReader(lines)}
