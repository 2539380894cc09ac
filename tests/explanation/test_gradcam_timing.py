import keras

from coinvision.explanation import timing


def test_multiply_adds_are_counted_by_hand() -> None:
    photograph = keras.Input((8, 8, 3))
    x = keras.layers.Conv2D(4, 3, padding="same", name="below")(photograph)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Conv2D(5, 3, strides=2, padding="same", name="above")(x)
    logits = keras.layers.Dense(2)(keras.layers.Flatten()(x))
    model = keras.Model(photograph, logits)
    below, above, head = 8 * 8 * 4 * 3 * 3 * 3, 2 * 2 * 5 * 3 * 3 * 4, 2 * 2 * 5 * 2
    assert timing.of_gradcam(model, "below") == below + 2 * (above + head)
    assert timing.of_gradcam(model, "above") == below + above + 2 * head
