"""Runs that are no pair in color and gray: shown when they are picked, and beside no other run."""

import json
import shutil
from pathlib import Path

from opening import Open
from test_pages import COLOR, said

BASELINE = "drawn-small-2020-color-fold0-seed0"


def another(artifacts: Path, name: str, **said: object) -> None:
    """A copy of the color run of which this is said."""
    color = artifacts / "runs" / COLOR
    copy = Path(shutil.copytree(color, color.with_name(name)))
    told = json.loads((copy / "run.json").read_text())
    (copy / "run.json").write_text(json.dumps(told | said))


def put(artifacts: Path) -> None:
    """As if the small network of 2020 had been trained."""
    recipe = json.loads((artifacts / "runs" / COLOR / "run.json").read_text())["recipe"]
    another(artifacts, BASELINE, network="small-2020", recipe={**recipe, "augmentation": "2020"})


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


def test_a_run_on_a_part_of_the_coin_stands_alone(open_page: Open, artifacts: Path) -> None:
    name = "drawn-small-portrait-fold0-seed0"
    another(artifacts, name, input="portrait")
    app = open_page("overview", run=name)
    assert app.selectbox(key="picked").value == "drawn · Small network · portrait"
    assert app.toggle(key="grayscale").disabled and not app.warning
    assert app.subheader[0].value.startswith("Small network, portrait names ")
    for page in ("results", "color", "looks", "method", "misclassified"):
        open_page(page, run=name)
    asked = [caption.value for caption in open_page("upload", run=name).caption]
    assert "drawn · Small network, portrait" in asked
    app = open_page("overview", run=COLOR)
    assert not app.toggle(key="grayscale").disabled and "portrait" not in said(app)
