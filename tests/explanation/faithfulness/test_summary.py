import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from coinvision import dataset, phantom, runs
from coinvision.errors import RunError
from coinvision.explanation.faithfulness import measuring
from coinvision.explanation.faithfulness.bench import Bench
from coinvision.explanation.faithfulness.checking import check, checks_of
from coinvision.explanation.faithfulness.summary import summarize

BEATEN = {"random": 0.0, "blurred-random": 0.1, "center": 0.2, "edges": 0.3}
FIGURE = {"value": 0.0, "low": -0.1, "high": 0.1, "n": 4}


@pytest.fixture
def copy(run: runs.Run, tmp_path: Path) -> runs.Run:
    return runs.open_run(shutil.copytree(run.folder, tmp_path / run.name))


@pytest.fixture
def bench(copy: runs.Run, drawn_dataset: dataset.Dataset) -> Bench:
    return Bench(copy, drawn_dataset.photographs())


def test_more_coins_add_to_those_that_are_measured(bench: Bench) -> None:
    assert measuring.measure(bench, "center", coins=2) == 2
    two = measuring.scores_of(bench.run)
    assert measuring.measure(bench, "center", coins=4) == 2
    four = measuring.scores_of(bench.run)
    assert four[:2].equals(two) and four["coin_id"].nunique() == len(four) == 4
    assert measuring.measure(bench, "center", coins=4) == 0
    assert runs.SCORES in runs.open_run(bench.run.folder).description["kept"]


def test_one_that_is_stopped_keeps_what_it_measured(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(items: Iterable, _: int) -> Iterator:
        for i, item in enumerate(items):
            if i == 2:
                raise KeyboardInterrupt
            yield item

    monkeypatch.setattr(measuring, "BATCH", 1)
    with pytest.raises(KeyboardInterrupt):
        measuring.measure(bench, "random", coins=4, progress=stopped)
    assert len(measuring.scores_of(bench.run)) == 2
    assert measuring.measure(bench, "random", coins=4) == 2


def test_maps_that_the_run_holds_are_not_made_again(
    bench: Bench, drawn_dataset: dataset.Dataset
) -> None:
    coins = measuring.left(bench.run, "gradcam", 3)
    pictures = bench.pictures(coins)
    made = bench.maps("gradcam", coins, pictures)
    ids = coins["coin_id"].to_numpy(dtype="U")
    planted = np.arange(3 * made[0].size, dtype=np.float16).reshape(3, *made[0].shape)
    arrays = {"coin_id": ids[::-1], "gradcam/predicted": planted, "gradcam/true": planted}
    runs.keep_arrays(bench.run, runs.HEATMAPS, arrays)
    fresh = Bench(bench.run, drawn_dataset.photographs())
    assert np.array_equal(fresh.maps("gradcam", coins, pictures), planted[::-1])
    assert not np.array_equal(made, planted[::-1])


def test_sanity_is_checked_once(bench: Bench) -> None:
    assert check(bench, "gradcam")
    facts = checks_of(bench.run)["gradcam"]
    assert facts["cascade"][0]["layer"] == "logits" and facts["cascade"][-1]["layer"] == "stem_conv"
    assert set(facts["random_networks"]) == {"trained", "each_other", "difference"}
    assert not check(bench, "gradcam")


def test_figures_are_those_of_the_table(copy: runs.Run, tmp_path: Path) -> None:
    coins = copy.table(runs.COINS).query("split == 'test'")["coin_id"].tolist()[:4]
    sanity = {"random_networks": {"trained": FIGURE, "difference": FIGURE}, "other_class": FIGURE}
    rows = [
        {"method": name, "coin_id": coin, "insertion": 0.5 + gain, "deletion": 0.5, "road": gain}
        for name, gain in {**BEATEN, "good": 0.4, "bad": 0.25}.items()
        for coin in (coins[:2] if name == "good" else coins)
    ]
    runs.keep_table(copy, runs.SCORES, pd.DataFrame(rows))
    runs.keep_json(copy, runs.SANITY, {"good": sanity, "bad": sanity})
    facts = summarize(copy, tmp_path)
    good, bad = facts["methods"]["good"], facts["methods"]["bad"]
    assert good["passes"] and good["n"] == 2
    assert good["insertion_deletion"]["value"] == good["road"]["value"] == 0.4
    assert good["against"]["road"]["edges"] == {"value": 0.1, "low": 0.1, "high": 0.1, "n": 2}
    assert (
        not bad["passes"]
        and ("loses to edges" in bad["badge"] or "cannot be told from edges" in bad["badge"])
        and bad["n"] == 4
    )
    assert list(facts["controls"]) == list(BEATEN) and facts["planted"] == []
    assert copy.facts(runs.FAITHFULNESS)["methods"].keys() == {"good", "bad"}


def test_a_damaged_table_is_told(copy: runs.Run) -> None:
    row = {"method": "center", "coin_id": "a", "insertion": 1, "deletion": 1, "road": 1}
    runs.keep_table(copy, runs.SCORES, pd.DataFrame([row, row]))
    with pytest.raises(RunError, match="a coin stands twice"):
        measuring.left(copy, "center", 3)


def test_maps_of_drawn_coins_are_laid_on_their_parts(tmp_path: Path) -> None:
    phantom.draw_collection(tmp_path / "two", coins=2)
    table = pd.read_csv(tmp_path / "two" / "metadata.csv").assign(disc_found=True)
    even = np.ones((2, 7, 7), np.float32)
    found = measuring._on_parts(SimpleNamespace(photographs=tmp_path / "two"), table, even)
    assert list(found)[:3] == ["portrait_energy", "portrait_pointing", "portrait_area"]
    for name in ("portrait", "headgear", "legend"):
        assert found[f"{name}_energy"] == pytest.approx(found[f"{name}_area"], rel=1e-3)
    assert (found["portrait_area"] > 0.15).all() and (found["legend_area"] > 0.02).all()
