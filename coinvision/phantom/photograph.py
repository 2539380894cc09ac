"""From a struck relief to a photograph: wear, corrosion, metal, patina, light, ground, noise."""

import cv2
import numpy as np

from coinvision.phantom.recipe import Recipe

RELIEF = 0.052  # of the radius: how high a height of 1 stands
METALS = {  # RGB of clean metal, of its toning or patina, and how sharply it shines
    "gold": ((222, 178, 92), (150, 96, 40), 26),
    "silver": ((178, 176, 172), (84, 80, 80), 22),
    "billon": ((150, 140, 126), (92, 76, 60), 14),
    "bronze": ((150, 114, 76), None, 12),
}
BRONZE_PATINA = ((92, 66, 46), (76, 60, 44), (70, 92, 68), (52, 66, 56), (42, 40, 38))


def noise(size: int, cells: int, rng: np.random.Generator) -> np.ndarray:
    """Smooth noise, about -1 to 1, with that many cells a side."""
    grid = rng.standard_normal((cells + 3, cells + 3)).astype(np.float32)
    return cv2.resize(grid, (size, size), interpolation=cv2.INTER_CUBIC)


def flan(size: int, radius: float, rng: np.random.Generator) -> np.ndarray:
    """How deep inside the irregular flan each pixel lies, in pixels; negative outside."""
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) - np.float32(size / 2 - 0.5)
    edge = np.zeros(360, np.float32)
    turns = np.deg2rad(np.arange(360))
    for wave in (2, 3, 5, 9):
        edge += rng.normal(0, 0.035 / wave) * np.cos(wave * turns + rng.uniform(0, 6.3))
    at = np.rad2deg(np.arctan2(y, x)).astype(np.int32) % 360
    return radius * (1 + np.minimum(edge, 0.03)[at]) - np.hypot(x, y)


def worn(height: np.ndarray, recipe: Recipe, rng: np.random.Generator) -> np.ndarray:
    """The relief after years of hands and soil."""
    size = height.shape[0]
    cap = 1.75 - 1.0 * recipe.wear + 0.10 * noise(size, 5, rng)
    height = np.minimum(height, cap + 0.15 * (height - cap))
    if recipe.wear > 0.25:
        height = cv2.GaussianBlur(height, (0, 0), 0.6 + 2.2 * recipe.wear)
    grain = noise(size, size // 5, rng)
    pits = np.maximum(noise(size, size // 12, rng) - 1.3, 0)
    height = height + (0.008 + 0.035 * recipe.corrosion) * grain
    return height - 0.55 * recipe.corrosion * pits


def lit(height: np.ndarray, recipe: Recipe, radius: float) -> tuple[np.ndarray, np.ndarray]:
    """Diffuse and specular light on a relief: two arrays from 0 up."""
    k = RELIEF * radius
    dx = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=k / 8)
    dy = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=k / 8)
    length = np.sqrt(dx * dx + dy * dy + 1)
    side, up = np.deg2rad(recipe.light_from), np.deg2rad(recipe.light_height)
    light = np.array((np.sin(side) * np.cos(up), -np.cos(side) * np.cos(up), np.sin(up)))
    half = light + np.array((0, 0, 1))  # between the light and the camera
    diffuse, specular = (
        np.maximum((z - x * dx - y * dy) / length, 0)
        for x, y, z in (light.tolist(), (half / np.linalg.norm(half)).tolist())
    )
    return diffuse, specular


def photographed(
    height: np.ndarray, depth: np.ndarray, recipe: Recipe, radius: float, rng: np.random.Generator
) -> np.ndarray:
    """The coin's photograph.

    Args:
        height: the relief, on a canvas some times finer than the photograph.
        depth: how deep inside the flan each pixel of the photograph lies.
        recipe: metal, patina, light and ground.
        radius: the coin's, on the fine canvas.
        rng: decides stains and noise.

    Returns:
        uint8 RGB, of the size of `depth`.
    """
    size = depth.shape[0]
    diffuse, shine = lit(height, recipe, radius)
    low, diffuse, shine = (
        cv2.resize(layer, (size, size), interpolation=cv2.INTER_AREA)
        for layer in (height, diffuse, cv2.pow(shine, METALS[recipe.metal][2]))
    )
    recess = np.clip((cv2.GaussianBlur(low, (0, 0), 0.0225 * size) - low) * 2.4, 0, 1)
    recess, diffuse, shine = (layer[..., None] for layer in (recess, diffuse, shine))
    color, veil = _metal(recess[..., 0], recipe, rng)
    flat = float(np.sin(np.deg2rad(recipe.light_height)))
    shade = (0.30 + 0.70 * diffuse / flat) * (1 - 0.35 * recess)
    picture = color * shade + 90 / 255 * (1 - 0.8 * veil) * shine * _color(recipe.metal)
    picture *= recipe.exposure * np.array((1 + recipe.warmth, 1, 1 - recipe.warmth), np.float32)
    # the edge turns away from the light
    picture *= 0.55 + 0.45 * np.clip(depth / (0.035 * size / 2), 0, 1)[..., None]
    inside = np.clip(depth + 0.5, 0, 1)[..., None]
    picture = picture * inside + recipe.ground * (1 - inside)
    picture += recipe.noise * rng.standard_normal(picture.shape, np.float32)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def _metal(
    recess: np.ndarray, recipe: Recipe, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The metal's color under its patina, and how thick the patina is."""
    size = recess.shape[0]
    stain = np.clip(0.5 + 0.45 * noise(size, 6, rng) + 0.25 * noise(size, 22, rng), 0, 1)
    veil = np.clip(recipe.patina * (0.45 + 0.75 * stain) + 0.55 * recess, 0, 0.95)[..., None]
    color = _color(recipe.metal) * (1 - veil) + _patina(recipe) * veil
    return (_tinted(color, recipe.tint) if recipe.tint >= 0 else color), veil


def _color(metal: str) -> np.ndarray:
    return np.array(METALS[metal][0], np.float32)


def _patina(recipe: Recipe) -> np.ndarray:
    """Toning of precious metals; on bronze brown, green or black, or something in between."""
    tones = np.array(METALS[recipe.metal][1] or BRONZE_PATINA, np.float32).reshape(-1, 3)
    at = recipe.tone * (len(tones) - 1)
    places = np.arange(len(tones))
    return np.array([np.interp(at, places, channel) for channel in tones.T], np.float32)


def _tinted(color: np.ndarray, tint: float) -> np.ndarray:
    """A color turned to a planted hue, its lightness kept."""
    angle = 2 * np.pi * tint
    lightness = color.mean(axis=2, keepdims=True)
    shift = np.cos(angle - 2 * np.pi * np.arange(3) / 3).astype(np.float32)
    return np.asarray(lightness * (1 + 0.30 * shift), np.float32)
