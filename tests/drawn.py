"""Coins drawn for tests: a disc with a rim and a mark that tells who is on it."""

from pathlib import Path

import cv2
import numpy as np
import pandas as pd

# A mark that cannot be mistaken for its mirror image, so that no test hides a flip.
MARKS = {"Augustus": "F", "Nero": "L", "Trajan": "R", "Hadrian": "P"}


def coin(
    mark: str,
    *,
    size: int = 160,
    radius: float = 0.4,
    ground: tuple[int, int, int] = (255, 255, 255),
    metal: tuple[int, int, int] = (150, 120, 90),
    seed: int = 0,
) -> np.ndarray:
    """uint8 RGB, size x size x 3: a coin in the middle; `radius` is a share of the size."""
    rng = np.random.default_rng(seed)
    picture = np.full((size, size, 3), ground, np.uint8)
    middle, r = (size // 2, size // 2), round(size * radius)
    cv2.circle(picture, middle, r, metal, -1, cv2.LINE_AA)
    cv2.circle(picture, middle, round(r * 0.85), tuple(c // 2 for c in metal), 1, cv2.LINE_AA)
    _write(picture, mark, r)
    inside = np.hypot(*(np.indices((size, size)) - size // 2)) < r
    noise = rng.normal(0, 12, (size, size, 1))
    noisy = np.clip(picture + noise, 0, 255).astype(np.uint8)
    return np.where(inside[..., None], noisy, picture)


def _write(picture: np.ndarray, mark: str, radius: int) -> None:
    scale = radius / 22
    thickness = max(1, radius // 9)
    (width, height), _ = cv2.getTextSize(mark, cv2.FONT_HERSHEY_SIMPLEX, scale, thickness)
    middle = picture.shape[0] // 2
    at = (middle - width // 2, middle + height // 2)
    cv2.putText(picture, mark, at, cv2.FONT_HERSHEY_SIMPLEX, scale, (40, 30, 20), thickness)


def save(path: Path, picture: np.ndarray) -> None:
    """Write an RGB picture in the format that the path's ending names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), picture[..., ::-1])


def collection(folder: Path, *, each: int = 12, emperors: tuple[str, ...] = tuple(MARKS)) -> Path:
    """A collection of drawn coins, `each` of every emperor, with museum numbers far apart."""
    rows = []
    for who, emperor in enumerate(emperors):
        for i in range(each):
            number = 1000 * who + 10 * i
            name = f"images/{number}.png"
            rng = np.random.default_rng(number)
            metal = tuple(int(c) for c in rng.integers(90, 200, 3))
            picture = coin(MARKS[emperor], radius=rng.uniform(0.34, 0.44), metal=metal, seed=number)
            save(folder / name, picture)
            rows.append(
                {
                    "file_name": name,
                    "coin_id": f"coin-{number}",
                    "portrait": emperor,
                    "date": f"AD {100 + who}",
                    "denomination": "Denarius",
                    "institution": "A museum",
                    "lot": "1",
                    "number": str(number),
                }
            )
    pd.DataFrame(rows).to_csv(folder / "metadata.csv", index=False)
    return folder
