"""Cue conflict: which legend a coin gets, how it is drawn, and how answers are counted."""

import json
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest

from coinvision.experiments import conflict
from coinvision.experiments.arms import ARMS, Pictures
from coinvision.phantom.coin import draw
from coinvision.phantom.recipe import recipe
from coinvision.phantom.traits import EMPERORS
from coinvision.photos import Disc, crop_disc

SIZE, SIDE = 128, 100
NAMES = ["Hadrian", "Nero", "Trajan"]


def phantoms(count: int) -> Pictures:
    rows, crops = [], []
    for number in range(count):
        one = recipe(0, number)
        radius = round(SIZE / 2 * (1 - one.margin), 1)
        place = {"disc_x": SIZE / 2 - 0.5, "disc_y": SIZE / 2 - 0.5, "disc_radius": radius}
        photograph, _ = draw(one, SIZE)
        crops.append(crop_disc(photograph, Disc(*place.values()), SIDE))
        facts = {"coin_id": f"phantom-{number}", "emperor": one.emperor, "width": SIZE}
        text = json.dumps(asdict(one))
        told = {"disc_found": True, "recipe": text, "picture_sha256": "drawn:1", "material": "Gold"}
        rows.append({**facts, **place, **told})
    return Pictures(np.stack(crops), pd.DataFrame(rows))


def test_the_other_legend_is_always_the_same_and_never_the_own() -> None:
    ids = [f"coin-{i}" for i in range(300)]
    first = [conflict.other(i, "Nero", NAMES) for i in ids]
    assert first == [conflict.other(i, "Nero", NAMES) for i in ids]
    counts = pd.Series(first).value_counts()
    assert set(counts.index) == {"Hadrian", "Trajan"} and counts.min() > 100


def test_only_the_legend_is_drawn_anew() -> None:
    coins = phantoms(12)
    shown = conflict.legends_swapped(coins, coins)
    assert shown.shape == coins.crops.shape and shown.dtype == np.uint8
    rows, columns = np.ogrid[:SIDE, :SIDE]
    radii = np.hypot(rows - SIDE / 2, columns - SIDE / 2) / (SIDE / 2 / 1.06)
    changed = np.abs(shown.astype(int) - coins.crops).mean(axis=(0, 3))
    ring, middle = changed[(radii > 0.72) & (radii < 0.9)].mean(), changed[radii < 0.5].mean()
    assert ring > 5 and middle < ring / 10


def test_the_legend_is_of_whom_answers_are_counted_by() -> None:
    coins = phantoms(12).coins
    names = sorted(set(coins["emperor"]))
    for coin in coins.to_dict("records"):
        drawn = conflict.in_conflict(coin, names)
        whose = conflict.other(coin["coin_id"], coin["emperor"], names)
        assert drawn.portrait_of == coin["emperor"] != whose
        assert drawn.legend in EMPERORS[whose].legends


def test_answers_follow_portrait_or_legend_or_neither() -> None:
    ids = [f"coin-{i}" for i in range(20)]
    legends = [conflict.other(i, "Nero", NAMES) for i in ids]
    neither = [next(n for n in NAMES if n not in ("Nero", legend)) for legend in legends]
    named = ["Nero"] * 12 + legends[12:15] + neither[15:]
    answers = pd.DataFrame({"emperor": "Nero", "predicted": named}, index=ids)
    found = conflict.shares(answers, NAMES)
    assert [found[k]["value"] for k in ("portrait", "legend", "neither")] == [0.6, 0.15, 0.25]
    bias = found["portrait_bias"]
    assert bias["n"] == 15 and bias["value"] == 0.8
    # Wilson's interval of 12 in 15
    assert (bias["low"], bias["high"]) == pytest.approx((0.548, 0.930), abs=1e-3)


def test_nobody_who_is_named_after_neither_leaves_no_bias() -> None:
    ids = ["coin-1"]
    legend = conflict.other("coin-1", "Nero", NAMES)
    third = next(name for name in NAMES if name not in ("Nero", legend))
    answers = pd.DataFrame({"emperor": "Nero", "predicted": third}, index=ids)
    assert conflict.shares(answers, NAMES)["portrait_bias"]["value"] is None


def test_only_drawn_coins_can_be_asked() -> None:
    coins = phantoms(2).coins
    assert ARMS["H"].fits(coins)
    assert not ARMS["H"].fits(coins.assign(picture_sha256=["drawn:1", "0f3a"]))
