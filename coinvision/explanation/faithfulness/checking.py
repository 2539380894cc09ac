"""Check one method's sanity on a run's test coins and store what was found."""

from typing import Any

import keras
import numpy as np

from coinvision import explanation, networks, runs
from coinvision.dataset.crops import Progress
from coinvision.explanation.faithfulness.bench import Bench
from coinvision.explanation.faithfulness.sanity import Sanity
from coinvision.explanation.tested import drawn_coins

COINS = 16  # drawn at random; twenty and more networks are asked about each


def check(bench: Bench, method: str, *, progress: Progress = lambda items, _: items) -> bool:
    """Add a method's sanity checks to a run's sanity.json, unless they are there.

    Args:
        bench: of the run.
        method: a name in `explanation.METHODS` or `explanation.CONTROLS`.
        progress: wraps an iterable of known length.

    Returns:
        Whether they had to be done.

    Raises:
        RunError: no such method, no predictions, a damaged run.
        DatasetError: a photograph is missing or has changed.
    """
    checked = checks_of(bench.run)
    if method in checked:
        return False
    coins = drawn_coins(bench.run, COINS)
    compute = explanation.get(method)
    layer = networks.get(bench.run.description["network"]).explained

    def maps_of(model: keras.Model, pictures: np.ndarray, classes: np.ndarray) -> np.ndarray:
        return compute(model, layer, pictures, classes)

    found = Sanity(
        bench.network.model,
        maps_of,
        bench.pictures(coins),
        bench.classes(coins),
        coins["group"].to_numpy(),
    )
    facts = {
        "cascade": [
            {"layer": name, **alike.as_dict()} for name, alike in found.cascade(progress)
        ],
        "random_networks": {k: v.as_dict() for k, v in found.random_networks(progress).items()},
        "other_class": found.other_class().as_dict(),
    }
    runs.keep_json(bench.run, runs.SANITY, {**checked, method: facts})
    return True


def checks_of(run: runs.Run) -> dict[str, Any]:
    """What was checked: by method `cascade`, `random_networks` and `other_class`.

    Raises:
        RunError: the file is damaged.
    """
    return run.facts(runs.SANITY) if (run.folder / runs.SANITY).is_file() else {}
