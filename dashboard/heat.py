"""Heatmaps as a reader sees them: colors or contours, on a scale whose bar carries numbers.

Colors are inferno's (perceptually even, told apart by color-blind readers), laid over the coin the
more thickly the stronger; differences go from blue through the bare coin to orange.
"""

from dataclasses import dataclass
from html import escape

import cv2
import numpy as np
import streamlit as st

from dashboard.pictures import SIDE, Picture, drawn_disc

STYLE, COLORS, CONTOURS = "map_style", "colors", "contours"
HEAT = cv2.COLORMAP_INFERNO
OPACITY = 0.7
LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)  # of the scale, where contours are drawn
DARKEST = 0.25  # of inferno, for lines: below it they cannot be told from their dark edge
GROUND = 150  # the gray on which a bar shows its colors: about a coin's
STEPS = 9  # colors in a bar
# Okabe and Ito's blue and orange-red: apart for every kind of color blindness, equally light.
AGAINST, FOR = (0, 114, 178), (213, 94, 0)


@dataclass(frozen=True)
class Scale:
    """What maps are shown on: the value that gets the full color, and what it counts."""

    strongest: float
    unit: str


def painted(under: np.ndarray | None, heatmap: np.ndarray, scale: Scale, alt: str) -> Picture:
    """A heatmap over the coin, or over a drawn disc; says so where nothing is positive.

    Args:
        under: the coin, SIDE x SIDE x 3, or None.
        heatmap: rows x columns; what is negative is not shown.
        scale: shared by all maps that stand together.
        alt: what the map says, for who cannot see it.
    """
    base = _gray(under)
    if heatmap.max() <= 0:
        return Picture(_stamped(base, "no positive evidence"), alt)
    share = _enlarged(np.maximum(heatmap, 0) / scale.strongest).clip(0, 1)
    if st.session_state.get(STYLE) != CONTOURS:
        return Picture(_veiled(base, _inferno(share), share), alt)
    if share.max() < LEVELS[0]:
        return Picture(_stamped(base, "below the lowest line"), alt)
    return Picture(_contours(base, share, LEVELS), alt)


def difference(under: np.ndarray | None, gain: np.ndarray, scale: Scale, alt: str) -> Picture:
    """What speaks more for one emperor than for another; zero is the bare coin.

    Args:
        under: the coin, SIDE x SIDE x 3, or None.
        gain: rows x columns, above 0 where more speaks for the first.
        scale: that of the two maps.
        alt: what it says.
    """
    share = _enlarged(gain / scale.strongest).clip(-1, 1)
    if st.session_state.get(STYLE) == CONTOURS:
        above = _contours(_gray(under), share, LEVELS, FOR)
        return Picture(_contours(above, -share, LEVELS, AGAINST), alt)
    return Picture(_veiled(_gray(under), _diverging(share), np.abs(share)), alt)


def bar(scale: Scale) -> None:
    """The scale's color bar with its numbers; of contours, each line's color and value."""
    if st.session_state.get(STYLE) == CONTOURS:
        _bar_of_lines(scale)
        return
    top = number(scale.strongest)
    where = np.linspace(0, 1, STEPS)
    colors = _on_ground(_inferno(where[None])[0], where)
    said = f"Color scale from 0, dark, to {top} {scale.unit} and more, light."
    _bar(colors, ("0", number(scale.strongest / 2), f"≥ {top} {scale.unit}"), said)


def _bar_of_lines(scale: Scale) -> None:
    values = [number(level * scale.strongest) for level in LEVELS]
    listed = ", ".join(values)
    said = f"Contours at {listed} {scale.unit}, the lightest and thickest the highest."
    colors = np.array([_of_line(level) for level in LEVELS]).repeat(STEPS, axis=0)
    labels = (*values[:-1], f"{values[-1]} {scale.unit}")
    _bar(colors, labels, said)


