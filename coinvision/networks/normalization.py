"""Batch normalization that is quick to train on a processor.

    x = BatchNormalization(momentum=0.9)(x)     # of batch x height x width x channels

Keras composes it from some twenty operations that each go through all values; TensorFlow also has
it as a single one (scripts/benchmark.py shows what a training gains).
"""

import keras
from keras import layers


class BatchNormalization(layers.BatchNormalization):
    """Keras's own, with the same weights, results and gradients (Ioffe and Szegedy 2015)."""

    def call(self, inputs, training=None, mask=None):  # type: ignore[no-untyped-def]
        """Normalized inputs; in training by the batch's own mean and variance, which it follows."""
        if not (training and self.trainable) or keras.backend.backend() != "tensorflow":
            return super().call(inputs, training=training, mask=mask)
        import tensorflow as tf

        outputs, mean, variance = tf.compat.v1.nn.fused_batch_norm(
            inputs, self.gamma, self.beta, epsilon=self.epsilon, is_training=True
        )
        # it returns the variance of a sample, Keras follows that of the batch itself
        count = tf.cast(tf.size(inputs) / tf.size(mean), variance.dtype)
        self._follow(self.moving_mean, mean)
        self._follow(self.moving_variance, variance * (count - 1) / count)
        return outputs

    def _follow(self, moving: keras.Variable, value: keras.KerasTensor) -> None:
        moving.assign(moving * self.momentum + value * (1 - self.momentum))
