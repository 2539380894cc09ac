import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pandas as pd
import pytest
from conftest import Open
from streamlit.testing.v1 import AppTest

from coinvision import runs

COLOR = "drawn-small-color-fold0-seed0"
GRAY = "drawn-small-grayscale-fold0-seed0"
PAGES = ("overview", "dataset", "results", "misclassified", "coin", "upload", "method")


def said(app: AppTest) -> str:
    """All text of a page."""
    kinds = ("title", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(app, kind))


def choose(app: AppTest, label: str, value: str) -> AppTest:
    """Pick a value in a selectbox."""
    box = next(box for box in app.selectbox if box.label == label)
    box.set_value(value).run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("photographs_here", [True, False])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(
    page: str, photographs_here: bool, open_page: Open, request: pytest.FixtureRequest
) -> None:
    if photographs_here:
        request.getfixturevalue("photographs")
    app = open_page(page)
    assert app.title and not app.error


def test_the_first_page_says_all_in_one_screen(open_page: Open, artifacts: Path) -> None:
    text = said(open_page())
    metrics = json.loads((artifacts / "runs" / COLOR / runs.METRICS).read_text())
    assert "48 obverses of 4 emperors, from Augustus to Hadrian, from 1 museum" in text
    assert f"{metrics['n']} coins in {metrics['groups']} groups" in text
    assert "Without color" in text and f"on the same {metrics['n']} coins" in text


def test_the_switch_shows_the_grayscale_run(open_page: Open, photographs: Path) -> None:
    app = open_page("coin", run=COLOR)
    assert app.query_params["run"] == COLOR
    app.toggle(key="grayscale").set_value(True).run()
    assert app.query_params["run"] == GRAY
    assert "drawn · Small network, grayscale" in said(app)


def test_a_deep_link_opens_exactly_that(open_page: Open, artifacts: Path) -> None:
    table = pd.read_csv(artifacts / "runs" / GRAY / runs.PREDICTIONS)
    coin = table[table["split"] == "test"].iloc[2]
    app = open_page("coin", run=GRAY, coin=coin["coin_id"])
    assert app.toggle(key="grayscale").value is True
    assert app.selectbox(key="coin").value == coin["coin_id"]
    assert f"amed {coin['predicted']}" in said(app)


def test_a_link_to_what_is_not_there_is_one_sentence(open_page: Open) -> None:
    app = open_page("coin", run=COLOR, coin="nobody")
    assert [w.value for w in app.warning] == [
        "The address asks for the coin “nobody”, which is not among the test and validation coins "
        "of this run. Pick another."
    ]
    app = open_page("results", run="nothing")
    assert "asks for the run “nothing”" in app.warning[0].value and app.title


def test_a_cell_of_the_matrix_lists_its_coins(open_page: Open, artifacts: Path) -> None:
    table = pd.read_csv(artifacts / "runs" / COLOR / runs.PREDICTIONS)
    test = table[table["split"] == "test"]
    one = test.iloc[0]
    same = test[(test["emperor"] == one["emperor"]) & (test["predicted"] == one["predicted"])]
    app = choose(open_page("results", run=COLOR), "Emperor on the coin", one["emperor"])
    app = choose(app, "Named by the network", one["predicted"])
    assert f"**{len(same)} test coin" in said(app)
    listed = next(frame.value for frame in app.dataframe if "Coin" in frame.value.columns)
    assert set(listed["Coin"]) == set(same["coin_id"])


def test_misclassifications_are_filtered(open_page: Open, artifacts: Path) -> None:
    table = pd.read_csv(artifacts / "runs" / COLOR / runs.PREDICTIONS)
    wrong = table[(table["split"] == "test") & (table["emperor"] != table["predicted"])]
    app = open_page("misclassified", run=COLOR)
    assert f"**{len(wrong)} of " in said(app)
    whom = wrong["emperor"].iloc[0]
    app.multiselect(key="only_emperor").set_value([whom]).run()
    listed = app.dataframe[0].value
    assert set(listed["Coin"]) == set(wrong.loc[wrong["emperor"] == whom, "coin_id"])
    assert listed["Probability"].is_monotonic_decreasing


