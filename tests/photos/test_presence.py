import cv2
import drawn
import numpy as np
import pytest

from coinvision.photos import find_disc
from coinvision.photos.presence import doubt


def said(picture: np.ndarray) -> str | None:
    return doubt(picture, find_disc(picture))


def disc(color: tuple[int, int, int], *, noise: float) -> np.ndarray:
    picture = np.full((300, 300, 3), 255, np.uint8)
    cv2.circle(picture, (150, 150), 100, color, -1)
    rough = picture + np.random.default_rng(0).normal(0, noise, (300, 300, 1))
    return np.where((picture < 255).any(axis=2, keepdims=True), rough.clip(0, 255), 255).astype(
        "u1"
    )


@pytest.mark.parametrize("radius", [0.2, 0.4, 0.48])
@pytest.mark.parametrize("ground", [(255, 255, 255), (0, 0, 0), (128, 128, 128)])
def test_a_coin_raises_no_doubt(radius: float, ground: tuple[int, int, int]) -> None:
    assert said(drawn.coin("F", size=200, radius=radius, ground=ground)) is None


def test_what_is_no_coin_is_doubted_with_its_reason() -> None:
    text = np.full((300, 400, 3), 255, np.uint8)
    cv2.putText(text, "no coin", (20, 150), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 3)
    assert said(text) == "Nothing round stands out from its ground."
    assert said(np.full((100, 100, 3), 200, np.uint8)) == "The picture is blank."
    assert "without relief" in str(said(disc((120, 100, 80), noise=0)))
    assert "too colorful" in str(said(disc((250, 10, 10), noise=25)))
    noise = np.random.default_rng(0).integers(0, 255, (400, 400, 3), dtype=np.uint8)
    assert "runs out of the picture" in str(said(noise))
