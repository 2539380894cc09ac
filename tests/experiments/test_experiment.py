"""An experiment by hand-made answers: pooling, figures, verdict, report; then by a real network."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coinvision import dataset
from coinvision.comparison import verdict
from coinvision.comparison.answers import gain
from coinvision.errors import RunError
from coinvision.evaluation.baselines import BASELINES
from coinvision.experiments import figures, reporting, store
from coinvision.experiments.against_grouped import FEW_LOST, _kept, against_grouped
from coinvision.experiments.plan import Plan
from coinvision.experiments.running import run
from coinvision.experiments.store import Cell, Experiment


@pytest.fixture
def experiment(drawn_dataset: dataset.Dataset, tmp_path: Path) -> Experiment:
    return store.begin(tmp_path / "drawn", drawn_dataset)


def keep(experiment: Experiment, cell: Cell, wrong: int, **facts: float) -> None:
    """Answers for a cell's fold: the first `wrong` coins are named as the next emperor."""
    own = experiment.coins[experiment.coins["fold"] == cell.fold]
    names = experiment.emperors
    labels = own["emperor"].map(names.index).to_numpy()
    named = (labels + (np.arange(len(own)) < wrong)) % len(names)
    probabilities = np.full((len(own), len(names)), 0.1 / (len(names) - 1))
    probabilities[np.arange(len(own)), named] = 0.9
    experiment.keep(cell, pd.DataFrame(probabilities, index=own.index, columns=names), **facts)


def test_each_coin_is_pooled_once(experiment: Experiment) -> None:
    for fold in range(5):
        keep(experiment, Cell("small", "A", fold), wrong=fold)
    pooled = experiment.pooled("small", "A")
    assert pooled is not None and pooled.index.is_unique
    assert len(pooled) == len(experiment.coins) and (~pooled["right"]).sum() == 0 + 1 + 2 + 3 + 4
    found = figures.figures(experiment, pooled)
    assert found["accuracy"]["n"] == 48 and found["accuracy"]["value"] == round(38 / 48, 6)
    assert len(found["folds"]) == 5 and found["folds"]["0"]["value"] == 1
    mistaken = -np.log(0.1 / 3) * 10 - np.log(0.9) * 38
    assert found["log_loss"] == pytest.approx(mistaken / 48, abs=1e-3)
    assert experiment.pooled("small", "B") is None


def test_a_temperature_cools_what_is_read(experiment: Experiment) -> None:
    keep(experiment, Cell("small", "A", 0), wrong=0, temperature=2.0)
    answers = experiment.answers(Cell("small", "A", 0))
    # the root of 0.9 against three roots of 0.0333
    expected = 0.9**0.5 / (0.9**0.5 + 3 * 0.0333**0.5)
    highest = answers[[f"p_{name}" for name in experiment.emperors]].max(axis=1)
    assert highest.to_numpy() == pytest.approx(np.full(len(answers), expected), abs=1e-3)


def test_the_gain_is_paired_on_common_coins(experiment: Experiment) -> None:
    for fold in (0, 1):
        keep(experiment, Cell("small", "A", fold), wrong=1)
    keep(experiment, Cell("small", "B", 0), wrong=3)
    color, gray = experiment.pooled("small", "A"), experiment.pooled("small", "B")
    assert color is not None and gray is not None
    pair = gain(color, gray)
    assert pair.difference.n == len(gray) and pair.difference.value == 2 / len(gray)
    assert (pair.only_first, pair.only_second) == (0, 2)
    with pytest.raises(ValueError, match="no coin"):
        gain(color[color["fold"] == 1], gray)


def test_arms_that_share_no_coin_are_not_compared(experiment: Experiment) -> None:
    keep(experiment, Cell("small", "A", 0), wrong=1)
    keep(experiment, Cell("small", "F1", 0), wrong=2)
    keep(experiment, Cell("small", "B", 1), wrong=3)
    found = reporting.report(experiment)["networks"]["small"]
    assert found["verdict"]["kind"] == "not tested" and found["emperors"] == []
    assert list(found["against_color"]) == ["F1"]


