"""VGG-16 (Simonyan & Zisserman 2015) with ImageNet weights; block 5 and the head are trained.

Weights are those of Keras Applications, whose first layer expects BGR: its kernel is turned round
once when they are loaded, so that the graph takes RGB, and a Rescaling layer subtracts the
ImageNet mean as `vgg16.preprocess_input` does.
"""

import keras
from keras import layers

from coinvision.errors import RunError
from coinvision.networks.blueprint import Network, Recipe

IMAGE_SIZE = 160
IMAGENET_MEAN_RGB = (123.68, 116.779, 103.939)
BLOCKS = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))  # filters, convolutions
FROZEN_UNTIL = "block4_pool"


def build(num_emperors: int, *, frozen_until: str = FROZEN_UNTIL) -> keras.Model:
    """Photographs (batch x 160 x 160 x 3, RGB, 0-255) to logits (batch x num_emperors).

    Args:
        num_emperors: how many it is to tell apart.
        frozen_until: the last layer that is not trained, a block's pooling.
    """
    photographs = keras.Input((IMAGE_SIZE, IMAGE_SIZE, 3), name="photograph")
    offset = [-mean for mean in IMAGENET_MEAN_RGB]
    x = layers.Rescaling(1.0, offset=offset, name="rescale")(photographs)
    for number in range(1, len(BLOCKS) + 1):
        x = block(x, number)
        if f"block{number}_pool" == frozen_until:
            # a thousand coins are learned by heart in ten epochs if all features are always there
            x = layers.SpatialDropout2D(0.25, name="feature_dropout")(x)
    # VGG-16's features reach into the hundreds: without this the head does not learn
    x = layers.BatchNormalization(momentum=0.9, name="head_norm")(x)
    # A coin is always the same way up: where a letter or a nose stands tells as much as that it is
    # there. Averaging over the 5 x 5 places first cost 16 points of validation accuracy.
    x = layers.Flatten(name="places")(x)
    x = layers.Dropout(0.5, name="dropout")(x)
    # from nothing: random weights on 12,800 inputs are noise that takes ten epochs to unlearn
    logits = layers.Dense(num_emperors, kernel_initializer="zeros", name="logits")(x)
    return keras.Model(photographs, logits, name="vgg16")


def block(x: keras.KerasTensor, number: int) -> keras.KerasTensor:
    """One of the five blocks of convolutions, under the names of Keras Applications."""
    filters, convolutions = BLOCKS[number - 1]
    for i in range(1, convolutions + 1):
        name = f"block{number}_conv{i}"
        x = layers.Conv2D(filters, 3, padding="same", activation="relu", name=name)(x)
    return layers.MaxPooling2D(2, name=f"block{number}_pool")(x)


def load_backbone(model: keras.Model, source: str) -> None:
    """Bring ImageNet weights into the convolutions.

    Args:
        model: what `build` made.
        source: "imagenet" (downloaded once by Keras Applications) or a weights file for
            `keras.applications.VGG16(include_top=False)`.

    Raises:
        RunError: they cannot be downloaded or read, or belong to another network.
    """
    shipped = keras.applications.VGG16(weights=None, include_top=False)
    try:
        if source == "imagenet":
            shipped = keras.applications.VGG16(weights="imagenet", include_top=False)
        else:
            shipped.load_weights(source)
    except Exception as error:  # Keras raises many kinds for files and downloads
        reason = str(error).strip().splitlines()[0][:160]
        raise RunError(
            f"The backbone {source!r} cannot be loaded ({reason}); expected 'imagenet' with a "
            "network connection, or a weights file of VGG-16 without its top."
        ) from error
    for layer in shipped.layers:
        if layer.name.endswith(tuple(f"conv{i}" for i in (1, 2, 3))):
            kernel, bias = layer.get_weights()
            rgb = kernel[:, :, ::-1] if layer.name == "block1_conv1" else kernel
            model.get_layer(layer.name).set_weights([rgb, bias])


NETWORK = Network(
    image_size=IMAGE_SIZE,
    recipe=Recipe(
        max_epochs=16,
        learning_rate=1e-4,
        weight_decay=0.05,
        least_batches=39,
        warmup_epochs=1,
        halve_after=2,
        stop_after=8,
        views=10,
    ),
    build=build,
    explained="block5_conv3",
    frozen_until=FROZEN_UNTIL,
    load_backbone=load_backbone,
)
