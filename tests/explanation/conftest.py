import keras
import numpy as np
import pytest
from keras import layers


@pytest.fixture(scope="session")
def bright_or_dark() -> keras.Model:
    """Two features, bright and dark; class 0 likes bright places, class 1 dark ones.

    A logit is twice the mean of its feature over 8 x 8 places: red, or 255 less red.
    """
    photograph = keras.Input((8, 8, 3))
    features = layers.Conv2D(2, 1, activation="relu", name="features")(photograph)
    mean = layers.GlobalAveragePooling2D()(features)
    model = keras.Model(photograph, layers.Dense(2, name="logits")(mean))
    kernel = np.zeros((1, 1, 3, 2))
    kernel[0, 0, 0] = [1, -1]
    model.get_layer("features").set_weights([kernel, np.array([0, 255.0])])
    model.get_layer("logits").set_weights([np.eye(2) * 2, np.zeros(2)])
    return model


@pytest.fixture(scope="session")
def square_lover() -> tuple[keras.Model, np.ndarray]:
    """A network whose first logit is the mean red of a square left of the middle of 56 x 56.

    The second logit is the same, negative. With it the square as a mask, 0 or 1.
    """
    square = np.zeros((56, 56), np.float32)
    square[24:32, 12:20] = 1
    photograph = keras.Input((56, 56, 3))
    features = layers.Conv2D(2, 1, name="features")(photograph)
    model = keras.Model(photograph, layers.Dense(2, name="logits")(layers.Flatten()(features)))
    kernel = np.zeros((1, 1, 3, 2))
    kernel[0, 0, 0, 0] = 1
    model.get_layer("features").set_weights([kernel, np.zeros(2)])
    weights = np.zeros((56, 56, 2, 2))
    weights[:, :, 0, 0], weights[:, :, 0, 1] = square / 64, -square / 64
    model.get_layer("logits").set_weights([weights.reshape(-1, 2), np.zeros(2)])
    return model, square


@pytest.fixture(scope="session")
def noisy_coins() -> np.ndarray:
    """Three pictures of 56 x 56 with light and dark everywhere, uint8."""
    return np.random.default_rng(0).integers(0, 256, (3, 56, 56, 3), dtype=np.uint8)
