"""An experiment's report as Markdown, section by section; see reporting.py.

as_text(found)      # what report.json holds, for people
"""

from collections.abc import Iterable, Sequence
from typing import Any

from coinvision.experiments import questions, ranking, training_time
from coinvision.spelling import gain, lead, spread, with_interval

Found = dict[str, Any]


def as_text(found: Found) -> str:
    """The report as Markdown."""
    sections = (
        *(_head, _verdicts, _classifiers, _pairs, _calibration, _conflict, _times),
        *(_against_grouped, _learning, _seeds),
    )
    lines = [line for section in sections for line in section(found)]
    return "\n".join([*lines, *_within(found)]) + "\n"


def _head(found: Found) -> list[str]:
    return [
        f"# Color or face? {found['dataset']}, {found['split']} folds",
        "",
        f"{found['coins']:,} coins in {found['groups']:,} groups; {found['split']} folds; data set "
        f"{found['dataset_hash'][:12]}. 95 % intervals: of accuracies Wilson's for as many "
        "coins as independent ones would tell, of differences by bootstrap over groups.",
    ]


def _verdicts(found: Found) -> list[str]:
    said = [
        " ".join([f"- **{name}**: {network['verdict']['sentence']}", *_answers(network)])
        for name, network in found["networks"].items()
    ]
    return ["", "## Verdict", "", *said] if said else []


def _answers(network: Found) -> list[str]:
    return [f"*{question}* {said}" for question, said in questions.answers(network).items()]


def _classifiers(found: Found) -> list[str]:
    first = ranking.first(found["classifiers"])
    columns = (
        *("who", "shown", "coins", "folds", "right", "by fold", f"against {first}, points"),
        *("macro-F1", "balanced accuracy", "log loss"),
    )
    rows = (
        (
            row["classifier"],
            f"{row['stands_for']} {row['title']}".strip(),
            row["n"],
            len(row["folds"]),
            with_interval(row["accuracy"]),
            spread(row["folds"]),
            ranking.as_words(row),
            with_interval(row["macro_f1"]),
            with_interval(row["balanced_accuracy"]),
            f"{row['log_loss']:.3f}",
        )
        for row in found["classifiers"]
    )
    return _section("Who names how many", columns, rows)


def _pairs(found: Found) -> list[str]:
    columns = (
        *("shown", "more often right", "than", "coins", "only the first right"),
        "only the second",
        *("difference, points", "p, exact sign test over groups, after Holm"),
    )
    rows = (
        (
            *(row["shown"], row["more"], row["less"], row["difference"]["n"]),
            *(row["only_more"], row["only_less"]),
            lead(row["difference"], row["tie"]),
            f"{row['corrected']:.2g}",
        )
        for row in found["pairs"]
    )
    return _section("Every two, on the coins of both", columns, rows)


def _calibration(found: Found) -> list[str]:
    columns = ("who", "shown", "coins", "off by as trained", "calibrated", "Brier before", "after")
    rows = (
        (
            row["classifier"],
            row["arm"],
            row["n"],
            *(_off(row["calibration"][when]) for when in ("before", "after")),
            *(f"{row['calibration'][when]['brier']:.3f}" for when in ("before", "after")),
        )
        for row in found["classifiers"]
        if "calibration" in row
    )
    title = "How far probabilities are off, in points (a perfect network's by chance)"
    return _section(title, columns, rows)


def _off(error: Found) -> str:
    off, low, high = (
        100 * error[key] for key in ("calibration_error", "perfect_from", "perfect_to")
    )
    return f"{off:.1f} ({low:.1f} to {high:.1f})"


def _conflict(found: Found) -> list[str]:
    columns = (
        "network",
        "coins",
        "named after the portrait",
        "the legend",
        "neither",
        "portrait, of both",
    )
    kinds = ("portrait", "legend", "neither", "portrait_bias")
    rows = (
        (network, said["portrait"]["n"], *(with_interval(said[kind]) for kind in kinds))
        for network, said in found["cue_conflict"].items()
    )
    return _section("Portrait or legend, where they disagree", columns, rows)


def _times(found: Found) -> list[str]:
    said = [f"- {training_time.as_sentence(row)}" for row in found["training_time"]]
    return ["", "## Training time", "", *said] if said else []


def _against_grouped(found: Found) -> list[str]:
    columns = ("who", "shown", "coins", "here", "grouped", "difference, points")
    rows = (
        (
            ", ".join(filter(None, (row["classifier"], row["whose"]))),
            row["arm"],
            row["difference"]["n"],
            with_interval(row["here"]),
            with_interval(row["grouped"]),
            gain(row["difference"]),
        )
        for row in found["against_grouped"]
    )
    title = f"{found['split'].capitalize()} folds against grouped ones"
    return _section(title, columns, rows)


def _learning(found: Found) -> list[str]:
    rows = (
        (
            *(name, row["training_coins"], row["n"], with_interval(row)),
            gain(row["gain"]) + (f" than {row['than']}" if row["gain"] else ""),
        )
        for name, points in found["learning"].items()
        for row in points
    )
    columns = ("who", "training coins", "test coins", "right", "more, points")
    return _section("How much more coins teach", columns, rows)


def _seeds(found: Found) -> list[str]:
    columns = ("who", "what", "coins", "rightly named by only one", "difference, points")
    rows = (
        (
            *(row["classifier"], row["what"], row["difference"]["n"], row["only_one"]),
            gain(row["difference"]),
        )
        for row in found["seeds"]
    )
    return _section("What another seed changes", columns, rows)


def _within(found: Found) -> list[str]:
    lines = []
    for name, network in found["networks"].items():
        lines += ["", f"## {name} within", ""]
        lines += [
            f"- {kind}, {part}: {verdict['sentence']}"
            for kind, parts in network["within"].items()
            for part, verdict in parts.items()
        ]
    return lines


def _section(title: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> list[str]:
    """A heading and its table; nothing where no row is."""
    lines = [_line(row) for row in rows]
    if not lines:
        return []
    return ["", f"## {title}", "", _line(columns), _line(["---"] * len(columns)), *lines]


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
