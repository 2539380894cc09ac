"""Find the coin's disc: the circle with the flan's center and area.

The ground's color is read off the picture's rim, and each pixel's distance from it is cut at many
thresholds. Of all regions that appear, the one that is largest and most like a disc wins; a scale
bar is thin, a shadow is no disc, and dust is small, so neither needs a rule of its own. Works on a
copy of at most `WORKING_SIDE` pixels, so that its cost does not depend on the photograph's size.
"""

from dataclasses import dataclass

import cv2
import numpy as np

WORKING_SIDE = 256
THRESHOLDS = (6, 9, 13, 18, 24, 32, 42, 55, 70)  # distances from the ground in CIELAB
MIN_AREA = 0.03  # of the picture; a smaller disc is dust or a stain
MIN_ROUNDNESS = 0.80  # IoU of region and circle; irregular flans reach 0.85
HALF_WAY = 0.45  # between the ground's color and the coin's
FRAGMENT_THRESHOLD, MAX_FRAGMENT_AREA, MIN_FRAGMENT_ROUNDNESS = 24, 0.8, 0.4
BLANK_SPREAD = 4.0  # standard deviation of lightness below which a picture shows nothing


@dataclass(frozen=True)
class Disc:
    """A circle in a photograph's pixels: x to the right, y down, from the upper left corner.

    `found` is False where no region looked like a disc, and another circle stands in for it: the
    one round the fragment of a broken coin, or the picture's own inscribed circle where nothing
    stands out from the ground (a photograph cropped to the coin, for example).
    """

    x: float
    y: float
    radius: float
    found: bool = True

    def overlap(self, other: "Disc") -> float:
        """Intersection over union of two discs, 0 to 1: the area of a circular lens in it."""
        small, large = sorted((self.radius, other.radius))
        distance = float(np.hypot(self.x - other.x, self.y - other.y))
        if distance >= small + large:
            return 0.0
        if distance <= large - small:
            return (small / large) ** 2
        a = np.arccos((distance**2 + small**2 - large**2) / (2 * distance * small))
        b = np.arccos((distance**2 + large**2 - small**2) / (2 * distance * large))
        lens = small**2 * (a - np.sin(2 * a) / 2) + large**2 * (b - np.sin(2 * b) / 2)
        return float(lens / (np.pi * (small**2 + large**2) - lens))


