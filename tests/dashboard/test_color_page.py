"""The page "Color or face?": the verdict first, its arms, and what happens without a report."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from opening import Open
from test_pages import said

from coinvision import dataset, runs
from coinvision.errors import DatasetError
from coinvision.experiments import looking, reporting, store
from coinvision.experiments.store import Cell, Experiment
from coinvision.files import write_arrays
from dashboard import arm_pictures

WRONG = {"A": 1, "B": 2, "C": 4, "D1": 6, "F1": 7}


@pytest.fixture
def experiment(artifacts: Path, drawn_dataset: dataset.Dataset) -> Experiment:
    """One fold of a small network in five arms; the first coins of it are named wrongly."""
    made = store.begin(store.folder_for(drawn_dataset), drawn_dataset)
    assert made.folder == artifacts / "experiments" / "drawn"
    own = made.coins[made.coins["fold"] == 0]
    labels = own["emperor"].map(made.emperors.index).to_numpy()
    for arm, wrong in WRONG.items():
        named = (labels + (np.arange(len(own)) < wrong)) % len(made.emperors)
        shares = np.full((len(own), len(made.emperors)), 0.05)
        shares[np.arange(len(own)), named] = 0.85
        made.keep(
            Cell("small", arm, 0), pd.DataFrame(shares, index=own.index, columns=made.emperors)
        )
    reporting.report(made)
    return made


def test_without_an_experiment_the_page_says_how_to_run_one(open_page: Open) -> None:
    app = open_page("color")
    assert "Nobody has run the experiment" in app.info[0].value
    assert not any("shown" in frame.value for frame in app.dataframe)


def test_the_verdict_comes_first_with_what_it_rests_on(
    experiment: Experiment, open_page: Open
) -> None:
    app = open_page("color")
    n = int((experiment.coins["fold"] == 0).sum())
    assert app.header[0].value == "Small network: cannot tell"
    gain = 100 / n
    assert f"color less gray is +{gain:.1f} points" in said(app) and f"on {n} coins" in said(app)
    assert f"{n} of 48 coins were tested, 1 fold of 5" in said(app)
    arms = app.dataframe[0].value
    assert list(arms["shown"].str[:2].str.rstrip(":")) == list(WRONG)
    right = [100 * (n - wrong) / n for wrong in WRONG.values()]
    assert [float(text.split(" %")[0]) for text in arms["named rightly"]] == pytest.approx(
        right, abs=0.06
    )
    assert arms["less color, points"].iloc[1].startswith(f"−{gain:.1f} (")
    assert "one HTML file" in app.download_button(key="download_report").label


def test_the_first_page_gives_the_same_verdict(experiment: Experiment, open_page: Open) -> None:
    report = json.loads((experiment.folder / reporting.REPORT).read_text())
    sentence = report["networks"]["small"]["verdict"]["sentence"]
    assert sentence in said(open_page("overview"))
    (experiment.folder / reporting.REPORT).unlink()
    app = open_page("overview")  # the two runs alone, and what is wrong with the report
    assert "cannot be read" in app.warning[0].value and "color less gray is" in said(app)


def test_a_network_that_was_asked_in_color_alone_is_told_from_those_that_answer(
    experiment: Experiment, open_page: Open
) -> None:
    path = experiment.folder / reporting.REPORT
    path.write_text(path.read_text().replace('"small"', '"vgg16"'))
    told = [one.value for one in open_page("color").info]
    assert "Small network was not asked without color; these are of VGG-16." in told


def test_arms_on_different_folds_are_one_sentence(experiment: Experiment, open_page: Open) -> None:
    (experiment.folder / store.PREDICTIONS / "small-B-fold0-seed0.csv").unlink()
    own = experiment.coins[experiment.coins["fold"] == 1]
    nobody = pd.DataFrame(0.25, index=own.index, columns=experiment.emperors)
    experiment.keep(Cell("small", "B", 1), nobody)
    reporting.report(experiment)
    app = open_page("color")
    assert app.header[0].value == "Small network: not tested"
    assert "No coin was tested in both arms." in said(app)
    assert "Better in" not in said(app) and not app.error
    arms = app.dataframe[0].value
    assert arms["less color, points"].ne("").sum() == len(WRONG) - 2


def test_a_baseline_stands_among_the_arms_and_the_legend_against_the_portrait(
    experiment: Experiment, open_page: Open
) -> None:
    assert "Where portrait and legend disagree" not in said(open_page("color"))
    own = experiment.coins[experiment.coins["fold"] == 0]
    truth = pd.get_dummies(own["emperor"]).reindex(columns=experiment.emperors).astype(float)
    for cell in (Cell("mean color and hues", "A", 0), Cell("small", "H", 0)):
        experiment.keep(cell, truth)
    experiment.keep(Cell("small-2020", "A", 0), truth)
    reporting.report(experiment)
    app = open_page("color")
    assert "Where portrait and legend disagree: the portrait wins more often" in said(app)
    shown = app.dataframe[0].value
    assert list(shown["shown"].str.split(":").str[0]) == ["A", "B", "C", "D1", "F1", "F3", "H"]
    assert shown["less color, points"].iloc[5].startswith("+")
    asked = app.dataframe[1].value
    assert list(asked["coins"]) == [len(own)] * 4 and asked["share"][0].startswith("100.0 %")
    assert "Small network of 2020" in app.dataframe[-1].value["network"].to_list()
    listed = open_page("results").dataframe
    baselines = next(frame.value for frame in listed if "macro-F1" in frame.value)
    assert "Small network of 2020" in list(baselines["who"])


def test_emperors_that_are_sure_are_named_with_the_direction(
    experiment: Experiment, open_page: Open
) -> None:
    assert "For no emperor alone can a difference be told" in said(open_page("color"))
    path = experiment.folder / "report.json"
    report = json.loads(path.read_text())
    for row, gain in zip(report["networks"]["small"]["emperors"], (0.2, -0.2), strict=False):
        row.update(value=gain, corrected=0.01)
    path.write_text(json.dumps(report))
    first, second = (row["emperor"] for row in report["networks"]["small"]["emperors"][:2])
    assert f"Better in color: {first}; Better in gray: {second}" in said(open_page("color"))


def test_fewer_training_coins_are_no_arm(experiment: Experiment, open_page: Open) -> None:
    own = experiment.coins[experiment.coins["fold"] == 0]
    nobody = pd.DataFrame(0.25, index=own.index, columns=experiment.emperors)
    experiment.keep(Cell("small", "A@20", 0), nobody, coins=20)
    report = reporting.report(experiment)
    assert "A@20" in [row["arm"] for row in report["classifiers"]]
    arms = open_page("color").dataframe[0].value
    assert list(arms["shown"].str[:2].str.rstrip(":")) == list(WRONG)


def test_a_coin_is_shown_under_every_arm(experiment: Experiment, open_page: Open) -> None:
    app = open_page("color")
    coin_id = experiment.coins.index[experiment.coins["fold"] == 0][3]
    app.selectbox(key="color_coin").set_value(coin_id).run()
    table = app.dataframe[-1].value
    wrong = sum(3 < count for count in WRONG.values())
    emperor = experiment.coins.loc[coin_id, "emperor"]
    assert len(table) == 5 and (table["named"] != emperor).sum() == wrong
    assert (table["probability"] == 0.85).all()
    assert f"named so in {5 - wrong} of 5 answers" in said(app)


def test_coins_about_which_answers_differ_come_first(
    experiment: Experiment, open_page: Open, photographs: Path
) -> None:
    app = open_page("color")
    own = experiment.coins[experiment.coins["fold"] == 0]
    # wrong in 3 or 2 of 5 arms; the very first is wrong in all of them, so nothing differs there
    assert app.selectbox(key="color_coin").value in set(own.index[2:6])
    assert "as VGG-16 was given them" in said(app)
    emperor = own["emperor"].iloc[0]
    app.selectbox(key="color_emperor").set_value(emperor).run()
    listed = app.selectbox(key="color_coin").options
    assert len(listed) == (own["emperor"] == emperor).sum()
    assert all(f"· {emperor}, named so in" in label for label in listed)


def test_where_a_network_looked_is_shown_in_each_arm(
    experiment: Experiment, open_page: Open
) -> None:
    assert "No heatmap of this coin by Small network is here" in said(open_page("color"))
    own = experiment.coins.index[experiment.coins["fold"] == 0].to_numpy(dtype="U")
    center, nothing = np.zeros((len(own), 7, 7)), np.zeros((len(own), 7, 7))
    center[:, 3, 3] = 2.0
    for arm, maps in (("A", center), ("C", nothing), ("F1", center * 100)):
        path = experiment.folder / looking.HEATMAPS / f"small-{arm}-fold0-seed0.npz"
        path.parent.mkdir(exist_ok=True)
        write_arrays(path, {"coin_id": own, "maps": maps})
    app = open_page("color")
    text = said(app)
    assert "Where Small network looked, by Grad-CAM" in text
    coin_id = app.selectbox(key="color_coin").value
    answers = {arm: experiment.answers(Cell("small", arm, 0)) for arm in ("A", "C", "F1")}
    named = {arm: table.loc[coin_id, "predicted"] for arm, table in answers.items()}
    assert f"What speaks for {named['A']}: 100 % in the portrait's ring" in text
    assert f"No positive evidence for {named['C']} on this map" in text
    # what C was shown is on the scale of A's network, F1's is its own
    assert "Strongest in the middle (2 logits)" in text
    assert "Strongest in the middle (200 logits)" in text
    assert "No heatmaps of B and D1 were kept." in text
    (experiment.folder / looking.HEATMAPS / "small-A-fold0-seed0.npz").write_bytes(b"gone")
    assert "is damaged" in open_page("color").error[0].value


def test_each_arm_has_its_picture(experiment: Experiment, photographs: Path) -> None:
    coin_id = experiment.coins.index[experiment.coins["fold"] == 0][0]
    shown = arm_pictures.pictures(experiment, photographs, coin_id, tuple(WRONG))
    assert list(shown) == list(WRONG)
    assert all(p.shape == (160, 160, 3) and p.dtype == np.uint8 for p in shown.values())
    assert np.ptp(shown["B"], axis=2).max() == 0 == np.ptp(shown["C"], axis=2).max()
    assert np.ptp(shown["A"], axis=2).max() > 0 and (shown["D1"] != shown["A"]).any()
    (photographs / "images").rename(photographs / "gone")
    with pytest.raises(DatasetError, match="not there any more"):
        arm_pictures.pictures(experiment, photographs, experiment.coins.index[-1], ("A",))


def test_coins_that_flip_are_listed_without_an_experiment(open_page: Open, artifacts: Path) -> None:
    answers = {}
    for name in ("color", "grayscale"):
        path = artifacts / "runs" / f"drawn-small-{name}-fold0-seed0" / runs.PREDICTIONS
        table = pd.read_csv(path)
        table = table[table["split"] == "test"].set_index("coin_id")
        answers[name] = table["emperor"] == table["predicted"]
    flipped = {
        "color": answers["color"] & ~answers["grayscale"],
        "grayscale": answers["grayscale"] & ~answers["color"],
    }
    text = said(open_page("color"))
    for name, which in flipped.items():
        n = int(which.sum())
        assert f"Right only in {name}: {n} of {len(answers[name])} coins" in text
    assert any(which.any() for which in flipped.values())


def test_a_damaged_report_is_one_sentence(experiment: Experiment, open_page: Open) -> None:
    (experiment.folder / reporting.REPORT).write_text("{}")
    app = open_page("color")
    assert len(app.error) == 1 and "writes it again" in app.error[0].value
    (experiment.folder / reporting.REPORT).unlink()
    assert "cannot be read" in open_page("color").error[0].value
    results = open_page("results")
    assert "cannot be read" in results.warning[0].value and "Training" in said(results)


def test_results_show_what_little_suffices_and_what_random_folds_would_give(
    experiment: Experiment, drawn_dataset: dataset.Dataset, open_page: Open
) -> None:
    assert "Without training" not in said(open_page("results"))
    own = experiment.coins[experiment.coins["fold"] == 0]
    nobody = pd.DataFrame(0.25, index=own.index, columns=experiment.emperors)
    experiment.keep(Cell("thumbnail of 8 x 8", "A", 0), nobody)
    random = store.begin(experiment.folder.with_name("drawn-random"), drawn_dataset)
    random.description["split"] = "random"
    random.keep(Cell("thumbnail of 8 x 8", "A", 0), nobody)
    reporting.report(experiment)
    table = experiment.coins.assign(group=np.arange(len(experiment.coins)) // 2)
    table.to_csv(experiment.folder / store.COINS)  # what has no relatives leaks nothing
    reporting.report(random)
    app = open_page("results")
    right = 100 * (own["emperor"] == experiment.emperors[0]).mean()
    assert f"Without training: thumbnail of 8 x 8, {right:.1f} %" in said(app)
    end = 100 * (1 - 0.025 ** (1 / table.loc[own.index, "group"].nunique()))  # none changed
    nothing = f"+0.0 (−{end:.1f} to +{end:.1f})"
    assert f"relatives in training (random folds): {nothing} points" in said(app)
    tables = [frame.value for frame in app.dataframe]
    listed = next(table for table in tables if "macro-F1" in table)
    assert list(listed["who"]) == ["thumbnail of 8 x 8", "Small network"]
    against = next(table for table in tables if "grouped folds" in table)
    assert against["difference, points"].iloc[0] == nothing
