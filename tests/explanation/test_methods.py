"""What all methods share, and those that have no library's map to be held against."""

import keras
import numpy as np
import pytest
from tf_keras_vis.saliency import Saliency
from tf_keras_vis.scorecam import Scorecam
from tf_keras_vis.utils.scores import CategoricalScore

from coinvision import explanation, runs
from coinvision.errors import RunError
from coinvision.explanation import hiding, occlusion, rise, saliency, scorecam
from coinvision.networks import speed
from coinvision.phantom.coin import draw
from coinvision.phantom.recipe import recipe
from coinvision.runs.weights import load_model

EVERY = [*explanation.METHODS, *explanation.CONTROLS]
Lover = tuple[keras.Model, np.ndarray]


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(RunError, match=r"no method 'magic'; expected one of gradcam, gradcam\+\+"):
        explanation.get("magic")


@pytest.mark.parametrize("name", EVERY)
def test_the_same_picture_gives_the_same_map_in_any_company(
    name: str, square_lover: Lover, noisy_coins: np.ndarray
) -> None:
    method, (model, _) = explanation.get(name), square_lover
    together = method(model, "features", noisy_coins, np.array([0, 1, 0]))
    alone = method(model, "features", noisy_coins[2:].astype(np.float32), np.array([0]))
    assert together.dtype == np.float32 and together.ndim == 3 and len(together) == 3
    assert max(together.shape[1:]) <= 56 and np.isfinite(together).all()
    np.testing.assert_allclose(together[2], alone[0], rtol=1e-4, atol=1e-5)


def energy(heat: np.ndarray, square: np.ndarray) -> float:
    """The share of positive evidence in the square, on the map's own grid."""
    positive = np.maximum(heat, 0)
    inside = saliency.reduced(square[None], len(heat))[0]
    return float((positive * inside).sum() / positive.sum())


@pytest.mark.parametrize(("name", "least"), [("saliency", 0.99), ("occlusion", 0.5), ("rise", 0.1)])
def test_the_evidence_lies_where_it_was_put(
    name: str, least: float, square_lover: Lover, noisy_coins: np.ndarray
) -> None:
    model, square = square_lover
    picture = np.where(square[..., None] > 0, 255, noisy_coins[:1]).astype(np.uint8)
    heat = explanation.get(name)(model, "features", picture, np.array([0]))[0]
    row, column = np.unravel_index(heat.argmax(), heat.shape)
    cell = 56 / len(heat)
    assert square[int((row + 0.5) * cell), int((column + 0.5) * cell)] == 1
    assert energy(heat, square) > least  # the square is 2 % of the picture


def test_saliency_is_the_gradient_s_size(square_lover: Lover, noisy_coins: np.ndarray) -> None:
    model, square = square_lover
    for wanted in (0, 1):  # what speaks against the class shows as well
        heat = explanation.get("saliency")(model, "features", noisy_coins, np.array([wanted] * 3))
        np.testing.assert_allclose(heat, np.repeat(square[None] / 64, 3, axis=0), atol=1e-7)


def test_without_noise_saliency_equals_the_library_s(
    noisy_coins: np.ndarray, square_lover: Lover, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saliency, "NOISE", 0.0)
    model = bent(square_lover[0])
    library = Saliency(keras.Model(model.inputs, model.outputs), clone=False)
    expected = library(
        CategoricalScore([0, 1, 0]), noisy_coins.astype(np.float32), normalize_map=False
    )
    found = explanation.get("saliency")(model, "features", noisy_coins, np.array([0, 1, 0]))
    assert expected.max() > 0
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5 * expected.max())


def bent(model: keras.Model) -> keras.Model:
    """A copy with random weights and a relu, so that pictures have gradients of their own."""
    photograph = keras.Input((56, 56, 3))
    features = keras.layers.Conv2D(4, 3, activation="relu", name="features")(photograph)
    flat = keras.layers.Flatten()(features)
    keras.utils.set_random_seed(1)
    return keras.Model(photograph, keras.layers.Dense(2, name="logits")(flat))


def test_score_cam_weighs_features_by_the_class_s_probability(bright_or_dark: keras.Model) -> None:
    picture = np.zeros((1, 8, 8, 3), np.uint8)
    picture[0, 2, 5] = 200
    heat = explanation.get("scorecam")(bright_or_dark, "features", picture, np.array([1]))[0]
    # Under either feature's mask nearly all is dark: the logits are 2 / 64 of 200 and of the rest,
    # or 0 and 510, and class 1 is certain. The map is the sum of both features: 200 + 55 and 255.
    np.testing.assert_allclose(heat, 255, rtol=1e-5)