def test_a_coin_without_its_photograph_still_says_the_rest(open_page: Open) -> None:
    text = said(open_page("coin", run=COLOR))
    assert "photographs of drawn are not on this machine" in text
    assert "What speaks for" in text and "of it lies in the middle" in text


def test_a_photograph_that_changed_is_said(open_page: Open, photographs: Path) -> None:
    for path in photographs.glob("images/*.png"):
        path.write_bytes(path.read_bytes() + b"more")
    app = open_page("coin", run=COLOR)
    assert "has changed since the dataset was prepared" in app.warning[0].value
    assert "Which part of the coin said so" in said(app)


def test_a_vanished_photograph_is_said(open_page: Open, photographs: Path) -> None:
    shutil.rmtree(photographs / "images")
    assert "is not there any more" in open_page("coin", run=COLOR).warning[0].value


def test_any_other_emperor_is_explained_at_once(open_page: Open, photographs: Path) -> None:
    app = open_page("coin", run=COLOR)
    box = app.selectbox(key="other")
    choose(app, "Emperor", box.options[0])
    assert f"for {box.options[0]} (probability" in said(app)


def test_a_damaged_run_is_named_and_the_rest_goes_on(open_page: Open, artifacts: Path) -> None:
    (artifacts / "runs" / GRAY / runs.METRICS).write_text("{")
    app = open_page()
    assert "1 run cannot be shown" in [expander.label for expander in app.expander]
    assert f"{runs.METRICS} is damaged" in said(app)
    assert "once a network is trained on both" in said(app)


def test_damaged_heatmaps_leave_the_other_run_s(open_page: Open, artifacts: Path) -> None:
    (artifacts / "runs" / GRAY / runs.HEATMAPS).write_bytes(b"PK")
    app = open_page("coin", run=COLOR)
    assert "heatmaps.npz is damaged" in app.warning[0].value
    assert "Small network, color" in said(app)


def test_no_run_at_all_says_how_to_get_one(open_page: Open, artifacts: Path) -> None:
    shutil.rmtree(artifacts / "runs")
    app = AppTest.from_file(str(Path(__file__).parents[2] / "dashboard" / "app.py"))
    app.run()
    assert not app.exception and "There is no run to show" in app.error[0].value


def answers(app: AppTest) -> str:
    return "\n".join(str(element.value) for element in app.markdown)


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader[0].set_value([(name, data, "image/png")]).run()
    assert not app.exception, app.exception
    return app


def test_an_upload_is_named_in_color_and_gray(open_page: Open, coins: Path) -> None:
    data = next(coins.glob("images/*.png")).read_bytes()
    app = upload(open_page("upload", run=COLOR), "mine.png", data)
    text = said(app)
    assert "**Small network, color: " in text and "**Small network, grayscale: " in text
    assert "The blue circle is the coin." in text


def test_an_upload_that_is_no_picture_is_said(open_page: Open) -> None:
    app = upload(open_page("upload"), "letter.png", b"Dear Sir")
    assert app.error[0].value.startswith("letter.png: the picture is no readable JPEG")


def test_an_upload_without_a_coin_is_said(open_page: Open) -> None:
    picture = np.full((300, 400, 3), 255, np.uint8)
    cv2.putText(picture, "no coin here", (20, 150), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (0, 0, 0), 2)
    data = cv2.imencode(".png", picture)[1].tobytes()
    app = upload(open_page("upload"), "text.png", data)
    assert "I see no coin here" in app.warning[0].value and "Small network" not in answers(app)
    app.checkbox(key="ask_0").check().run()
    assert "Small network, color: " in answers(app)


def test_a_decompression_bomb_is_refused(open_page: Open) -> None:
    bomb = cv2.imencode(".png", np.zeros((10_001, 10_000), np.uint8))[1].tobytes()
    app = upload(open_page("upload"), "bomb.png", bomb)
    assert "more than the limit of 100,000,000" in app.error[0].value
