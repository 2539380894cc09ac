"""Colors, bars and words of heatmaps, from hand-made maps."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from coinvision.explanation import anatomy as parts_of
from dashboard import anatomy, heat
from dashboard.anatomy import Part

SCALE = heat.Scale(2.0, "logits")


def test_the_same_value_has_the_same_color_in_every_map() -> None:
    one, other = np.zeros((8, 8)), np.zeros((8, 8))
    one[2:6, 2:6], other[2:6, 2:6] = 0.5, 0.5
    other[0, 0] = 2.0  # a stronger place elsewhere changes nothing here
    first, second = (heat.painted(None, found, SCALE, "").content for found in (one, other))
    assert np.array_equal(first[150:170, 150:170], second[150:170, 150:170])


def test_stronger_is_lighter_up_to_the_end_of_the_scale() -> None:
    light = [
        float(heat.painted(None, np.full((4, 4), value), SCALE, "").content[160, 160].mean())
        for value in (1.0, 2.0, 5.0)
    ]
    assert light[0] < light[1] == light[2]


@pytest.mark.parametrize("found", [np.zeros((4, 4)), np.full((4, 4), -1.0)])
def test_a_map_without_evidence_is_no_faint_map(found: np.ndarray) -> None:
    told = anatomy.told("Nero", found, anatomy.on_rings(found), SCALE)
    assert told == "No positive evidence for Nero on this map; that says nothing of the coin."
    empty = heat.painted(None, found, SCALE, told).content
    faint = heat.painted(None, np.full((4, 4), 1e-6), SCALE, told).content
    assert (empty[160, 20:40] == 255).all() and not (faint[160, 20:40] == 255).all()


def test_a_difference_is_bare_where_nothing_differs_and_of_two_hues_elsewhere() -> None:
    gain = np.zeros((8, 8))
    gain[:, :2], gain[:, 6:] = 2.0, -2.0
    seen = heat.difference(None, gain, SCALE, "").content.astype(int)
    red, _, blue = seen[160, 20]
    assert red > blue + 50
    red, _, blue = seen[160, 300]
    assert blue > red + 50
    assert np.ptp(seen[100, 160]) == 0  # gray


def test_contours_follow_the_levels_of_the_scale() -> None:
    app = AppTest.from_function(_contoured)
    app.run()
    assert not app.exception, app.exception
    bar = app.get("html")[0].proto.body
    assert 'aria-label="Contours at 0.2, 0.6, 1, 1.4, 1.8 logits' in bar


def _contoured() -> None:
    import numpy as np
    import streamlit as st

    from dashboard import heat

    across = np.tile(np.linspace(0, 2, 320), (320, 1))
    st.session_state[heat.STYLE] = heat.CONTOURS
    scale = heat.Scale(2.0, "logits")
    lines = heat.painted(np.full((320, 320, 3), 120, np.uint8), across, scale, "").content
    changed = np.flatnonzero((lines[160] != 120).any(axis=1))
    # lines at 10, 30, 50, 70 and 90 % of the way, and nothing far from them
    levels = (32, 96, 160, 224, 288)
    for level in levels:
        assert np.abs(changed - level).min() <= 1
    inner = changed[changed < 310]  # an area's last edge is the picture's
    assert all(min(abs(c - level) for level in levels) <= 7 for c in inner)
    faint = heat.painted(None, np.full((4, 4), 0.19), scale, "").content
    assert (faint[160, 20:40] == 255).all(), "a band says that no line is reached"
    heat.bar(scale)


def test_words_are_made_from_the_figures() -> None:
    found = [Part("portrait", 0.61, 0.44), Part("legend", 0.22, 0.25), Part("outside", 0.05, 0.3)]
    assert anatomy.shared(found) == (
        "61 % in the portrait's ring (1.4 times its area), 22 % in the legend's ring (0.9) and "
        "5 % outside the coin (0.2)"
    )
    drawn = [found[0], Part("headgear", 0.1, 0.05), found[2]]
    assert anatomy.shared(drawn).startswith("61 % on the portrait (1.4 times its area), 10 % on")
    heatmap = np.zeros((5, 5))
    heatmap[0, 4] = 0.1
    told = anatomy.told("Nero", heatmap, found, SCALE)
    assert told.endswith("at the top right, near the edge (0.1 logits, faint on this scale).")


def test_a_map_that_knows_of_no_coin_raises_the_alarm() -> None:
    corner, middle = np.zeros((7, 7)), np.zeros((7, 7))
    corner[0, 0], middle[3, 3] = 2, 2
    assert "Alarm" in anatomy.alarm(anatomy.on_rings(corner))
    assert not anatomy.alarm(anatomy.on_rings(middle))
    assert not anatomy.alarm(anatomy.on_rings(np.zeros((7, 7)))), "nothing lies anywhere"


@pytest.mark.parametrize(
    ("row", "column", "where"),
    [
        (3, 3, "in the middle"),
        (1, 3, "at the top"),
        (0, 3, "at the top, near the edge"),
        (5, 1, "at the bottom left, near the edge"),
        (3, 5, "at the right"),
    ],
)
def test_the_strongest_place_is_told_in_words(row: int, column: int, where: str) -> None:
    found = np.zeros((7, 7))
    found[row, column] = 1
    assert anatomy.place(found) == where


def test_rings_stand_in_the_order_of_the_parts() -> None:
    names = [part.name for part in anatomy.on_rings(np.ones((7, 7)))]
    assert names == [name for name in parts_of.PARTS if name != "headgear"]
