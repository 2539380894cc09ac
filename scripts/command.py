"""What every script shares: a parser whose help shows an example, one-line errors, progress.

if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from coinvision.errors import CoinvisionError

if TYPE_CHECKING:
    from coinvision.runs import Run

INPUT_FAULT, STOPPED = 2, 130


def run(
    main: Callable[[argparse.Namespace], int | None],
    *,
    description: str | None,
    arguments: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Parse the command line, run `main`, and exit; an input's fault is one line and exit 2."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow's start-up chatter
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments(parser)
    try:
        code = main(parser.parse_args()) or 0
    except CoinvisionError as error:
        print(f"error: {error}", file=sys.stderr)
        code = INPUT_FAULT
    except OSError as error:
        where = error.filename2 or error.filename or "a file"  # the second: what it would replace
        print(f"error: {where} cannot be used: {error.strerror or error}", file=sys.stderr)
        code = INPUT_FAULT
    except KeyboardInterrupt:
        print("\nstopped; run the same command again to go on", file=sys.stderr)
        code = STOPPED
    sys.exit(code)


def progress(label: str) -> Callable[[Iterable, int], Iterable]:
    """A progress bar for long work: wraps an iterable of known length."""
    return lambda items, total: tqdm(
        items, desc=label, total=total, unit="", leave=False, disable=None
    )


def say(sentence: str) -> None:
    """Print a line without tearing a progress bar."""
    tqdm.write(sentence)


def run_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of a script that needs a run and its photographs."""
    parser.add_argument("run", help="a run's folder, or its name in artifacts/runs")
    parser.add_argument("--dataset", help="the dataset on which the run was trained")


def run_and_photographs(arguments: argparse.Namespace) -> "tuple[Run, Path]":
    """What `run_arguments` asked for; without a dataset, photographs are looked for.

    Raises:
        CoinvisionError: there is no such run or dataset, it is of other coins, or the photographs
            are not found.
    """
    from coinvision import dataset, runs
    from coinvision.dataset.crops import find_photographs
    from coinvision.errors import DatasetError

    run = runs.open_run(arguments.run)
    wanted = run.description["dataset"]
    if not arguments.dataset:
        return run, find_photographs(wanted)
    given = dataset.read(arguments.dataset)
    if given.name != wanted:
        raise DatasetError(
            f"{arguments.dataset} holds coins of {given.name}, and {run.name} those of {wanted}; "
            f"give the dataset of {wanted}."
        )
    return run, given.photographs()


def natural_number(text: str) -> int:
    """An argument that must be a whole number from 1 on."""
    return _number_from(1, text)


def seed(text: str) -> int:
    """An argument that must be a whole number from 0 on."""
    return _number_from(0, text)


def _number_from(least: int, text: str) -> int:
    value = int(text) if text.isdecimal() else -1
    if value < least:
        raise argparse.ArgumentTypeError(f"got {text!r}; expected a whole number from {least} on")
    return value


def html_file(text: str) -> Path:
    """An argument that names an HTML file to be written: refused before anything is computed."""
    path = Path(text)
    if path.suffix != ".html" or path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(
            f"got {text!r}; expected a name that ends in .html, in a folder that is there"
        )
    return path
