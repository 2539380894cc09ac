import keras
import numpy as np
import pytest

from coinvision.training.averaging import Average


def fitted(memory: float, steps: int) -> tuple[Average, list[float]]:
    """A model of one weight that falls by 1 a step; the average and the weight after each step."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.set_weights([np.zeros((1, 1))])
    model.compile(keras.optimizers.SGD(1.0), loss=lambda _, output: output)
    average = Average(memory, model.get_weights())
    seen = []
    for _ in range(steps):
        model.fit(np.ones((1, 1)), np.ones((1, 1)), verbose=0, callbacks=[average])
        seen.append(float(average.weights[0][0, 0]))
    assert model.get_weights()[0][0, 0] == -steps
    return average, seen


def test_the_average_equals_the_worked_example() -> None:
    average, seen = fitted(0.2, 3)
    # 1/11 of 0 stays, then 2/12, then the memory of 0.2 holds
    first = 10 / 11 * -1
    second = 2 / 12 * first + 10 / 12 * -2
    assert seen == pytest.approx([first, second, 0.2 * second + 0.8 * -3], rel=1e-5)
    assert average.steps == 3


def test_no_memory_is_no_average() -> None:
    assert fitted(0.0, 2)[1] == [-1, -2]
