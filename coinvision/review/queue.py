"""Which coins are most worth a verdict: a table of all coins that networks were asked for blindly.

    table = of_runs([run_of_fold_0, run_of_fold_1, ...])     # out-of-fold predictions, best first

A coin comes the earlier, the less the network, which never learned from it, believes its label:
by what it leaves for everyone else. That is one less cleanlab's `self_confidence`, the label
quality of confident learning (Northcutt, Jiang & Chuang 2021), which also says which labels to
doubt. It orders coins and is no probability of a wrong label: the network's own errors are in it.
Photographs that look alike and have different labels come first: one of them is wrong for certain.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from coinvision import runs
from coinvision.errors import ReviewError
from coinvision.evaluation.evaluating import positions
from coinvision.runs import Run

MISNAMED, DOUBTFUL = "named otherwise", "doubtful label"
ALIKE, UNSURE = "look-alike with another label", "low confidence"
REASONS = (ALIKE, DOUBTFUL, MISNAMED, UNSURE)
SURE_FROM = 0.5  # the probability below which an answer is unsure
RECORDED = ("institution", "material", "denomination")
NEEDED = ("coin_id", "split", "emperor", "predicted")


def siblings(run: Run, others: Sequence[Run]) -> list[Run]:
    """The runs of the same data set and training over all folds, by fold."""
    shared = ("dataset", "dataset_hash", "network", "input", "seed", "coins", "emperors")
    same = {
        other.description["fold"]: other
        for other in others
        if all(other.description.get(key) == run.description.get(key) for key in shared)
    }
    same[run.description["fold"]] = run  # of a fold trained twice, the one that is looked at
    return [same[fold] for fold in sorted(same)]


def of_runs(folds: Sequence[Run]) -> pd.DataFrame:
    """All coins that some run held out, most worth a verdict first.

    A coin's prediction is that of the run that tested it; where none did, of one that validated it.

    Returns:
        Columns of the runs' coins.csv, and `predicted`, `probability` of that, one
        `p_<emperor>` each, `run`, and what `ranked` adds.

    Raises:
        RunError: predictions are missing or damaged.
        ReviewError: a run's predictions are of coins that it does not know.
    """
    tables = [_held_out(run) for run in folds]
    table = pd.concat(tables, ignore_index=True)
    table = table.sort_values("split", key=lambda split: split != "test", kind="stable")
    table = table.drop_duplicates("coin_id", ignore_index=True)
    return ranked(table, folds[0].emperors, _alike(folds[0]))


def ranked(
    table: pd.DataFrame, emperors: list[str], alike: Sequence[tuple[str, str]] = ()
) -> pd.DataFrame:
    """Order coins by what a verdict is worth.

    Args:
        table: `coin_id`, `emperor`, `predicted` and one `p_<emperor>` column each.
        emperors: the classes.
        alike: pairs of coins whose photographs look alike.

    Returns:
        The table with `worth` (0 to 1), `reasons` (a text, empty where there is none) and
        `look_alike` (the other coin of a pair with two labels), the worthiest first.
    """
    probabilities = table[[f"p_{name}" for name in emperors]].to_numpy(dtype=float)
    labels = positions(emperors, table["emperor"])
    other = _other_label(table, alike)
    surest = probabilities.max(axis=1)
    flags = {
        ALIKE: (other != "").to_numpy(),
        DOUBTFUL: doubtful(labels, probabilities),
        MISNAMED: (table["predicted"] != table["emperor"]).to_numpy(),
        UNSURE: surest < SURE_FROM,
    }
    worth = np.where(flags[ALIKE], 1.0, 1 - self_confidence(labels, probabilities))
    added = table.assign(
        probability=surest, worth=worth.round(4), reasons=_listed(flags), look_alike=other
    )
    return added.sort_values(["worth", "coin_id"], ascending=[False, True], ignore_index=True)


def self_confidence(labels: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """The quality of each label, from 0 to 1: its probability for who never learned from it."""
    from cleanlab.rank import get_label_quality_scores

    quality: np.ndarray = get_label_quality_scores(labels, _whole(probabilities))
    return quality


def doubtful(labels: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """Which labels confident learning doubts: off the diagonal of its confident joint.

    Args:
        labels: class of each coin, as a number.
        probabilities: coins x classes, each row by a network that never learned from the coin.
    """
    from cleanlab.filter import find_label_issues

    there, positions = np.unique(labels, return_inverse=True)
    if len(there) < 2:
        return np.zeros(len(labels), bool)
    # classes of which no coin is at hand have no threshold
    found: np.ndarray = find_label_issues(
        positions, _whole(probabilities[:, there]), filter_by="confident_learning", n_jobs=1
    )
    return found


def _whole(probabilities: np.ndarray) -> np.ndarray:
    """Rows that sum to 1: stored ones are rounded."""
    sums = probabilities.sum(axis=1, keepdims=True)
    even = np.full_like(probabilities, 1 / probabilities.shape[1])
    return np.divide(probabilities, sums, out=even, where=sums > 0)


def _listed(flags: dict[str, np.ndarray]) -> list[str]:
    rows = zip(*(flags[reason] for reason in REASONS), strict=True)
    return ["; ".join(r for r, on in zip(REASONS, row, strict=True) if on) for row in rows]


def _held_out(run: Run) -> pd.DataFrame:
    probabilities = [f"p_{name}" for name in run.emperors]
    predicted = run.table(runs.PREDICTIONS, *NEEDED, *probabilities)
    coins = run.table(runs.COINS, "coin_id", "emperor", "group", "file_name")
    for column in RECORDED:
        coins[column] = coins[column].astype(object).fillna("") if column in coins else ""
    new = [column for column in coins.columns if column not in ("split", "emperor", "predicted")]
    table = predicted[[*NEEDED, *probabilities]].merge(coins[new], on="coin_id")
    known = set(run.emperors)
    if len(table) != len(predicted) or not {*table["emperor"], *table["predicted"]} <= known:
        raise ReviewError(
            f"{run.name}: {runs.PREDICTIONS} does not fit the run; evaluate it again."
        )
    return table.assign(run=run.name)


def _alike(run: Run) -> list[tuple[str, str]]:
    """Pairs that were found when the dataset was prepared, and files that are the same."""
    pairs = [(str(a), str(b)) for a, b in run.facts(runs.DATASET).get("alike", [])]
    coins = run.table(runs.COINS, "coin_id")
    if "picture_sha256" in coins:
        twins = coins[coins["picture_sha256"].duplicated(keep=False)]
        for _, own in twins.groupby("picture_sha256")["coin_id"]:
            pairs += [(own.iloc[0], other) for other in own.iloc[1:]]
    return pairs


def _other_label(table: pd.DataFrame, alike: Sequence[tuple[str, str]]) -> pd.Series:
    """For each coin, one that looks alike and is labeled otherwise; empty if there is none."""
    label = dict(zip(table["coin_id"], table["emperor"], strict=True))
    other: dict[str, str] = {}
    for a, b in alike:
        if a in label and b in label and label[a] != label[b]:
            other.setdefault(a, b)
            other.setdefault(b, a)
    return pd.Series([other.get(coin_id, "") for coin_id in table["coin_id"]], table.index)
