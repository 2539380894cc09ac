import keras
import numpy as np
import pytest
from keras import layers

from coinvision import explanation
from coinvision.errors import RunError


@pytest.fixture(scope="module")
def model() -> keras.Model:
    """Two features, bright and dark; class 0 likes bright places, class 1 dark ones."""
    photograph = keras.Input((8, 8, 3))
    features = layers.Conv2D(2, 1, activation="relu", name="features")(photograph)
    mean = layers.GlobalAveragePooling2D()(features)
    model = keras.Model(photograph, layers.Dense(2, name="logits")(mean))
    kernel = np.zeros((1, 1, 3, 2))
    kernel[0, 0, 0] = [1, -1]
    model.get_layer("features").set_weights([kernel, np.array([0, 255.0])])
    model.get_layer("logits").set_weights([np.eye(2) * 2, np.zeros(2)])
    return model


def test_grad_cam_equals_the_worked_example(model: keras.Model) -> None:
    picture = np.zeros((1, 8, 8, 3), np.uint8)
    picture[0, 2, 5] = 100
    bright = explanation.get("gradcam")(model, "features", picture, np.array([0]))
    dark = explanation.get("gradcam")(model, "features", picture, np.array([1]))
    assert bright.shape == (1, 8, 8) and bright.dtype == np.float32
    # the logit of class 0 is twice the mean of the bright feature: its weight is 2 / 64 a place
    assert bright[0, 2, 5] == pytest.approx(100 * 2 / 64) and bright.sum() == bright[0, 2, 5]
    assert dark[0, 2, 5] == pytest.approx(155 * 2 / 64) and dark[0, 0, 0] == pytest.approx(
        255 * 2 / 64
    )


def test_each_picture_has_its_own_class(model: keras.Model) -> None:
    pictures = np.full((2, 8, 8, 3), 100, np.uint8)
    maps = explanation.get("gradcam")(model, "features", pictures, np.array([0, 1]))
    alone = explanation.get("gradcam")(model, "features", pictures[1:], np.array([1]))
    assert np.allclose(maps[1], alone[0]) and not np.allclose(maps[0], maps[1])


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(RunError, match="no method 'magic'; expected one of gradcam"):
        explanation.get("magic")
