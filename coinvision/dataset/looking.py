"""The step of preparing that looks at every photograph and notes what is seen beside the record."""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from coinvision.collection import Collection
from coinvision.dataset.inspection import Look, look_at_all
from coinvision.dataset.journal import Journal
from coinvision.errors import PhotoError
from coinvision.tables import Problem

Progress = Callable[[Iterable, int], Iterable]


def look_at_photographs(
    coins: pd.DataFrame, collection: Collection, journal: Journal, progress: Progress
) -> tuple[pd.DataFrame, list[np.ndarray]]:
    """The coins whose photographs can be used, with what was seen, and each coin in gray.

    Args:
        coins: of the collection.
        collection: with photographs.
        journal: is told what was seen and which coins are left out.
        progress: wraps an iterable of known length.
    """
    paths = [collection.path(name) for name in coins["file_name"]]
    looks = list(progress(look_at_all(paths), len(paths)))
    for i, look in enumerate(looks):
        if isinstance(look, PhotoError):
            row, coin_id = int(coins["row"][i]), str(coins["coin_id"][i])
            journal.left_out.append(Problem(row, coin_id, str(look)))
    good = [i for i, look in enumerate(looks) if isinstance(look, Look)]
    seen: list[Look] = [looks[i] for i in good]
    coins = coins.iloc[good].reset_index(drop=True)
    coins = coins.assign(**_columns_of(seen))
    standing_in, gray = int((~coins["disc_found"]).sum()), int(coins["near_gray"].sum())
    journal.say(
        "Photographs",
        f"{len(coins)} can be used. {gray} are gray already: no color can be learned from them. In "
        f"{standing_in} no whole disc was found (broken coins, or no ground round the coin); a "
        f"circle round what stands out, or the picture's own, is used.",
        near_gray=gray,
        disc_not_found=standing_in,
    )
    return coins, [look.gray for look in seen]


def _columns_of(looks: list[Look]) -> dict[str, list]:
    return {
        "picture_sha256": [look.sha256 for look in looks],
        "width": [look.width for look in looks],
        "height": [look.height for look in looks],
        "disc_x": [round(look.disc.x, 1) for look in looks],
        "disc_y": [round(look.disc.y, 1) for look in looks],
        "disc_radius": [round(look.disc.radius, 1) for look in looks],
        "disc_found": [look.disc.found for look in looks],
        "near_gray": [look.near_gray for look in looks],
    }
