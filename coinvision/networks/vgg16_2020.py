"""VGG-16 of the 2020 study, trained as it was there: a baseline for `vgg16`.

Pictures of 150 pixels are scaled by 1/255 and no mean is taken off, which is not what the ImageNet
weights were trained on; blocks 1 to 4 are frozen, yet run anew for every augmented picture; a dense
layer of 1,024 stands on all places. `train.py --views N` stores the frozen part's outputs instead.
"""

import keras
from keras import layers

from coinvision.networks.blueprint import Network
from coinvision.networks.small_2020 import IMAGE_SIZE, recipe_2020
from coinvision.networks.vgg16 import BLOCKS, FROZEN_UNTIL, block, load_backbone


def build(num_emperors: int) -> keras.Model:
    """Photographs (batch x 150 x 150 x 3, RGB, 0-255) to logits (batch x num_emperors)."""
    photographs = keras.Input((IMAGE_SIZE, IMAGE_SIZE, 3), name="photograph")
    x = layers.Rescaling(1 / 255, name="rescale")(photographs)
    for number in range(1, len(BLOCKS) + 1):
        x = block(x, number)
    x = layers.Flatten(name="places")(x)
    x = layers.Dense(1024, activation="relu", name="dense")(x)
    logits = layers.Dense(num_emperors, name="logits")(x)
    return keras.Model(photographs, logits, name="vgg16_2020")


NETWORK = Network(
    image_size=IMAGE_SIZE,
    recipe=recipe_2020(learning_rate=0.001, momentum=0.9),
    build=build,
    explained="block5_conv3",
    frozen_until=FROZEN_UNTIL,
    load_backbone=load_backbone,
)
