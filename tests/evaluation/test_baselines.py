import numpy as np
import pandas as pd
import pytest

from coinvision.evaluation import baselines
from coinvision.evaluation.baselines import BASELINES, Coins
from coinvision.photos import Disc, ground_around


def coins(labels: list[int], seed: int = 0) -> Coins:
    """Two emperors: 0 is red with level stripes, gold; 1 blue with upright ones, bronze."""
    rng = np.random.default_rng(seed)
    crops = rng.integers(0, 30, (len(labels), 48, 48, 3)).astype(np.uint8)
    for crop, label in zip(crops, labels, strict=True):
        crop[..., 2 * label] += 120
        (crop if label else crop.transpose(1, 0, 2))[:, ::6] += 90
    records = pd.DataFrame(
        {
            "material": [("Gold", "Bronze")[label] for label in labels],
            "institution": "M",
            "lot": "",
            "number": pd.array([1000 * label + i for i, label in enumerate(labels)], dtype="Int64"),
        }
    )
    features = np.eye(2)[labels] + rng.normal(0, 0.01, (len(labels), 2))
    return Coins(records, crops, crops[:, :16, :16].copy(), np.array(labels), features)


KNOWN, ASKED = coins([0, 1, 1] * 12), coins([0, 1] * 8, seed=1)


@pytest.mark.parametrize("name", BASELINES)
def test_each_names_every_coin_with_probabilities(name: str) -> None:
    found = BASELINES[name](KNOWN, ASKED, 3)
    assert found.shape == (16, 3) and found.sum(axis=1) == pytest.approx(np.ones(16))
    if name not in ("chance", "commonest emperor"):
        assert (found.argmax(axis=1) == ASKED.labels).all()


def test_the_commonest_is_the_commonest_of_the_known() -> None:
    assert BASELINES["commonest emperor"](KNOWN, ASKED, 3)[0] == pytest.approx([1 / 3, 2 / 3, 0])


def test_an_unknown_material_gets_the_commonest() -> None:
    asked = coins([0])
    asked.records["material"] = "Billon"
    assert BASELINES["material"](KNOWN, asked, 2)[0] == pytest.approx([1 / 3, 2 / 3])


def test_a_baseline_needs_what_it_asks() -> None:
    silent = KNOWN.records.assign(material="", number=pd.array([None] * 36, dtype="Int64"))
    for name in BASELINES:
        asks = name in baselines.ASKS
        assert baselines.fits(name, KNOWN.records) and baselines.fits(name, silent) != asks
    assert not baselines.fits("material", silent.drop(columns="material"))


def test_without_features_there_is_no_frozen_baseline() -> None:
    bare = Coins(KNOWN.records, KNOWN.crops, KNOWN.grounds, KNOWN.labels)
    with pytest.raises(ValueError, match="no features"):
        baselines.frozen(bare, bare, 2)


def test_pooling_averages_squares_and_keeps_only_directions() -> None:
    features = np.zeros((2, 2, 4, 1), np.float16)
    features[0, :, :2] = [[[1], [3]], [[5], [7]]]  # mean 4, root 2
    features[0, :, 2:] = 2.25  # root 1.5
    features[1] = 9
    made = baselines.pooled(features)
    assert made[0] == pytest.approx([0.8, 0.6]) and made[1] == pytest.approx([0.5**0.5] * 2)


def test_a_ground_shows_nothing_of_the_coin() -> None:
    photograph = np.full((64, 64, 3), 250, np.uint8)
    photograph[16:48, 16:48] = np.random.default_rng(0).integers(0, 255, (32, 32, 3))
    other = photograph.copy()
    other[16:48, 16:48] = 3
    disc = Disc(31.5, 31.5, 23.0)
    grounds = [ground_around(p, disc, baselines.GROUND) for p in (photograph, other)]
    assert (grounds[0] == grounds[1]).all() and (grounds[0][0] == 250).all()
