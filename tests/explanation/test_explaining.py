import shutil
from pathlib import Path

import numpy as np
import pytest

from coinvision import dataset, runs
from coinvision.errors import RunError
from coinvision.explanation.explaining import explain


@pytest.fixture
def copy(run: runs.Run, tmp_path: Path) -> runs.Run:
    return runs.open_run(shutil.copytree(run.folder, tmp_path / run.name))


def test_heatmaps_of_all_test_coins_are_stored(
    copy: runs.Run, drawn_dataset: dataset.Dataset
) -> None:
    count = explain(copy, drawn_dataset.photographs())
    stored = runs.open_run(copy.folder).arrays(runs.HEATMAPS)
    predictions = copy.table(runs.PREDICTIONS)
    test = predictions[predictions["split"] == "test"].set_index("coin_id")
    assert count == len(test) and set(stored["coin_id"]) == set(test.index)
    predicted, true = stored["gradcam/predicted"], stored["gradcam/true"]
    assert predicted.shape == (count, 7, 7) and predicted.dtype == np.float16
    right = (test["emperor"] == test["predicted"]).loc[stored["coin_id"]].to_numpy()
    assert np.array_equal(predicted[right], true[right])


def test_a_limit_explains_fewer(copy: runs.Run, drawn_dataset: dataset.Dataset) -> None:
    assert explain(copy, drawn_dataset.photographs(), limit=3) == 3
    assert len(copy.arrays(runs.HEATMAPS)["coin_id"]) == 3


def test_maps_of_other_methods_stay(copy: runs.Run, drawn_dataset: dataset.Dataset) -> None:
    explain(copy, drawn_dataset.photographs(), limit=2)
    arrays = copy.arrays(runs.HEATMAPS)
    runs.keep_arrays(copy, runs.HEATMAPS, {**arrays, "other/true": arrays["gradcam/true"]})
    explain(copy, drawn_dataset.photographs(), limit=2)
    assert "other/true" in copy.arrays(runs.HEATMAPS)
    explain(copy, drawn_dataset.photographs(), limit=3)
    assert "other/true" not in copy.arrays(runs.HEATMAPS)
    with pytest.raises(RunError, match="heatmaps of 3 coins, which those of 2 would replace"):
        explain(copy, drawn_dataset.photographs(), limit=2)


def test_an_unevaluated_run_says_what_to_do(copy: runs.Run, drawn_dataset: dataset.Dataset) -> None:
    (copy.folder / runs.PREDICTIONS).unlink()
    with pytest.raises(RunError, match=r"evaluate\.py writes it"):
        explain(copy, drawn_dataset.photographs())
