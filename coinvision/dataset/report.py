"""The dataset's report for a person: what was read, what was left out and why, what was changed."""

from collections import Counter, defaultdict

import pandas as pd

from coinvision.tables import Problem

EXAMPLES = 5


def render(
    name: str, coins: pd.DataFrame, steps: list[tuple[str, str]], left_out: list[Problem]
) -> str:
    """The report as Markdown."""
    parts = [
        f"# Dataset {name}",
        f"{len(coins)} coins of {coins['emperor'].nunique()} emperors are ready; "
        f"{len(left_out)} rows were left out (all of them in left_out.csv).",
        "## What was done, and why",
        "\n".join(f"- **{step}.** {sentence}" for step, sentence in steps),
        "## Emperors",
        _table(_emperors(coins)),
        "## Left out",
        _table(_reasons(left_out)) if left_out else "Nothing.",
    ]
    return "\n\n".join(parts) + "\n"


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
    for reason, count in Counter(problem.reason for problem in left_out).most_common():
        rows.append([reason, count, ", ".join(examples[reason][:EXAMPLES])])
    return rows


def _table(rows: list[list[object]]) -> str:
    head, *body = [[str(cell).replace("|", "/") for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
