import hashlib
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coinvision import dataset
from coinvision.errors import RunError
from coinvision.experiments import reporting, store
from coinvision.experiments.document import as_html
from coinvision.experiments.store import Cell, Experiment

RECIPE = {"max_epochs": 7, "learning_rate": 0.5}


@pytest.fixture
def experiment(drawn_dataset: dataset.Dataset, tmp_path: Path) -> Experiment:
    """A small network in color and gray and a baseline, all right about every coin of fold 0."""
    made = store.begin(tmp_path / "drawn", drawn_dataset)
    own = made.coins[made.coins["fold"] == 0]
    named = np.eye(len(made.emperors))[own["emperor"].map(made.emperors.index).to_numpy()]
    table = pd.DataFrame(named, index=own.index, columns=made.emperors)
    for arm in "AB":
        made.keep(Cell("small", arm, 0), table, recipe=RECIPE, best_epoch=5)
    made.keep(Cell("chance", "A", 0), table)
    return made


def test_the_document_holds_figures_settings_and_hashes(experiment: Experiment) -> None:
    found = reporting.report(experiment)
    text = as_html(experiment, found)
    assert found["networks"]["small"]["verdict"]["sentence"] in text
    assert found["dataset_hash"] in text and "max_epochs=7" in text and "A fold 0 seed 0" in text
    stored = experiment.folder / store.PREDICTIONS / "small-B-fold0-seed0.csv"
    assert hashlib.sha256(stored.read_bytes()).hexdigest() in text
    n = int((experiment.coins["fold"] == 0).sum())
    rows = [re.findall(r"<td>([^<]*)</td>", row) for row in re.findall(r"<tr>.*?</tr>", text)]
    color = next(row for row in rows if row and row[0] == "A: color")
    assert color[2:4] == [str(n), "1"] and color[4].startswith("100.0 % (")
    assert any(row and row[0] == "chance" and row[1] == str(n) for row in rows)
    assert text.count("<caption>") == text.count("<table>")


def test_it_loads_nothing_and_believes_no_name(experiment: Experiment) -> None:
    found = reporting.report(experiment)
    found["dataset"] = "<img src=x onerror=alert(1)>"
    said = found["networks"]["small"]["verdict"]
    found["networks"]["small"]["within"] = {"museum": {"A & <b>B</b>": said}}
    text = as_html(experiment, found)
    assert "<img" not in text and "A &amp; &lt;b&gt;B&lt;/b&gt;" in text
    assert not re.search(r"<[^>]*(src|href)=|url\(|@import|<script|<link", text)


def test_before_both_inputs_were_tested_it_says_so(experiment: Experiment) -> None:
    (experiment.folder / store.PREDICTIONS / "small-B-fold0-seed0.csv").unlink()
    text = as_html(experiment, reporting.report(experiment))
    assert "No network was tested both in color and in gray yet." in text


def test_a_report_that_is_not_whole_is_one_sentence(experiment: Experiment) -> None:
    found = reporting.report(experiment)
    del found["classifiers"][0]["accuracy"]
    with pytest.raises(RunError, match=r"not whole.*writes it again"):
        as_html(experiment, found)
