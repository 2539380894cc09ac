"""Whether color is used is told by what other colors cost the network that was trained in it."""

from pathlib import Path

from answered import fifty_coins, keep

from coinvision.experiments import reporting
from coinvision.experiments.leaning import as_sentence
from coinvision.experiments.store import Cell


def pair(value: float, low: float, high: float, n: int = 100) -> dict[str, float]:
    return {"value": value, "low": low, "high": high, "n": n}


def test_color_is_used_if_any_other_colors_surely_cost_something() -> None:
    against = {
        "B": pair(-0.5, -0.6, -0.4),
        "C": pair(-0.03, -0.06, 0.01),
        "D1": pair(-0.04, -0.07, -0.01),
    }
    assert as_sentence(against) == (
        "Answers depend on it: on 100 coins the network that was trained in color names −3.0 "
        "(−6.0 to +1.0) points shown in gray and −4.0 (−7.0 to −1.0) points with hues turned to "
        "their opposites, each less what it names in their own colors."
    )


def test_what_was_trained_without_color_says_nothing_of_it() -> None:
    assert as_sentence({"B": pair(-0.5, -0.6, -0.4), "G1": pair(-0.5, -0.6, -0.4)}) == ""
    said = as_sentence({"C": pair(0.0, -0.1, 0.1, 50), "D1": pair(0.1, 0.05, 0.2, 1500)})
    assert said.startswith("That answers depend on it cannot be told: on 50 to 1,500 coins")


def test_color_stands_beside_an_arm_on_its_own_coins(tmp_path: Path) -> None:
    found = fifty_coins(tmp_path)
    for fold in range(5):
        keep(found, Cell("small", "A", fold), 5 + fold)
        keep(found, Cell("small", "B", fold), 5)
    keep(found, Cell("small", "C", 1), 3)
    network = reporting.report(found)["networks"]["small"]
    assert network["against_color"]["B"]["color"]["value"] == 0.7
    own = network["against_color"]["C"]
    assert (own["n"], own["color"]["value"], own["value"]) == (10, 0.6, -0.3)
    assert (own["this"]["n"], own["this"]["value"]) == (10, 0.3)
    text = (found.folder / reporting.TEXT).read_text()
    assert "*Is color used?* " in text and "points shown in gray, each less what" in text
