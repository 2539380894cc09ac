import pytest

from coinvision.explanation.faithfulness.badge import badge


def figure(value: float, half: float = 0.02, n: int = 50) -> dict:
    return {"value": value, "low": value - half, "high": value + half, "n": n}


def against(**changed: dict) -> dict:
    beaten = {"random": figure(0.3), "blurred-random": figure(0.2)}
    beaten |= {"center": figure(0.1), "edges": figure(0.15)}
    return {"insertion_deletion": beaten, "road": {**beaten, **changed}}


def sanity(difference: float = -0.01, trained: float = 0.1, other: float = 0.2) -> dict:
    random = {"trained": figure(trained), "difference": figure(difference)}
    return {"random_networks": random, "other_class": figure(other)}


def test_a_method_that_passes_says_by_how_much() -> None:
    found = badge(against(), sanity())
    assert found.passes
    nearest = "in insertion less deletion by at least +0.10, +0.08 to +0.12, 50 coins (center)"
    assert nearest in found.sentence


def test_one_control_in_one_measure_is_enough_to_fail() -> None:
    found = badge(against(edges=figure(0.01)), sanity())
    assert not found.passes
    assert "cannot be told from edges in ROAD (+0.01, −0.01 to +0.03, 50 coins)" in found.sentence
    assert "insertion" not in found.sentence


def test_too_few_coins_are_told_from_a_loss() -> None:
    assert badge(against(edges=figure(0.01)), sanity()).undecided
    lost = badge(against(edges=figure(-0.05)), sanity())
    assert not lost.undecided and "loses to edges in ROAD" in lost.sentence
    assert not badge(against(edges=figure(0.01)), sanity(other=0.70)).undecided
    assert not badge(against(), sanity()).undecided


@pytest.mark.parametrize(
    ("checks", "reason"),
    [
        (sanity(difference=0.05), "more like those of random networks"),
        (sanity(trained=0.70), "networks that learned nothing"),
        (sanity(other=0.70), "for two emperors are much alike"),
        (None, "sanity checks are not done"),
    ],
)
def test_each_sanity_check_can_fail(checks: dict | None, reason: str) -> None:
    found = badge(against(), checks)
    assert not found.passes and reason in found.sentence


def test_what_is_not_measured_does_not_pass() -> None:
    nothing = {"value": None, "low": None, "high": None, "n": 0}
    assert not badge({}, sanity()).passes
    assert "no coin says anything" in badge(against(edges=nothing), sanity()).sentence
