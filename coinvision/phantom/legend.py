"""Strike the legend round the rim and the border of dots."""

import numpy as np

from coinvision.phantom import letters
from coinvision.phantom.canvas import BORDER, LEGEND, PORTRAIT, Canvas, soft

LEGEND_RADIUS, LETTER, LOOSEST = 0.825, 0.145, 1.8  # the last: spacing of short legends
LEGEND_START, LEGEND_END = 226.0, 500.0  # degrees clockwise from the top
BORDER_RADIUS = 0.95


def legend(canvas: Canvas, text: str) -> None:
    """The legend round the rim, clockwise from lower left, letters' feet towards the middle."""
    room = letters.widths(text)
    arc = np.deg2rad(LEGEND_END - LEGEND_START) * LEGEND_RADIUS
    letter = min(LETTER, arc / sum(room))
    # short legends are spaced out, as die-cutters did
    loose = min(arc / (letter * sum(room)), LOOSEST)
    angle = LEGEND_START
    layer = canvas.blank()
    for char, width in zip(text, room, strict=True):
        step = np.rad2deg(width * letter * loose / LEGEND_RADIUS)
        if char != " ":
            curves = [_upright(line, angle + step / 2, letter) for line in letters.strokes(char)]
            canvas.lines(layer, curves, 0.022)
        angle += step
    canvas.masks[LEGEND] = layer
    canvas.height += 0.6 * soft(layer & ~canvas.masks[PORTRAIT], canvas.radius * 0.007)


def _upright(line: np.ndarray, angle: float, letter: float) -> np.ndarray:
    """A letter's stroke, moved to its place on the circle."""
    radius = LEGEND_RADIUS - letter / 2 - line[:, 1] * letter
    turn = np.deg2rad(angle) + line[:, 0] * letter / LEGEND_RADIUS
    return np.stack([radius * np.sin(turn), -radius * np.cos(turn)], axis=1)


def border(canvas: Canvas, dots: int) -> None:
    """The border of dots."""
    layer = canvas.blank()
    for angle in np.linspace(0, 2 * np.pi, dots, endpoint=False):
        at = BORDER_RADIUS * np.array([[np.sin(angle), -np.cos(angle)]])
        canvas.disc(layer, at, 0.017)
    canvas.masks[BORDER] = layer
    canvas.height += 0.45 * soft(layer, canvas.radius * 0.009)
