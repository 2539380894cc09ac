import numpy as np
import pandas as pd
import pytest

from coinvision.evaluation.slices import NOT_RECORDED, SLICES, slices

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
