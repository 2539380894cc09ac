from coinvision.networks.blueprint import Recipe
from coinvision.networks.small_2020 import NETWORK
from coinvision.training.schedule import Schedule

RECIPE = Recipe(
    max_epochs=20, learning_rate=1.0, weight_decay=0, warmup_epochs=1, halve_after=2, stop_after=5
)


def test_the_rate_rises_then_halves_on_a_plateau_and_training_stops() -> None:
    schedule = Schedule()
    rates = []
    for loss in [3.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 1.0]:
        if schedule.finished(RECIPE):
            break
        rates.append(schedule.rate(RECIPE))
        schedule.step(loss, RECIPE)
    assert rates == [0.5, 1.0, 1.0, 1.0, 0.5, 0.5, 0.25]
    assert schedule.finished(RECIPE) and schedule.best_epoch == 2


def test_a_better_loss_starts_the_count_anew() -> None:
    schedule = Schedule()
    for loss in [3.0, 3.0, 2.9, 2.9]:
        schedule.step(loss, RECIPE)
    assert schedule.best_epoch == 3 and schedule.halvings == 0


def test_a_gain_within_noise_does_not_count() -> None:
    schedule = Schedule()
    assert schedule.step(2.0, RECIPE)
    assert not schedule.step(1.9995, RECIPE)


def test_training_ends_after_the_last_epoch() -> None:
    schedule = Schedule()
    for i in range(20):
        assert not schedule.finished(RECIPE)
        schedule.step(10.0 - i, RECIPE)
    assert schedule.finished(RECIPE)


def test_the_rate_and_the_end_may_ask_for_other_gains() -> None:
    """As Keras counts for ReduceLROnPlateau (0.01 in 2 epochs) and EarlyStopping (0.002 in 3)."""
    recipe = Recipe(
        max_epochs=20, learning_rate=1.0, weight_decay=0, warmup_epochs=0, halve_after=2,
        stop_after=3, least_gain=0.002, least_gain_at_rate=0.01,
    )  # fmt: skip
    schedule, rates, better = Schedule(), [], []
    for loss in [1.0, 0.995, 0.991, 0.985, 0.984, 0.984, 0.984, 0.5]:
        if schedule.finished(recipe):
            break
        rates.append(schedule.rate(recipe))
        better.append(schedule.step(loss, recipe))
    # 0.995 and 0.991 are better for the end, not for the rate; 0.985 is better for both
    assert better == [True, True, True, True, False, False, False]
    assert rates == [1, 1, 1, 0.5, 0.5, 0.5, 0.25]
    assert schedule.finished(recipe) and schedule.best_epoch == 4


def test_a_checkpoint_of_before_goes_on_with_the_best_loss_it_knows() -> None:
    schedule = Schedule(epoch=3, best_loss=1.0, best_epoch=3)
    schedule.step(1.5, RECIPE)
    assert schedule.since_halving == 1


def test_the_2020_recipe_ends_after_ten_epochs_without_gain() -> None:
    schedule, rates = Schedule(), []
    while not schedule.finished(NETWORK.recipe):
        rates.append(schedule.rate(NETWORK.recipe))
        schedule.step(2.0, NETWORK.recipe)
    assert rates == [0.005] * 5 + [0.0025] * 4 + [0.00125] * 2
