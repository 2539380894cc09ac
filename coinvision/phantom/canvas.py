"""The canvas that a coin is struck on: heights, and exact masks from the same curves.

Flan units (the coin's middle at 0, its radius 1, y down) become pixels.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np

SHIFT = 4  # binary digits of a pixel's fraction that OpenCV draws with
GROUND, FIELD, PORTRAIT, HEADGEAR, LEGEND, BORDER = range(6)
MASKS = ("ground", "field", "portrait", "headgear", "legend", "border")
HEAD_HEIGHT, CROWN = 0.90, -0.64  # of the flan's radius: the head's height, where its crown is


@dataclass
class Canvas:
    """What is drawn: heights and, for each mask, where it lies."""

    size: int
    middle: tuple[float, float]
    radius: float
    turn: float  # degrees
    height: np.ndarray = field(init=False)
    masks: dict[int, np.ndarray] = field(init=False)

    def __post_init__(self) -> None:
        self.height = np.zeros((self.size, self.size), np.float32)
        self.masks = {
            mask: np.zeros((self.size, self.size), np.uint8)
            for mask in (PORTRAIT, HEADGEAR, LEGEND, BORDER)
        }

    def pixels(self, points: np.ndarray) -> np.ndarray:
        """Points in flan units as OpenCV's fixed-point pixels."""
        angle = np.deg2rad(self.turn)
        turned = points @ np.array(
            [[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]
        )
        return np.rint((turned * self.radius + self.middle) * (1 << SHIFT)).astype(np.int32)

    def width(self, share: float) -> int:
        """A line's width in pixels, from flan units."""
        return max(1, round(share * self.radius))

    def blank(self) -> np.ndarray:
        """An empty layer."""
        return np.zeros((self.size, self.size), np.uint8)

    def filled(self, outline: np.ndarray) -> np.ndarray:
        """A layer with an outline's inside at 255."""
        layer = self.blank()
        cv2.fillPoly(layer, [self.pixels(outline)], 255, cv2.LINE_8, SHIFT)
        return layer

    def lines(self, layer: np.ndarray, curves: list[np.ndarray], width: float) -> None:
        """Draw open lines onto a layer."""
        for curve in curves:
            self.line(layer, self.pixels(curve), width)

    def line(self, layer: np.ndarray, points: np.ndarray, width: float, value: int = 255) -> None:
        """Draw one open line, given in fixed-point pixels, onto a layer."""
        cv2.polylines(layer, [points], False, value, self.width(width), cv2.LINE_8, SHIFT)

    def disc(self, layer: np.ndarray, at: np.ndarray, radius: float, value: int = 255) -> None:
        """Draw a filled disc onto a layer."""
        x, y = self.pixels(np.atleast_2d(at))[0]
        r = round(radius * self.radius * (1 << SHIFT))
        cv2.circle(layer, (int(x), int(y)), r, value, -1, cv2.LINE_8, SHIFT)


def placed(points: np.ndarray | list) -> np.ndarray:
    """Head units to flan units."""
    return np.asarray(points, float) * HEAD_HEIGHT + (-0.02, CROWN)


def soft(layer: np.ndarray, blur: float) -> np.ndarray:
    """A layer as heights from 0 to 1, its edges softened over so many pixels."""
    blurred: np.ndarray = cv2.GaussianBlur(layer.astype(np.float32) / 255, (0, 0), max(blur, 0.5))
    return blurred
