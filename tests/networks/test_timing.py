import time

from coinvision.networks import timing


def test_times_are_the_least_of_their_turns() -> None:
    pauses = iter([0.5] + [0.1] * 3 + [0.02] + [0.1] * 3)  # the first turn is not timed
    found = timing.in_turns({"pause": (lambda: time.sleep(next(pauses)), 2), "no": (int, 1)})
    assert 0.01 <= found["pause"].clock < 0.02 and found["pause"].processors < 0.01
    assert found["no"].clock < 0.01
    assert found["pause"].of(3).clock == 3 * found["pause"].clock


def test_large_works_are_as_many_multiply_adds_as_their_shapes_say() -> None:
    product, things = timing.large_product()
    assert things == timing.SIDE**3
    product()
    convolution, things = timing.large_convolution("bfloat16")
    assert things == 32 * 80 * 80 * 3 * 3 * 128 * 128
    convolution()
