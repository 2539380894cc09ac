import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from handmade import SURE, Make

from coinvision import runs
from coinvision.comparison import verdict
from coinvision.comparison.document import as_html, summary
from coinvision.comparison.two_runs import compare_runs
from coinvision.dataset.crops import COLLECTIONS_VARIABLE
from coinvision.errors import RunError


@pytest.fixture
def pair(made: Make, maps: np.ndarray) -> tuple[runs.Run, runs.Run]:
    """Color is wrong about the first coin, gray about the second to the fifth."""
    return made("color", [0], maps), made("gray", [1, 2, 3, 4], maps, input="grayscale")


def test_the_coins_that_flip(pair: tuple[runs.Run, runs.Run], coin_ids: list[str]) -> None:
    found = compare_runs(*pair)
    n = len(coin_ids)
    assert found.pair.difference.value == pytest.approx(3 / n) and found.pair.difference.n == n
    assert (found.pair.only_second, found.pair.only_first) == (4, 1)
    assert found.accuracies["color"].value == pytest.approx(1 - 1 / n)
    assert found.accuracies["gray"].value == pytest.approx(1 - 4 / n)
    table = found.flips.set_index("coin_id")
    assert set(table.index) == set(coin_ids[:5])
    assert list(table["right_in"]) == ["color"] * 4 + ["gray"]
    first = table.loc[coin_ids[0]]
    assert first["gray"] == first["emperor"] != first["color"]
    assert first["color_probability"] == SURE and first["institution"] == "A museum"


def test_two_runs_cannot_tell_whether_color_decides_alone(
    pair: tuple[runs.Run, runs.Run], made: Make, coin_ids: list[str]
) -> None:
    assert "so color does not decide alone" in compare_runs(*pair).reservation
    blind = made("blind", list(range(len(coin_ids))), input="grayscale")
    found = compare_runs(pair[0], blind)
    assert found.verdict.kind == verdict.HELPS
    assert "color alone may decide; two runs cannot tell" in found.reservation
    assert found.maps is None and "explain.py RUN stores them" in summary(found)[-1]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"input": "color"}, "gray2 was trained on color; expected a run on grayscale"),
        ({"dataset_hash": "0" * 64}, "their data set differs"),
        ({"fold": 3}, r"their fold differs \(0 and 3\)"),
        ({"network": "vgg16"}, r"their network differs \(small and vgg16\)"),
        ({"coins": 20}, r"their number of training coins differs \(all and 20\)"),
    ],
)
def test_runs_that_do_not_belong_together(
    said: dict, message: str, pair: tuple[runs.Run, runs.Run], made: Make
) -> None:
    other = made("gray2", [], **{"input": "grayscale", **said})
    with pytest.raises(RunError, match=message):
        compare_runs(pair[0], other)


def test_the_noise_floor_is_of_another_seed(pair: tuple[runs.Run, runs.Run], made: Make) -> None:
    with pytest.raises(RunError, match="has the seed of color"):
        compare_runs(*pair, noise=[made("twin", [])])
    with pytest.raises(RunError, match="expected a run on color"):
        compare_runs(*pair, noise=[pair[1]])


def test_the_document_stands_alone(
    pair: tuple[runs.Run, runs.Run],
    coins: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(COLLECTIONS_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    found = compare_runs(*pair)
    found.flips.loc[0, ["institution", "record_url"]] = "<script>x</script>", "javascript:x"
    text = as_html(found)
    assert "&lt;script&gt;x" in text and "<script" not in text and "javascript:" not in text
    assert "image/jpeg" not in text and text.count("data:image/png") == 10
    assert "its photograph is not on this machine" in text
    assert found.color.description["dataset_hash"] in text
    assert text.count("<svg") == text.count("<title>") - 1 + 2  # the page's own; two keys are mute
    shutil.copytree(coins, tmp_path / "collections" / "drawn")
    here = as_html(found)
    assert here.count("data:image/jpeg") == 10 and "as the network was given it" in here
    outside = [a for a in re.findall(r'(?:src|href)="([^"]*)"', here) if not a.startswith("data:")]
    assert outside == []
