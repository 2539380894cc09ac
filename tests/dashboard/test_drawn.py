"""Drawn coins: said to be drawn, measured on their known parts, opened on where nothing else is."""

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from opening import Open
from streamlit.testing.v1 import AppTest

from coinvision.phantom.canvas import PORTRAIT


@pytest.fixture
def drawn_runs(artifacts: Path) -> Path:
    """The two runs, as if their coins were drawn."""
    for folder in (artifacts / "runs").iterdir():
        change(folder / "dataset.json", drawn=True)
    return artifacts


def change(path: Path, **facts: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **facts}))


@pytest.mark.parametrize("page", ["overview", "coin"])
def test_every_page_says_that_coins_are_drawn(open_page: Open, drawn_runs: Path, page: str) -> None:
    assert "drawn coins" in open_page(page).info[0].value


def test_a_network_of_drawn_coins_is_not_to_be_asked_of_photographs(
    open_page: Open, drawn_runs: Path
) -> None:
    app = open_page("upload")
    assert "what it says of a photograph means nothing" in app.warning[0].value and not app.info


def test_heatmaps_are_measured_on_the_known_parts(
    open_page: Open, drawn_runs: Path, photographs: Path
) -> None:
    for path in photographs.glob("images/*"):
        height, width = cv2.imread(str(path)).shape[:2]
        (photographs / "masks").mkdir(exist_ok=True)
        mask = np.full((height, width), PORTRAIT, np.uint8)
        cv2.imwrite(str(photographs / "masks" / path.name), mask)
    captions = [caption.value for caption in open_page("coin").caption]
    measured = [text for text in captions if text.startswith("What speaks for")]
    assert measured and all("on the portrait" in text for text in measured)
    assert not any("on the legend" in text for text in measured)  # nothing was drawn there
    assert any("known to the pixel" in text for text in captions)


def test_a_drawn_coin_without_its_mask_is_measured_on_rings(
    open_page: Open, drawn_runs: Path, photographs: Path
) -> None:
    captions = [caption.value for caption in open_page("coin").caption]
    assert any("in the legend's ring" in text for text in captions)
    assert any(app.startswith("Of what spoke for") for app in texts(open_page("looks")))


def texts(app: AppTest) -> list[str]:
    return [str(element.value) for element in app.markdown]


def test_real_coins_at_hand_come_first_then_drawn_ones(
    open_page: Open, artifacts: Path, request: pytest.FixtureRequest
) -> None:
    for folder in list((artifacts / "runs").iterdir()):
        copy = Path(shutil.copytree(folder, folder.with_name(f"phantom-{folder.name}")))
        change(copy / "run.json", dataset="phantom")
        change(copy / "dataset.json", drawn=True)
    assert open_page().query_params["run"].startswith("phantom-")
    request.getfixturevalue("photographs")  # those of the other two runs
    assert not open_page().query_params["run"].startswith("phantom-")
