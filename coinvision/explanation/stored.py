"""The heatmaps that a run holds: heatmaps.npz, read and written. Needs no Keras.

    maps = stored.read(run)["gradcam"]       # maps.coin_ids, maps.predicted, maps.true

`METHOD/predicted` and `METHOD/true` are in the order of `METHOD/coin_id`; where there is none, the
method has maps of all coins in `coin_id`, the longest of the lists. A method that cuts off what is
negative has `METHOD/predicted_uncut` and `METHOD/true_uncut` in their place.
"""

from dataclasses import dataclass

import numpy as np

from coinvision import explanation, runs
from coinvision.errors import RunError

COIN_IDS = "coin_id"
# A value may be off by this share of its map's largest; a thousandth cannot be seen or counted.
ROUNDING = 1e-3
SCALE_ENDS = 99  # percentile of maps' maxima
FAINT = 0.15  # of the scale: shares of a map that does not reach it are of next to nothing
KINDS = ("predicted", "true")
UNCUT = "_uncut"


@dataclass(frozen=True)
class Maps:
    """One method's heatmaps: n x rows x columns for the emperor named and for the one on the coin.

    `coin_ids` tells whose they are. Neither scaled nor colored. `uncut` are the same two with what
    speaks against; None where the method has no such maps or they were not stored.
    """

    coin_ids: np.ndarray
    predicted: np.ndarray
    true: np.ndarray
    uncut: tuple[np.ndarray, np.ndarray] | None = None

    @classmethod
    def made(
        cls, method: str, coin_ids: np.ndarray, predicted: np.ndarray, true: np.ndarray
    ) -> "Maps":
        """Of what `explanation.get(method, uncut=True)` gave for the two emperors of each coin."""
        listed = explanation.METHODS.get(method)
        uncut = (predicted, true) if listed and listed.uncut else None
        if listed and listed.cuts:
            predicted, true = np.maximum(predicted, 0), np.maximum(true, 0)
        return cls(coin_ids, predicted, true, uncut)

    @property
    def strongest(self) -> float:
        """The value that ends their scale: the 99th percentile of the maps' maxima.

        One odd coin with a huge value would leave all others black. 0 where no map holds evidence.
        """
        return scale_end(np.concatenate([self.predicted, self.true]))

    @property
    def faint(self) -> np.ndarray:
        """Which of the `predicted` maps, n, do not reach FAINT of the scale."""
        tops: np.ndarray = self.predicted.astype(np.float32).max(axis=(1, 2))
        return tops < FAINT * self.strongest

    def of(self, coin_id: str, *, uncut: bool = False) -> dict[str, np.ndarray]:
        """A coin's two maps, as "predicted" and "true"; nothing where it has none."""
        maps = self.uncut if uncut else (self.predicted, self.true)
        where = np.flatnonzero(self.coin_ids == coin_id)
        if maps is None or not len(where):
            return {}
        return {kind: one[where[0]].astype(float) for kind, one in zip(KINDS, maps, strict=True)}


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
    found = {
        method: _of_arrays(method, arrays)
        for method in dict.fromkeys(name.split("/")[0] for name in arrays if "/" in name)
    }
    if not found or not all(
        whole(maps.coin_ids, maps.predicted, maps.true) for maps in found.values()
    ):
        raise RunError(f"{run.folder / runs.HEATMAPS} is damaged; explain.py writes it anew.")
    return found


def _of_arrays(method: str, arrays: dict[str, np.ndarray]) -> Maps:
    nothing = np.zeros(0)
    coin_ids = arrays.get(f"{method}/{COIN_IDS}", arrays.get(COIN_IDS, nothing))
    uncut = [arrays[name] for kind in KINDS if (name := f"{method}/{kind}{UNCUT}") in arrays]
    if len(uncut) == len(KINDS):
        return Maps.made(method, coin_ids, *uncut)
    kinds = [arrays.get(f"{method}/{kind}", nothing) for kind in KINDS]
    listed = explanation.METHODS.get(method)
    if listed and listed.cuts:
        return Maps(coin_ids, kinds[0], kinds[1])
    return Maps.made(method, coin_ids, *kinds)


def keep(run: runs.Run, all_maps: dict[str, Maps]) -> None:
    """Write a run's heatmaps, all of them, compressed; what was there is replaced."""
    longest = max((maps.coin_ids for maps in all_maps.values()), key=len).astype("U")
    arrays = {COIN_IDS: longest}
    for method, maps in all_maps.items():
        if not np.array_equal(maps.coin_ids, longest):
            arrays[f"{method}/{COIN_IDS}"] = maps.coin_ids.astype("U")
        cut_off = method in explanation.METHODS and explanation.METHODS[method].cuts
        ending = UNCUT if cut_off and maps.uncut else ""
        for kind, one in zip(KINDS, maps.uncut or (maps.predicted, maps.true), strict=True):
            arrays[f"{method}/{kind}{ending}"] = compact(one)
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
    """Whether these are ids, and each kind n x rows x columns finite numbers for them."""
    return coin_ids.dtype.kind == "U" and all(
        maps.ndim == 3
        and maps.size > 0
        and len(maps) == len(coin_ids)
        and maps.shape == kinds[0].shape
        and maps.dtype.kind == "f"
        and bool(np.isfinite(maps).all())
        for maps in kinds
    )
