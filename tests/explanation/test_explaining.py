import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coinvision import dataset, explanation, runs
from coinvision.dataset.crops import load_photograph
from coinvision.errors import RunError
from coinvision.explanation import stored
from coinvision.explanation.explaining import evaluated_coins, explain, explain_tested, sample
from coinvision.files import cache_folder

WORKER = Path(__file__).with_name("worker.py")
LIMIT = 5


@pytest.fixture
def copy(run: runs.Run, tmp_path: Path) -> runs.Run:
    return runs.open_run(shutil.copytree(run.folder, tmp_path / run.name))


def test_heatmaps_of_all_test_coins_are_stored(
    copy: runs.Run, drawn_dataset: dataset.Dataset
) -> None:
    count = explain_tested(copy, drawn_dataset.photographs())
    arrays = runs.open_run(copy.folder).arrays(runs.HEATMAPS)
    predictions = copy.table(runs.PREDICTIONS)
    test = predictions[predictions["split"] == "test"].set_index("coin_id")
    assert count == len(test) and set(arrays["coin_id"]) == set(test.index)
    predicted, true = arrays["gradcam/predicted_uncut"], arrays["gradcam/true_uncut"]
    assert predicted.shape == (count, 7, 7) and predicted.dtype == np.float16
    right = (test["emperor"] == test["predicted"]).loc[arrays["coin_id"]].to_numpy()
    assert np.array_equal(predicted[right], true[right])
    kept = stored.read(copy)["gradcam"]
    assert predicted.min() < 0 and np.array_equal(kept.predicted, np.maximum(predicted, 0))


def test_photographs_are_explained_for_whom_is_asked(
    copy: runs.Run, drawn_dataset: dataset.Dataset
) -> None:
    record = evaluated_coins(copy).iloc[0].to_dict()
    photograph = load_photograph(drawn_dataset.photographs(), record)
    first, second = copy.emperors[:2]
    maps = explain(copy, [photograph, photograph], [first, second])
    assert maps.shape == (2, 7, 7) and maps.dtype == np.float32 and maps.min() >= 0
    whole = explain(copy, [photograph], [first], method="occlusion")
    assert whole.shape == (1, 28, 28)
    with pytest.raises(RunError, match=r"1 photographs and 2 targets"):
        explain(copy, [photograph], [first, second])
    with pytest.raises(RunError, match=r"Nobody unknown to the run; expected .*of Augustus"):
        explain(copy, [photograph], ["Nobody"])


@pytest.mark.parametrize("method", [*explanation.METHODS, *explanation.CONTROLS])
def test_every_method_explains_a_run(
    copy: runs.Run, drawn_dataset: dataset.Dataset, method: str
) -> None:
    assert explain_tested(copy, drawn_dataset.photographs(), method=method, limit=2) == 2
    maps = stored.read(copy)[method]
    assert len(maps.coin_ids) == 2 and max(maps.true.shape[1:]) <= 56


def test_maps_of_fewer_coins_lie_beside_those_of_all(
    copy: runs.Run, drawn_dataset: dataset.Dataset
) -> None:
    photographs = drawn_dataset.photographs()
    explain_tested(copy, photographs, method="edges", limit=2)
    everyone = explain_tested(copy, photographs)
    explain_tested(copy, photographs, method="center", limit=3)
    found = stored.read(copy)
    assert {name: len(maps.coin_ids) for name, maps in found.items()} == {
        **{"edges": 2, "gradcam": everyone, "center": 3}
    }
    assert set(found["edges"].coin_ids) < set(found["center"].coin_ids)
    assert len(copy.arrays(runs.HEATMAPS)["coin_id"]) == everyone
    with pytest.raises(RunError, match="those of 2 would replace; ask for as many"):
        explain_tested(copy, photographs, limit=2)


def test_a_limit_draws_coins_that_a_larger_one_holds() -> None:
    coins = pd.DataFrame({"coin_id": [f"c{i}" for i in range(100)], "emperor": ["x", "y"] * 50})
    few, more = sample(coins, 20), sample(coins, 40)
    assert len(few) == 20 and set(few["coin_id"]) < set(more["coin_id"])
    assert few["coin_id"].tolist() != coins["coin_id"].tolist()[:20]
    places = [int(text[1:]) for text in few["coin_id"]]
    assert places == sorted(places) and sample(coins, None).equals(coins)


def test_maps_of_coins_that_are_not_tested_any_more_go(
    copy: runs.Run, drawn_dataset: dataset.Dataset
) -> None:
    explain_tested(copy, drawn_dataset.photographs(), method="edges", limit=2)
    old = stored.read(copy)["edges"]
    stored.keep(copy, {"rise": stored.Maps(np.array(["x", "y"]), old.predicted, old.true)})
    explain_tested(copy, drawn_dataset.photographs(), method="center", limit=2)
    assert list(stored.read(copy)) == ["center"]


def test_damaged_heatmaps_are_written_anew(copy: runs.Run, drawn_dataset: dataset.Dataset) -> None:
    explain_tested(copy, drawn_dataset.photographs(), limit=3)
    (copy.folder / runs.HEATMAPS).write_bytes(b"PK")
    explain_tested(copy, drawn_dataset.photographs(), limit=2)
    assert len(stored.read(copy)["gradcam"].coin_ids) == 2


def test_a_killed_computation_goes_on_and_ends_as_the_undisturbed_one(
    copy: runs.Run, drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    photographs = drawn_dataset.photographs()
    command = [
        sys.executable,
        str(WORKER),
        str(copy.folder),
        str(photographs),
        "scorecam",
        str(LIMIT),
    ]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    for _ in range(3):  # the third coin is begun: two are done
        worker.stdout.readline()
    worker.kill()
    worker.communicate()
    assert not (copy.folder / runs.HEATMAPS).exists()
    assert len(list(cache_folder("heatmaps").glob("*.npz"))) == 1
    done = subprocess.run(command, capture_output=True, text=True)
    # only the rest is computed
    assert done.returncode == 0 and done.stdout.splitlines()[0].split()[0] in ("2", "3")
    assert not list(cache_folder("heatmaps").iterdir())
    other = runs.open_run(shutil.copytree(copy.folder, tmp_path / "other"))
    explain_tested(other, photographs, method="scorecam", limit=LIMIT)
    first, second = (stored.read(runs.open_run(r.folder))["scorecam"] for r in (copy, other))
    assert np.array_equal(first.coin_ids, second.coin_ids)
    assert np.allclose(first.predicted, second.predicted, rtol=2e-3)
    assert np.allclose(first.true, second.true, rtol=2e-3)


def test_an_unevaluated_run_says_what_to_do(copy: runs.Run, drawn_dataset: dataset.Dataset) -> None:
    (copy.folder / runs.PREDICTIONS).unlink()
    with pytest.raises(RunError, match=r"evaluate\.py writes it"):
        explain_tested(copy, drawn_dataset.photographs())


def test_predictions_of_some_test_coins_alone_are_refused(copy: runs.Run) -> None:
    table = copy.table(runs.PREDICTIONS, "coin_id", "split")
    kept = table.drop(table.index[table["split"] == "test"][0])
    runs.keep_table(copy, runs.PREDICTIONS, kept)
    with pytest.raises(RunError, match="does not fit the run; evaluate it again"):
        evaluated_coins(copy)
