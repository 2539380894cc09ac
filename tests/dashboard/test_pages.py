import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pandas as pd
import pytest
from opening import Open
from streamlit.testing.v1 import AppTest

from coinvision import runs

COLOR = "drawn-small-color-fold0-seed0"
GRAY = "drawn-small-grayscale-fold0-seed0"
PAGES = (
    "overview",
    "dataset",
    "results",
    "trust",
    "looks",
    "color",
    "misclassified",
    "coin",
    "upload",
    "method",
)


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
    assert "color less gray is" in text and f"on {metrics['n']} coins" in text


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
        "of this run; this is another one."
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
    assert "What speaks for" in text and "in the portrait's ring" in text


def test_a_photograph_that_changed_is_said(open_page: Open, photographs: Path) -> None:
    for path in photographs.glob("images/*.png"):
        path.write_bytes(path.read_bytes() + b"more")
    app = open_page("coin", run=COLOR)
    assert "has changed since the dataset was prepared" in app.warning[0].value
    assert "Which part of the coin said so" in said(app)


def test_a_vanished_photograph_is_said(open_page: Open, photographs: Path) -> None:
    shutil.rmtree(photographs / "images")
    assert "is not there any more" in open_page("coin", run=COLOR).warning[0].value


def test_a_damaged_run_is_named_and_the_rest_goes_on(open_page: Open, artifacts: Path) -> None:
    (artifacts / "runs" / GRAY / runs.METRICS).write_text("{")
    app = open_page()
    assert "1 run cannot be shown" in [expander.label for expander in app.expander]
    assert f"{runs.METRICS} is damaged" in said(app)
    assert "once a network is trained on both" in said(app)


DAMAGES = {
    "a column less": (runs.PREDICTIONS, lambda t: t.drop(columns="split")),
    "text for numbers": (runs.PREDICTIONS, lambda t: t.assign(p_Nero="much")),
    "rows lost": (runs.PREDICTIONS, lambda t: t[::2]),
    "an unknown emperor": (runs.PREDICTIONS, lambda t: t.assign(predicted="Caracalla")),
    "another answer": (runs.PREDICTIONS, lambda t: t.assign(predicted="Nero")),
    "no test coin": (runs.COINS, lambda t: t.assign(split="train")),
    "other labels": (runs.COINS, lambda t: t.assign(emperor=t["emperor"].to_numpy()[::-1])),
    "no epoch": (runs.HISTORY, lambda t: t[:0]),
    "no layer": (runs.ARCHITECTURE, lambda t: t[:0]),
}
FACTS = {
    "no image size": (runs.DESCRIPTION, {"image_size": None}),
    "no emperors": (runs.DESCRIPTION, {"emperors": []}),
    "an unknown network": (runs.DESCRIPTION, {"network": "resnet"}),
    "a small matrix": (runs.METRICS, {"confusion": [[1, 2], [3, 4]]}),
    "another accuracy": (runs.METRICS, {"accuracy": {"value": 0.99, "low": 0, "high": 1, "n": 9}}),
    "half a figure": (runs.METRICS, {"accuracy": {"value": 0.5}}),
    "no figures": (runs.METRICS, {"emperors": {}}),
    "text for counts": (runs.DATASET, {"left_out": {"a reason": "many"}}),
    "no steps": (runs.DATASET, {"steps": ["what", "ever"]}),
}


def only_the_color_run(app: AppTest) -> None:
    """The damaged run is named and every page shows the other one."""
    assert "1 run cannot be shown" in [expander.label for expander in app.expander]
    assert app.query_params["run"] == COLOR and not app.error


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_table_that_does_not_fit_is_refused(
    damage: str, open_page: Open, artifacts: Path
) -> None:
    name, change = DAMAGES[damage]
    path = artifacts / "runs" / GRAY / name
    change(pd.read_csv(path, dtype={"coin_id": str})).to_csv(path, index=False)
    only_the_color_run(open_page("coin"))


@pytest.mark.parametrize("damage", FACTS)
def test_facts_that_do_not_fit_are_refused(damage: str, open_page: Open, artifacts: Path) -> None:
    name, change = FACTS[damage]
    path = artifacts / "runs" / GRAY / name
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    only_the_color_run(open_page())


def test_odd_years_and_missing_columns_are_no_damage(open_page: Open, artifacts: Path) -> None:
    path = artifacts / "runs" / COLOR / runs.COINS
    table = pd.read_csv(path).drop(columns=["institution", "material"])
    table.assign(year="around 100", right="odd", p_Nero="odd").to_csv(path, index=False)
    for page in PAGES:
        open_page(page, run=COLOR)


def test_runs_trained_twice_are_told_apart(open_page: Open, artifacts: Path) -> None:
    shutil.copytree(artifacts / "runs" / COLOR, artifacts / "runs" / "mine")
    for name in ("mine", COLOR):
        app = open_page(run=name)
        assert app.query_params["run"] == name and not app.warning
    assert len(app.selectbox(key="picked").options) == 2


def test_another_fold_has_a_grayscale_switch_too(open_page: Open, artifacts: Path) -> None:
    for name in (COLOR, GRAY):
        path = shutil.copytree(artifacts / "runs" / name, artifacts / "runs" / f"{name}-1")
        facts = json.loads((path / runs.DESCRIPTION).read_text())
        (path / runs.DESCRIPTION).write_text(json.dumps({**facts, "fold": 1}))
    app = open_page(run=f"{GRAY}-1")
    assert app.toggle(key="grayscale").value and not app.toggle(key="grayscale").disabled
    app.toggle(key="grayscale").set_value(False).run()
    assert app.query_params["run"] == f"{COLOR}-1"


def test_the_switch_says_what_is_shown_where_only_one_input_is(
    open_page: Open, artifacts: Path
) -> None:
    shutil.rmtree(artifacts / "runs" / COLOR)
    switch = open_page().toggle(key="grayscale")
    assert switch.value and switch.disabled


def test_a_run_that_vanishes_is_said(open_page: Open, artifacts: Path) -> None:
    app = open_page(run=GRAY)
    shutil.rmtree(artifacts / "runs" / GRAY)
    app.run()
    assert "is not here or cannot be shown" in app.warning[0].value
    assert app.query_params["run"] == COLOR


def test_damaged_heatmaps_leave_the_other_run_s(open_page: Open, artifacts: Path) -> None:
    (artifacts / "runs" / GRAY / runs.HEATMAPS).write_bytes(b"PK")
    app = open_page("coin", run=COLOR)
    assert "heatmaps.npz is damaged" in app.warning[0].value

    arrays = {"coin_id": np.array(["x"]), "gradcam/predicted": np.full((1, 2, 2), np.nan)}
    np.savez(artifacts / "runs" / GRAY / runs.HEATMAPS, **arrays)
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
    assert "the picture is no readable JPEG" in app.error[0].value


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


def test_the_planner_counts_what_is_left_to_a_person(open_page: Open) -> None:
    app = open_page("trust", run=COLOR)
    counted = []
    for wanted in (75, 99):
        app.slider[0].set_value(wanted).run()
        assert not app.exception
        title = app.subheader[0].value
        counted.append(int(title.split()[2]) if title.startswith("It leaves") else 10**6)
    assert counted[0] <= counted[1]


def test_a_run_measured_before_calibration_says_what_to_do(
    open_page: Open, artifacts: Path
) -> None:
    path = artifacts / "runs" / COLOR / runs.METRICS
    facts = json.loads(path.read_text())
    del facts["calibration"]
    path.write_text(json.dumps(facts))
    assert "evaluate.py" in open_page("trust", run=COLOR).error[0].value
