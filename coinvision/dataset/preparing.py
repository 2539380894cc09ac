"""Make a collection ready, step by step, with every decision written down.

Each step takes the table and a journal, and says in the journal what it did and why. The steps
run in the order of `prepare`; none of them looks at another's insides.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from coinvision.collection import Collection
from coinvision.dataset import (
    duplicates,
    folds,
    label_patch,
    leakage,
    museum_numbers,
    naming,
    records,
    stored,
    writing,
)
from coinvision.dataset.drawn import is_drawn, take_as_drawn
from coinvision.dataset.journal import Journal
from coinvision.dataset.looking import Progress, look_at_photographs
from coinvision.errors import DatasetError
from coinvision.spelling import count

NUMBER_GAP = 3
OWN_COLUMNS = {
    *("emperor", "group", "fold", "year", "year_filled", "material_inferred", "picture_sha256"),
    *("width", "height", "disc_x", "disc_y", "disc_radius", "disc_found", "near_gray"),
    *(label_patch.COLUMN, "reason"),
}


@dataclass(frozen=True)
class Settings:
    """What can be chosen when a dataset is prepared."""

    min_coins: int = 30  # an emperor with fewer is left out
    per_emperor: int | None = None  # at most this many coins of each, drawn at random
    split: str = "grouped"  # one of folds.SPLITS
    seed: int = 0

    def check(self) -> None:
        """Raise DatasetError for a value that cannot work."""
        if self.min_coins < folds.NUM_FOLDS:
            raise DatasetError(
                f"--min-coins {self.min_coins} is too few: five folds need at least "
                f"{folds.NUM_FOLDS} coins of each emperor."
            )
        if not 0 <= self.seed <= folds.LARGEST_SEED:
            raise DatasetError(f"--seed {self.seed} is not between 0 and {folds.LARGEST_SEED}.")
        if self.per_emperor is not None and self.per_emperor < self.min_coins:
            raise DatasetError(
                f"--per-emperor {self.per_emperor} is less than --min-coins {self.min_coins}; "
                "give at least as many."
            )


def prepare(
    collection: Collection,
    settings: Settings,
    *,
    folder: str | Path,
    labels: Sequence[label_patch.LabelPatch] = (),
    progress: Progress = lambda items, _: items,
) -> stored.Dataset:
    """Make a dataset of a collection and write its folder.

    Args:
        collection: photographs with records, or a bare table of records.
        settings: what to leave out and how to split.
        folder: where the dataset goes; an older dataset there is replaced.
        labels: reviewers' corrections, applied one after the other and recorded.
        progress: wraps an iterable of known length to show how far it is.

    Raises:
        DatasetError: settings that cannot work, fewer than two emperors left (of a bare table:
            none), a folder in the way, or labels of an earlier state of the collection.
    """
    settings.check()
    folder = Path(folder)
    stored.check_target(folder, collection.source)
    journal = Journal(left_out=list(collection.problems))
    journal.say(
        "Read",
        f"{len(collection.table) + len(collection.problems)} rows of "
        f"{collection.name}; {len(collection.problems)} of them cannot be used.",
        rows=len(collection.table) + len(collection.problems),
    )
    are_drawn = is_drawn(collection.table)
    table = collection.table if are_drawn else _free_own_names(collection.table, journal)
    coins, inferred = naming.set_apart_inferred(table, journal)
    coins = naming.name_emperors(coins, journal)
    for patch in labels:
        coins = label_patch.apply(coins, patch, journal)
    coins = _drop_rare(coins, settings.min_coins, journal)
    grays: list[np.ndarray] | None = None
    if are_drawn:
        coins = take_as_drawn(coins, journal)
    elif collection.folder is not None:
        coins, grays = look_at_photographs(coins, collection, journal, progress)
        coins["_look"] = range(len(coins))
        coins = _drop_rare(coins, settings.min_coins, journal)
    coins = records.clean_records(coins, journal)
    coins = _balance(coins, settings, journal)
    if grays is not None:
        grays = [grays[i] for i in coins.pop("_look")]
    coins = _group(coins, grays, journal)
    coins = _split(coins, settings, journal)
    _look_for_leaks(coins, settings.seed, journal)
    everyone = writing.Everyone(coins, inferred, journal.records(table))
    return writing.write(folder, everyone, collection, asdict(settings), journal)


def _free_own_names(coins: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    """Keep a collection's column that is named like one of the dataset's own as NAME_recorded."""
    taken = {name: f"{name}_recorded" for name in sorted(OWN_COLUMNS & set(coins.columns))}
    both = sorted(set(taken.values()) & set(coins.columns))
    if both:
        raise DatasetError(
            f"The collection has a column {both[0]}, under which its column "
            f"{both[0].removesuffix('_recorded')} is to be kept; rename one of them."
        )
    if taken:
        journal.say("Columns", f"Renamed, since the dataset has its own: {', '.join(taken)}.")
    return coins.rename(columns=taken)


def _drop_rare(coins: pd.DataFrame, min_coins: int, journal: Journal) -> pd.DataFrame:
    counts = coins["emperor"].value_counts()
    for emperor in sorted(counts.index[counts < min_coins]):
        reason = f"{emperor} has {counts[emperor]} coins, fewer than {min_coins}"
        coins = journal.leave_out(coins, (coins["emperor"] == emperor).to_numpy(), reason)
    _check_emperors(coins, min_coins, journal)
    return coins


def _check_emperors(coins: pd.DataFrame, min_coins: int, journal: Journal) -> None:
    left = sorted(set(coins["emperor"]))
    fewest = 2 if "file_name" in coins else 1  # records alone train no network
    if len(left) < fewest:
        only = f"only {left[0]} is" if left else "nobody is"
        raise DatasetError(
            f"A network needs at least two emperors with {min_coins} coins each; {only} left. "
            f"Add coins or lower --min-coins.{_commonest_reason(journal)}"
        )


def _commonest_reason(journal: Journal) -> str:
    reasons = Counter(problem.reason for problem in journal.left_out)
    return "".join(
        f" Left out most often: {reason} ({count(times, 'row')})."
        for reason, times in reasons.most_common(1)
    )


def _balance(coins: pd.DataFrame, settings: Settings, journal: Journal) -> pd.DataFrame:
    if settings.per_emperor is None:
        return coins
    shuffled = coins.sample(frac=1, random_state=settings.seed)
    rank = shuffled.groupby("emperor").cumcount().reindex(coins.index)
    too_many = (rank >= settings.per_emperor).to_numpy()
    journal.say(
        "Balance",
        f"At most {settings.per_emperor} coins an emperor, drawn with seed "
        f"{settings.seed}: {int(too_many.sum())} left out.",
    )
    reason = f"beyond {settings.per_emperor} coins of the emperor"
    return journal.leave_out(coins, too_many, reason)


def _group(coins: pd.DataFrame, grays: list[np.ndarray] | None, journal: Journal) -> pd.DataFrame:
    """Join look-alikes and runs of museum numbers; nothing here sees the emperor."""
    text = coins.select_dtypes(include=["object", "str"])
    numbers = [museum_numbers.museum_number(record) for record in text.to_dict("records")]
    coins["lot"] = [number.series[1] if number else "" for number in numbers]
    coins["number"] = pd.array([n.number if n else None for n in numbers], dtype="Int64")
    runs = museum_numbers.runs(numbers, gap=NUMBER_GAP)
    alike = duplicates.near_duplicates(grays) if grays else []
    if alike:
        journal.facts["alike"] = [(coins["coin_id"][i], coins["coin_id"][j]) for i, j in alike]
    same = duplicates.identical(list(coins["picture_sha256"])) if grays else []
    coins["group"] = folds.join(len(coins), runs + alike + same)
    numbered = sum(number is not None for number in numbers)
    journal.say(
        "Groups",
        f"Coins that may share a photograph, a die or a day at the camera stay together, without "
        f"a look at the emperor. {numbered} coins have a museum number; {len(runs)} follow their "
        f"neighbor within {NUMBER_GAP}. {len(alike)} pairs of photographs show the same coin or "
        f"die, {len(same)} are the same file. Together {coins['group'].nunique()} groups of "
        f"{len(coins)} coins.",
        numbered=numbered,
        number_runs=len(runs),
        look_alikes=len(alike),
        same_files=len(same),
        groups=int(coins["group"].nunique()),
    )
    return _drop_ungroupable(coins, journal)


def _drop_ungroupable(coins: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    """An emperor in fewer groups than folds would be missing from some of them."""
    groups = coins.groupby("emperor")["group"].nunique()
    for emperor in groups.index[groups < folds.NUM_FOLDS]:
        reason = f"{emperor}'s coins fall into {groups[emperor]} groups, too few for five folds"
        coins = journal.leave_out(coins, (coins["emperor"] == emperor).to_numpy(), reason)
    _check_emperors(coins, folds.NUM_FOLDS, journal)
    return coins


def _split(coins: pd.DataFrame, settings: Settings, journal: Journal) -> pd.DataFrame:
    together = {"grouped": _groups, "random": lambda _: None, "institution": _institutions}
    coins["fold"] = folds.assign(
        list(coins["emperor"]), together[settings.split](coins), seed=settings.seed
    )
    sizes = ", ".join(str(n) for n in coins["fold"].value_counts().sort_index())
    how = folds.SPLITS[settings.split]
    journal.say("Folds", f"Five folds of {sizes} coins with seed {settings.seed}: {how}.")
    return coins


def _groups(coins: pd.DataFrame) -> np.ndarray:
    return coins["group"].to_numpy(dtype=int)


def _institutions(coins: pd.DataFrame) -> np.ndarray:
    """Museums, joined where photographs of two of them show the same coin."""
    museums = list(coins["institution"]) if "institution" in coins else [""] * len(coins)
    known = sorted(set(museums) - {""})
    if len(known) < folds.NUM_FOLDS:
        raise DatasetError(
            f"The coins come from {len(known)} known institutions; --split institution needs at "
            f"least {folds.NUM_FOLDS}, so that each fold tests museums that the others lack."
        )
    linked = duplicates.identical(museums) + duplicates.identical(list(map(str, _groups(coins))))
    return folds.join(len(coins), linked)


def _look_for_leaks(coins: pd.DataFrame, seed: int, journal: Journal) -> None:
    """Ask what could be guessed without a picture; note it for the report and for the runs."""
    place = {coin_id: i for i, coin_id in enumerate(coins["coin_id"])}
    found = journal.facts.get("alike", [])
    same = [(place[i], place[j]) for i, j in found if i in place and j in place]
    if "picture_sha256" in coins:
        same += duplicates.identical(list(coins["picture_sha256"]))
    journal.facts["leakage"] = leakage.leakage(coins, same, seed=seed)
