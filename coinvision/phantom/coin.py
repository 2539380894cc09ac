"""One phantom: its photograph and its masks."""

import cv2
import numpy as np

from coinvision.phantom import canvas as die
from coinvision.phantom import photograph
from coinvision.phantom.head import head
from coinvision.phantom.headgear import headgear
from coinvision.phantom.legend import border, legend
from coinvision.phantom.portrait import portrait
from coinvision.phantom.recipe import Recipe
from coinvision.phantom.traits import EMPERORS

FINER = 2  # the canvas is drawn so many times larger


def draw(recipe: Recipe, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw a coin.

    Returns:
        The photograph (uint8 RGB, size x size x 3) and the masks (uint8, size x size, a number of
        `die.MASKS` each).
    """
    canvas = strike_die(recipe, size * FINER)
    rng = np.random.default_rng([recipe.die, 1])
    depth = photograph.flan(size, canvas.radius / FINER, rng)
    fine = cv2.resize(depth, (canvas.size, canvas.size), interpolation=cv2.INTER_LINEAR) * FINER
    edge = np.clip(1 - fine / (0.10 * canvas.radius), 0, 1)
    height = photograph.worn(canvas.height + 0.35 * edge**2, recipe, rng)
    picture = photograph.photographed(height, depth, recipe, canvas.radius, rng)
    return picture, _labels(canvas, depth)


def strike_die(recipe: Recipe, size: int) -> die.Canvas:
    """What the die leaves on the flan."""
    rng = np.random.default_rng([recipe.die, 0])
    radius = size / 2 * (1 - recipe.margin)
    middle = (size / 2 - 0.5 + recipe.off_x * radius, size / 2 - 0.5 + recipe.off_y * radius)
    canvas = die.Canvas(size, middle, radius, recipe.turn)
    traits = EMPERORS[recipe.portrait_of]
    one = head(traits, rng, draped=recipe.bust == "draped")
    portrait(canvas, one, traits.hair, traits.beard, rng)
    headgear(canvas, one, recipe.headgear, recipe.leaves)
    legend(canvas, recipe.legend)
    border(canvas, int(rng.integers(66, 92)))
    return canvas


def _labels(canvas: die.Canvas, depth: np.ndarray) -> np.ndarray:
    inside = depth > 0
    labels = np.where(inside, die.FIELD, die.GROUND).astype(np.uint8)
    for mask in (die.BORDER, die.LEGEND, die.PORTRAIT, die.HEADGEAR):
        labels[(canvas.masks[mask][::FINER, ::FINER] > 0) & inside] = mask
    return labels
