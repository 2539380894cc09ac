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


def test_crossing_against_an_even_spread() -> None:
    # Nero and Claudius are of one era, Trajan of another
    confusion = np.array([[5, 3, 1], [2, 6, 0], [1, 1, 8]])
    found = crossing(confusion, ["Nero", "Claudius", "Trajan"])
    assert (found.errors, found.crossing) == (8, 3)
    assert found.inside.value == pytest.approx(5 / 8) and found.inside.n == 8
    # of Nero's 4 errors and Claudius's 2 half would go to Trajan, and both of Trajan's cross
    assert found.crossing_expected == pytest.approx(4 / 2 + 2 / 2 + 2)


def test_no_errors_cross_nothing() -> None:
    found = crossing(np.diag([3, 4]), ["Nero", "Trajan"])
    assert found.errors == found.crossing == 0 and found.inside.value is None
