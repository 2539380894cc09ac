"""What a harvest took and what it cost, in numbers and for a person."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from coinvision.collect.journal import Journal
from coinvision.files import write_text

COUNTED = ("requests", "bytes", "retries", "refusals", "redirects", "unchanged")


@dataclass(frozen=True)
class Report:
    """One round of a harvest, over all the starts that it took."""

    coins: int  # in the collection
    listed: int  # by the site
    counts: dict[str, int]  # of `COUNTED`
    seconds: float  # that the program ran
    seconds_waited: float  # of these, the pauses that politeness asked for
    skipped: dict[str, int]  # reasons and how many coins each
    problems: list[str]  # pages and records that could not be read

    @property
    def waiting_share(self) -> float:
        """How much of the time was politeness, 0 to 1."""
        return min(1.0, self.seconds_waited / self.seconds) if self.seconds else 0.0

    def sentences(self) -> list[str]:
        """The report for a person."""
        n = self.counts
        said = [
            f"{self.coins:,} coins of {self.listed:,} listed.",
            f"{n['requests']:,} requests, {n['bytes'] / 1e6:,.1f} MB, {n['unchanged']:,} unchanged "
            f"since the last time, {n['retries']:,} retries, {n['refusals']:,} refusals.",
            f"{self.seconds:,.1f} s, {100 * self.waiting_share:.1f} % of them pauses between "
            "requests.",
        ]
        said += [f"{n:,} coins left out: {reason}" for reason, n in self.skipped.items()]
        return said + [f"problem: {problem}" for problem in self.problems[:10]]


def write_report(folder: Path, journal: Journal, coins: int) -> Report:
    """Write `report.json` and `skipped.csv` into the harvest's folder."""
    counts = journal.counts()
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(["coin_id", "reason"])
    reasons: Counter[str] = Counter()
    for coin_id, reason in journal.skipped():
        rows.writerow([coin_id, reason])
        reasons[_kind(reason)] += 1
    report = Report(
        coins=coins,
        listed=journal.num_listed(),
        counts={name: int(counts.get(name, 0)) for name in COUNTED},
        seconds=round(counts.get("seconds", 0.0), 2),
        seconds_waited=round(counts.get("seconds_waited", 0.0), 2),
        skipped=dict(reasons.most_common()),
        problems=[message for _, message in journal.problems()],
    )
    write_text(folder / "skipped.csv", table.getvalue())
    facts = asdict(report) | {"waiting_share": round(report.waiting_share, 4)}
    write_text(folder / "report.json", json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
    return report


def _kind(reason: str) -> str:
    """A reason without its addresses, so that equal ones can be counted."""
    sentences = re.sub(r"https?://\S+", "an address", reason).split(". ")
    return ". ".join(dict.fromkeys(said.rstrip(".") for said in sentences))