def find_disc(photograph: np.ndarray) -> Disc | None:
    """Find the disc of the one coin in a photograph.

    Args:
        photograph: uint8 RGB, height x width x 3.

    Returns:
        The disc in the photograph's pixels, or None if the picture is blank.
    """
    # a very thin picture keeps a pixel of its short side
    scale = min(1.0, max(WORKING_SIDE / max(photograph.shape[:2]), 1 / min(photograph.shape[:2])))
    small = cv2.resize(photograph, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    if lab[..., 0].std() < BLANK_SPREAD:
        return None
    distance = _distance_from_ground(lab)
    region = _best_region(distance)
    if region is not None:
        x, y, radius = _circle(_sharpened(distance, region))
    elif (fragment := _fragment(distance)) is not None:
        (x, y), radius = cv2.minEnclosingCircle(np.argwhere(fragment)[:, ::-1].astype(np.float32))
    else:
        return _inscribed(photograph)
    # pixel centers: the first one of the small copy lies half a (large) pixel inside
    x, y = (x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5
    return Disc(x, y, radius / scale, found=region is not None)


def _inscribed(photograph: np.ndarray) -> Disc:
    height, width = photograph.shape[:2]
    return Disc((width - 1) / 2, (height - 1) / 2, min(height, width) / 2, found=False)


def _distance_from_ground(lab: np.ndarray) -> np.ndarray:
    """CIELAB distance from the ground: the plane fitted to the rim's pixels, outliers left out."""
    height, width = lab.shape[:2]
    ground = _ground(lab)
    distance = np.linalg.norm(lab - ground, axis=2)
    return cv2.GaussianBlur(distance, (0, 0), max(height, width) / 200)


def _ground(lab: np.ndarray) -> np.ndarray:
    """The ground's color at each pixel; a plane, since light falls off across a table."""
    height, width = lab.shape[:2]
    rows, columns = np.mgrid[:height, :width]
    rim = _rim(height, width)
    values = lab[rim]
    near = np.linalg.norm(values - _commonest(values), axis=1) < 12
    design = np.column_stack([np.ones(rim.sum()), rows[rim] / height, columns[rim] / width])
    if near.sum() < 0.3 * len(near):
        return np.broadcast_to(_commonest(values), lab.shape)
    plane, *_ = np.linalg.lstsq(design[near], values[near], rcond=None)
    everywhere = np.column_stack(
        [np.ones(rows.size), rows.ravel() / height, columns.ravel() / width]
    )
    return (everywhere @ plane).reshape(lab.shape)


def _rim(height: int, width: int) -> np.ndarray:
    """The frame of the picture and its four corners, which a round coin leaves free."""
    rows, columns = np.mgrid[:height, :width]
    edge = np.minimum.reduce([rows, columns, height - 1 - rows, width - 1 - columns])
    corner = (np.minimum(rows, height - 1 - rows) < height * 0.08) & (
        np.minimum(columns, width - 1 - columns) < width * 0.08
    )
    return (edge < max(1, min(height, width) // 60)) | corner


def _commonest(values: np.ndarray) -> np.ndarray:
    """The middle of the fullest cell of a coarse histogram: the mode of colors."""
    cells = np.floor(values / 8).astype(int)
    _, which, counts = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
    return np.median(values[which.ravel() == counts.argmax()], axis=0)


def _best_region(distance: np.ndarray) -> np.ndarray | None:
    """Of the regions at all thresholds, the one with the best score; None if none is a disc."""
    best, best_score = None, 0.0
    for threshold in THRESHOLDS:
        for region in _regions(distance > threshold):
            roundness = _roundness(region)
            score = roundness * (region.mean() ** 0.25)
            if roundness >= MIN_ROUNDNESS and score > best_score:
                best, best_score = region, score
    return best


def _fragment(distance: np.ndarray) -> np.ndarray | None:
    """The largest region that clearly stands out without being a disc: a broken coin."""
    regions = [
        region
        for region in _regions(distance > FRAGMENT_THRESHOLD)
        if region.mean() < MAX_FRAGMENT_AREA and _roundness(region) > MIN_FRAGMENT_ROUNDNESS
    ]
    return max(regions, key=np.sum, default=None)


def _sharpened(distance: np.ndarray, region: np.ndarray) -> np.ndarray:
    """The same region cut half-way between ground and coin, where its outline really lies.

    The lowest threshold that shows a disc also takes in the blur and the shadow round it.
    """
    x, y, radius = _circle(region)
    rows, columns = np.ogrid[: region.shape[0], : region.shape[1]]
    from_center = np.hypot(columns - x, rows - y) / radius
    coin = np.median(distance[(from_center > 0.75) & (from_center < 0.95)])
    inside = region & (distance > HALF_WAY * coin)
    sharper = max(_regions(inside), key=np.sum, default=region)
    return sharper if sharper.sum() > 0.85 * region.sum() else region


def _regions(mask: np.ndarray) -> list[np.ndarray]:
    """Connected regions, thin parts taken off, holes filled, large enough for a coin."""
    side = max(mask.shape)
    whole = _filled(_morph(mask.astype(np.uint8), cv2.MORPH_CLOSE, max(3, side // 40)))
    solid = _morph(whole, cv2.MORPH_OPEN, max(3, side // 14))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    large = [i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= MIN_AREA * mask.size]
    return [labels == i for i in large]


def _morph(mask: np.ndarray, operation: int, size: int) -> np.ndarray:
    # a border of ground, so that a coin touching the frame is not taken for part of it
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    padded = cv2.copyMakeBorder(mask, size, size, size, size, cv2.BORDER_CONSTANT, value=0)
    return cv2.morphologyEx(padded, operation, kernel)[size:-size, size:-size]


def _filled(mask: np.ndarray) -> np.ndarray:
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return cv2.drawContours(np.zeros_like(mask), contours, -1, 1, cv2.FILLED)


def _circle(region: np.ndarray) -> tuple[float, float, float]:
    rows, columns = np.nonzero(region)
    return float(columns.mean()), float(rows.mean()), float(np.sqrt(region.sum() / np.pi))


def _roundness(region: np.ndarray) -> float:
    """Intersection over union of a region and its own circle, inside the picture."""
    x, y, radius = _circle(region)
    rows, columns = np.ogrid[: region.shape[0], : region.shape[1]]
    circle = np.hypot(columns - x, rows - y) <= radius
    return float((region & circle).sum() / (region | circle).sum())
