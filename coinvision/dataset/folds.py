"""Groups of coins that belong together, and five folds that never tear a group apart.

Fold K is tested, fold K+1 (fold 0 after 4) chooses, the other three train. What is kept together
depends on the split: see `SPLITS`.
"""

import numpy as np
import pandas as pd

from coinvision.errors import DatasetError

NUM_FOLDS = 5
SPLITS = {
    "grouped": "no group is torn apart",
    "random": "groups are torn apart, for comparison only",
    "institution": "every museum's coins stay in one fold, as near-duplicates of them do",
}
LARGEST_SEED = 2**32 - 1  # what NumPy, scikit-learn and Keras all take


def join(num_coins: int, pairs: list[tuple[int, int]]) -> np.ndarray:
    """Group numbers of coins that are linked by pairs, directly or through others."""
    # SciPy and scikit-learn take seconds to import; who only reads or draws coins does without
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    linked = np.array(pairs, dtype=int).reshape(-1, 2)
    graph = coo_matrix(
        (np.ones(len(linked)), (linked[:, 0], linked[:, 1])), shape=(num_coins, num_coins)
    )
    return connected_components(graph, directed=False)[1]


def assign(emperors: list[str], together: np.ndarray | None, *, seed: int) -> np.ndarray:
    """A fold from 0 to 4 for every coin, with each emperor's share as even as can be.

    Args:
        emperors: of each coin.
        together: coins with the same number here go into the same fold; None leaves all to chance.
        seed: of all chance.
    """
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    labels = np.asarray(emperors, dtype=object)
    splitter = (StratifiedKFold if together is None else StratifiedGroupKFold)(
        NUM_FOLDS, shuffle=True, random_state=seed
    )
    folds = np.empty(len(labels), dtype=int)
    for fold, (_, held_out) in enumerate(splitter.split(np.zeros(len(labels)), labels, together)):
        folds[held_out] = fold
    return folds


def split_of(folds: np.ndarray, tested: int) -> np.ndarray:
    """ "test", "validation" or "train" for every coin when fold `tested` is held out."""
    splits = np.full(len(folds), "train", dtype=object)
    splits[folds == (tested + 1) % NUM_FOLDS] = "validation"
    splits[folds == tested] = "test"
    return splits


def thinned(splits: np.ndarray, emperors: list[str], coins: int, *, seed: int) -> np.ndarray:
    """The splits with only so many coins to train on; the others become "unused".

    Each emperor keeps its share, and the coins of a smaller number are among those of a larger.

    Args:
        splits: of each coin.
        emperors: of each coin.
        coins: how many stay "train", at least one of each emperor.
        seed: of the choice.

    Raises:
        DatasetError: there are not so many, or fewer than emperors are asked for.
    """
    train = pd.Series(emperors)[splits == "train"]
    if not train.nunique() <= coins <= len(train):
        raise DatasetError(
            f"{coins} coins to train on cannot be chosen; expected from {train.nunique()}, one an "
            f"emperor, to the {len(train)} that this fold leaves."
        )
    shuffled = train.sample(frac=1, random_state=seed)
    own = shuffled.groupby(shuffled)
    # the first of each come first, then everybody's second tenth after everybody's first tenth
    place = own.cumcount() / own.transform("size")
    left_over = place.sort_values(kind="stable").index[coins:]
    chosen = splits.copy()
    chosen[left_over] = "unused"
    return chosen
