"""Strike hair and beard: locks, waves, curls or stubble, growing from the crown."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from coinvision.phantom.canvas import Canvas, placed, soft
from coinvision.phantom.head import Curve

Shape = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def texture(
    canvas: Canvas,
    outline: Curve,
    kind: str,
    within: np.ndarray | None,
    rng: np.random.Generator,
    strength: float,
) -> None:
    """Locks, curls, waves or stubble inside an outline."""
    area = canvas.filled(placed(outline))
    if within is not None:
        area &= within
    layer = canvas.blank()
    low, high = outline.min(0), outline.max(0)
    marks = _MARKS[kind]
    count = int(marks.density * np.prod(high - low))
    places = rng.uniform(low, high, (count, 2))
    values = rng.integers(120, 256, count)
    for at, value in zip(places, values, strict=True):
        curve = marks.shape(at, rng)
        canvas.lines(layer, [placed(curve)], marks.width, int(value))
    body = soft(area, canvas.radius * 0.03)
    canvas.height += 0.12 * body + strength * soft(layer & area, canvas.radius * marks.blur)


@dataclass(frozen=True)
class _Marks:
    shape: Shape
    density: float  # marks on a square of the head's height
    width: float
    blur: float


def _flow(at: np.ndarray) -> float:
    """Which way hair grows at a place: from the crown outward and down."""
    return float(np.arctan2(at[1] - 0.22, at[0] + 0.16))


def _lock(at: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    angle = _flow(at) + rng.normal(0, 0.25)
    step = 0.055 * np.array([np.cos(angle), np.sin(angle)])
    bend = 0.022 * np.array([-np.sin(angle), np.cos(angle)])
    return np.array([at - step, at + bend, at + step])


def _wave(at: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    angle = _flow(at) + rng.normal(0, 0.12)
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    t = np.linspace(-1, 1, 7)[:, None]
    return at + 0.11 * t * along + 0.022 * np.sin(3.6 * t) * across


def _curl(at: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    turn = rng.uniform(0, 2 * np.pi) + np.linspace(0, 4.6, 7)
    radius = 0.030 * np.linspace(1, 0.45, 7)
    return at + np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1)


def _stubble(at: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    angle = _flow(at) + rng.normal(0, 0.3)
    return np.array([at, at + 0.02 * np.array([np.cos(angle), np.sin(angle)])])


_MARKS = {
    "locks": _Marks(_lock, 330, 0.018, 0.006),
    "waves": _Marks(_wave, 170, 0.018, 0.006),
    "curls": _Marks(_curl, 330, 0.015, 0.006),
    "cropped": _Marks(_stubble, 620, 0.012, 0.006),
}
