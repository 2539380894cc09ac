"""Trainings that differ in their seed alone are compared on the same coins."""

from pathlib import Path

from answered import fifty_coins, keep

from coinvision.experiments import reporting
from coinvision.experiments.seeds import seeds
from coinvision.experiments.store import Cell


def test_seeds_are_compared_on_the_coins_of_both(tmp_path: Path) -> None:
    found = fifty_coins(tmp_path)
    for fold in range(5):
        keep(found, Cell("small", "A", fold), 8)
        keep(found, Cell("small", "B", fold), 6)
    assert seeds(found) == []
    keep(found, Cell("small", "A", 2, seed=1), 9)
    keep(found, Cell("small", "B", 2, seed=1), 9)
    rows = {row["what"]: row for row in reporting.report(found)["seeds"]}
    assert {what: row["difference"]["value"] for what, row in rows.items()} == {
        "A: color, seed 1 less seed 0": 0.1,
        "B: gray, trained on gray, seed 1 less seed 0": 0.3,
        "color less gray, seed 0": 0.2,
        "color less gray, seed 1": 0.0,
    }
    assert {row["difference"]["n"] for row in rows.values()} == {10}
    assert rows["color less gray, seed 0"]["only_one"] == 2
    keep(found, Cell("small", "A", 3, seed=1), 9)  # gray is not there yet
    assert {row["difference"]["n"] for row in seeds(found)[2:]} == {10}
    assert "## What another seed changes" in (tmp_path / reporting.TEXT).read_text()


def test_a_seed_without_gray_is_compared_in_color_alone(tmp_path: Path) -> None:
    found = fifty_coins(tmp_path)
    for seed in (0, 1):
        keep(found, Cell("vgg16", "A", 0, seed=seed), 7)
    assert [row["what"] for row in seeds(found)] == ["A: color, seed 1 less seed 0"]


def test_another_seed_alone_makes_a_report_without_figures(tmp_path: Path) -> None:
    found = fifty_coins(tmp_path)
    keep(found, Cell("small", "A", 0, seed=1), 7)
    told = reporting.report(found)
    assert (told["classifiers"], told["networks"], told["seeds"]) == ([], {}, [])