def test_an_arm_f_on_other_coins_takes_no_verdict_away(experiment: Experiment) -> None:
    for arm, wrong in (("A", 0), ("B", 6)):
        keep(experiment, Cell("small", arm, 0), wrong=wrong)
    keep(experiment, Cell("small", "F1", 1), wrong=0)
    found = reporting.report(experiment)["networks"]["small"]
    assert found["verdict"]["kind"] == verdict.HELPS and "F1" not in found["against_color"]


def test_the_report_is_made_from_answers_alone_and_repeats(experiment: Experiment) -> None:
    for fold in range(5):
        keep(experiment, Cell("commonest emperor", "A", fold), wrong=8)
        keep(experiment, Cell("small", "A", fold), wrong=0)
        keep(experiment, Cell("small", "B", fold), wrong=6)
        keep(experiment, Cell("small", "F1", fold), wrong=7)
    found = reporting.report(experiment)
    said = found["networks"]["small"]["verdict"]
    assert said["kind"] == verdict.HELPS and said["gain"]["value"] == round(30 / 48, 6)
    assert found["networks"]["small"]["against_color"]["F1"]["value"] == round(-35 / 48, 6)
    first = (experiment.folder / reporting.REPORT).read_bytes()
    again = reporting.report(store.read(experiment.folder))
    assert again == found and (experiment.folder / reporting.REPORT).read_bytes() == first
    text = (experiment.folder / reporting.TEXT).read_text()
    assert "**small**: Color helps: color less gray is +62.5 points" in text
    assert "| commonest emperor |  | 48 | 5 | " in text


def test_in_gray_blind_and_color_as_good_is_color_alone(experiment: Experiment) -> None:
    for fold in range(5):
        keep(experiment, Cell("small", "A", fold), wrong=0)
        keep(experiment, Cell("small", "B", fold), wrong=8)
        keep(experiment, Cell("small", "F1", fold), wrong=0)
    assert reporting.report(experiment)["networks"]["small"]["verdict"]["kind"] == verdict.ALONE


def test_the_baseline_of_colors_stands_for_an_arm(experiment: Experiment) -> None:
    for fold in range(5):
        keep(experiment, Cell("small", "A", fold), wrong=2)
        keep(experiment, Cell("small", "B", fold), wrong=8)
        keep(experiment, Cell("mean color and hues", "A", fold), wrong=1)
    found = reporting.report(experiment)
    assert found["networks"]["small"]["verdict"]["kind"] == verdict.ALONE
    assert found["networks"]["small"]["against_color"]["F3"]["value"] == round(5 / 48, 6)
    row = next(r for r in found["classifiers"] if r["classifier"] == "mean color and hues")
    assert (row["arm"], row["stands_for"]) == ("A", "F3")
    text = (experiment.folder / reporting.TEXT).read_text()
    assert "| mean color and hues | F3 mean color and hues alone | 48 |" in text


def test_who_follows_the_legend_is_counted(experiment: Experiment) -> None:
    keep(experiment, Cell("small", "H", 0), wrong=0)
    found = reporting.report(experiment)
    own = int((experiment.coins["fold"] == 0).sum())
    said = found["cue_conflict"]["small"]
    assert said["portrait"]["value"] == said["portrait_bias"]["value"] == 1.0
    assert said["portrait_bias"]["n"] == own and said["legend"]["value"] == 0
    text = (experiment.folder / reporting.TEXT).read_text()
    assert "## Portrait or legend" in text and f"| small | {own} | 100.0 % (" in text


def test_the_2020_recipe_stands_in_the_table_without_a_verdict(experiment: Experiment) -> None:
    for arm in "AB":
        keep(experiment, Cell("small-2020", arm, 0), wrong=1)
    found = reporting.report(experiment)
    assert found["networks"] == {} and len(found["classifiers"]) == 2


