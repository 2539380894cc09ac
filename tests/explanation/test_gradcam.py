import gc
import weakref

import keras
import numpy as np
import pytest
from tf_keras_vis.gradcam import Gradcam
from tf_keras_vis.gradcam_plus_plus import GradcamPlusPlus
from tf_keras_vis.utils.scores import CategoricalScore

from coinvision import explanation, networks
from coinvision.explanation import compiled


def test_grad_cam_equals_the_worked_example(bright_or_dark: keras.Model) -> None:
    picture = np.zeros((1, 8, 8, 3), np.uint8)
    picture[0, 2, 5] = 100
    bright = explanation.get("gradcam")(bright_or_dark, "features", picture, np.array([0]))
    dark = explanation.get("gradcam")(bright_or_dark, "features", picture, np.array([1]))
    assert bright.shape == (1, 8, 8) and bright.dtype == np.float32
    # the logit of class 0 is twice the mean of the bright feature: its weight is 2 / 64 a place
    assert bright[0, 2, 5] == pytest.approx(100 * 2 / 64) and bright.sum() == bright[0, 2, 5]
    assert dark[0, 2, 5] == pytest.approx(155 * 2 / 64) and dark[0, 0, 0] == pytest.approx(
        255 * 2 / 64
    )


def test_grad_cam_plus_plus_equals_the_worked_example(bright_or_dark: keras.Model) -> None:
    picture = np.zeros((1, 8, 8, 3), np.uint8)
    picture[0, 2, 5] = 96
    found = explanation.get("gradcam++")(bright_or_dark, "features", picture, np.array([0]))
    # all places have the gradient g = 2 / 64, so all have the same share 1 / 64 of the weight
    # g, and the weights add up to g
    assert found[0, 2, 5] == pytest.approx(96 * 2 / 64, rel=1e-5)
    assert found.sum() == found[0, 2, 5] and found.dtype == np.float32


@pytest.mark.parametrize("name", ["gradcam", "gradcam++"])
def test_each_picture_has_its_own_class(bright_or_dark: keras.Model, name: str) -> None:
    method = explanation.get(name)
    pictures = np.full((2, 8, 8, 3), 1, np.uint8)
    maps = method(bright_or_dark, "features", pictures, np.array([0, 1]))
    alone = method(bright_or_dark, "features", pictures[1:], np.array([1]))
    assert np.allclose(maps[1], alone[0]) and not np.allclose(maps[0], maps[1])


@pytest.fixture(scope="module", params=list(networks.NETWORKS))
def asked(request: pytest.FixtureRequest) -> tuple[keras.Model, str, np.ndarray, np.ndarray]:
    """A network with random weights, its explained layer, three pictures and their classes."""
    plan = networks.get(request.param)
    keras.utils.set_random_seed(0)
    model = plan.build(12)
    rng = np.random.default_rng(0)
    # Zeros at first, whose gradient is 0. Small weights: Grad-CAM++ divides by 2 + gradient times
    # features, and near 0 any rounding shows.
    last = model.get_layer("logits")
    last.set_weights([rng.normal(0, 0.001, last.kernel.shape), np.zeros(12)])
    pictures = rng.integers(0, 256, (3, plan.image_size, plan.image_size, 3), dtype=np.uint8)
    return model, plan.explained, pictures, rng.integers(0, 12, 3)


LIBRARY = {"gradcam": Gradcam, "gradcam++": GradcamPlusPlus}


@pytest.mark.parametrize("name", LIBRARY)
def test_maps_equal_the_library_s(asked: tuple, name: str) -> None:
    model, layer, pictures, classes = asked
    expected = LIBRARY[name](model, clone=False)(
        CategoricalScore(classes.tolist()),
        pictures.astype(np.float32),
        penultimate_layer=layer,
        seek_penultimate_conv_layer=False,
        expand_cam=False,
        normalize_cam=False,
    )
    found = explanation.get(name)(model, layer, pictures, classes)
    assert np.asarray(expected).max() > 0
    if name == "gradcam++":  # the library's carries the factor exp(logit)
        found *= np.exp(np.asarray(model(pictures))[np.arange(3), classes])[:, None, None]
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5 * np.max(expected))


def test_a_graph_is_built_once_and_sees_new_weights(
    bright_or_dark: keras.Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = keras.models.clone_model(bright_or_dark)
    model.set_weights(bright_or_dark.get_weights())
    built = []
    split = compiled.split
    monkeypatch.setattr(compiled, "split", lambda *a: built.append(a) or split(*a))
    picture = np.full((1, 8, 8, 3), 64, np.uint8)
    for n in (1, 3, 2):
        maps = explanation.get("gradcam")(
            model, "features", np.repeat(picture, n, axis=0), np.zeros(n, int)
        )
        assert maps.shape == (n, 8, 8) and np.allclose(maps, 2)
    model.get_layer("logits").set_weights([np.eye(2) * 4, np.zeros(2)])
    assert np.allclose(explanation.get("gradcam")(model, "features", picture, np.array([0])), 4)
    assert len(built) == 1


def test_a_graph_is_forgotten_with_its_model(bright_or_dark: keras.Model) -> None:
    model = keras.models.clone_model(bright_or_dark)
    picture = np.zeros((1, 8, 8, 3), np.uint8)
    for name in ("gradcam", "saliency", "occlusion", "scorecam"):
        explanation.get(name)(model, "features", picture, np.array([0]))
    gc.collect()
    gone, before = weakref.ref(model), len(compiled._MADE)
    del model
    gc.collect()
    assert gone() is None and len(compiled._MADE) == before - 1
