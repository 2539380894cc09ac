"""Draw Roman coins whose truth is known: a collection that needs no download.

    python scripts/phantom.py
    python scripts/phantom.py --out collections/letters --coins 480 --cue legend=1

Without --out, into the user's cache, where the dashboard finds the coins of the runs that come
with the project. Writes images/, masks/ (0 ground, 1 field, 2 portrait, 3 headgear, 4 legend,
5 border) and metadata.csv with each coin's recipe. Coins that are there already, whole, are not
drawn again. With --cue, cues that are not named are independent of the emperor.
"""

import argparse

import command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    parser.add_argument("--out", help="the collection's folder (default: in the user's cache)")
    parser.add_argument("--coins", type=command.natural_number, default=1200, help="how many")
    parser.add_argument("--seed", type=command.seed, default=0, help="of all chance (default 0)")
    parser.add_argument(
        "--cue",
        action="append",
        type=_cue,
        default=[],
        metavar="NAME=STRENGTH",
        help="portrait, headgear, legend or color, and how far it follows the emperor, 0 to 1",
    )


def main(arguments: argparse.Namespace) -> None:
    """Draw what is missing."""
    from coinvision import phantom
    from coinvision.dataset.crops import COLLECTIONS
    from coinvision.files import cache_folder

    folder = arguments.out or cache_folder(COLLECTIONS) / "phantom"
    cues = {**dict.fromkeys(phantom.CUES, 0.0), **dict(arguments.cue)} if arguments.cue else None
    count = phantom.draw_collection(
        folder,
        coins=arguments.coins,
        seed=arguments.seed,
        cues=cues,
        progress=command.progress("drawing coins"),
    )
    print(f"{count} of {arguments.coins} coins drawn, the others were there: {folder}")


def _cue(text: str) -> tuple[str, float]:
    name, _, strength = text.partition("=")
    try:
        return name, float(strength)
    except ValueError:
        raise argparse.ArgumentTypeError(f"got {text!r}; expected NAME=STRENGTH") from None


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
