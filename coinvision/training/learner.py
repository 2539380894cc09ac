"""What of a network is fitted, and by which loss and optimizer.

stem, trained = parts(model, network, recipe)
ready(trained, recipe)               # now it can be fitted
"""

import keras

from coinvision.networks import speed
from coinvision.networks.blueprint import Network, Recipe, frozen_layers, split


def parts(
    model: keras.Model, network: Network, recipe: Recipe
) -> tuple[keras.Model | None, keras.Model]:
    """The frozen part, if its outputs are stored, and what is then fitted."""
    if network.frozen_until and recipe.views:
        return split(model, network.frozen_until)
    for layer in frozen_layers(model, network.frozen_until) if network.frozen_until else ():
        layer.trainable = False
    return None, model


def ready(trained: keras.Model, recipe: Recipe) -> None:
    """Compile what is fitted, from one-hot targets."""
    trained.compile(
        optimizer=_optimizer(recipe),
        loss=keras.losses.CategoricalCrossentropy(
            from_logits=True, label_smoothing=recipe.label_smoothing
        ),
        metrics=["accuracy"],
        jit_compile=speed.compiler(),
    )


def _optimizer(recipe: Recipe) -> keras.optimizers.Optimizer:
    if recipe.momentum is not None:
        return keras.optimizers.SGD(recipe.learning_rate, momentum=recipe.momentum)
    return keras.optimizers.AdamW(recipe.learning_rate, weight_decay=recipe.weight_decay)
