"""Damaged files are named with the place that is odd, and no page breaks on them."""

import json
from pathlib import Path

import pytest
from opening import Open
from test_pages import COLOR, said

from coinvision import runs
from coinvision.errors import RunError
from dashboard import shapes

FIGURE = {"value": 0.5, "low": 0.4, "high": None, "n": 12}


def test_what_has_the_shape_is_given_back() -> None:
    found = {"whole": FIGURE, "regions": {}}
    assert shapes.check(found, shapes.REGIONS, "regions.json") is found


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ({"regions": {}}, "the whole: 'whole' is a required property"),
        ({"whole": {**FIGURE, "low": "x"}, "regions": {}}, "whole/low: 'x' is not of type"),
        ({"whole": FIGURE, "regions": {"rim": {}}}, "regions/rim: "),
    ],
)
def test_the_odd_place_is_named(odd: dict, told: str) -> None:
    with pytest.raises(RunError, match=r"regions\.json is damaged") as caught:
        shapes.check(odd, shapes.REGIONS, "regions.json")
    assert told in str(caught.value)


@pytest.mark.parametrize("file", [runs.FAITHFULNESS, runs.REGIONS])
def test_where_it_looks_names_what_is_damaged(file: str, open_page: Open, artifacts: Path) -> None:
    run = runs.open_run(artifacts / "runs" / COLOR)
    runs.keep_json(run, file, {"methods": {"gradcam": {"passes": True}}, "controls": {}})
    assert f"{file} is damaged" in said(open_page("looks", run=COLOR))


def test_a_calibration_of_words_is_named(open_page: Open, artifacts: Path) -> None:
    path = artifacts / "runs" / COLOR / runs.METRICS
    metrics = json.loads(path.read_text())
    metrics["calibration"]["temperature"] = "warm"
    path.write_text(json.dumps(metrics))
    assert "temperature: 'warm' is not of type 'number'" in said(open_page("trust", run=COLOR))
    assert "One coin" in said(open_page("coin", run=COLOR))  # goes on without that probability
