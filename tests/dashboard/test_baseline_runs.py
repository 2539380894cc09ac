"""Runs of the 2020 study's networks: shown when they are picked, and beside no other run."""

import json
import shutil
from pathlib import Path

from opening import Open
from test_pages import said

BASELINE = "drawn-small-2020-color-fold0-seed0"


def put(artifacts: Path) -> None:
    """A copy of the color run, as if the small network of 2020 had been trained."""
    color = artifacts / "runs" / "drawn-small-color-fold0-seed0"
    copy = Path(shutil.copytree(color, color.with_name(BASELINE)))
    told = json.loads((copy / "run.json").read_text())
    told |= {"network": "small-2020", "recipe": {**told["recipe"], "augmentation": "2020"}}
    (copy / "run.json").write_text(json.dumps(told))


def test_our_networks_have_no_sibling_of_2020(open_page: Open, artifacts: Path) -> None:
    put(artifacts)
    method = said(open_page("method", run="drawn-small-color-fold0-seed0"))
    assert "**Small network** sees" in method and "of 2020" not in method
    assert "never mirrored" in method


def test_a_run_of_2020_says_that_it_learned_from_mirrored_coins(
    open_page: Open, artifacts: Path
) -> None:
    put(artifacts)
    app = open_page("method", run=BASELINE)
    assert app.selectbox(key="picked").value == "drawn · Small network of 2020"
    assert "**Small network of 2020** sees" in said(app) and "mirrored half of the time" in said(
        app
    )
    open_page("overview", run=BASELINE)
    open_page("color", run=BASELINE)
