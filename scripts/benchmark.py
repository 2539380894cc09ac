"""Measure how fast Grad-CAM and training are on this machine, for each network; print tables.

    python scripts/benchmark.py

Grad-CAM: ours explains 32 coins at once on a graph that is built once; tf-keras-vis explains coin
by coin. Training: what is done to each coin, and how near it is to one large convolution's speed.
Takes a few minutes. Other work on the machine disturbs the clock more than the processors' time.
"""

import argparse
from collections.abc import Sequence

import command

HEATMAPS = ("network", "way", "ms a coin", "factor", "processor ms a coin", "factor")
TRAINING = ("network", "step", "ms a coin", "processor ms a coin", "multiply-adds", "of the limit")
WAYS = {
    "fast": "ours, 32 at once",
    "reused": "tf-keras-vis, one explainer",
    "new": "tf-keras-vis, new explainer",
}
STEPS = {
    "view": "change the picture at random",
    "frozen": "compute the frozen part, once a view",
    "learn": "learn, once an epoch",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This script takes none."""


def main(arguments: argparse.Namespace) -> None:
    """Measure and print the tables, and how near all are to what can be multiplied."""
    from coinvision.networks import speed

    print("Grad-CAM\n", *_head(HEATMAPS), sep="\n")
    _heatmaps()
    for precision in dict.fromkeys((speed.precision(), "float32")):
        print(f"\nTraining, in {precision}\n", *_head(TRAINING), sep="\n")
        _training(precision)


def _heatmaps() -> None:
    from coinvision import networks
    from coinvision.explanation.timing import compare

    notes = []
    for name in networks.OWN:
        found = compare(networks.get(name))
        ours = found.times["fast"]
        for way, spent in found.times.items():
            clock, processors = spent.clock / ours.clock, spent.processors / ours.processors
            cells = (_ms(spent.clock), f"{clock:.1f}", _ms(spent.processors), f"{processors:.1f}")
            print(_row((name, WAYS[way], *cells)))
        notes.append(
            f"{name}: {found.multiply_adds / 1e9:.2f} billion multiply-adds a coin, "
            f"{_ms(found.limit.clock)} ms at the speed of one large matrix product; ours "
            f"reaches {found.limit.clock / ours.clock:.0%} of that speed by the clock, "
            f"{found.limit.processors / ours.processors:.0%} by the processors' time."
        )
    print("", *notes, sep="\n")


def _training(precision: str) -> None:
    from coinvision import networks
    from coinvision.training.timing import profile

    for name in networks.NETWORKS:
        for step, found in profile(networks.get(name), precision).items():
            took, needed = found.times, found.multiply_adds
            share = f"{found.limit.clock / took.clock:.0%}" if needed else ""
            cells = (f"{needed / 1e9:.2f} billion" if needed else "", share)
            print(_row((name, STEPS[step], _ms(took.clock), _ms(took.processors), *cells)))


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f}"


def _head(cells: Sequence[str]) -> tuple[str, str]:
    return _row(cells), _row(["---"] * len(cells))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
