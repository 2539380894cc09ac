"""Check one method's sanity on a run's test coins and store what was found."""

from functools import partial
from typing import Any

from coinvision import explanation, runs
from coinvision.dataset.crops import Progress
from coinvision.explanation.explaining import evaluated_coins, sample
from coinvision.explanation.faithfulness.bench import Bench
from coinvision.explanation.faithfulness.sanity import Sanity

# Twenty-odd networks make a map of each coin. Methods that ask hundreds of times for one map leave
# the layers between out: what counts is the network with nothing learned at all.
COINS, NETWORKS = 16, 5
SLOW_COINS, SLOW_NETWORKS = 4, 3


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
    if method in checks_of(bench.run):
        return False
    slow = method in explanation.SLOW
    count, drawn = (SLOW_COINS, SLOW_NETWORKS) if slow else (COINS, NETWORKS)
    coins = sample(evaluated_coins(bench.run), count)
    pictures = bench.pictures(coins)
    found = Sanity(
        bench.network.model,
        partial(bench.maps_of, method),
        bench.maps(method, coins, pictures),
        pictures,
        bench.classes(coins),
        coins["group"].to_numpy(),
        networks=drawn,
    )
    facts = {
        "cascade": [] if slow else _cascade(found, progress),
        "random_networks": {k: v.as_dict() for k, v in found.random_networks(progress).items()},
        "other_class": found.other_class().as_dict(),
    }
    # read only now: another process may have stored another method's meanwhile
    runs.keep_json(bench.run, runs.SANITY, {**checks_of(bench.run), method: facts})
    return True


def _cascade(found: Sanity, progress: Progress) -> list[dict[str, Any]]:
    return [{"layer": name, **alike.as_dict()} for name, alike in found.cascade(progress)]


def checks_of(run: runs.Run) -> dict[str, Any]:
    """What was checked: by method `cascade`, `random_networks` and `other_class`.

    Raises:
        RunError: the file is damaged.
    """
    return run.facts(runs.SANITY) if (run.folder / runs.SANITY).is_file() else {}
