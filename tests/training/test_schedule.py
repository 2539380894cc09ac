from coinvision.networks.blueprint import Recipe
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
