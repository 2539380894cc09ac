import shutil
from pathlib import Path

import numpy as np
import pytest

from coinvision import runs
from coinvision.errors import RunError
from coinvision.explanation import stored
from coinvision.explanation.stored import Maps


@pytest.fixture
def copy(run: runs.Run, tmp_path: Path) -> runs.Run:
    return runs.open_run(shutil.copytree(run.folder, tmp_path / run.name))


def some(*coin_ids: str, value: float = 1.0) -> Maps:
    maps = np.full((len(coin_ids), 2, 3), value, np.float32)
    return Maps(np.array(coin_ids), maps, maps * 2)


def test_methods_of_fewer_coins_have_a_list_of_their_own(copy: runs.Run) -> None:
    assert stored.read(copy) == {}
    stored.keep(copy, {"few": some("b"), "all": some("a", "b", "c"), "same": some("a", "b", "c")})
    arrays = copy.arrays(runs.HEATMAPS)
    assert set(arrays) == {
        *("coin_id", "few/coin_id", "few/predicted", "few/true"),
        *("all/predicted", "all/true", "same/predicted", "same/true"),
    }
    assert arrays["coin_id"].tolist() == ["a", "b", "c"] and arrays["few/coin_id"] == ["b"]
    found = stored.read(runs.open_run(copy.folder))
    assert list(found) == ["few", "all", "same"]
    assert found["few"].coin_ids.tolist() == ["b"] and len(found["all"].true) == 3


def test_a_coin_s_maps_are_found_by_its_id() -> None:
    first, second = some("a", value=1.0), some("b", value=3.0)
    both = Maps(
        np.array(["a", "b"]),
        np.concatenate([first.predicted, second.predicted]),
        np.concatenate([first.true, second.true]),
    )
    assert both.of("b")["predicted"].max() == 3 and both.of("b")["true"].min() == 6
    assert both.of("c") == {}


def test_half_precision_only_where_it_keeps_every_map() -> None:
    usual = np.array([[[0.001, 0.02], [0.3, 0.0]], [[4.0, 5.0], [600.0, 7.0]]], np.float32)
    half = stored.compact(usual)
    assert half.dtype == np.float16 and np.allclose(half, usual, rtol=1e-3)
    assert stored.compact(np.zeros((2, 2, 2))).dtype == np.float16
    for odd in (1e5, 1e-7):  # beyond the largest; a map that would come back coarse or empty
        wide = usual.copy()
        wide[1] = [[odd, odd / 3], [0, odd / 7]]
        assert stored.compact(wide).dtype == np.float32
        assert np.array_equal(stored.compact(wide), wide)
    # small beside its own map's largest: nothing is lost that counts
    assert stored.compact(np.array([[[1.0, 1e-8]]], np.float32)).dtype == np.float16


@pytest.mark.parametrize(
    "damage",
    [
        {"gradcam/true": np.ones((1, 2, 3), np.float16)},
        {"gradcam/true": np.full((2, 2, 3), np.nan, np.float16)},
        {"gradcam/predicted": np.ones((2, 2, 3), int)},
        {"gradcam/predicted": np.ones((2, 6), np.float16)},
        {"gradcam/predicted": np.ones((2, 5, 5), np.float16)},
        {"rise/predicted": np.ones((2, 2, 3), np.float16)},
        {"coin_id": np.array(["a", "b", "c"])},
        {"coin_id": np.array([1, 2])},
    ],
)
def test_damaged_maps_are_refused(copy: runs.Run, damage: dict[str, np.ndarray]) -> None:
    stored.keep(copy, {"gradcam": some("a", "b")})
    arrays = copy.arrays(runs.HEATMAPS)
    runs.keep_arrays(copy, runs.HEATMAPS, {**arrays, **damage})
    with pytest.raises(RunError, match=r"damaged; explain\.py writes it anew"):
        stored.read(copy)
