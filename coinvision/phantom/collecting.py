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
        CollectionError: a strength out of range, or a folder that holds something else.
    """
    folder = Path(folder)
    _check(folder, cues)
    recipes = [recipe(seed, number, cues) for number in range(coins)]
    rows = [_row(one) for one in recipes]
    known = _known(folder)
    missing = [r for r, row in zip(recipes, rows, strict=True) if not _whole(folder, row, known)]
    for part in ("images", "masks"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    # fresh processes: one that is forked hangs on the threads that OpenCV had in its parent
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        drawn = pool.map(partial(_draw_one, folder), missing, chunksize=16)
        known |= dict(progress(drawn, len(missing)))
    write_text(folder / HASHES, _hash_table(rows, known))
    collection.write(folder, pd.DataFrame(rows))
    return len(missing)


def _check(folder: Path, cues: dict[str, float] | None) -> None:
    for cue, strength in (cues or {}).items():
        if cue not in CUES or not 0 <= strength <= 1:
            raise CollectionError(
                f"The cue {cue}={strength} cannot be; expected one of {', '.join(CUES)} with a "
                "strength from 0 to 1."
            )
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        if not (folder / HASHES).is_file() and not (folder / "masks").is_dir():
            raise CollectionError(f"{folder} holds something else than phantoms; choose another.")


def _row(one: Recipe) -> dict[str, object]:
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
        "mask_name": f"masks/{one.number:05d}.png",
        DRAWN: mark_of(text),
        "disc_x": SIZE / 2 - 0.5,
        "disc_y": SIZE / 2 - 0.5,
        "disc_radius": round(radius, 1),
        "width": SIZE,
        "height": SIZE,
        "recipe": text,
    }


def _draw_one(folder: Path, one: Recipe) -> tuple[str, str]:
    cv2.setNumThreads(1)  # the processes share the cores already
    picture, masks = draw(one, SIZE)
    row = _row(one)
    for column, drawn in (("mask_name", masks), ("file_name", picture[..., ::-1])):
        write_bytes(folder / str(row[column]), _png(drawn))
    return str(row["file_name"]), f"{row[DRAWN]} {_digest(folder, row)}"


def _digest(folder: Path, row: dict[str, object]) -> str:
    """One hash over a coin's photograph and its masks."""
    both = b"".join((folder / str(row[key])).read_bytes() for key in ("file_name", "mask_name"))
    return hashlib.sha256(both).hexdigest()


def _png(picture: "cv2.typing.MatLike") -> bytes:
    return cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 3])[1].tobytes()


def _known(folder: Path) -> dict[str, str]:
    path = folder / HASHES
    if not path.is_file():
        return {}
    with path.open(newline="", encoding="utf-8") as lines:
        return {row["file_name"]: f"{row[DRAWN]} {row['sha256']}" for row in csv.DictReader(lines)}


def _whole(folder: Path, row: dict[str, object], known: dict[str, str]) -> bool:
    mark, _, sha256 = known.get(str(row["file_name"]), "").partition(" ")
    there = all((folder / str(row[key])).is_file() for key in ("file_name", "mask_name"))
    return mark == row[DRAWN] and there and _digest(folder, row) == sha256


def _hash_table(rows: list[dict[str, object]], known: dict[str, str]) -> str:
    lines = ["file_name,drawn,sha256"]
    for name in (str(row["file_name"]) for row in rows):
        lines.append(f"{name},{known[name].replace(' ', ',')}")
    return "\n".join(lines) + "\n"
