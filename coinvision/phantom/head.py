"""A head in profile, facing right: outlines and features from an emperor's traits.

Head units: the crown is at y = 0, the chin at y = 1, the ear near x = 0, the face towards +x.
"""

from dataclasses import dataclass

import numpy as np

from coinvision.phantom.traits import Traits

Curve = np.ndarray
BROOCH = (-0.17, 1.36)


@dataclass(frozen=True)
class Head:
    """Closed outlines (n x 2) and the places of features, in head units."""

    portrait: Curve
    hair: Curve
    beard: Curve | None
    band: Curve  # where a wreath or diadem runs, from the forehead to the nape
    eye: tuple[float, float]
    nostril: tuple[float, float]
    mouth: Curve
    ear: tuple[float, float]
    folds: list[Curve]  # of the drapery
    brooch: tuple[float, float] | None  # where a cloak is fastened


def head(traits: Traits, rng: np.random.Generator, *, draped: bool) -> Head:
    """The head or draped bust of an emperor, as one die-cutter saw it."""
    own = rng.normal(0, 0.008, 8)  # no two dies are alike
    t = traits
    nose, hook, brow, chin = t.nose + own[0], t.hook + own[1], t.brow + own[2], t.chin + own[3]
    jaw, neck, square = t.jaw + own[4], t.neck + own[5], t.square
    front = [
        _between((0.31, 0.19), (0.40, 0.16), square),
        (0.385 + 0.02 * square, 0.29),
        (0.42 + brow, 0.395),
        (0.395 + brow / 2, 0.45),
        (0.45 + nose / 2 + hook, 0.53),
        (0.545 + nose, 0.635),
        (0.46, 0.675),
        (0.462, 0.73),
        (0.435, 0.765),
        (0.458, 0.80),
        (0.425 + chin / 2, 0.86),
        (0.45 + chin, 0.93),
        (0.38 + chin / 2, 1.0 + jaw / 2),
        (0.16, 0.97 + jaw),
    ]
    bust = _shoulders(neck) if draped else _truncation(neck)
    back = [
        (-0.345 - neck, 0.98),
        _between((-0.43, 0.70), (-0.44, 0.72), square),
        _between((-0.47, 0.46), (-0.48, 0.42), square),
        _between((-0.41, 0.20), (-0.47, 0.12), square),
        _between((-0.22, 0.05), (-0.30, 0.0), square),
        _between((0.02, 0.0), (0.05, -0.01), square),
        _between((0.20, 0.06), (0.30, 0.02), square),
    ]
    return Head(
        portrait=smooth([*front, *bust, *back]),
        hair=_hair(front, back, traits),
        beard=_beard(front, traits),
        band=smooth(
            [front[0], (0.16, 0.16), (-0.05, 0.19), (-0.27, 0.33), (-0.43, 0.58)], closed=False
        ),
        eye=(0.30, 0.455),
        nostril=(0.435, 0.655),
        mouth=smooth([(0.435, 0.765), (0.38, 0.762), (0.32, 0.775)], closed=False),
        ear=(-0.03, 0.55),
        folds=_cloak(rng) if draped else _folds(neck, rng),
        brooch=BROOCH if draped else None,
    )


def smooth(points: list[tuple[float, float]], *, closed: bool = True, steps: int = 6) -> Curve:
    """A Catmull-Rom curve through points (Catmull & Rom 1974), n x 2."""
    p = np.array(points, float)
    if closed:
        before, after, beyond = np.roll(p, 1, 0), np.roll(p, -1, 0), np.roll(p, -2, 0)
    else:
        ends = np.vstack([p[:1], p, p[-1:], p[-1:]])
        p, before, after, beyond = p[:-1], ends[:-3][:-1], ends[2:-1][:-1], ends[3:][:-1]
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    p, before, after, beyond = (a[:, None, :] for a in (p, before, after, beyond))
    curve = 0.5 * (
        2 * p
        + (after - before) * t
        + (2 * before - 5 * p + 4 * after - beyond) * t**2
        + (3 * p - before - 3 * after + beyond) * t**3
    ).reshape(-1, 2)
    return curve if closed else np.vstack([curve, points[-1]])


def _between(one: tuple[float, float], other: tuple[float, float], share: float) -> tuple:
    return tuple((1 - share) * a + share * b for a, b in zip(one, other, strict=True))


def _hair(front: list, back: list, traits: Traits) -> Curve:
    low = 0.02 if traits.hair == "cropped" else 0.0
    face = [(0.22, 0.26 - low), (0.12, 0.34), (0.10, 0.50), (0.06, 0.58)]
    ear = [(0.02, 0.44), (-0.08, 0.46), (-0.10, 0.62)]
    nape = [(-0.20, 0.80), (-0.34, 0.92)]
    return smooth([front[0], *face, *ear, *nape, *back[1:]], steps=4)


def _beard(front: list, traits: Traits) -> Curve | None:
    if traits.beard == "none":
        return None
    long = {"cropped": 0.0, "curls": 0.035, "long": 0.12}[traits.beard]
    chin = front[11]
    upper = [(0.05, 0.58), (0.10, 0.74), (0.24, 0.83), (0.34, 0.835), (0.40, 0.85)]
    lip = [(0.425, 0.855)]
    front_edge = [(chin[0] + long / 3, chin[1] + long / 2), (chin[0] - 0.04, 1.01 + long)]
    jaw = [(0.20, 1.0 + long), (0.04, 0.88 + long / 3), (-0.04, 0.70)]
    return smooth([*upper, *lip, *front_edge, *jaw], steps=4)


def _truncation(neck: float) -> list[tuple[float, float]]:
    """From the throat over the cut of a bare neck to the nape."""
    front = [(0.11 + neck, 1.06), (0.12 + neck, 1.28), (0.24 + neck, 1.46), (0.36 + neck, 1.53)]
    return [*front, (0.10, 1.60), (-0.22, 1.58), (-0.54, 1.46), (-0.44 - neck, 1.28)]


def _shoulders(neck: float) -> list[tuple[float, float]]:
    """From the throat over chest and shoulders to the nape."""
    chest = [(0.10 + neck, 1.05), (0.12 + neck, 1.20), (0.34 + neck, 1.30), (0.56, 1.44)]
    return [*chest, (0.42, 1.58), (0.0, 1.66), (-0.42, 1.60), (-0.66, 1.45), (-0.42 - neck, 1.24)]


def _cloak(rng: np.random.Generator) -> list[Curve]:
    """Folds that fan out from the brooch on the shoulder, and the cloak's edge round the neck."""
    edge = smooth([(-0.36, 1.16), (-0.19, 1.32), (0.08, 1.33), (0.22, 1.26)], closed=False)
    folds = [edge]
    for share in np.linspace(0.0, 1.0, 7):
        end = (0.52 - 1.04 * share, 1.46 + 0.16 * np.sin(np.pi * share))
        middle = (0.5 * (BROOCH[0] + end[0]), 0.5 * (BROOCH[1] + end[1]) + rng.normal(0.035, 0.01))
        folds.append(smooth([BROOCH, middle, end], closed=False))
    return folds


def _folds(neck: float, rng: np.random.Generator) -> list[Curve]:
    folds = []
    for share in np.linspace(0.1, 0.9, 5):
        start = (-0.46 + 0.52 * share, 1.27 + 0.10 * share)
        end = (-0.34 + 0.64 * share + neck, 1.57 - 0.03 * share)
        sag = (0.5 * (start[0] + end[0]) - 0.06 + rng.normal(0, 0.015), 1.46)
        folds.append(smooth([start, sag, end], closed=False))
    return folds
