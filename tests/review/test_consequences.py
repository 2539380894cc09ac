from pathlib import Path

import pandas as pd
import pytest

from coinvision import runs
from coinvision.dataset.label_patch import Change
from coinvision.review.consequences import changes, if_right
from coinvision.review.state import Entry, states
from coinvision.review.verdicts import Verdict
from coinvision.runs import Run


@pytest.fixture
def twenty(tmp_path: Path) -> Run:
    """A run with 20 test coins, 10 of Nero and 10 of Titus; 8 of each are named rightly."""
    facts = {"network": "small", "input": "color", "dataset": "d", "dataset_hash": "h"}
    settings = {**facts, "fold": 0, "seed": 0, "emperors": ["Nero", "Titus"]}
    run = runs.start(tmp_path, settings)
    emperors = ["Nero"] * 10 + ["Titus"] * 10
    named = ["Nero"] * 8 + ["Titus"] * 2 + ["Titus"] * 8 + ["Nero"] * 2
    ids = [f"c{i}" for i in range(20)]
    table = pd.DataFrame({"coin_id": ids, "split": "test", "emperor": emperors, "predicted": named})
    more = pd.DataFrame(
        [{"coin_id": "v", "split": "validation", "emperor": "Nero", "predicted": "Nero"}]
    )
    runs.keep_table(run, runs.PREDICTIONS, pd.concat([table, more]))
    runs.keep_table(run, runs.COINS, pd.DataFrame({"coin_id": [*ids, "v"], "group": range(21)}))
    return run


def relabel(coin: str, was: str, becomes: str) -> Change:
    return Change(coin, "relabel", was, becomes, "Label wrong", "Anna", "2026")


def test_by_pencil_and_paper(twenty: Run) -> None:
    # c8 was Nero, named Titus, is Titus: now right. c0 is left out. v is no test coin.
    found = if_right(
        twenty,
        [
            relabel("c8", "Nero", "Titus"),
            relabel("v", "Nero", "Titus"),
            Change("c0", "leave out", "Nero", "", "Duplicate", "Anna", "2026"),
        ],
    )
    assert found.before["accuracy"]["value"] == 0.8 and found.before["n"] == 20
    assert found.after and found.after["accuracy"]["value"] == round(16 / 19, 6)
    assert found.after["n"] == 19 and (found.relabeled, found.left_out) == (1, 1)
    assert found.after["confusion"] == [[7, 1], [2, 9]]
    # on the 19 coins that stay, one more is right
    assert found.pair and found.pair.difference.value == pytest.approx(1 / 19)
    assert (found.pair.only_first, found.pair.only_second) == (0, 1)


def test_no_verdicts_change_nothing(twenty: Run) -> None:
    found = if_right(twenty, [])
    assert found.before == found.after and found.pair and found.pair.difference.value == 0


def test_an_emperor_the_network_does_not_know_is_never_named(twenty: Run) -> None:
    found = if_right(twenty, [relabel("c0", "Nero", "Galba")])
    assert found.after and found.after["accuracy"]["value"] == 0.75
    assert found.after["emperors"]["Galba"]["recall"]["value"] == 0


def test_no_test_coin_may_be_left(twenty: Run) -> None:
    every = [Change(f"c{i}", "leave out", "x", "", "Duplicate", "A", "2026") for i in range(20)]
    found = if_right(twenty, every)
    assert found.after is None and found.left_out == 20


def test_only_settled_coins_change_and_say_who_when_and_why() -> None:
    said = [
        Verdict("d", "c1", "label_wrong", "Nero", "Anna", "Titus", note="beard\nand nose"),
        Verdict("d", "c1", "worn", "Nero", "Ben"),
        Verdict("d", "c1", "label_wrong", "Nero", "Cleo", "Titus", role="adjudication"),
        Verdict("d", "c2", "label_wrong", "Nero", "Anna", "Titus"),
        Verdict("d", "c2", "network_wrong", "Nero", "Ben"),
        Verdict("d", "c3", "network_wrong", "Nero", "Anna"),
        Verdict("d", "c4", "tooled", "Nero", "Ben"),
    ]
    log = [Entry(i, f"2026-0{i}", one) for i, one in enumerate(said, start=1)]
    found = changes(states(log, {f"c{i}": "Nero" for i in range(1, 5)}, "d", 0.0))
    assert found == [
        Change("c1", "relabel", "Nero", "Titus", "Label wrong", "Anna, Ben, Cleo", "2026-03",
               "beard and nose"),
        Change("c4", "leave out", "Nero", "", "Tooled or fake", "Ben", "2026-07", ""),
    ]  # fmt: skip
