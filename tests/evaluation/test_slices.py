import numpy as np
import pandas as pd
import pytest

from coinvision.evaluation.slices import NOT_RECORDED, SLICES, further, slices

COINS = pd.DataFrame(
    {
        "material": ["Silver", "Silver", None, "Bronze", ""],
        "denomination": ["Denarius"] * 5,
        "institution": ["Berlin", "", "New York", "Berlin", "Berlin"],
        "year": [-25.0, 50.0, 51.0, np.nan, -1.0],
        "disc_radius": [50.0, 56.0, 80.0, 300.0, 10.0],
        "label_basis": ["certain", "ambiguous", "certain", "certain", ""],
        "headgear": ["laureate", "bare", "laureate", "", None],
        "group": range(5),
    }
)
RIGHT = np.array([True, False, True, True, False])


@pytest.mark.parametrize("name", SLICES)
@pytest.mark.parametrize("lacking", [False, True])
def test_slices_hold_each_coin_once(name: str, lacking: bool) -> None:
    coins = (
        COINS.drop(columns=["material", "denomination", "institution", "headgear"])
        if lacking
        else COINS
    )
    table = slices(coins, name, RIGHT)
    assert table["n"].sum() == len(COINS) and table["part"].is_unique
    assert (table["value"] * table["n"]).sum() == pytest.approx(RIGHT.sum(), abs=1e-3)
    assert ((table["low"] <= table["value"]) & (table["value"] <= table["high"])).all()


@pytest.mark.parametrize(
    ("name", "coins"),
    [
        ("half-century", COINS.drop(columns="year")),
        ("size of the coin in the picture", COINS.assign(disc_radius=np.nan)),
    ],
)
def test_what_is_not_recorded_is_a_part_of_its_own(name: str, coins: pd.DataFrame) -> None:
    table = slices(coins, name, RIGHT)
    assert table[["part", "n"]].to_numpy().tolist() == [[NOT_RECORDED, len(COINS)]]


def test_further_figures_are_those_of_each_part_alone() -> None:
    coins = COINS.assign(
        emperor=["Nero", "Nero", "Titus", "Galba", "Galba"],
        predicted=["Nero", "Galba", "Titus", "Galba", "Titus"],
    )
    found = {r["part"]: r for r in further(coins, "material", np.full(5, 0.8))}
    assert list(found) == sorted(set(slices(COINS, "material", RIGHT)["part"]))
    silver = found["Silver"]  # one of Nero's two is named, the other called Galba
    assert silver["balanced_accuracy"]["value"] == 0.5
    assert silver["macro_f1"]["value"] == pytest.approx((2 / 3 + 0) / 2, abs=1e-5)
    assert silver["macro_f1"]["n"] == 2
    # the surer half of two coins at 80 %: one right, one wrong
    assert silver["calibration_error"] == pytest.approx((0.2 + 0.8) / 2)
    assert found["Bronze"]["calibration_error"] == pytest.approx(0.2)


def test_parts_by_hand() -> None:
    material = slices(COINS, "material", RIGHT).set_index("part")
    assert material.loc["Silver", ["n", "value"]].tolist() == [2, 0.5]
    assert material.loc[NOT_RECORDED, "n"] == 2
    headgear = slices(COINS, "headgear", RIGHT).set_index("part")["n"].to_dict()
    assert headgear == {"bare": 1, "laureate": 2, NOT_RECORDED: 2}
    ages = slices(COINS, "half-century", RIGHT)["part"].tolist()
    assert ages == ["050 to 001 BC", "AD 001 to 050", "AD 051 to 100", NOT_RECORDED]
    sizes = slices(COINS, "size of the coin in the picture", RIGHT).set_index("part")["n"]
    assert sizes["below 112 px"] == 2 and sizes["320 px and more"] == 1
