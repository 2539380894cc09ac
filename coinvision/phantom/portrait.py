"""Strike the head: a dome, features cut into it, hair and beard, the folds of a cloak."""

import cv2
import numpy as np

from coinvision.phantom.canvas import PORTRAIT, Canvas, placed, soft
from coinvision.phantom.hair import texture
from coinvision.phantom.head import Head, smooth


def portrait(canvas: Canvas, head: Head, hair: str, beard: str, rng: np.random.Generator) -> None:
    """The head: a dome, features cut into it, hair and beard."""
    mask = canvas.filled(placed(head.portrait))
    canvas.masks[PORTRAIT] = mask
    far = cv2.distanceTransform(mask, cv2.DIST_L2, 3) / (0.34 * canvas.radius)
    dome = np.sqrt(np.clip(far * (2 - far), 0, 1)) * (far < 1) + (far >= 1)
    canvas.height += 0.9 * dome.astype(np.float32)
    _features(canvas, head, mask)
    texture(canvas, head.hair, hair, mask, rng, strength=0.42)
    if head.beard is not None:
        texture(canvas, head.beard, {"cropped": "cropped"}.get(beard, "curls"), None, rng, 0.40)
        canvas.masks[PORTRAIT] |= canvas.filled(placed(head.beard))
    folds = canvas.blank()
    canvas.lines(folds, [placed(fold) for fold in head.folds], 0.028)
    if head.brooch is not None:
        canvas.disc(folds, placed([head.brooch]), 0.038)
    canvas.height += 0.30 * soft(folds & mask, canvas.radius * 0.010)


def _features(canvas: Canvas, head: Head, mask: np.ndarray) -> None:
    x, y = head.eye
    size = 0.055
    lids = [
        smooth([(x - size, y), (x, y - 0.032), (x + size, y - 0.004)], closed=False),
        smooth([(x - size, y), (x, y + 0.024), (x + size, y - 0.004)], closed=False),
    ]
    brow = smooth([(x - 0.09, y - 0.055), (x, y - 0.085), (x + 0.10, y - 0.055)], closed=False)
    nose = smooth(
        [(head.nostril[0] - 0.05, 0.60), (head.nostril[0] - 0.035, 0.665), head.nostril],
        closed=False,
    )
    ex, ey = head.ear
    ear = smooth(
        [
            *((ex + 0.05, ey - 0.02), (ex + 0.02, ey - 0.09), (ex - 0.05, ey - 0.07)),
            *((ex - 0.05, ey + 0.03), (ex, ey + 0.09), (ex + 0.03, ey + 0.05)),
        ],
        closed=False,
    )
    jaw = smooth([(ex + 0.02, 0.68), (0.10, 0.88), (0.26, 0.96)], closed=False)
    raised = canvas.blank()
    canvas.lines(raised, [placed(c) for c in (*lids, ear)], 0.018)
    canvas.lines(raised, [placed(brow), placed(nose)], 0.024)
    canvas.disc(raised, placed([(x + 0.012, y - 0.004)]), 0.016)
    sunk = canvas.blank()
    canvas.lines(sunk, [placed(head.mouth)], 0.018)
    canvas.line(sunk, canvas.pixels(placed(jaw)), 0.03, 150)
    canvas.disc(sunk, placed([(ex, ey)]), 0.02)
    socket = canvas.blank()
    canvas.disc(socket, placed([(x - 0.01, y)]), 0.06)
    canvas.height -= 0.16 * soft(socket & mask, canvas.radius * 0.022)
    canvas.height += 0.34 * soft(raised, canvas.radius * 0.007)
    canvas.height -= 0.22 * soft(sunk & mask, canvas.radius * 0.010)