def test_answers_of_other_coins_are_refused(experiment: Experiment) -> None:
    rows = pd.DataFrame(0.25, index=["nobody"], columns=experiment.emperors)
    with pytest.raises(RunError, match="rows or emperors are not those"):
        experiment.keep(Cell("small", "A", 0), rows)


def test_a_damaged_table_is_named(experiment: Experiment) -> None:
    keep(experiment, Cell("small", "A", 0), wrong=0)
    path = experiment.folder / store.PREDICTIONS / "small-A-fold0-seed0.csv"
    path.write_text("coin_id,predicted\nnobody,Nero\n")
    with pytest.raises(RunError, match=r"small-A-fold0-seed0\.csv is damaged"):
        reporting.report(experiment)


def test_an_experiment_belongs_to_its_dataset(
    experiment: Experiment, drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    path = experiment.folder / store.DESCRIPTION
    path.write_text(path.read_text().replace(drawn_dataset.hash, "0" * 64))
    with pytest.raises(RunError, match="another dataset"):
        store.begin(experiment.folder, drawn_dataset)
    with pytest.raises(RunError, match="no whole experiment"):
        store.read(tmp_path)


def test_a_network_goes_through_the_arms_and_what_is_there_stays(
    experiment: Experiment, drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    arms = ["A", "C", "E2", "F3", "G3"]
    plan = Plan(["small"], arms, [0], epochs=1, runs=tmp_path / "runs")
    run(experiment, drawn_dataset, plan)
    cells = experiment.cells()
    assert {c.arm for c in cells if c.classifier == "small"} == {"A", "C", "E2", "G3"}
    assert {c.classifier for c in cells} - {"small"} == set(BASELINES) - {
        "frozen VGG-16 and logistic regression"
    }
    files = {p: p.stat().st_mtime_ns for p in experiment.folder.rglob("*.csv")}
    assert sorted(p.name for p in (tmp_path / "runs").glob("*/run.json")) == ["run.json"] * 3
    facts = experiment.facts(Cell("small", "C", 0))
    assert facts["temperature"] > 0 and facts["recipe"]["max_epochs"] == 1
    assert len(experiment.facts(Cell("small", "A", 0))["epochs"]["seconds"]) == 1

    gone = experiment.folder / store.PREDICTIONS / "small-C-fold0-seed0.csv"
    before = gone.read_text()
    gone.unlink()
    run(experiment, drawn_dataset, plan)
    assert gone.read_text() == before
    assert {p: p.stat().st_mtime_ns for p in files if p != gone} == {
        p: moment for p, moment in files.items() if p != gone
    }
    found = reporting.report(experiment)
    assert json.loads((experiment.folder / reporting.REPORT).read_text()) == found


@pytest.mark.parametrize(
    ("network", "arm", "fold", "message"),
    [
        ("small", "Z", 0, "no arm Z; expected one of A, B"),
        ("large", "A", 0, "no network large; expected one of small, "),
        ("small", "A", 5, "no fold 5; expected one of 0, 1, 2, 3, 4"),
    ],
)
def test_a_plan_that_cannot_be(network: str, arm: str, fold: int, message: str) -> None:
    with pytest.raises(RunError, match=message):
        Plan([network], [arm], [fold])


def pair_up(experiment: Experiment) -> None:
    """Let two coins each be of one group."""
    table = experiment.coins.assign(group=np.arange(len(experiment.coins)) // 2)
    table.to_csv(experiment.folder / store.COINS)


def test_random_folds_stand_against_grouped_ones_on_the_same_coins(
    experiment: Experiment, drawn_dataset: dataset.Dataset
) -> None:
    for fold in range(5):
        keep(experiment, Cell("small", "A", fold), wrong=3)
    assert reporting.report(experiment)["against_grouped"] == []
    folder = experiment.folder.with_name("drawn-random")
    random = store.begin(folder, drawn_dataset)
    random.description["split"] = "random"
    for fold in range(5):
        keep(random, Cell("small", "A", fold), wrong=1)
    assert reporting.report(random)["against_grouped"] == []  # nothing is known to be related
    pair_up(experiment)
    row = reporting.report(random)["against_grouped"][0]
    assert (row["classifier"], row["arm"]) == ("small", "A")
    assert row["here"]["value"] == round(43 / 48, 6)
    assert row["grouped"]["value"] == round(33 / 48, 6)
    assert row["difference"]["value"] == round(10 / 48, 6) and row["difference"]["low"] > 0
    assert "## Random folds against grouped ones" in (folder / reporting.TEXT).read_text()


def test_a_museum_that_is_left_out_is_asked_again_without_its_own_emperors(
    experiment: Experiment, drawn_dataset: dataset.Dataset
) -> None:
    pair_up(experiment)
    keep(experiment, Cell("small", "A@20", 0), wrong=0)
    table = experiment.coins.copy()
    own = table["fold"] == 0
    first = table["emperor"] == experiment.emperors[0]
    table["fold"] = np.where(own | first, 0, table["fold"])  # nobody else's coins of the first
    other = store.begin(experiment.folder.with_name("drawn-institution"), drawn_dataset)
    other.description["split"] = "institution"
    other = store.Experiment(other.folder, other.description, table)
    keep(other, Cell("small", "A@20", 0), wrong=int(own.sum()))
    whole, kept = against_grouped(other, [("small", "A@20")])
    assert (whole["whose"], kept["whose"]) == ("", FEW_LOST)
    assert whole["difference"]["n"] == own.sum()
    assert kept["difference"]["n"] == (own & ~first).sum()
    assert whole["grouped"]["value"] == 1 and whole["here"]["value"] < 1


def test_an_emperor_counts_in_those_folds_in_which_he_is_taught() -> None:
    def taught(**counts: list[int]) -> pd.Series:
        rows = {(fold, name): n for name, own in counts.items() for fold, n in enumerate(own)}
        index = pd.MultiIndex.from_tuples(list(rows), names=["fold", "emperor"])
        return pd.Series(list(rows.values()), index)

    here, there = taught(Nero=[2, 30], Titus=[9, 10]), taught(Nero=[16, 16], Titus=[10, 10])
    kept = _kept(here, there)
    assert kept.to_dict() == {
        **{(0, "Nero"): False, (1, "Nero"): True},
        **{(0, "Titus"): True, (1, "Titus"): True},
    }


def test_answers_of_two_recipes_are_not_pooled(
    experiment: Experiment, drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    keep(experiment, Cell("small", "A", 1), wrong=1, recipe={"max_epochs": 1})  # type: ignore[arg-type]
    plan = Plan(["small"], ["A"], [0], epochs=2, runs=tmp_path)
    with pytest.raises(RunError, match="small-A-fold1-seed0 was trained with max_epochs 1, not 2"):
        run(experiment, drawn_dataset, plan)
    assert len(experiment.cells()) == 1


def test_a_folder_of_something_else_is_left_alone(
    experiment: Experiment, drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    before = (drawn_dataset.folder / "coins.csv").read_bytes()
    with pytest.raises(RunError, match="something else"):
        store.begin(drawn_dataset.folder, drawn_dataset)
    assert (drawn_dataset.folder / "coins.csv").read_bytes() == before
    (experiment.folder / store.DESCRIPTION).unlink()  # a beginning that was killed
    assert store.begin(experiment.folder, drawn_dataset).cells() == []


def test_an_arm_of_another_version_is_left_out(experiment: Experiment) -> None:
    keep(experiment, Cell("small", "A", 0), wrong=1)
    keep(experiment, Cell("small", "Z9", 0), wrong=1)
    assert [row["arm"] for row in reporting.report(experiment)["classifiers"]] == ["A"]


def test_an_arm_f_on_fewer_coins_says_nothing_of_the_others(experiment: Experiment) -> None:
    for fold in range(5):
        keep(experiment, Cell("small", "A", fold), wrong=0)
        keep(experiment, Cell("small", "B", fold), wrong=8)
    keep(experiment, Cell("small", "F1", 0), wrong=0)
    assert reporting.report(experiment)["networks"]["small"]["verdict"]["kind"] == verdict.HELPS
