"""Draw many phantoms, in several processes, into a collection that needs no download.

A coin that is there already, whole, is not drawn again; `hashes.csv` tells. The `drawn` column of
metadata.csv holds the hash of each coin's recipe: it is the same on every machine, while pixels
round differently from processor to processor.
"""

import csv
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import cv2
import pandas as pd

from coinvision import collection
from coinvision.dataset.drawn import DRAWN, HASHES, mark_of
from coinvision.errors import CollectionError
from coinvision.files import write_bytes, write_text
from coinvision.phantom.coin import draw
from coinvision.phantom.masks import MASKS
from coinvision.phantom.recipe import CUES, Recipe, recipe

SIZE = 224
Progress = Callable[[Iterable, int], Iterable]


def draw_collection(
    folder: str | Path,
    *,
    coins: int = 1200,
    seed: int = 0,
    cues: dict[str, float] | None = None,
    progress: Progress = lambda items, _: items,
) -> int:
    """Draw a collection: images/, masks/ and metadata.csv.

    Args:
        folder: new, or one that this function filled before.
        coins: how many; coin i of a seed is the same however many there are.
        seed: of all chance.
        cues: strength 0 to 1 of each of `CUES`; None draws them as on real coins.
        progress: wraps an iterable of known length.

    Returns:
        How many coins had to be drawn; whole ones stay.

    Raises:
        CollectionError: a strength or a seed out of range, or a folder that holds something else.
    """
    folder = Path(folder)
    _check(folder, cues, seed)
    recipes = [recipe(seed, number, cues) for number in range(coins)]
    rows = [_row(one) for one in recipes]
    known = _known(folder)
    missing = [r for r, row in zip(recipes, rows, strict=True) if not _whole(folder, row, known)]
    for part in ("images", MASKS):
        (folder / part).mkdir(parents=True, exist_ok=True)
    # fresh processes: one that is forked hangs on the threads that OpenCV had in its parent
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        drawn = pool.map(partial(_draw_one, folder), missing, chunksize=16)
        known |= {row["file_name"]: row for row in progress(drawn, len(missing))}
    hashes = pd.DataFrame([known[row["file_name"]] for row in rows])
    write_text(folder / HASHES, hashes.to_csv(index=False))
    collection.write(folder, pd.DataFrame(rows))
    return len(missing)


def _check(folder: Path, cues: dict[str, float] | None, seed: int) -> None:
    if seed < 0:
        raise CollectionError(f"The seed {seed} cannot be; expected 0 or more.")
    for cue, strength in (cues or {}).items():
        if cue not in CUES or not 0 <= strength <= 1:
            raise CollectionError(
                f"The cue {cue}={strength} cannot be; expected one of {', '.join(CUES)} with a "
                "strength from 0 to 1."
            )
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        if not (folder / HASHES).is_file() and not (folder / MASKS).is_dir():
            raise CollectionError(f"{folder} holds something else than phantoms; choose another.")


def _row(one: Recipe) -> dict[str, str]:
    """A coin's line in metadata.csv: what a museum would say, where it lies, its whole recipe."""
    text = json.dumps(asdict(one), sort_keys=True)
    radius = SIZE / 2 * (1 - one.margin)
    return {
        "file_name": f"images/{one.number:05d}.png",
        "coin_id": f"phantom-{one.number:05d}",
        "portrait": one.emperor,
        "legend_obverse": one.legend,
        "date": f"AD {one.year}",
        "denomination": one.denomination,
        "material": one.metal.capitalize(),
        "institution": "drawn",
        "mask_name": f"{MASKS}/{one.number:05d}.png",
        DRAWN: mark_of(text),
        "disc_x": str(SIZE / 2 - 0.5),
        "disc_y": str(SIZE / 2 - 0.5),
        "disc_radius": str(round(radius, 1)),
        "width": str(SIZE),
        "height": str(SIZE),
        "recipe": text,
    }


def _draw_one(folder: Path, one: Recipe) -> dict[str, str]:
    cv2.setNumThreads(1)  # the processes share the cores already
    picture, masks = draw(one, SIZE)
    row = _row(one)
    for column, drawn in (("mask_name", masks), ("file_name", picture[..., ::-1])):
        write_bytes(folder / row[column], _png(drawn))
    return _hashes(folder, row)


def _hashes(folder: Path, row: dict[str, str]) -> dict[str, str]:
    """A coin's line in hashes.csv, from its files."""
    picture, masks = (
        hashlib.sha256((folder / row[column]).read_bytes()).hexdigest()
        for column in ("file_name", "mask_name")
    )
    names = {column: row[column] for column in ("file_name", DRAWN)}
    return {**names, "sha256": picture, "mask_sha256": masks}


def _png(picture: "cv2.typing.MatLike") -> bytes:
    return cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()


def _known(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / HASHES
    if not path.is_file():
        return {}
    with path.open(newline="", encoding="utf-8") as lines:
        return {row["file_name"]: row for row in csv.DictReader(lines)}


def _whole(folder: Path, row: dict[str, str], known: dict[str, dict[str, str]]) -> bool:
    there = all((folder / row[column]).is_file() for column in ("file_name", "mask_name"))
    return there and _hashes(folder, row) == known.get(row["file_name"])
