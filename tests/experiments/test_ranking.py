"""Classifiers are compared with the first on the same coins, and a tie is called a tie."""

from pathlib import Path

import pytest
from answered import fifty_coins, keep

from coinvision.experiments import reporting, store
from coinvision.experiments.ranking import against_first, as_words, first
from coinvision.experiments.store import Cell


@pytest.fixture
def experiment(tmp_path: Path) -> store.Experiment:
    found = fifty_coins(tmp_path)
    for fold in range(5):
        keep(found, Cell("small", "A", fold), 9)
        keep(found, Cell("chance", "A", fold), 1)
        keep(found, Cell("small", "B", fold), 10)  # gray is no rival in color
    keep(found, Cell("vgg16", "A", 3), 8)
    keep(found, Cell("material", "A", 3), 10)  # of ten coins alone, which is no lead
    return found


def test_each_is_compared_on_the_coins_that_both_were_asked(experiment: store.Experiment) -> None:
    found = against_first(experiment)
    assert found["small"] is None and set(found) == {"small", "chance", "vgg16", "material"}
    chance, vgg16 = found["chance"], found["vgg16"]
    assert chance is not None and vgg16 is not None
    assert (chance["value"], chance["n"], chance["tie"]) == (-0.8, 50, False)
    assert (vgg16["value"], vgg16["n"], vgg16["tie"]) == (-0.1, 10, True)


def test_a_report_names_the_first_and_ties(experiment: store.Experiment) -> None:
    rows = reporting.report(experiment)["classifiers"]
    assert first(rows) == "small"
    told = {(row["classifier"], row["arm"]): as_words(row) for row in rows}
    assert told["small", "A"] == "the first" and told["small", "B"] == ""
    assert told["vgg16", "A"].endswith(", a tie") and told["chance", "A"].startswith("−80.0 (")
    text = (experiment.folder / reporting.TEXT).read_text()
    assert "| against small, points |" in text


def test_nothing_asked_in_color_has_no_first(tmp_path: Path) -> None:
    found = fifty_coins(tmp_path)
    keep(found, Cell("small", "B", 0), 9)
    assert against_first(found) == {}
    assert first([]) == ""
