"""Measure how fast Grad-CAM is on this machine, for each network, and print a table.

    python scripts/benchmark.py

Ours explains 32 coins at once on a graph that is built once; tf-keras-vis explains coin by coin.
Takes a few minutes. Other work on the machine disturbs the clock more than the processors' time.
"""

import argparse

import command

COLUMNS = ("network", "way", "ms a coin", "factor", "processor ms a coin", "factor")
WAYS = {
    "fast": "ours, 32 at once",
    "reused": "tf-keras-vis, one explainer",
    "new": "tf-keras-vis, new explainer",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This script takes none."""


def main(arguments: argparse.Namespace) -> None:
    """Measure and print one table, and how near it is to what can be multiplied."""
    from coinvision import networks
    from coinvision.explanation.timing import compare

    print(_row(COLUMNS), _row(["---"] * len(COLUMNS)), sep="\n")
    notes = []
    for name in networks.OWN:
        found = compare(networks.get(name))
        ours = found.times["fast"]
        for way, spent in found.times.items():
            print(
                _row(
                    (
                        *(name, WAYS[way]),
                        *(f"{1000 * spent.clock:.1f}", f"{spent.clock / ours.clock:.1f}"),
                        f"{1000 * spent.processors:.1f}",
                        f"{spent.processors / ours.processors:.1f}",
                    )
                )
            )
        notes.append(
            f"{name}: {found.multiply_adds / 1e9:.2f} billion multiply-adds a coin, "
            f"{1000 * found.limit.clock:.1f} ms at the speed of one large matrix product; ours "
            f"reaches {found.limit.clock / ours.clock:.0%} of that speed by the clock, "
            f"{found.limit.processors / ours.processors:.0%} by the processors' time."
        )
    print("", *notes, sep="\n")


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
