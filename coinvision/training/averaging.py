"""A running average of a network's weights: steadier than the weights of any one step.

The averaged network is the one that is judged and kept, the other goes on learning, as in Tarvainen
& Valpola 2017 (Mean teachers are better role models); running statistics are averaged as well.
"""

import keras
import numpy as np

# The average forgets its start sooner than its memory alone would let it.
HURRY = 10


class Average(keras.callbacks.Callback):
    """Follows the weights of the model that is fitted.

    Args:
        memory: share of the average that stays at each step; 0 is no averaging.
        weights: where the average starts.

    `weights` and `steps` are its state.
    """

    def __init__(self, memory: float, weights: list[np.ndarray]) -> None:
        super().__init__()
        self._memory = memory
        self.weights = [np.array(weight) for weight in weights]
        self.steps = 0

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """Take a step towards the weights as they are now."""
        self.steps += 1
        if not self._memory:  # a large network's weights are not copied at every step for nothing
            return
        stays = min(self._memory, self.steps / (HURRY + self.steps))
        for average, now in zip(self.weights, self.model.get_weights(), strict=True):
            average *= stays
            average += (1 - stays) * now

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Take the weights as they are now, where there is no average."""
        if not self._memory:
            self.weights = self.model.get_weights()
