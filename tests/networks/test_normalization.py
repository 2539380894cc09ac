import keras
import numpy as np
import pytest

from coinvision.networks.normalization import BatchNormalization


def steps(layer: keras.layers.Layer, pictures: np.ndarray) -> list[np.ndarray]:
    """What three steps of training leave behind: all weights, then outputs in use."""
    inputs = keras.Input(pictures.shape[1:])
    x = keras.layers.Conv2D(5, 3, kernel_initializer=keras.initializers.GlorotUniform(1))(inputs)
    x = keras.layers.Flatten()(layer(x))
    outputs = keras.layers.Dense(2, kernel_initializer=keras.initializers.GlorotUniform(2))(x)
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.SGD(0.05), "mse")
    for _ in range(3):
        model.train_on_batch(pictures, np.eye(2)[[0, 1, 1]])
    return [*model.get_weights(), model.predict_on_batch(pictures)]


def test_it_learns_as_keras_s_own_does() -> None:
    """With few values a channel, where a sample's variance would be told from a batch's."""
    pictures = np.random.default_rng(0).normal(3, 2, (3, 4, 5, 3)).astype(np.float32)
    own = steps(keras.layers.BatchNormalization(momentum=0.9, epsilon=0.01), pictures)
    for ours, theirs in zip(
        steps(BatchNormalization(momentum=0.9, epsilon=0.01), pictures), own, strict=True
    ):
        np.testing.assert_allclose(ours, theirs, rtol=2e-4, atol=2e-5)


def test_the_mean_and_variance_of_a_batch_are_those_of_hand() -> None:
    layer = BatchNormalization(momentum=0.5, epsilon=1e-6)
    pictures = np.array([1, 3, 5, 7], np.float32).reshape(2, 2, 1, 1)
    found = keras.ops.convert_to_numpy(layer(pictures, training=True)).ravel()
    # mean 4, variance 5: half of the way there from 0 and 1
    np.testing.assert_allclose(found, np.array([-3, -1, 1, 3]) / np.sqrt(5), rtol=1e-4)
    assert layer.moving_mean.numpy()[0] == pytest.approx(2)
    assert layer.moving_variance.numpy()[0] == pytest.approx(3)


def test_weights_that_are_not_trained_stay_and_normalize() -> None:
    layer = BatchNormalization(epsilon=1e-6)
    layer.trainable = False
    pictures = np.array([1, 3, 5, 7], np.float32).reshape(2, 2, 1, 1)
    np.testing.assert_allclose(layer(pictures, training=True), pictures, rtol=1e-5)
    assert layer.moving_mean.numpy()[0] == 0
