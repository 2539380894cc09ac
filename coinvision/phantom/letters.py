"""Roman capitals as strokes: no font file, the same on every machine.

Each letter is a list of polylines in a box one unit high (y down, 0 at the top); its width is the
largest x. Curves are given by points enough for letters of ten pixels.
"""

import numpy as np

Strokes = list[np.ndarray]

_LETTERS: dict[str, list[list[tuple[float, float]]]] = {
    "A": [[(0, 1), (0.36, 0), (0.72, 1)], [(0.15, 0.62), (0.57, 0.62)]],
    "B": [
        [(0, 0), (0, 1)],
        [(0, 0), (0.36, 0.02), (0.46, 0.24), (0.36, 0.46), (0, 0.48)],
        [(0, 0.48), (0.42, 0.52), (0.54, 0.74), (0.42, 0.98), (0, 1)],
    ],
    "C": [[(0.62, 0.14), (0.4, 0), (0.14, 0.14), (0, 0.5), (0.14, 0.86), (0.4, 1), (0.62, 0.86)]],
    "D": [
        [(0, 0), (0, 1), (0.34, 0.98), (0.6, 0.74), (0.64, 0.5), (0.6, 0.26), (0.34, 0.02), (0, 0)]
    ],
    "E": [[(0.48, 0), (0, 0), (0, 1), (0.48, 1)], [(0, 0.5), (0.4, 0.5)]],
    "F": [[(0.48, 0), (0, 0), (0, 1)], [(0, 0.5), (0.4, 0.5)]],
    "G": [
        [(0.62, 0.14), (0.4, 0), (0.14, 0.14), (0, 0.5), (0.14, 0.86), (0.4, 1), (0.64, 0.88)],
        [(0.64, 0.9), (0.64, 0.58), (0.44, 0.58)],
    ],
    "H": [[(0, 0), (0, 1)], [(0.6, 0), (0.6, 1)], [(0, 0.5), (0.6, 0.5)]],
    "I": [[(0.04, 0), (0.04, 1)]],
    "L": [[(0, 0), (0, 1), (0.48, 1)]],
    "M": [[(0, 1), (0.12, 0), (0.42, 0.8), (0.72, 0), (0.84, 1)]],
    "N": [[(0, 1), (0, 0), (0.62, 1), (0.62, 0)]],
    "O": [
        [
            *((0.36, 0), (0.1, 0.14), (0, 0.5), (0.1, 0.86), (0.36, 1)),
            *((0.62, 0.86), (0.72, 0.5), (0.62, 0.14), (0.36, 0)),
        ]
    ],
    "P": [[(0, 1), (0, 0), (0.36, 0.02), (0.5, 0.26), (0.36, 0.52), (0, 0.54)]],
    "R": [
        [(0, 1), (0, 0), (0.36, 0.02), (0.48, 0.25), (0.36, 0.48), (0, 0.5)],
        [(0.26, 0.5), (0.58, 1)],
    ],
    "S": [
        [
            *((0.5, 0.12), (0.3, 0), (0.06, 0.12), (0.06, 0.34), (0.26, 0.48)),
            *((0.48, 0.62), (0.5, 0.86), (0.26, 1), (0, 0.88)),
        ]
    ],
    "T": [[(0, 0), (0.6, 0)], [(0.3, 0), (0.3, 1)]],
    "V": [[(0, 0), (0.34, 1), (0.68, 0)]],
    "X": [[(0, 0), (0.62, 1)], [(0.62, 0), (0, 1)]],
}
SPACE, GAP = 0.42, 0.22  # of the letters' height: between words, between letters


def widths(text: str) -> list[float]:
    """How much room each character takes, in letter heights, the gap behind it included."""
    return [SPACE if char == " " else _width(char) + GAP for char in text]


def strokes(char: str) -> Strokes:
    """A letter's polylines, its middle at x = 0 and its foot at y = 0 (y up is negative).

    Raises:
        KeyError: no Roman capital of the table.
    """
    middle = _width(char) / 2
    return [np.array(line, float) - (middle, 1.0) for line in _LETTERS[char]]


def _width(char: str) -> float:
    return max(x for line in _LETTERS[char] for x, _ in line)
