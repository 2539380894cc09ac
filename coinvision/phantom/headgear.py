"""Strike what is on the head: a laurel wreath, a radiate crown, a diadem, or nothing."""

import cv2
import numpy as np

from coinvision.phantom.canvas import HEADGEAR, SHIFT, Canvas, placed, soft
from coinvision.phantom.head import Curve, Head, smooth


def headgear(canvas: Canvas, head: Head, kind: str, leaves: int) -> None:
    """A laurel wreath, a radiate crown, a diadem, or nothing, of so many leaves, rays or pearls."""
    layer = canvas.blank()
    if kind == "laureate":
        _laurel(canvas, layer, head.band, leaves)
    elif kind == "radiate":
        _rays(canvas, layer, head.band, leaves)
    elif kind == "diademed":
        _diadem(canvas, layer, head.band, leaves)
    if kind in ("laureate", "diademed"):
        _ties(canvas, layer, head.band[-1])
    canvas.masks[HEADGEAR] = layer
    canvas.height += 0.55 * soft(layer, canvas.radius * 0.010)


def _along(curve: Curve, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Places spread evenly along a curve, and the direction at each."""
    steps = np.hypot(*np.diff(curve, axis=0).T)
    length = np.concatenate([[0], np.cumsum(steps)])
    at = np.linspace(0, length[-1], count)
    places = np.stack([np.interp(at, length, curve[:, i]) for i in (0, 1)], axis=1)
    ways = np.gradient(places, axis=0)
    return places, ways / np.hypot(*ways.T)[:, None]


def _laurel(canvas: Canvas, layer: np.ndarray, band: Curve, leaves: int) -> None:
    places, ways = _along(band, leaves)
    for place, way in zip(places, ways, strict=True):
        across = np.array([-way[1], way[0]])
        for side in (-1, 1):
            tip = place - 0.085 * way + side * 0.045 * across
            middle = place - 0.04 * way + side * 0.040 * across
            canvas.lines(layer, [placed([place, middle])], 0.030)
            canvas.lines(layer, [placed([middle, tip])], 0.018)


def _rays(canvas: Canvas, layer: np.ndarray, band: Curve, leaves: int) -> None:
    canvas.lines(layer, [placed(band)], 0.030)
    places, _ = _along(band, leaves)
    for place in places[:-1]:
        out = place - (-0.05, 0.50)
        out = out / np.hypot(*out)
        across = np.array([-out[1], out[0]])
        tip = place + 0.30 * out
        ray = [place + 0.028 * across, tip, place - 0.028 * across]
        cv2.fillPoly(layer, [canvas.pixels(placed(ray))], 255, cv2.LINE_8, SHIFT)


def _diadem(canvas: Canvas, layer: np.ndarray, band: Curve, leaves: int) -> None:
    places, ways = _along(band, leaves)
    across = np.stack([-ways[:, 1], ways[:, 0]], axis=1)
    for side in (-0.028, 0.028):
        canvas.lines(layer, [placed(places + side * across)], 0.010)
    for place in places[1:]:
        canvas.disc(layer, placed(place)[None], 0.015)
    canvas.disc(layer, placed(places[0])[None], 0.032)


def _ties(canvas: Canvas, layer: np.ndarray, knot: np.ndarray) -> None:
    canvas.disc(layer, placed(knot)[None], 0.028)
    for dx, dy in ((-0.16, 0.16), (-0.07, 0.26)):
        ribbon = smooth(
            [tuple(knot), (knot[0] + 0.7 * dx, knot[1] + 0.35 * dy), (knot[0] + dx, knot[1] + dy)],
            closed=False,
        )
        canvas.lines(layer, [placed(ribbon)], 0.024)
