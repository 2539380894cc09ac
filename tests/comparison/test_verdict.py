import pytest

from coinvision.comparison import verdict
from coinvision.comparison.verdict import Evidence, coins_needed, holm, judge
from coinvision.intervals import Figure


def evidence(
    gain: tuple[float, float, float],
    gray: tuple[float, float] = (0.70, 0.65),
    color_only: float | None = -0.40,
    n: int = 1000,
    color: tuple[float, float] = (0.77, 0.72),
) -> Evidence:
    only = None if color_only is None else Figure(color_only, color_only, color_only, n)
    both = (Figure(value, low, value + 0.05, n) for value, low in (color, gray))
    return Evidence(Figure(*gain, n), *both, 0.16, only)


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (evidence((0.001, -0.019, 0.019)), verdict.NOT_NEEDED),
        (evidence((0.010, 0.002, 0.018)), verdict.NOT_NEEDED),  # more than nothing, yet within
        (evidence((0.030, 0.005, 0.055)), verdict.HELPS),
        (evidence((-0.030, -0.055, -0.005)), verdict.HARMS),
        (evidence((0.010, -0.030, 0.050)), verdict.UNKNOWN),
        (evidence((0.001, -0.020, 0.020)), verdict.UNKNOWN),  # on the margin is not inside
        (evidence((0.60, 0.55, 0.65), gray=(0.17, 0.15), color_only=-0.02), verdict.ALONE),
        (evidence((0.60, 0.55, 0.65), gray=(0.17, 0.15), color_only=-0.03), verdict.HELPS),
        (evidence((0.60, 0.55, 0.65), gray=(0.25, 0.22), color_only=0.0), verdict.HELPS),
        (evidence((0.60, 0.55, 0.65), gray=(0.17, 0.15), color_only=None), verdict.HELPS),
    ],
)
def test_the_rule(found: Evidence, kind: str) -> None:
    said = judge(found)
    assert said.kind == kind
    assert said.sentence.lower().startswith(kind) and "1,000 coins" in said.sentence
    assert "no difference" not in said.sentence.lower()
    assert (said.needed is None) == (kind != verdict.UNKNOWN)


def test_networks_that_learned_nothing_say_nothing_of_color() -> None:
    blind = evidence((-0.08, -0.2, 0.04), gray=(0.17, 0.12), color=(0.09, 0.05), color_only=0.08)
    assert judge(blind).kind == verdict.UNKNOWN


def test_a_wider_margin_needs_fewer_coins() -> None:
    wide = evidence((0.0, -0.03, 0.03))
    assert judge(wide).kind == verdict.UNKNOWN
    assert judge(wide, margin=0.05).kind == verdict.NOT_NEEDED


@pytest.mark.parametrize(
    ("gain", "said"),
    [
        ((-0.007, -0.021, 0.005), "helps by 2 points or more is ruled out, that it harms by as"),
        ((0.007, -0.005, 0.021), "harms by 2 points or more is ruled out, that it helps by as"),
        ((0.010, -0.030, 0.050), "Neither a help nor a harm of 2 points or more is ruled out"),
    ],
)
def test_what_is_ruled_out_is_said(gain: tuple[float, float, float], said: str) -> None:
    assert said in judge(evidence(gain)).sentence


def test_coins_needed_by_hand() -> None:
    # half an interval of 4 points must become 2: four times the coins, and twice these, since at
    # the bound it is an even chance
    assert coins_needed(Figure(0.0, -0.04, 0.04, 500), 0.02) == 4100
    # 3 points off must be clear of 0: 6 to 3, as many again
    assert coins_needed(Figure(0.03, -0.03, 0.09, 500), 0.02) == 4100
    # rounded up to two digits
    assert coins_needed(Figure(0.0, -0.041, 0.041, 500), 0.02) == 4300


def test_more_coins_than_there_are_would_be_needed() -> None:
    # the nearer end is inside the margin already, the other is not
    assert coins_needed(Figure(0.015, 0.0, 0.021, 40), 0.02) == 82


def test_without_coins_there_is_nothing_to_judge() -> None:
    nothing = Figure(None, None, None, 0)
    with pytest.raises(ValueError, match="no coin was tested"):
        judge(Evidence(nothing, nothing, nothing, 0.1, None))


def test_holm_by_hand() -> None:
    # 3 x 0.01, 2 x 0.03, then no smaller than the one before: 1 x 0.04 -> 0.06
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
