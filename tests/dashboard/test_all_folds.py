"""What the pages say of all folds together, where the experiment tested more than one."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from opening import Open
from test_pages import COLOR, said

from coinvision import dataset
from coinvision.experiments import reporting, store
from coinvision.experiments.store import Cell, Experiment

SURE, UNSURE = 0.9, 0.5


@pytest.fixture
def experiment(artifacts: Path, drawn_dataset: dataset.Dataset) -> Experiment:
    """Two folds of the small network, and one fold of one that learned from ten coins."""
    made = store.begin(store.folder_for(drawn_dataset), drawn_dataset)
    answer(made, ("A", 0, 2), ("A", 1, 4), ("A@10", 0, 7))
    reporting.report(made)
    return made


def answer(made: Experiment, *cells: tuple[str, int, int]) -> None:
    """Cells of an arm and fold in which the first so many coins are named wrongly, and unsurely."""
    for arm, fold, wrong in cells:
        own = made.coins[made.coins["fold"] == fold]
        labels = own["emperor"].map(made.emperors.index).to_numpy()
        misled = np.arange(len(own)) < wrong
        named = (labels + misled) % len(made.emperors)
        sure = np.where(misled, UNSURE, SURE)
        shares = np.tile((1 - sure[:, None]) / (len(made.emperors) - 1), len(made.emperors))
        shares[np.arange(len(own)), named] = sure
        table = pd.DataFrame(shares, index=own.index, columns=made.emperors)
        made.keep(Cell("small", arm, fold), table, temperature=1.0)
        made.keep(Cell("commonest emperor", arm, fold), table)


def coins_of(experiment: Experiment, *folds: int) -> int:
    return int(experiment.coins["fold"].isin(folds).sum())


def test_what_to_leave_to_a_person_is_of_all_folds(experiment: Experiment, open_page: Open) -> None:
    app = open_page("trust", run=COLOR)
    both = coins_of(experiment, 0, 1)
    # six coins were named wrongly, all of them less sure than the others
    assert app.subheader[0].value == f"It leaves 6 of {both} coins to a person"
    assert f"names the other {both - 6}" in said(app)
    assert "the coins of the other folds" in said(app)
    app.selectbox(key="slice").set_value("material").run()
    assert any(f"All {both} test coins" in caption.value for caption in app.caption)
    app.segmented_control(key="scope").set_value("this run's fold").run()
    assert not app.exception and "the validation coins" in said(app)


def test_results_are_of_all_folds_and_of_the_run_s_own_where_that_is_wanted(
    experiment: Experiment, open_page: Open
) -> None:
    both = coins_of(experiment, 0, 1)
    app = open_page("results", run=COLOR)
    assert f"{both} test coins in" in said(app)
    assert f"**{100 * (both - 6) / both:.1f} %" in said(app)
    table = next(f.value for f in app.dataframe if "recall" in f.value)
    assert table["test coins"].sum() == both
    app.segmented_control(key="scope").set_value("this run's fold").run()
    assert not app.exception and f"{coins_of(experiment, 0)} test coins in" in said(app)


def test_the_first_page_counts_all_folds(experiment: Experiment, open_page: Open) -> None:
    app = open_page(run=COLOR)
    both = coins_of(experiment, 0, 1)
    named = f"names {100 * (both - 6) / both:.0f} of 100 coins rightly"
    assert app.subheader[0].value.endswith(named)
    assert any("Small network, grayscale on fewer" in one.value for one in app.caption)


def test_answers_that_changed_are_read_again(experiment: Experiment, open_page: Open) -> None:
    open_page("trust", run=COLOR)
    answer(experiment, ("A", 0, 3), ("A", 1, 5))
    app = open_page("trust", run=COLOR)
    assert app.subheader[0].value.startswith("It leaves 8 of ")


def test_results_show_what_more_coins_teach(experiment: Experiment, open_page: Open) -> None:
    app = open_page("results", run=COLOR)
    n = coins_of(experiment, 0)
    heading = next(h.value for h in app.subheader if "to learn from" in h.value)
    assert heading.startswith("Small network, ")
    assert f"instead of 10 coins to learn from: {100 * 5 / n:+.1f} (" in heading
    tables = [frame.value for frame in app.dataframe]
    learning = next(t for t in tables if "training coins" in t and "test coins" in t)
    assert list(learning["test coins"]) == [n, n]
    (pair,) = next(t for t in tables if "more often right" in t).to_dict("records")
    assert {pair["more often right"], pair["than"]} == {"Small network", "commonest emperor"}
    everyone = next(t for t in tables if "by fold" in t)
    low, high = sorted(100 * (1 - w / coins_of(experiment, f)) for f, w in ((0, 2), (1, 4)))
    assert list(everyone.loc[everyone["folds"] == 2, "by fold"]) == 2 * [
        f"{low:.1f} to {high:.1f} %"
    ]


@pytest.mark.parametrize("said_of_it", [{"coins": 10}, {"seed": 1}])
def test_a_run_that_was_trained_otherwise_is_not_told_those_folds(
    said_of_it: dict, experiment: Experiment, open_page: Open, artifacts: Path
) -> None:
    path = artifacts / "runs" / COLOR / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | said_of_it))
    app = open_page("trust", run=COLOR)
    assert not app.segmented_control and "the validation coins" in said(app)


def test_the_first_page_says_what_is_left_to_a_person(
    experiment: Experiment, open_page: Open
) -> None:
    both = coins_of(experiment, 0, 1)
    assert f"it leaves **6 of {both} coins** to a person" in said(open_page("overview", run=COLOR))
