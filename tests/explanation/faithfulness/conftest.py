import keras
import numpy as np
import pytest
import square
from keras import layers


@pytest.fixture(scope="package")
def pictures() -> np.ndarray:
    return square.draw()


@pytest.fixture(scope="package")
def model() -> keras.Model:
    """Some network for pictures of that size, with random weights."""
    keras.utils.set_random_seed(0)
    photograph = keras.Input((square.SIZE, square.SIZE, 3))
    x = layers.Rescaling(1 / 255)(photograph)
    x = layers.Conv2D(4, 5, strides=4, activation="relu", name="first")(x)
    x = layers.Conv2D(6, 3, activation="relu", name="features")(x)
    x = layers.BatchNormalization(name="norm")(x)
    x = layers.Flatten()(x)
    return keras.Model(photograph, layers.Dense(3, name="logits")(x))
