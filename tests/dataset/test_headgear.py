import pandas as pd

from coinvision.dataset.headgear import OTHER, of_descriptions


def test_headgear_is_read_off_descriptions() -> None:
    told = {
        "Head of Nero, laureate, right": "laureate",
        "Bust of Hadrian, bare-headed, draped, right": "bare",
        "Head of Trajan, Radiate, left": "radiate",
        "Head of Claudius, wearing oak wreath, left": OTHER,
        "Barebones": "bare",
        "Threadbare": OTHER,
        "": "",
    }
    assert list(of_descriptions(pd.Series(list(told)))) == list(told.values())
