"""The dataset's report for a person: what was read, what was left out and why, what was changed."""

from collections import Counter, defaultdict
from typing import Any

import pandas as pd

from coinvision.dataset import leakage
from coinvision.dataset.journal import Journal
from coinvision.spelling import count
from coinvision.tables import Problem

EXAMPLES = 5


def render(
    name: str,
    coins: pd.DataFrame,
    journal: Journal,
    unknown: list[dict[str, Any]],
    inferred: dict[str, int],
) -> str:
    """The report as Markdown.

    Args:
        name: of the dataset.
        coins: that are ready.
        journal: what was decided and left out.
        unknown: names that are not known, as `naming.unknown_names` lists them.
        inferred: coins kept apart, by the emperor that their authority is.
    """
    left_out = journal.left_out
    parts = [
        f"# Dataset {name}",
        f"{len(coins)} coins of {coins['emperor'].nunique()} emperors are ready; "
        f"left out: {count(len(left_out), 'row')} (left_out.csv); "
        f"kept apart as inferred: {sum(inferred.values()):,} (inferred.csv).",
        "## What was done, and why",
        "\n".join(f"- **{step}.** {sentence}" for step, sentence in journal.steps),
        "## Emperors",
        _table(_emperors(coins)),
        "## What is guessed without a look at the coin",
        *_leaks(journal.facts["leakage"]),
        "## Names that are not known",
        _table(_names(unknown)) if unknown else "None.",
        "## Inferred from the authority, kept apart",
        _table([["authority", "coins"], *map(list, inferred.items())]) if inferred else "None.",
        "## Left out",
        _table(_reasons(left_out)) if left_out else "Nothing.",
    ]
    return "\n\n".join(parts) + "\n"


def _names(unknown: list[dict[str, Any]]) -> list[list[object]]:
    """Nothing is taken over: a person may mend the collection, or add an alias to the table."""
    head: list[object] = ["name", "coins", "nearest known name", "likeness (1 = the same)"]
    return [
        head,
        *([row["name"], row["coins"], row["nearest"], row["likeness"]] for row in unknown),
    ]


def _leaks(found: dict[str, Any]) -> list[str]:
    """What a network must beat before its figures say anything about pictures."""
    torn, probes = found["torn"], found["probes"]
    sentences = (
        "The emperor of the nearest museum number in other folds, or the commonest of a record "
        "there: how often it is right, with its 95 % interval. What a probe knows more under "
        "random folds is what a random split may leak. Pairs of photographs of the same coin or "
        f"die in different folds: {torn['own']} here, {torn['random']} under random folds."
    )
    if not any(row["probe"] == leakage.NUMBER for row in probes):
        sentences += (
            " No coin has a museum number: who was cataloged beside whom is not known, and what "
            "such neighbors share (hoard, die, day at the camera) cannot be kept together."
        )
    rows: list[list[object]] = [["guessed from", "coins", "these folds", "random folds"]]
    for own in (row for row in probes if row["folds"] == "own"):
        same = next(r for r in probes if r["probe"] == own["probe"] and r["folds"] == "random")
        rows.append([own["probe"], own["n"], _share(own), _share(same)])
    return [sentences, _table(rows) if len(rows) > 1 else "No records to guess from."]


def _share(row: dict[str, Any]) -> str:
    return f"{row['value']:.1%} ({row['low']:.1%} to {row['high']:.1%})"


def _emperors(coins: pd.DataFrame) -> list[list[object]]:
    rows: list[list[object]] = [
        ["emperor", "coins", "groups", "largest group", "years", *(f"fold {k}" for k in range(5))]
    ]
    for emperor, own in coins.groupby("emperor"):
        by_fold = own["fold"].value_counts()
        years = own["year"].dropna()
        rows.append(
            [
                emperor,
                len(own),
                own["group"].nunique(),
                f"{own['group'].value_counts().iloc[0] / len(own):.0%}",
                f"{years.min()} to {years.max()}" if len(years) else "",
                *(int(by_fold.get(k, 0)) for k in range(5)),
            ]
        )
    return rows


def _reasons(left_out: list[Problem]) -> list[list[object]]:
    rows: list[list[object]] = [["reason", "rows", "for example"]]
    examples = defaultdict(list)
    for problem in left_out:
        examples[problem.reason].append(problem.coin_id or f"row {problem.row}")
    for reason, times in Counter(problem.reason for problem in left_out).most_common():
        rows.append([reason, times, ", ".join(examples[reason][:EXAMPLES])])
    return rows


def _table(rows: list[list[object]]) -> str:
    head, *body = [[str(cell).replace("|", "/") for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
