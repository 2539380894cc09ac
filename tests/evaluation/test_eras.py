import numpy as np
import pytest

from coinvision.evaluation.eras import by_reign, crossing, dynasty, era


def test_emperors_stand_in_the_order_of_their_reigns() -> None:
    assert by_reign(["Hadrian", "Livia", "Titus", "Augustus"]) == [
        "Augustus", "Titus", "Hadrian", "Livia",
    ]  # fmt: skip


def test_an_era_is_that_of_the_first_year() -> None:
    assert era("Nero") == "Julio-Claudian" and era("Galba") == "Civil war and Flavian"
    assert era("Constantine I") == era("Diocletian") and era("Livia") == ""
    assert dynasty("Titus") == "Flavian" and dynasty("nobody") == ""


def coins(confusion: np.ndarray, names: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """True and named emperor of each coin of a confusion matrix, and a group of its own."""
    pairs = [
        (true, named)
        for true, row in zip(names, confusion, strict=True)
        for named, count in zip(names, row, strict=True)
        for _ in range(count)
    ]
    true, named = (np.array(column, dtype=object) for column in zip(*pairs, strict=True))
    return true, named, np.arange(len(pairs))


def test_crossing_against_an_even_spread() -> None:
    # Nero and Claudius are of one era, Trajan of another
    names = ["Nero", "Claudius", "Trajan"]
    confusion = np.array([[5, 3, 1], [2, 6, 0], [1, 1, 8]])
    found = crossing(*coins(confusion, names), names)
    assert (found.errors, found.crossing) == (8, 3)
    assert found.inside.value == pytest.approx(5 / 8) and found.inside.n == 8
    # of Nero's 4 errors and Claudius's 2 half would go to Trajan, and both of Trajan's cross
    assert found.crossing_expected == pytest.approx(4 / 2 + 2 / 2 + 2)


def test_no_errors_cross_nothing() -> None:
    names = ["Nero", "Trajan"]
    found = crossing(*coins(np.diag([3, 4]), names), names)
    assert found.errors == found.crossing == 0 and found.inside.value is None


def test_errors_of_one_group_tell_as_much_as_fewer() -> None:
    true, named = np.array(["Nero"] * 8), np.array(["Claudius", "Trajan"] * 4)
    names = ["Nero", "Claudius", "Trajan"]
    alone = crossing(true, named, np.arange(8), names).inside
    paired = crossing(true, named, np.array([0, 1, 2, 3] * 2), names).inside
    assert alone.low is not None and paired.low is not None
    assert paired.value == alone.value == 0.5 and paired.low < alone.low
