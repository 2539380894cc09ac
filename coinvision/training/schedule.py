"""When the learning rate is halved and when training ends: a small state that can be stored."""

from dataclasses import dataclass

from coinvision.networks.blueprint import Recipe


@dataclass
class Schedule:
    """The state after `epoch` epochs."""

    epoch: int = 0
    halvings: int = 0
    best_loss: float = float("inf")
    best_epoch: int = 0
    since_best: int = 0
    since_halving: int = 0
    loss_at_rate: float | None = None  # best for the rate; None in checkpoints without it

    def rate(self, recipe: Recipe) -> float:
        """The learning rate of the coming epoch: risen evenly at first, then halved on plateaus."""
        warm = min(1.0, (self.epoch + 1) / (recipe.warmup_epochs + 1))
        return recipe.learning_rate * warm * 0.5**self.halvings

    def step(self, validation_loss: float, recipe: Recipe) -> bool:
        """Note an epoch's validation loss; True if it is the best so far."""
        self.epoch += 1
        self._halve_on_a_plateau(validation_loss, recipe)
        if validation_loss < self.best_loss - recipe.least_gain:
            self.best_loss, self.best_epoch, self.since_best = validation_loss, self.epoch, 0
            return True
        self.since_best += 1
        return False

    def _halve_on_a_plateau(self, validation_loss: float, recipe: Recipe) -> None:
        known = self.best_loss if self.loss_at_rate is None else self.loss_at_rate
        if validation_loss < known - recipe.least_gain_at_rate:
            self.loss_at_rate, self.since_halving = validation_loss, 0
            return
        self.since_halving += 1
        if self.since_halving >= recipe.halve_after:
            self.halvings += 1
            self.since_halving = 0

    def finished(self, recipe: Recipe) -> bool:
        """Whether all epochs are done, or nothing got better for long."""
        return self.epoch >= recipe.max_epochs or self.since_best >= recipe.stop_after
