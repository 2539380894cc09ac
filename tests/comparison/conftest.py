"""A color and a gray run whose answers and heatmaps are made by hand."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from handmade import SURE, Make

from coinvision import runs


@pytest.fixture
def made(run: runs.Run, tmp_path: Path) -> Make:
    """Makes a run that names the test coins at some places wrongly, as the next emperor."""

    def make(
        name: str, wrong: list[int], maps: np.ndarray | None = None, **said: object
    ) -> runs.Run:
        copy = runs.open_run(shutil.copytree(run.folder, tmp_path / name))
        table = copy.table(runs.PREDICTIONS)
        tested = np.flatnonzero(table["split"] == "test")
        for place, row in enumerate(tested):
            true = copy.emperors.index(table.loc[row, "emperor"])
            named = copy.emperors[(true + (place in wrong)) % len(copy.emperors)]
            table.loc[row, [f"p_{who}" for who in copy.emperors]] = 0.05
            table.loc[row, f"p_{named}"] = SURE
            table.loc[row, "predicted"] = named
        runs.keep_table(copy, runs.PREDICTIONS, table)
        if maps is not None:
            ids = table.loc[tested, "coin_id"].to_numpy(dtype="U")
            other = np.random.default_rng(1).random(maps.shape).astype(maps.dtype)
            arrays = {"coin_id": ids, "gradcam/predicted": other, "gradcam/true": maps}
            runs.keep_arrays(copy, runs.HEATMAPS, arrays)
        runs.describe(copy, **said)
        return runs.open_run(copy.folder)

    return make


@pytest.fixture
def coin_ids(run: runs.Run) -> list[str]:
    """The test coins, in order."""
    table = run.table(runs.PREDICTIONS)
    return list(table.loc[table["split"] == "test", "coin_id"])


@pytest.fixture
def maps(coin_ids: list[str]) -> np.ndarray:
    """A heatmap of each test coin, 3 x 3, all different."""
    return np.random.default_rng(0).random((len(coin_ids), 3, 3)).astype(np.float16)