def test_score_cam_is_the_library_s_and_prints_nothing(
    noisy_coins: np.ndarray, square_lover: Lover, capsys: pytest.CaptureFixture[str]
) -> None:
    model = bent(square_lover[0])
    found = scorecam.scorecam(model, "features", noisy_coins[:1], np.array([1]))
    assert capsys.readouterr().out == "" and keras.config.is_interactive_logging_enabled()
    expected = Scorecam(keras.Model(model.inputs, model.outputs), clone=False)(
        CategoricalScore([1]),
        noisy_coins[:1].astype(np.float32),
        penultimate_layer="features",
        seek_penultimate_conv_layer=False,
        expand_cam=False,
        normalize_cam=False,
    )
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_a_hidden_patch_costs_what_it_held(
    square_lover: Lover, monkeypatch: pytest.MonkeyPatch
) -> None:
    """White where the square is on a black coin: the logit is 255 and its blurred copy's less."""
    monkeypatch.setattr(speed, "precision", lambda: "float32")  # half has no digits for this
    model, square = square_lover
    picture = np.repeat(square[..., None] * 255, 3, axis=2)
    heat = explanation.get("occlusion")(model, "features", picture[None], np.array([0]))[0]
    assert heat.shape == (28, 28)
    hidden = hiding.blurred(picture)
    # the patch of place 13, 7 covers pixels 25 to 28 and 13 to 16, all in the square
    expected = (255 - hidden[25:29, 13:17, 0]).sum() / 64
    assert heat[13, 7] == pytest.approx(expected, rel=1e-4)
    assert heat[0, 0] == 0 and heat[13, 20] == pytest.approx(0, abs=1e-3)
    against = explanation.get("occlusion")(model, "features", picture[None], np.array([1]))[0]
    np.testing.assert_allclose(against, -heat, atol=1e-3)


@pytest.mark.skipif(speed.precision() == "float32", reason="no half precision on this processor")
@pytest.mark.parametrize("name", ["occlusion", "rise"])
def test_half_precision_leaves_a_trained_network_s_map_as_it_is(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = load_model(runs.open_run("phantom-small-color-fold0-seed0"))
    picture, _ = draw(recipe(1, 0), model.input_shape[1])
    half = explanation.get(name)(model, "", picture[None], np.array([0]))[0]
    monkeypatch.setattr(speed, "precision", lambda: "float32")
    single = explanation.get(name)(model, "", picture[None], np.array([0]))[0]
    assert np.abs(half - single).max() > 0, "each was computed in its own precision"
    assert np.corrcoef(half.ravel(), single.ravel())[0, 1] > 0.99


@pytest.mark.parametrize("size", [8, 56, 112, 160])
def test_patches_reach_over_the_whole_picture(size: int) -> None:
    covered = np.zeros(size, int)
    for patch in occlusion._patches(size):
        covered[patch] += 1
    assert covered.min() >= 1 and covered.max() <= 3 and np.median(covered) == 2


def test_a_blurred_copy_keeps_the_ground_and_the_metal() -> None:
    rows, columns = np.indices((112, 112)) - 55.5
    inside = np.hypot(rows, columns) < 53
    picture = np.where(inside[..., None], [150, 120, 90], 255).astype(np.uint8)
    hidden = hiding.blurred(picture)
    assert np.array_equal(hidden[0, 0], [255, 255, 255])
    assert np.allclose(hidden[56, 56], [150, 120, 90], atol=0.1)
    assert np.abs(hidden[inside] - [150, 120, 90]).mean() < 3  # its rim does not turn white


def test_masks_show_half_of_every_place(monkeypatch: pytest.MonkeyPatch) -> None:
    masks = np.concatenate(list(rise._masks(112)))
    assert masks.shape == (rise.MASKS, 112, 112) and masks.min() >= 0 and masks.max() <= 1
    seen = masks.mean(axis=0)
    assert seen.mean() == pytest.approx(0.5, abs=0.01) and seen.min() > 0.4 and seen.max() < 0.6
    monkeypatch.setattr(rise, "SEED", 1)
    assert not np.array_equal(next(rise._masks(112)), masks[: rise.BATCH])


def test_rise_agrees_with_the_square_s_own_worth(square_lover: Lover) -> None:
    """Smooth masks vary by 1/9 to 1/4 about 1/2: a place is worth 2/9 to 1/2 of what it holds."""
    model, square = square_lover
    picture = np.repeat(square[..., None] * 255, 3, axis=2)
    heat = explanation.get("rise")(model, "features", picture[None], np.array([0]))[0]
    worth = 255 - hiding.blurred(picture)[square == 1][:, 0].mean()
    assert heat.shape == (28, 28) and 0.1 * worth < heat.max() < 0.5 * worth
