"""Measure whether a run's heatmaps are to be believed, against maps that know nothing of it.

    python scripts/faithfulness.py ocre12-small-color-fold0-seed0 --dataset datasets/ocre12
    python scripts/faithfulness.py ocre12-vgg16-color-fold0-seed0 --method rise --coins 50

Without --method all methods that ask the network once or twice for a map, and the four controls;
controls are always measured on as many coins. Writes into the run faithfulness.csv (one row a
method and coin), sanity.json, and what both come to, faithfulness.json. Stop it at any moment: the
same command goes on, and more coins or another method add to what is there. Without a dataset the
photographs are looked for in the folders that COINVISION_COLLECTIONS names.

Networks are asked in half precision (bfloat16) where the processor is quick in it, for maps too.
Maps that explain.py has stored, most of them in single precision, are not made again.
"""

import argparse

import command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this script."""
    command.run_arguments(parser)
    parser.add_argument(
        "--method", nargs="+", action="extend", metavar="NAME", help="which methods; see explain.py"
    )
    parser.add_argument(
        "--coins", type=command.natural_number, default=200, help="of the test coins (default 200)"
    )


def main(arguments: argparse.Namespace) -> None:
    """Measure, check, and say what passes."""
    from coinvision import explanation, runs
    from coinvision.explanation.faithfulness.bench import Bench
    from coinvision.explanation.faithfulness.checking import check
    from coinvision.explanation.faithfulness.measuring import PASSES, left, measure
    from coinvision.explanation.faithfulness.summary import summarize

    quick = [name for name in explanation.METHODS if name not in explanation.SLOW]
    methods = arguments.method or quick
    for name in methods:
        explanation.get(name)
    run, photographs = command.run_and_photographs(arguments)
    bench = Bench(run, photographs)
    for name in dict.fromkeys([*explanation.CONTROLS, *methods]):
        count = len(left(run, name, arguments.coins))
        if count:
            command.say(f"{name}: {count} coins, {count * PASSES} passes besides the maps' own")
        measure(bench, name, coins=arguments.coins, progress=command.progress(name))
        if name not in explanation.CONTROLS:
            check(bench, name, progress=command.progress(f"{name}, sanity"))
    facts = summarize(run, photographs)
    for name, found in facts["methods"].items():
        if name not in methods:
            continue
        print(f"{name}: {'passes' if found['passes'] else 'does not pass'}. {found['badge']}")
        for cue in facts["planted"]:
            if cue in found["parts"]:
                print(f"  {_on_planted(cue, found['parts'][cue])}")
    print(f"all figures: {run.folder / runs.FAITHFULNESS}")


def _on_planted(cue: str, part: dict) -> str:
    share, area = part["energy"], part["area"]["value"]
    if share["value"] is None:
        return f"only the {cue} tells the emperor; no map holds any evidence"
    return (
        f"only the {cue} tells the emperor: {share['value']:.1%} of the evidence lies on it "
        f"({share['low']:.1%} to {share['high']:.1%}; it covers {area:.1%} of the picture)"
    )


if __name__ == "__main__":
    command.run(main, description=__doc__, arguments=add_arguments)
