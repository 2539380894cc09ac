import drawn
import numpy as np

from coinvision.photos import INPUTS, crop_disc, find_disc, is_near_gray, oversize, shrink


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


def ring(crop: np.ndarray) -> np.ndarray:
    side = crop.shape[0]
    rows, columns = np.ogrid[:side, :side]
    away = np.hypot(rows - (side - 1) / 2, columns - (side - 1) / 2)
    found: np.ndarray = away * 2 * 1.06 / side
    return found


def crop_of(letter: str) -> np.ndarray:
    photograph = drawn.coin(letter, metal=(150, 120, 90))
    disc = find_disc(photograph)
    assert disc is not None
    return crop_disc(photograph, disc, 140)


def test_shuffled_keeps_every_color_and_no_shape() -> None:
    crop = crop_of("F")
    inside = ring(crop) < 1
    mixed = INPUTS["shuffled"](crop)
    assert sorted(map(tuple, mixed[inside])) == sorted(map(tuple, crop[inside]))
    assert (mixed[~inside] == 255).all() and (mixed == INPUTS["shuffled"](crop)).all()
    middle = crop[:, 70].astype(int) - mixed[:, 70]
    assert np.abs(middle).mean() > 5


def test_blurred_keeps_the_mean_and_loses_the_letters() -> None:
    crop = crop_of("F")
    inside = ring(crop) < 0.8
    blurred = INPUTS["blurred"](crop)
    means = crop[inside].mean(axis=0), blurred[inside].mean(axis=0)
    assert np.abs(means[0] - means[1]).max() < 8
    edges = [np.abs(np.diff(c.astype(int), axis=0))[inside[1:]].mean() for c in (crop, blurred)]
    assert edges[1] < edges[0] / 2


def test_the_ground_is_the_photograph_without_its_coin() -> None:
    photograph = drawn.coin("F", metal=(150, 120, 90), ground=(240, 250, 245))
    disc = find_disc(photograph)
    assert disc is not None
    ground = INPUTS["ground"].of(photograph, disc, 160)
    other = INPUTS["ground"].of(drawn.coin("P", ground=(240, 250, 245)), disc, 160)
    assert (ground == other).all() and (ground[0] == (240, 250, 245)).all()
    assert (ground[80, 80] == 128).all() and (ground[80, 25] == 128).all()
    assert INPUTS["ground"].of(photograph, disc, 200).shape == (200, 200, 3)


def test_an_input_of_a_photograph_is_that_of_its_crop() -> None:
    photograph = drawn.coin("F", metal=(150, 120, 90))
    disc = find_disc(photograph)
    assert disc is not None
    crop = crop_disc(photograph, disc, 140)
    assert (INPUTS["portrait"].of(photograph, disc, 140) == INPUTS["portrait"](crop)).all()


def test_portrait_and_legend_part_the_coin() -> None:
    crop = crop_of("F")
    radii = ring(crop)
    portrait, legend = INPUTS["portrait"](crop), INPUTS["legend"](crop)
    middle, rim = radii < 0.7, (radii >= 0.7) & (radii < 1)
    assert (portrait[middle] == crop[middle]).all() and np.ptp(portrait[rim], axis=0).max() == 0
    assert (legend[rim] == crop[rim]).all() and np.ptp(legend[middle], axis=0).max() == 0
    assert (portrait[radii >= 1] == 255).all() and (legend[radii >= 1] == 255).all()
