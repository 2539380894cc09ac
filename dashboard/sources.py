"""Which data set the page "Data set" shows: the chosen run's, or one prepared into `datasets/`.

A folder there holds every record of its collection, also those left out; a run remembers its own
coins only, unless the very data set it was trained on lies there.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from coinvision import dataset
from coinvision.dataset import records, stored
from coinvision.files import read_facts
from coinvision.runs import Run
from dashboard import filters, reading, words

FOLDER = Path("datasets")
PICKED = "dataset_picked"
UNKNOWN = "not recorded"
NAMED = ("material", "denomination", "mint", "region")
PLAIN = ("emperor", "institution", "reason", "record_url", "image_url")
EXPECTED = ("portrait", *records.EXPECTED)
DECADES = 250  # a data set that spans more years than this is shown by quarter centuries


@dataclass(frozen=True)
class Source:
    """A data set to show: one row a record, and the facts of its preparation.

    `table` has the columns `NAMED` (`UNKNOWN` where the record says nothing), `PLAIN`, `use`,
    `place`, `year`, `begins` (first year of its period, missing for undated coins) and `period`;
    where it is `whole`, with every record of the collection, also `lacks_FIELD` for each of
    `EXPECTED`.
    """

    name: str
    table: pd.DataFrame
    facts: dict[str, Any]
    whole: bool
    of_run: bool  # the one that the chosen run was trained on

    def says(self, field: str) -> bool:
        """Whether any record names that field."""
        return _says(self.table, field)

    @property
    def place(self) -> str:
        """The field that `place` was taken from."""
        return _place(self.table)


def pick(run: Run) -> Source:
    """The data set that is picked on the page; the run's own at first.

    Raises:
        DatasetError: the one that is picked is damaged.
    """
    hashes = _prepared()
    own = [folder for folder, known in hashes.items() if known == run.description["dataset_hash"]]
    others = {folder.name: folder for folder in hashes if folder not in own}
    name = _picked(run, list(others)) if others else None
    if name:
        return _of_folder(others[name], of_run=False)
    return _of_folder(own[0], of_run=True) if own else _of_run(run)


def _of_run(run: Run) -> Source:
    table = _tidy(reading.coins(run).assign(use=stored.USES[0]))
    facts = reading.facts(run)
    return Source(str(run.description["dataset"]), table, facts, whole=False, of_run=True)


def _of_folder(folder: Path, *, of_run: bool) -> Source:
    table, facts = _read(str(folder), reading.stamp(folder))
    return Source(facts["name"] if of_run else folder.name, table, facts, whole=True, of_run=of_run)


def _prepared() -> dict[Path, str]:
    """The data sets in `FOLDER` and their hashes; one that cannot be shown is named."""
    found = {}
    for path in sorted(FOLDER.glob(f"*/{stored.DESCRIPTION}")):
        try:
            found[path.parent] = read_facts(path, stored.NEEDED)["hash"]
        except (OSError, ValueError) as error:
            st.warning(f"{path} {error}; prepare the data set again.")
    return found


def _picked(run: Run, names: list[str]) -> str | None:
    wanted = st.query_params.get("dataset")
    if st.session_state.get(PICKED) not in (None, *names):
        del st.session_state[PICKED]
    if PICKED not in st.session_state and wanted in names:
        st.session_state[PICKED] = wanted
    picked: str | None = st.selectbox(
        "Data set",
        [None, *names],
        format_func=lambda name: name or f"{run.description['dataset']}, of the chosen run",
        key=PICKED,
        on_change=filters.clear,
        help="Those that `scripts/prepare.py` put into the folder `datasets` are listed here.",
    )
    if picked:
        st.query_params["dataset"] = picked
    else:
        st.query_params.pop("dataset", None)
    return picked


@st.cache_resource(show_spinner=False, max_entries=8)
def _read(folder: str, changed: reading.Stamp) -> tuple[pd.DataFrame, dict[str, Any]]:
    """A data set's records and facts, read once until a file changes; shared, so never changed."""
    made = dataset.read(folder)
    table = made.records()
    lacks = {f"lacks_{field}": records.is_missing(table, field) for field in EXPECTED}
    facts = {"left_out": {}, "missing": {}, "coins": len(made.coins), **made.facts}
    return _tidy(table.assign(**lacks)), facts


def _says(table: pd.DataFrame, field: str) -> bool:
    return bool((~table[field].isin(["", UNKNOWN])).any())


def _place(table: pd.DataFrame) -> str:
    """Where coins were struck: the mint, else the region."""
    return "region" if _says(table, "region") and not _says(table, "mint") else "mint"


def _tidy(table: pd.DataFrame) -> pd.DataFrame:
    table = table.copy()
    for column in (*NAMED, *PLAIN):
        text = table[column] if column in table else pd.Series("", table.index)
        table[column] = text.astype(object).fillna("").astype(str)
    table["denomination"] = table["denomination"].map(lambda name: name[:1].upper() + name[1:])
    for column in NAMED:
        table[column] = table[column].replace("", UNKNOWN)
    table["place"] = table[_place(table)]
    years = pd.to_numeric(table["year"], errors="coerce").astype(float)
    span = years.max() - years.min()
    width = 25 if span > DECADES else 10
    begins = years // width * width
    named = {first: words.period(int(first), width) for first in begins.dropna().unique()}
    return table.assign(
        year=years, begins=begins, period=begins.map(named).astype(object).fillna("undated")
    )
