"""A label patch: which coins reviewers would label otherwise or leave out, who said so, and why.

    patch = read("labels.csv")
    coins = apply(coins, patch, journal)

A CSV with the columns of `COLUMNS`, one row a coin. It is applied when a dataset is prepared, and
never to the collection: prepared again without it, the dataset is what it was, byte for byte.
"""

import hashlib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pandas as pd

from coinvision.corrections import LEAVE_OUT, RELABEL
from coinvision.dataset.journal import Journal
from coinvision.emperors import find
from coinvision.errors import DatasetError
from coinvision.tables import read_table

COLUMN, LABELS = "label_patch", "labels"


@dataclass(frozen=True)
class Change:
    """What is to be done with one coin: its label before and after, who said so, when and why."""

    coin_id: str
    change: str  # RELABEL or LEAVE_OUT
    was: str
    becomes: str  # empty where the coin is left out
    verdict: str
    reviewers: str
    at: str
    note: str = ""


COLUMNS = tuple(field.name for field in fields(Change))


@dataclass(frozen=True)
class LabelPatch:
    """The changes of a file, and the file's name and hash, for the record."""

    name: str
    sha256: str
    changes: tuple[Change, ...]


def as_csv(changes: list[Change]) -> str:
    """The changes as a CSV, exactly in the order given."""
    table = pd.DataFrame([asdict(change) for change in changes], columns=list(COLUMNS))
    return table.to_csv(index=False, lineterminator="\n")


def read(path: str | Path) -> LabelPatch:
    """Read a label patch.

    Raises:
        CollectionError: it is no clean CSV.
        DatasetError: a column is missing, a coin stands twice, or a change is none.
    """
    path = Path(path)
    table, problems = read_table(path)
    missing = [column for column in COLUMNS if column not in table.columns]
    if missing or problems:
        what = f"column {missing[0]} is missing" if missing else str(problems[0])
        raise DatasetError(
            f"{path} is no label patch: {what}; expected the columns {', '.join(COLUMNS)}."
        )
    rows = table[list(COLUMNS)].to_dict("records")
    changes = tuple(Change(**{str(name): str(cell) for name, cell in row.items()}) for row in rows)
    _check(path, changes)
    return LabelPatch(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), changes)


def apply(coins: pd.DataFrame, patch: LabelPatch, journal: Journal) -> pd.DataFrame:
    """The coins with corrected emperors, without those to be left out.

    Args:
        coins: with `coin_id` and the emperor's canonical name in `emperor`.
        patch: what reviewers say.
        journal: is told what was done.

    Raises:
        DatasetError: a coin is labeled otherwise than when it was reviewed.
    """
    emperor = dict(zip(coins["coin_id"], coins["emperor"], strict=True))
    by_coin = {c.coin_id: c for c in patch.changes if not _done(c, emperor)}
    for coin_id, change in by_coin.items():
        if emperor[coin_id] != change.was:
            raise DatasetError(
                f"{patch.name} says that {coin_id} is labeled {change.was}, and the collection "
                f"says {emperor[coin_id]}; take the row out or review the coin again."
            )
    before = coins[COLUMN] if COLUMN in coins else [""] * len(coins)
    notes = [
        " / ".join(filter(None, (said, _noted(by_coin.get(coin_id)))))
        for coin_id, said in zip(coins["coin_id"], before, strict=True)
    ]
    kept = coins.assign(
        **{COLUMN: notes},
        emperor=[_corrected(by_coin.get(i), old) for i, old in emperor.items()],
    )
    for change in by_coin.values():
        if change.change == LEAVE_OUT:
            where = (kept["coin_id"] == change.coin_id).to_numpy()
            kept = journal.leave_out(kept, where, f"reviewers said: {change.verdict}")
    _tell(patch, list(by_coin.values()), journal)
    done = journal.facts.setdefault(LABELS, [])
    done.append({"file": patch.name, "sha256": patch.sha256})
    return kept


def _done(change: Change, emperor: dict[str, str]) -> bool:
    """Whether there is nothing to do: the coin is not there, or is labeled so already."""
    there = emperor.get(change.coin_id)
    return there is None or (change.change == RELABEL and there == change.becomes)


def _corrected(change: Change | None, old: str) -> str:
    return change.becomes if change and change.change == RELABEL else old


def _noted(change: Change | None) -> str:
    return f"was {change.was}; {change.reviewers}, {change.at}" if change else ""


def _tell(patch: LabelPatch, applied: list[Change], journal: Journal) -> None:
    relabeled = [change for change in applied if change.change == RELABEL]
    idle = len(patch.changes) - len(applied)
    listed = "; ".join(f"{c.coin_id} from {c.was} to {c.becomes}" for c in relabeled)
    journal.say(
        "Labels",
        f"The label patch {patch.name} (SHA-256 {patch.sha256[:12]}) was applied. Relabeled: "
        f"{listed or 'none'}. Left out: {len(applied) - len(relabeled)}. {idle} of its rows "
        "changed nothing: those coins are not here, or are labeled so already.",
        relabeled=len(relabeled),
        left_out_by_reviewers=len(applied) - len(relabeled),
        patch_rows_idle=idle,
    )


def _check(path: Path, changes: tuple[Change, ...]) -> None:
    seen: set[str] = set()
    for change in changes:
        fault = _fault(change, seen)
        if fault:
            raise DatasetError(f"{path}: {change.coin_id or 'a row'} {fault}.")
        seen.add(change.coin_id)


def _fault(change: Change, seen: set[str]) -> str:
    if not change.coin_id:
        return "without a coin_id cannot be applied"
    if change.coin_id in seen:
        return "stands twice; keep one row a coin"
    if change.change not in (RELABEL, LEAVE_OUT):
        return f"has the change {change.change!r}; expected {RELABEL!r} or {LEAVE_OUT!r}"
    if change.change == LEAVE_OUT:
        return ""
    person = find(change.becomes)
    if person is None or person.name != change.becomes:
        return f"becomes {change.becomes!r}, who is not in the table of emperors under that name"
    return ""
