import numpy as np
import pytest

from coinvision.explanation.faithfulness.localization import localized

LEFT = np.repeat([[1.0, 1.0, 0.0, 0.0]], 4, axis=0)


def test_all_on_the_part_and_all_beside_it() -> None:
    heatmap = np.zeros((4, 4))
    heatmap[1, 0] = 2
    assert localized(heatmap, LEFT) == (1, 1, 0.5)
    assert localized(heatmap[:, ::-1], LEFT) == (0, 0, 0.5)


def test_two_thirds_of_the_evidence_with_its_peak_beside_the_part() -> None:
    heatmap = np.zeros((4, 4))
    heatmap[:3, 0], heatmap[3, 3], heatmap[0, 3] = 2, 3, -1
    energy, pointing, _ = localized(heatmap, LEFT)
    assert energy == pytest.approx(6 / 9) and pointing == 0


def test_several_peaks_count_by_their_share() -> None:
    heatmap = np.zeros((4, 4))
    heatmap[0, :3] = 1
    assert localized(heatmap, LEFT)[1] == pytest.approx(2 / 3)


def test_no_positive_evidence_is_no_figure() -> None:
    energy, pointing, area = localized(np.full((4, 4), -1.0), LEFT)
    assert np.isnan(energy) and np.isnan(pointing) and area == 0.5