def difference_bar(scale: Scale, first: str, second: str) -> None:
    """The color bar of a difference: blue for the second emperor, orange for the first."""
    where = np.linspace(-1, 1, STEPS)
    colors = _on_ground(_diverging(where[None])[0], np.abs(where))
    top = number(scale.strongest)
    said = (
        f"Color scale from {top} {scale.unit} and more for {second}, blue, to as much for "
        f"{first}, orange."
    )
    _bar(colors, (f"{second} ≥ {top}", "0", f"{first} ≥ {top}"), said)


def number(value: float) -> str:
    """A value with two digits that count."""
    return f"{value:.2g}" if value < 100 else f"{value:.0f}"


def _bar(colors: np.ndarray, labels: tuple[str, ...], said: str) -> None:
    stops = ", ".join(f"rgb({r},{g},{b})" for r, g, b in colors.astype(int))
    band = f"height:0.6rem;border-radius:2px;background:linear-gradient(to right,{stops})"
    row = "display:flex;justify-content:space-between;gap:0.5rem;font-size:0.8rem"
    ends = "".join(f"<span>{escape(label)}</span>" for label in labels)
    st.html(
        f'<div role="img" aria-label="{escape(said)}"><div style="{band}"></div>'
        f'<div style="{row}">{ends}</div></div>'
    )


def _gray(under: np.ndarray | None) -> np.ndarray:
    base = drawn_disc() if under is None else under
    return cv2.cvtColor(cv2.cvtColor(base, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)


def _enlarged(share: np.ndarray) -> np.ndarray:
    return cv2.resize(share.astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)


def _inferno(share: np.ndarray) -> np.ndarray:
    levels = np.rint(255 * share).astype(np.uint8)
    return cv2.cvtColor(cv2.applyColorMap(levels, HEAT), cv2.COLOR_BGR2RGB)


def _diverging(share: np.ndarray) -> np.ndarray:
    """Orange above zero, blue below; how thickly it lies tells how much."""
    return np.where(share[..., None] > 0, np.array(FOR, float), np.array(AGAINST, float))


def _thickness(share: np.ndarray) -> np.ndarray:
    """How thickly a color lies on the coin: the root lets weak evidence be seen at all."""
    veil: np.ndarray = OPACITY * np.sqrt(share)[..., None]
    return veil


def _veiled(base: np.ndarray, colors: np.ndarray, share: np.ndarray) -> np.ndarray:
    veil = _thickness(share)
    return (base * (1 - veil) + colors * veil).astype(np.uint8)


def _on_ground(colors: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Colors as they look on a coin, so that the bar shows what the picture does."""
    veil = _thickness(share)
    return GROUND * (1 - veil) + colors * veil


def _contours(
    base: np.ndarray,
    share: np.ndarray,
    levels: tuple[float, ...],
    color: tuple[int, int, int] | None = None,
) -> np.ndarray:
    """Lines where the map crosses each level, thicker the higher, on a dark edge."""
    drawn = base.copy()
    for i, level in enumerate(levels, start=1):
        found, _ = cv2.findContours(
            (share >= level).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE
        )
        one = color or _of_line(level)
        cv2.drawContours(drawn, found, -1, (20, 16, 12), i + 3, cv2.LINE_AA)
        cv2.drawContours(drawn, found, -1, one, i, cv2.LINE_AA)
    return drawn


def _of_line(level: float) -> tuple[int, int, int]:
    red, green, blue = _inferno(np.array([[DARKEST + (1 - DARKEST) * level]]))[0, 0]
    return int(red), int(green), int(blue)


def _stamped(base: np.ndarray, text: str) -> np.ndarray:
    """The coin with a band that says what would else be taken for a faint map."""
    stamped, middle = base.copy(), SIDE // 2
    cv2.rectangle(stamped, (0, middle - 18), (SIDE, middle + 18), (255, 255, 255), -1)
    font, size = cv2.FONT_HERSHEY_SIMPLEX, 0.7
    (width, height), _ = cv2.getTextSize(text, font, size, 1)
    at = (middle - width // 2, middle + height // 2)
    cv2.putText(stamped, text, at, font, size, (36, 32, 26), 1, cv2.LINE_AA)
    return stamped
