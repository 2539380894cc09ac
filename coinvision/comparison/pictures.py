"""Photographs and heatmaps inside an HTML file, as `data:` addresses."""

import base64

import cv2
import numpy as np

from coinvision import explanation, runs
from coinvision.dataset.crops import find_photographs, load_crops
from coinvision.errors import DatasetError
from coinvision.explanation import stored

IMAGE_SIZE = 128  # pixels, before `oversize`: a hundred coins in both inputs are about 2 MB
HEAT_SIZE = 64
OPACITY = 0.7


def photographs(run: runs.Run, coin_ids: list[str]) -> dict[str, str]:
    """Coins as a run's network is given them, by coin_id; nothing where they are not here.

    Raises:
        DatasetError: a photograph is missing or has changed since the run was trained.
    """
    try:
        folder = find_photographs(run.description["dataset"])
    except DatasetError:
        return {}
    records = run.table(runs.COINS, "coin_id", "file_name", "picture_sha256", "disc_x")
    wanted = records.set_index("coin_id", drop=False).loc[coin_ids]
    crops = load_crops(
        folder, wanted, image_size=IMAGE_SIZE, input_name=str(run.description["input"])
    )
    return {i: _jpeg(crop) for i, crop in zip(coin_ids, crops, strict=True)}


def heat_layers(run: runs.Run, coin_ids: list[str]) -> dict[str, str]:
    """Heatmaps for the emperor that was named, as veils to lay over the coin, by coin_id.

    All of a run share one scale. A coin without a heatmap, or without evidence in it, has none.

    Raises:
        RunError: the run's heatmaps are damaged.
    """
    held = stored.read(run).get(explanation.FIRST)
    found = {i: held.of(i) for i in coin_ids} if held else {}
    maps = {i: own["predicted"] for i, own in found.items() if own}
    end = max(held.strongest, 1e-12) if held else 1.0
    return {i: _veil(heat / end) for i, heat in maps.items() if heat.max() > 0}


def _jpeg(picture: np.ndarray) -> str:
    data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 82])[1]
    return _address("jpeg", data)


def _veil(heat: np.ndarray) -> str:
    """A map from 0 to 1 in inferno, clear where there is nothing."""
    size = (HEAT_SIZE, HEAT_SIZE)
    large = cv2.resize(heat.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    share = np.clip(large, 0, 1)
    colors = cv2.applyColorMap(np.uint8(255 * share), cv2.COLORMAP_INFERNO)
    clear = np.uint8(255 * OPACITY * np.sqrt(share))
    return _address("png", cv2.imencode(".png", np.dstack([colors, clear]))[1])


def _address(kind: str, data: np.ndarray) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data.tobytes()).decode()}"
