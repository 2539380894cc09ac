"""The small network of the 2020 study, trained as it was there: a baseline for `small_cnn`.

Three blocks of two 3 x 3 convolutions, and a dense layer of 128 on all places; 8.5 million weights
for 12 emperors. What the study does not say is chosen here: pictures are scaled by 1/255, and coins
are cut out of their photographs as for every other network, so that only network and recipe differ.
"""

import keras
from keras import layers

from coinvision.networks.blueprint import Network, Recipe

IMAGE_SIZE = 150
FILTERS = (32, 128, 256)  # of each block's two convolutions


def recipe_2020(learning_rate: float, momentum: float) -> Recipe:
    """How both networks of the study were trained, each with its own rate and momentum.

    The rate is halved when the validation loss has not fallen by 0.01 in 4 epochs, and training
    ends after 10 epochs without 0.002, as Keras's ReduceLROnPlateau and EarlyStopping count. The
    weights of the best epoch stay.
    """
    return Recipe(
        max_epochs=100,
        learning_rate=learning_rate,
        weight_decay=0.0,
        batch_size=32,
        warmup_epochs=0,
        halve_after=4,
        stop_after=10,
        label_smoothing=0.0,
        augmentation="2020",
        momentum=momentum,
        weigh_rarity=False,
        least_gain=0.002,
        least_gain_at_rate=0.01,
    )


def build(num_emperors: int) -> keras.Model:
    """Photographs (batch x 150 x 150 x 3, RGB, 0-255) to logits (batch x num_emperors)."""
    photographs = keras.Input((IMAGE_SIZE, IMAGE_SIZE, 3), name="photograph")
    x = layers.Rescaling(1 / 255, name="rescale")(photographs)
    for number, filters in enumerate(FILTERS, start=1):
        for i in (1, 2):
            name = f"block{number}_conv{i}"
            x = layers.Conv2D(filters, 3, activation="relu", name=name)(x)
        x = layers.MaxPooling2D(2, name=f"block{number}_pool")(x)
        x = layers.Dropout(0.5, name=f"block{number}_dropout")(x)
    x = layers.Flatten(name="places")(x)
    x = layers.Dense(128, activation="relu", name="dense")(x)
    x = layers.Dropout(0.5, name="dropout")(x)
    logits = layers.Dense(num_emperors, name="logits")(x)
    return keras.Model(photographs, logits, name="small_2020")


NETWORK = Network(
    image_size=IMAGE_SIZE,
    recipe=recipe_2020(learning_rate=0.005, momentum=0.0),
    build=build,
    explained="block3_conv2",
)
