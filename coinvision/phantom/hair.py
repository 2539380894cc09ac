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
    curves = canvas.pixels(placed(marks.shape(rng.uniform(low, high, (count, 2)), rng)))
    heights = rng.integers(120, 256, count).tolist()
    for curve, height in zip(curves, heights, strict=True):
        canvas.line(layer, curve, marks.width, height)
    body = soft(area, canvas.radius * 0.03)
    canvas.height += 0.12 * body + strength * soft(layer & area, canvas.radius * marks.blur)


@dataclass(frozen=True)
class _Marks:
    shape: Shape  # places (n x 2) to lines (n x points x 2), in head units
    density: float  # marks on a square of the head's height
    width: float
    blur: float


def _flow(at: np.ndarray, rng: np.random.Generator, spread: float) -> tuple:
    """Which way hair grows at each place, from the crown outward and down, and across it."""
    angle = np.arctan2(at[:, 1] - 0.22, at[:, 0] + 0.16) + rng.normal(0, spread, len(at))
    along = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return along, np.stack([-along[:, 1], along[:, 0]], axis=1)


def _lock(at: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    along, across = _flow(at, rng, 0.25)
    return np.stack([at - 0.055 * along, at + 0.022 * across, at + 0.055 * along], axis=1)


def _wave(at: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    along, across = (way[:, None] for way in _flow(at, rng, 0.12))
    t = np.linspace(-1, 1, 7)[:, None]
    return at[:, None] + 0.11 * t * along + 0.022 * np.sin(3.6 * t) * across


def _curl(at: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    turn = rng.uniform(0, 2 * np.pi, (len(at), 1)) + np.linspace(0, 4.6, 7)
    radius = 0.030 * np.linspace(1, 0.45, 7)
    return at[:, None] + np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=2)


def _stubble(at: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    along, _ = _flow(at, rng, 0.3)
    return np.stack([at, at + 0.02 * along], axis=1)


_MARKS = {
    "locks": _Marks(_lock, 330, 0.018, 0.006),
    "waves": _Marks(_wave, 170, 0.018, 0.006),
    "curls": _Marks(_curl, 330, 0.015, 0.006),
    "cropped": _Marks(_stubble, 620, 0.012, 0.006),
}
