import numpy as np
import pytest

from coinvision.evaluation import calibration

# Ten coins named at 0.9, of which 9 are right, and ten at 0.6, of which 6 are.
CONFIDENCES = np.repeat([0.9, 0.6], 10)
RIGHT = np.array([True] * 9 + [False] + [True] * 6 + [False] * 4)


def test_of_confidences_that_hold_the_error_is_small() -> None:
    # 15 bins of one or two coins: each coin's own gap is 0.1 or 0.9, 0.4 or 0.6, pairs in between
    surer = np.full(20, 1.0)
    assert calibration.calibration_error(surer, np.ones(20, bool)) == 0
    assert calibration.calibration_error(surer, np.zeros(20, bool)) == 1
    half = np.arange(20) % 2 == 0
    assert calibration.calibration_error(np.full(20, 0.5), half) <= 0.5


def test_bins_hold_equally_many_coins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "BINS", 2)
    low, high = calibration.reliability(CONFIDENCES, RIGHT, np.arange(20))
    assert low[0] == pytest.approx(0.6) and low[1].value == 0.6 and low[1].n == 10
    assert high[0] == pytest.approx(0.9) and high[1].value == 0.9
    assert calibration.calibration_error(CONFIDENCES, RIGHT) == pytest.approx(0)
    # all ten of the surer wrong: half of the coins are 0.9 off
    assert calibration.calibration_error(CONFIDENCES, RIGHT & (CONFIDENCES < 0.9)) == pytest.approx(
        0.45
    )


def sharpened(rng: np.random.Generator, temperature: float) -> tuple[np.ndarray, np.ndarray]:
    """Labels drawn from the probabilities of a network, and those of a surer one."""
    logits = rng.normal(0, 2, (4000, 5))
    true = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    labels = (rng.random((4000, 1)) > true.cumsum(axis=1)).sum(axis=1)
    return labels, calibration.cooled(true, 1 / temperature)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_the_temperature_that_was_planted_is_found(temperature: float) -> None:
    labels, probabilities = sharpened(np.random.default_rng(0), temperature)
    # what is stored as 0 is taken for a little more, so the surest network looks less sure
    assert calibration.temperature(labels, probabilities) == pytest.approx(temperature, rel=0.12)


def test_cooling_keeps_the_order_and_one_changes_nothing() -> None:
    probabilities = np.array([[0.7, 0.2, 0.1], [0.05, 0.05, 0.9]])
    assert np.allclose(calibration.cooled(probabilities, 1.0), probabilities)
    softer = calibration.cooled(probabilities, 2.0)
    assert np.allclose(softer.sum(axis=1), 1) and softer[0, 0] < 0.7
    # by hand: square roots of 0.7, 0.2 and 0.1, divided by their sum
    assert softer[0, 0] == pytest.approx(0.83666 / (0.83666 + 0.44721 + 0.31623), abs=1e-4)


def test_calibrating_helps_and_ends_near_what_a_perfect_network_shows() -> None:
    rng = np.random.default_rng(1)
    validation, test = sharpened(rng, 3.0), sharpened(rng, 3.0)
    found = calibration.figures(validation, test)
    before, after = found["before"], found["after"]
    assert before["calibration_error"] > before["perfect_to"]
    assert after["calibration_error"] < 1.5 * after["perfect_to"]
    assert after["brier"] < before["brier"]


def test_the_range_of_a_perfect_network_holds_perfect_networks() -> None:
    rng = np.random.default_rng(2)
    confidences = rng.uniform(0.3, 1, 300)
    low, high = calibration.perfect_range(confidences)
    errors = [
        calibration.calibration_error(confidences, rng.random(300) < confidences)
        for _ in range(200)
    ]
    assert 0.90 < np.mean([low <= error <= high for error in errors]) < 0.99


def test_the_threshold_is_the_lowest_that_reaches_what_is_wanted() -> None:
    confidences = np.array([0.9, 0.8, 0.8, 0.6, 0.5])
    right = np.array([True, True, False, True, False])
    # shares from above: 1/1, then both of 0.8: 2/3, then 3/4, then 3/5
    assert calibration.threshold_for(0.9, confidences, right) == 0.9
    assert calibration.threshold_for(0.7, confidences, right) == 0.6
    assert calibration.threshold_for(0.5, confidences, right) == 0.5
    assert calibration.threshold_for(0.9, confidences, ~right) is None


def test_briers_score_by_hand() -> None:
    # off by 0.2 from 1 and from 0; then off by 0.6, twice
    probabilities = np.array([[0.8, 0.2], [0.6, 0.4]])
    labels = np.array([0, 1])
    found = calibration.figures((labels, probabilities), (labels, probabilities))["before"]
    assert found["brier"] == pytest.approx((2 * 0.2**2 + 2 * 0.6**2) / 2)
