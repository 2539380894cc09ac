from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coinvision import phantom
from coinvision.explanation import anatomy
from coinvision.explanation.densities import (
    SIZE,
    alarmed,
    densities,
    drawn_masks,
    empty,
    leader,
    on_masks,
    on_rings,
)
from coinvision.photos import Disc


def rows(shares: dict[str, list[float]], areas: dict[str, list[float]]) -> pd.DataFrame:
    """A table of coins a, b, c ... from the shares and areas of their parts."""
    return pd.concat(
        pd.DataFrame({"coin_id": list("abcdef")[: len(s)], "part": p, "share": s, "area": areas[p]})
        for p, s in shares.items()
    )


def each_alone(table: pd.DataFrame) -> pd.Series:
    names = table["coin_id"].unique()
    return pd.Series(range(len(names)), names)


def test_a_density_is_the_mean_share_over_the_mean_area() -> None:
    table = rows(
        {"portrait": [0.8, 0.4, np.nan], "outside": [0.2, 0.6, np.nan]},
        {"portrait": [0.2, 0.4, 0.3], "outside": [0.8, 0.6, 0.7]},
    )
    found = densities(table, each_alone(table)).set_index("part")
    assert found.loc["portrait", "value"] == pytest.approx(0.6 / 0.3)
    assert found.loc["outside", "value"] == pytest.approx(0.4 / 0.7)
    assert list(found["n"]) == [2, 2] and empty(table) == ["c"]
    # resampled, a comes twice (0.8 / 0.2) or b does (0.4 / 0.4)
    assert found.loc["portrait", ["low", "high"]].to_list() == pytest.approx([1, 4])


def test_coins_of_one_group_are_drawn_together() -> None:
    rng = np.random.default_rng(0)
    one = pd.DataFrame({"coin_id": [f"{i}" for i in range(40)], "part": "legend", "area": 0.25})
    one["share"] = np.repeat(rng.random(4), 10)
    alone = densities(one, pd.Series(range(40), one["coin_id"])).iloc[0]
    together = densities(one, pd.Series(np.arange(40) // 10, one["coin_id"])).iloc[0]
    assert alone["value"] == together["value"]
    assert together["high"] - together["low"] > 1.5 * (alone["high"] - alone["low"])


def test_a_part_that_a_coin_has_not_is_not_counted_for_it() -> None:
    table = rows({"headgear": [0.1, 0.0]}, {"headgear": [0.05, 0.0]})
    found = densities(table, each_alone(table))
    assert found["n"].to_list() == [1] and found["value"].to_list() == pytest.approx([2])


def test_a_coin_is_alarmed_where_a_map_knows_nothing_of_it() -> None:
    areas = {"outside": [0.3] * 3, "portrait": [0.7] * 3}
    table = rows({"outside": [0.29, 0.31, np.nan], "portrait": [0.71, 0.69, np.nan]}, areas)
    assert alarmed(table) == ["b"]
    even = on_rings(pd.Series(["a"]), np.ones((1, 10, 10)))
    assert np.allclose(even["share"], even["area"], atol=1e-4)


def test_the_leader_is_sure_only_where_it_leads_on_most_coins() -> None:
    areas = {name: [0.5] * 6 for name in ("portrait", "legend")}
    clear = rows({"portrait": [0.8] * 6, "legend": [0.2] * 6}, areas)
    assert leader(clear, each_alone(clear)) == ("portrait", True)
    mixed = [0.9, 0.1, 0.9, 0.1, 0.9, 0.2]
    torn = rows({"portrait": mixed, "legend": [1 - share for share in mixed]}, areas)
    assert leader(torn, each_alone(torn)) == ("portrait", False)
    bare = rows(
        {"portrait": [0.9] * 3, "legend": [0.05] * 3, "headgear": [0.05, 0.05, 0.0]},
        {"portrait": [0.5] * 3, "legend": [0.5] * 3, "headgear": [0.01, 0.01, 0.0]},
    )
    assert leader(bare, each_alone(bare)) == ("headgear", True)
    nothing = rows({"portrait": [np.nan] * 6, "legend": [np.nan] * 6}, areas)
    assert leader(nothing, each_alone(nothing)) is None


def test_drawn_coins_are_measured_on_what_was_drawn(tmp_path: Path) -> None:
    folder = tmp_path / "four"
    phantom.draw_collection(folder, coins=4)
    coins = pd.read_csv(folder / "metadata.csv").assign(disc_found=True)
    maps = []
    for record in coins.to_dict("records"):
        disc = Disc(record["disc_x"], record["disc_y"], record["disc_radius"])
        masks = phantom.load_masks(folder, record["file_name"])
        maps.append(anatomy.exact(masks, disc, SIZE)["legend"] == 1)
    masks = drawn_masks(folder, coins)
    table = on_masks(coins["coin_id"], masks, np.array(maps, float))
    assert np.abs(masks.sum(axis=1, dtype=int) - 255).max() <= 2
    legend = table[table["part"] == "legend"]
    assert np.allclose(legend["share"], 1, atol=1e-6) and (legend["area"] < 0.1).all()
    assert np.allclose(table.groupby("coin_id")["area"].sum(), 1, atol=1e-3)
