"""The heatmaps that a run holds: heatmaps.npz, read and written. Needs no Keras.

    maps = stored.read(run)["gradcam"]       # maps.coin_ids, maps.predicted, maps.true

`METHOD/predicted` and `METHOD/true` are in the order of `METHOD/coin_id`; where there is none, the
method has maps of all coins in `coin_id`, the longest of the lists.
"""

from dataclasses import dataclass

import numpy as np

from coinvision import runs
from coinvision.errors import RunError

COIN_IDS = "coin_id"
# A value may be off by this share of its map's largest; a thousandth cannot be seen or counted.
ROUNDING = 1e-3
SCALE_ENDS = 99  # percentile of maps' maxima


@dataclass(frozen=True)
class Maps:
    """One method's heatmaps: n x rows x columns for the emperor named and for the one on the coin.

    `coin_ids` tells whose they are. Neither scaled nor colored.
    """

    coin_ids: np.ndarray
    predicted: np.ndarray
    true: np.ndarray

    @property
    def strongest(self) -> float:
        """The value that ends their scale: the 99th percentile of the maps' maxima.

        One odd coin with a huge value would leave all others black. 0 where no map holds evidence.
        """
        return scale_end(np.concatenate([self.predicted, self.true]))

    def of(self, coin_id: str) -> dict[str, np.ndarray]:
        """A coin's two maps, as "predicted" and "true"; nothing where it has none."""
        where = np.flatnonzero(self.coin_ids == coin_id)
        maps = {"predicted": self.predicted, "true": self.true}
        return {kind: part[where[0]].astype(float) for kind, part in maps.items() if len(where)}


def scale_end(maps: np.ndarray) -> float:
    """Where a scale for n maps (n x rows x columns) ends: SCALE_ENDS of their maxima."""
    return float(np.percentile(maps.astype(np.float32).max(axis=(1, 2)), SCALE_ENDS))


def read(run: runs.Run) -> dict[str, Maps]:
    """All heatmaps of a run by method; nothing where none are stored.

    Raises:
        RunError: they are damaged.
    """
    if not (run.folder / runs.HEATMAPS).is_file():
        return {}
    arrays = run.arrays(runs.HEATMAPS)
    nothing = np.zeros(0)
    found = {
        method: Maps(
            arrays.get(f"{method}/{COIN_IDS}", arrays.get(COIN_IDS, nothing)),
            arrays.get(f"{method}/predicted", nothing),
            arrays.get(f"{method}/true", nothing),
        )
        for method in dict.fromkeys(name.split("/")[0] for name in arrays if "/" in name)
    }
    if not found or not all(
        whole(maps.coin_ids, maps.predicted, maps.true) for maps in found.values()
    ):
        raise RunError(f"{run.folder / runs.HEATMAPS} is damaged; explain.py writes it anew.")
    return found


def keep(run: runs.Run, all_maps: dict[str, Maps]) -> None:
    """Write a run's heatmaps, all of them, compressed; what was there is replaced."""
    longest = max((maps.coin_ids for maps in all_maps.values()), key=len).astype("U")
    arrays = {COIN_IDS: longest}
    for method, maps in all_maps.items():
        if not np.array_equal(maps.coin_ids, longest):
            arrays[f"{method}/{COIN_IDS}"] = maps.coin_ids.astype("U")
        arrays[f"{method}/predicted"] = compact(maps.predicted)
        arrays[f"{method}/true"] = compact(maps.true)
    runs.keep_arrays(run, runs.HEATMAPS, arrays)


def compact(maps: np.ndarray) -> np.ndarray:
    """Maps in half precision where that keeps every one of them, else in single.

    Half precision ends at 65,504, and below 0.00006 it grows coarse: a map may leave it at either
    end.
    """
    with np.errstate(over="ignore"):
        half = maps.astype(np.float16)
    places = tuple(range(1, maps.ndim))
    off = np.abs(half.astype(np.float32) - maps).max(axis=places, initial=0)
    largest = np.abs(maps).max(axis=places, initial=0)
    return half if (off <= ROUNDING * largest).all() else maps.astype(np.float32)


def whole(coin_ids: np.ndarray, *kinds: np.ndarray) -> bool:
    """Whether these are ids, and each kind of maps n x rows x columns finite numbers for them."""
    return coin_ids.dtype.kind == "U" and all(
        maps.ndim == 3
        and maps.size > 0
        and len(maps) == len(coin_ids)
        and maps.dtype.kind == "f"
        and bool(np.isfinite(maps).all())
        for maps in kinds
    )
