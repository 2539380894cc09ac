import json
import shutil
from pathlib import Path

import pytest

from coinvision import collection, dataset
from coinvision.dataset import stored
from coinvision.dataset.crops import load_crops
from coinvision.errors import DatasetError


@pytest.fixture
def copy(drawn_dataset: dataset.Dataset, tmp_path: Path) -> Path:
    return Path(shutil.copytree(drawn_dataset.folder, tmp_path / "drawn"))


def test_reading_gives_what_was_prepared(drawn_dataset: dataset.Dataset) -> None:
    again = dataset.read(drawn_dataset.folder)
    assert again.hash == drawn_dataset.hash and again.coins.equals(drawn_dataset.coins)


def test_a_changed_table_is_noticed(copy: Path) -> None:
    path = copy / stored.COINS
    path.write_text(path.read_text().replace("Augustus", "Nero", 1))
    with pytest.raises(DatasetError, match="has changed"):
        dataset.read(copy)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}"])
def test_a_damaged_description_is_noticed(copy: Path, content: str) -> None:
    (copy / stored.DESCRIPTION).write_text(content)
    with pytest.raises(DatasetError, match="prepare"):
        dataset.read(copy)


def test_a_missing_file_or_folder_is_noticed(copy: Path) -> None:
    (copy / stored.COINS).unlink()
    with pytest.raises(DatasetError, match=r"has no coins\.csv"):
        dataset.read(copy)
    with pytest.raises(DatasetError, match="is no dataset"):
        dataset.read(copy / "nowhere")


def test_a_folder_of_something_else_is_not_replaced(coins: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(DatasetError, match="something else"):
        dataset.prepare(
            collection.read(coins), dataset.Settings(min_coins=10), folder=tmp_path / "thesis"
        )
    assert (tmp_path / "thesis" / "chapter.txt").exists()


@pytest.mark.parametrize("inside", [".", "coins"])
def test_the_collection_is_never_taken_for_the_datasets_folder(
    coins: Path, tmp_path: Path, inside: str
) -> None:
    source = Path(shutil.copytree(coins, tmp_path / "out" / inside, dirs_exist_ok=True))
    (tmp_path / "out" / stored.DESCRIPTION).write_text("{}")
    with pytest.raises(DatasetError, match="choose another --out"):
        dataset.prepare(
            collection.read(source), dataset.Settings(min_coins=10), folder=tmp_path / "out"
        )
    assert (source / "images").is_dir()


def test_an_older_dataset_is_replaced_even_from_inside_its_folder(
    coins: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy / stored.DESCRIPTION).unlink()  # as after a kill in the middle of replacing
    monkeypatch.chdir(copy)
    made = dataset.prepare(collection.read(coins), dataset.Settings(min_coins=10), folder=".")
    assert {path.name for path in copy.iterdir()} == stored.OWN_FILES
    assert dataset.read(copy).hash == made.hash


def test_photographs_are_found_in_the_named_collections(
    copy: Path, coins: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    description = json.loads((copy / stored.DESCRIPTION).read_text())
    description["collection"] = str(tmp_path / "gone")
    (copy / stored.DESCRIPTION).write_text(json.dumps(description))
    moved = dataset.read(copy)
    with pytest.raises(DatasetError, match="COINVISION_COLLECTIONS"):
        moved.photographs()
    monkeypatch.setenv("COINVISION_COLLECTIONS", str(coins.parent))
    assert moved.photographs() == coins


def test_a_photograph_that_changed_or_vanished_is_noticed(
    drawn_dataset: dataset.Dataset, coins: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(coins, tmp_path / "drawn")
    monkeypatch.setattr(type(drawn_dataset), "photographs", lambda _: tmp_path / "drawn")
    first = drawn_dataset.coins.head(1)
    path = tmp_path / "drawn" / first["file_name"].iloc[0]

    crops = load_crops(drawn_dataset.photographs(), first, image_size=112, input_name="color")
    assert crops.shape == (1, 140, 140, 3)

    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(DatasetError, match="has changed"):
        load_crops(drawn_dataset.photographs(), first, image_size=112, input_name="color")
    path.unlink()
    with pytest.raises(DatasetError, match="not there any more"):
        load_crops(drawn_dataset.photographs(), first, image_size=112, input_name="color")
