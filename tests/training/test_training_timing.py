import keras

from coinvision.networks import speed
from coinvision.networks.blueprint import Network, Recipe
from coinvision.training import timing

FROZEN, TRAINED, HEAD = 8 * 8 * 4 * 3 * 3 * 3, 4 * 4 * 5 * 3 * 3 * 4, 4 * 4 * 5 * 12


def build(emperors: int) -> keras.Model:
    photograph = keras.Input((8, 8, 3))
    x = keras.layers.Conv2D(4, 3, padding="same", name="below")(photograph)
    x = keras.layers.MaxPooling2D(2, name="seam")(x)
    x = keras.layers.Conv2D(5, 3, padding="same")(x)
    return keras.Model(photograph, keras.layers.Dense(emperors)(keras.layers.Flatten()(x)))


def test_a_training_is_profiled_and_its_multiply_adds_are_counted_by_hand() -> None:
    recipe = Recipe(max_epochs=1, learning_rate=0.01, weight_decay=0.0, views=2, batch_size=4)
    steps = timing.profile(
        Network(8, recipe, build, "seam", frozen_until="seam"), speed.precision()
    )
    assert list(steps) == ["view", "frozen", "learn"]
    assert steps["view"].multiply_adds == 0
    assert steps["frozen"].multiply_adds == FROZEN
    # the first of the trained layers needs no gradient in its input
    assert steps["learn"].multiply_adds == 2 * TRAINED + 3 * HEAD
    assert all(step.times.clock > 0 for step in steps.values())


def test_a_network_without_a_frozen_part_learns_in_all_layers() -> None:
    recipe = Recipe(max_epochs=1, learning_rate=0.01, weight_decay=0.0, batch_size=4)
    steps = timing.profile(Network(8, recipe, build, "seam"), "float32")
    assert list(steps) == ["view", "learn"]
    assert steps["learn"].multiply_adds == 2 * FROZEN + 3 * (TRAINED + HEAD)


def test_frozen_layers_that_are_run_anew_are_counted_forward_alone() -> None:
    network = build(12)
    network.get_layer("below").trainable = False
    assert timing.of_learning(network) == FROZEN + 2 * TRAINED + 3 * HEAD
