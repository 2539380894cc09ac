import json
from pathlib import Path

import pandas as pd
import pytest

from coinvision import collection, dataset
from coinvision.dataset import label_patch
from coinvision.dataset.label_patch import COLUMNS, Change
from coinvision.errors import DatasetError

SETTINGS = dataset.Settings(min_coins=10)
CHANGES = [
    Change("coin-0", "relabel", "Augustus", "Nero", "Label wrong", "Anna, Ben", "2026-01-02", "no"),
    Change("coin-10", "leave out", "Augustus", "", "Duplicate", "Anna", "2026-01-03", 'a "b", c'),
    Change("gone", "relabel", "Nero", "Trajan", "Label wrong", "Anna", "2026-01-04"),
]


def prepared(coins: Path, folder: Path, *changes: Change) -> dict[str, bytes]:
    """All files of a dataset that was made in a folder, with these changes if any."""
    path = folder.parent / "patch.csv"
    path.write_text(label_patch.as_csv(list(changes)))
    patches = [label_patch.read(path)] if changes else []
    dataset.prepare(collection.read(coins), SETTINGS, folder=folder, labels=patches)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_patch_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "patch.csv"
    path.write_text(label_patch.as_csv(CHANGES))
    read = label_patch.read(path)
    assert list(read.changes) == CHANGES and read.name == "patch.csv" and len(read.sha256) == 64


def test_applied_recorded_and_removed_byte_for_byte(coins: Path, tmp_path: Path) -> None:
    collected = (coins / "metadata.csv").read_bytes()
    plain = prepared(coins, tmp_path / "made")
    patched = prepared(coins, tmp_path / "made", *CHANGES)
    table = pd.read_csv(tmp_path / "made" / "coins.csv").set_index("coin_id")
    assert table.loc["coin-0", "emperor"] == "Nero" and "coin-10" not in table.index
    assert table.loc["coin-0", "label_patch"] == "was Augustus; Anna, Ben, 2026-01-02"
    assert table["label_patch"].notna().sum() == 1
    description = json.loads(patched["dataset.json"])
    assert [one["file"] for one in description["labels"]] == ["patch.csv"]
    assert description["counts"]["relabeled"] == 1
    assert description["left_out"]["reviewers said: Duplicate"] == 1
    assert "coin-0 from Augustus to Nero" in patched["report.md"].decode()
    assert "1 of its rows changed nothing" in patched["report.md"].decode()
    assert prepared(coins, tmp_path / "made") == plain != patched
    assert (coins / "metadata.csv").read_bytes() == collected


def test_a_second_patch_goes_on_from_the_first(coins: Path, tmp_path: Path) -> None:
    second = [
        Change("coin-0", "relabel", "Nero", "Trajan", "Label wrong", "Cleo", "2026-02-02"),
        Change("coin-20", "leave out", "Augustus", "", "Duplicate", "Cleo", "2026-02-03"),
    ]
    few, patches = dataset.Settings(min_coins=8), []
    for name, changes in (("first.csv", CHANGES), ("second.csv", second)):
        (tmp_path / name).write_text(label_patch.as_csv(changes))
        patches.append(label_patch.read(tmp_path / name))
    found = collection.read(coins)
    made = dataset.prepare(found, few, folder=tmp_path / "made", labels=patches)
    table = made.coins.set_index("coin_id")
    assert not {"coin-20", "coin-10"} & set(table.index)
    assert table.loc["coin-0", "emperor"] == "Trajan"
    said = "was Augustus; Anna, Ben, 2026-01-02 / was Nero; Cleo, 2026-02-02"
    assert table.loc["coin-0", "label_patch"] == said
    assert [one["file"] for one in made.description["labels"]] == ["first.csv", "second.csv"]
    assert made.description["counts"]["left_out_by_reviewers"] == 2
    with pytest.raises(DatasetError, match="labeled Nero, and the collection says Augustus"):
        dataset.prepare(found, few, folder=tmp_path / "other", labels=patches[1:])


def test_a_dataset_without_a_patch_names_none(drawn_dataset: dataset.Dataset) -> None:
    assert "label_patch" not in drawn_dataset.coins and "labels" not in drawn_dataset.description


def test_a_patch_of_another_state_is_refused(coins: Path, tmp_path: Path) -> None:
    odd = Change("coin-0", "relabel", "Hadrian", "Nero", "Label wrong", "Anna", "2026-01-02")
    with pytest.raises(DatasetError, match="labeled Hadrian, and the collection says Augustus"):
        prepared(coins, tmp_path / "made", odd)
    # a collection that was mended meanwhile needs nothing
    done = Change("coin-0", "relabel", "Nero", "Augustus", "Label wrong", "Anna", "2026-01-02")
    prepared(coins, tmp_path / "made", done)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("coin_id,change\na,relabel\n", "column was is missing"),
        (f"{','.join(COLUMNS)}\na,relabel,Nero,Zeus,x,y,z,\n", "becomes 'Zeus', who is not in"),
        (f"{','.join(COLUMNS)}\na,delete,Nero,,x,y,z,\n", "has the change 'delete'"),
        (f"{','.join(COLUMNS)}\n,relabel,Nero,Titus,x,y,z,\n", "a row without a coin_id"),
        (f"{','.join(COLUMNS)}\n" + "a,leave out,Nero,,x,y,z,\n" * 2, "a stands twice"),
    ],
)
def test_what_is_no_patch_is_refused(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "patch.csv"
    path.write_text(text)
    with pytest.raises(DatasetError, match=sentence):
        label_patch.read(path)
