"""Every two are compared on the coins of both, the better named first, with ties told as ties."""

from pathlib import Path

import pytest
from answered import fifty_coins, keep

from coinvision.experiments import reporting, store
from coinvision.experiments.pairs import pairs
from coinvision.experiments.store import Cell


@pytest.fixture
def experiment(tmp_path: Path) -> store.Experiment:
    found = fifty_coins(tmp_path)
    for fold in range(5):
        keep(found, Cell("small", "A", fold), 6)
        keep(found, Cell("vgg16", "A", fold), 9)
        keep(found, Cell("chance", "A", fold), 1)
        keep(found, Cell("material", "A", fold), 5)
        keep(found, Cell("vgg16", "B", fold), 10)
    keep(found, Cell("small-distilled", "A", 2), 8)
    return found


def test_every_two_networks_and_the_strongest_baseline_are_there(
    experiment: store.Experiment,
) -> None:
    rows = pairs(experiment)
    told = {(row["more"], row["less"]): row for row in rows if row["shown"] == "color"}
    assert set(told) == {
        *(("vgg16", "small"), ("small-distilled", "small"), ("vgg16", "small-distilled")),
        *(("vgg16", "material"), ("small", "material"), ("small-distilled", "material")),
    }
    ahead, tie = told["vgg16", "small"], told["vgg16", "small-distilled"]
    assert (ahead["only_more"], ahead["only_less"]) == (15, 0)
    assert ahead["difference"]["value"] == pytest.approx(0.3) and ahead["difference"]["n"] == 50
    # by hand: fifteen coins, each a group, all one way: 2 / 2^15
    assert ahead["p_value"] == pytest.approx(2 / 2**15) and not ahead["tie"]
    assert (tie["difference"]["n"], tie["p_value"], tie["tie"]) == (10, 1.0, True)


def test_gray_stands_beside_what_was_asked_in_color_alone(experiment: store.Experiment) -> None:
    (row,) = (row for row in pairs(experiment) if row["shown"] == "gray")
    assert (row["more"], row["less"], row["only_more"]) == ("vgg16", "material", 25)


def test_what_does_not_hold_after_correction_is_a_tie(tmp_path: Path) -> None:
    found = fifty_coins(tmp_path)
    for cell, right in (("small", 1), ("vgg16", 8), ("vgg16-deep", 8), ("small-2020", 1)):
        keep(found, Cell(cell, "A", 0), right)
    row = next(r for r in pairs(found) if (r["more"], r["less"]) == ("vgg16", "small"))
    # by hand: seven coins, all one way: 2 / 2^7, and six pairs
    assert row["p_value"] == pytest.approx(2 / 2**7) and row["difference"]["low"] > 0
    assert row["corrected"] == pytest.approx(6 * 2 / 2**7) and row["tie"]


def test_p_values_are_corrected_for_asking_about_all_pairs(experiment: store.Experiment) -> None:
    rows = sorted(pairs(experiment), key=lambda row: row["p_value"])
    assert rows[0]["corrected"] == pytest.approx(7 * rows[0]["p_value"])
    assert all(row["corrected"] >= row["p_value"] for row in rows)


def test_the_report_prints_pairs_and_how_far_probabilities_are_off(
    experiment: store.Experiment,
) -> None:
    reporting.report(experiment)
    text = (experiment.folder / reporting.TEXT).read_text()
    assert "| color | vgg16 | small | 50 | 15 | 0 | +30.0 (" in text
    assert (
        "| color | vgg16 | small-distilled | 10 | 1 | 0 | +10.0 (" in text and ", a tie |" in text
    )
    # named at 0.9 and right on 45 of 50: off by nothing but the bins
    assert "| vgg16 | A | 50 | " in text.split("## How far probabilities are off")[1]


def test_baselines_alone_are_not_compared(tmp_path: Path) -> None:
    found = fifty_coins(tmp_path)
    keep(found, Cell("chance", "A", 0), 1)
    keep(found, Cell("material", "A", 0), 5)
    assert pairs(found) == []
