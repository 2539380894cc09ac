import drawn
import numpy as np

from coinvision.photos import INPUTS, is_near_gray, oversize, shrink


def test_grayscale_repeats_the_luma_of_bt_601() -> None:
    pixel = np.full((4, 4, 3), (200, 100, 50), np.uint8)
    gray = INPUTS["grayscale"](pixel)
    assert gray.shape == pixel.shape
    assert (gray == round(0.299 * 200 + 0.587 * 100 + 0.114 * 50)).all()


def test_color_is_the_crop_itself() -> None:
    crop = drawn.coin("F")
    assert (INPUTS["color"](crop) == crop).all()


def test_gray_photographs_are_told_from_colored_ones() -> None:
    assert is_near_gray(drawn.coin("F", metal=(120, 120, 120)))
    assert is_near_gray(INPUTS["grayscale"](drawn.coin("F")))
    assert not is_near_gray(drawn.coin("F", metal=(150, 120, 90)))


def test_a_crop_is_shrunk_to_the_networks_size() -> None:
    crop = np.full((oversize(112), oversize(112), 3), 7, np.uint8)
    assert oversize(112) == 140
    assert (shrink(crop, 112) == 7).all() and shrink(crop, 112).shape == (112, 112, 3)
