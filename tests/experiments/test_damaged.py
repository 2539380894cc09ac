"""Answers that were cut off, changed or belong elsewhere are refused, not counted."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from answered import fifty_coins, keep

from coinvision.errors import RunError
from coinvision.experiments.store import PREDICTIONS, Cell, Experiment, check_coins

CELL = Cell("small", "A", 0)
FILE = f"{PREDICTIONS}/{CELL.name}.csv"


@pytest.fixture
def found(tmp_path: Path) -> Experiment:
    found = fifty_coins(tmp_path)
    for fold in (0, 1):
        keep(found, Cell("small", "A", fold), 9)
    return found


def changed(**cells: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda table: table.assign(**cells)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.head(8), "its 8 rows are not the 10 coins"),
        (
            lambda table: pd.concat([table, table.head(1)]),
            "its 11 rows are not the 10 coins",
        ),
        (lambda table: table.assign(coin_id=[f"c{i}" for i in range(10, 20)]), "rows are not"),
        (lambda table: table.drop(columns="p_Otho"), "p_Otho"),
        (changed(predicted="Otho"), "not the most probable"),
        (changed(predicted="Galba"), "not the most probable"),
        (changed(p_Nero=7.0), "probabilities are none"),
        (changed(p_Nero=-0.1, p_Otho=1.1), "probabilities are none"),
        (changed(p_Nero=0.0, p_Otho=0.0), "probabilities are none"),
        (changed(p_Nero=None), "probabilities are none"),
        (changed(p_Nero="much"), "could not convert"),
    ],
)
def test_damaged_answers_are_named(
    found: Experiment, change: Callable[[pd.DataFrame], pd.DataFrame], said: str
) -> None:
    path = found.folder / FILE
    change(pd.read_csv(path)).to_csv(path, index=False)
    with pytest.raises(RunError, match=said) as caught:
        found.pooled("small", "A")
    assert "delete it and run it again" in str(caught.value)


def test_a_table_cut_off_in_a_line_is_named(found: Experiment) -> None:
    path = found.folder / FILE
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(RunError, match="is damaged"):
        found.answers(CELL)


@pytest.mark.parametrize("facts", ['{"temperature": -1}', '{"temperature": "hot"}', '{"te', "[]"])
def test_damaged_facts_are_named(found: Experiment, facts: str) -> None:
    (found.folder / FILE).with_suffix(".json").write_text(facts)
    with pytest.raises(RunError, match="is damaged"):
        found.answers(CELL)


@pytest.mark.parametrize("facts", ['{"recipe": "x"}', '{"te'])
def test_damaged_facts_of_a_training_are_named(found: Experiment, facts: str) -> None:
    (found.folder / FILE).with_suffix(".json").write_text(facts)
    with pytest.raises(RunError, match="is damaged"):
        found.facts(CELL)


@pytest.mark.parametrize(
    "name", ["small-A@x-fold0-seed0", "small-A-fold7-seed0", "small-A-fold0-seed00"]
)
def test_files_of_other_names_are_no_cells(found: Experiment, name: str) -> None:
    (found.folder / PREDICTIONS / f"{name}.csv").write_text("coin_id\n")
    assert found.cells() == [Cell("small", "A", fold) for fold in (0, 1)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda coins: coins.drop(columns="material"), "no column material"),
        (lambda coins: pd.concat([coins, coins.head(1)]), "stands twice"),
        (lambda coins: coins.assign(emperor="Galba"), "Galba is none"),
        (lambda coins: coins.assign(emperor=None), "None is none"),
    ],
)
def test_damaged_coins_are_named(
    found: Experiment, change: Callable[[pd.DataFrame], pd.DataFrame], said: str
) -> None:
    coins = found.coins.assign(material="", picture_sha256="x")
    check_coins(coins, found.emperors)
    with pytest.raises(ValueError, match=said):
        check_coins(change(coins), found.emperors)
