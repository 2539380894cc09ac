"""A small residual network, trained from scratch: 0.9 million weights, 112 pixels.

After He et al. 2016 (Deep residual learning for image recognition), made narrow: what keeps it
learning from a thousand coins is batch normalization, the short cut past each block, and a head on
3 x 3 places instead of a dense layer on every pixel.
"""

import keras
from keras import layers

from coinvision.networks.blueprint import Network, Recipe
from coinvision.networks.normalization import BatchNormalization

IMAGE_SIZE = 112
STAGES = (32, 64, 128, 192)  # filters; one residual block each
# A thousand coins are some 40 batches: the running statistics must follow within an epoch.
NORM_MOMENTUM = 0.9


def build(num_emperors: int) -> keras.Model:
    """Photographs (batch x 112 x 112 x 3, RGB, 0-255) to logits (batch x num_emperors)."""
    photographs = keras.Input((IMAGE_SIZE, IMAGE_SIZE, 3), name="photograph")
    x = layers.Rescaling(1 / 127.5, offset=-1, name="rescale")(photographs)
    x = _conv(x, STAGES[0], "stem", size=5, strides=2)
    x = layers.Activation("relu", name="stem_relu")(x)
    for stage, filters in enumerate(STAGES, start=1):
        x = _block(x, filters, f"stage{stage}", strides=1 if stage == 1 else 2)
    # 7 x 7 places become 3 x 3: a coin is always the same way up, so where something stands counts
    x = layers.AveragePooling2D(3, strides=2, name="coarse")(x)
    x = layers.Flatten(name="places")(x)
    x = layers.Dropout(0.3, name="dropout")(x)
    logits = layers.Dense(num_emperors, kernel_initializer="zeros", name="logits")(x)
    return keras.Model(photographs, logits, name="small_cnn")


def _block(x: keras.KerasTensor, filters: int, name: str, *, strides: int) -> keras.KerasTensor:
    inner = _conv(x, filters, f"{name}_a", strides=strides)
    inner = layers.Activation("relu", name=f"{name}_a_relu")(inner)
    inner = _conv(inner, filters, f"{name}_b")
    if strides > 1:
        # averaging before the 1 x 1 convolution keeps what a stride would skip (He et al. 2019)
        x = layers.AveragePooling2D(strides, name=f"{name}_shrink")(x)
    if x.shape[-1] != filters:
        x = _conv(x, filters, f"{name}_short", size=1)
    x = layers.Add(name=f"{name}_add")([x, inner])
    return layers.Activation("relu", name=f"{name}_relu")(x)


def _conv(
    x: keras.KerasTensor, filters: int, name: str, *, size: int = 3, strides: int = 1
) -> keras.KerasTensor:
    x = layers.Conv2D(
        filters,
        size,
        strides=strides,
        padding="same",
        use_bias=False,
        kernel_initializer="he_normal",
        name=f"{name}_conv",
    )(x)
    return BatchNormalization(momentum=NORM_MOMENTUM, name=f"{name}_norm")(x)


NETWORK = Network(
    image_size=IMAGE_SIZE,
    recipe=Recipe(
        max_epochs=60,
        learning_rate=1.5e-3,
        weight_decay=0.02,
        batch_size=16,
        least_batches=78,
        averaging=0.99,
        halve_after=6,
        stop_after=15,
    ),
    build=build,
    explained=f"stage{len(STAGES)}_relu",
)
