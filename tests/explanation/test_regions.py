import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coinvision import dataset, runs
from coinvision.explanation import regions
from coinvision.explanation.explaining import evaluated_coins

SIZE = 106  # of a crop: the coin's radius is 50 pixels


@pytest.fixture
def copy(run: runs.Run, tmp_path: Path) -> runs.Run:
    return runs.open_run(shutil.copytree(run.folder, tmp_path / run.name))


def test_each_region_covers_its_ring_and_nothing_else() -> None:
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 200, (SIZE, SIZE, 3), dtype=np.uint8)
    radii = np.hypot(*(np.indices((SIZE, SIZE)) - (SIZE - 1) / 2)) / 50
    changed = {
        name: (regions.blanked(picture, name) != picture).any(axis=-1) for name in regions.REGIONS
    }
    assert (sum(changed.values()) <= 1).all() and sum(changed.values()).mean() > 0.99
    assert radii[changed["portrait"]].max() < 0.71 and radii[changed["legend"]].min() > 0.69
    assert radii[changed["border"]].max() < 1.0 <= radii[changed["background"]].min()


def test_the_ground_becomes_white_and_the_coin_its_mean() -> None:
    picture = np.full((SIZE, SIZE, 3), 250, np.uint8)
    radii = np.hypot(*(np.indices((SIZE, SIZE)) - (SIZE - 1) / 2)) / 50
    picture[radii < 1] = (100, 80, 60)
    picture[50, 50] = 0
    assert regions.blanked(picture, "portrait")[50, 50].tolist() == [100, 80, 60]
    assert regions.blanked(picture, "background")[0, 0].tolist() == [255, 255, 255]


def test_regions_are_asked_about_once(copy: runs.Run, drawn_dataset: dataset.Dataset) -> None:
    assert regions.answer(copy, drawn_dataset.photographs()) == 4
    table = copy.table(runs.ANSWERS_WITHOUT, "coin_id", *regions.REGIONS)
    assert table["coin_id"].tolist() == evaluated_coins(copy)["coin_id"].tolist()
    # one that was stopped before its last region goes on with that
    runs.keep_table(copy, runs.ANSWERS_WITHOUT, table.drop(columns="background"))
    assert regions.answer(copy, drawn_dataset.photographs()) == 1
    assert copy.table(runs.ANSWERS_WITHOUT).equals(table)
    assert regions.figures(copy)["whole"]["n"] == len(table)


def test_figures_by_hand(copy: runs.Run) -> None:
    coins = evaluated_coins(copy)
    predictions = copy.table(runs.PREDICTIONS)
    right = predictions.assign(predicted=predictions["emperor"])
    runs.keep_table(copy, runs.PREDICTIONS, right)
    answers = pd.DataFrame({"coin_id": coins["coin_id"]})
    for region in regions.REGIONS:
        answers[region] = coins["emperor"]
    gone = coins["emperor"] == "Nero"
    answers.loc[gone, "legend"] = "Trajan"
    runs.keep_table(copy, runs.ANSWERS_WITHOUT, answers)
    facts = regions.figures(copy)
    without = facts["regions"]["legend"]
    share = float(gone.mean())
    assert facts["whole"]["value"] == 1
    assert without["accuracy"]["value"] == pytest.approx(1 - share, abs=1e-4)
    assert without["difference"]["value"] == pytest.approx(-share, abs=1e-4)
    assert without["emperors"]["Nero"]["difference"]["value"] == -1
    assert without["emperors"]["Trajan"]["difference"]["value"] == 0
    assert facts["regions"]["border"]["difference"]["value"] == 0
    # a ring of 0.92 to 1 radii in a picture of 2.12 radii a side
    area = np.pi * (1 - 0.92**2) / 2.12**2
    assert facts["regions"]["border"]["area"] == pytest.approx(area, abs=0.002)
