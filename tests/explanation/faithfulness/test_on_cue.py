"""Maps exactly on the only cue, and all over the picture; coins named rightly and wrongly."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from coinvision import phantom, runs
from coinvision.errors import RunError
from coinvision.explanation import CONTROLS, anatomy, densities, stored
from coinvision.explanation.faithfulness.cues import on_cue

SCRIPT = Path(__file__).parents[3] / "scripts" / "measure_planted.py"
COINS, WRONG = 8, 2


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Coins of which the legend alone tells the emperor."""
    folder = tmp_path_factory.mktemp("collections") / "letters"
    cues = dict.fromkeys(phantom.CUES, 0.0) | {"legend": 1.0}
    phantom.draw_collection(folder, coins=COINS, cues=cues)
    return folder


@pytest.fixture
def asked(run: runs.Run, letters: Path, tmp_path: Path) -> runs.Run:
    """A run that names all but the first coins rightly, with maps on the letters and even ones."""
    made = runs.open_run(shutil.copytree(run.folder, tmp_path / "run"))
    drawn = pd.read_csv(letters / "metadata.csv", dtype={"coin_id": str})
    coins = drawn[["coin_id", "file_name", "disc_x", "disc_y", "disc_radius"]]
    coins = coins.assign(emperor=run.emperors[0], picture_sha256="0", group=range(COINS))
    coins = coins.assign(split="test", disc_found=True)
    runs.keep_table(made, runs.COINS, coins)
    right, wrong = run.emperors[:2]
    named = np.where(np.arange(COINS) < WRONG, wrong, right)
    answers = coins[["coin_id"]].assign(split="test", emperor=right, predicted=named)
    runs.keep_table(made, runs.PREDICTIONS, answers)
    masks = densities.drawn_masks(letters, coins)[:, anatomy.PARTS.index("legend")]
    exact = (masks == densities.WHOLE).astype(np.float32)
    ids = coins["coin_id"].to_numpy()
    even = np.ones((COINS, 4, 4), np.float32)
    kept = {"occlusion": exact, "gradcam": even, **dict.fromkeys(CONTROLS, even)}
    stored.keep(made, {name: stored.Maps(ids, maps, maps) for name, maps in kept.items()})
    return runs.open_run(made.folder)


def test_exact_maps_lie_on_the_cue_and_even_ones_by_its_area(
    asked: runs.Run, letters: Path
) -> None:
    found = on_cue(asked, letters).set_index("method")
    assert list(found.index) == ["gradcam", "occlusion", *CONTROLS]
    assert (found["cue"] == "legend").all() and (found["n"] == COINS - WRONG).all()
    assert (found["named_rightly"] == (COINS - WRONG) / COINS).all()
    assert found.loc["occlusion", "energy"] == pytest.approx(1)
    assert found.loc["occlusion", "pointing"] == 1 and found.loc["occlusion", "clear"]
    assert found.loc["gradcam", "energy"] == pytest.approx(found.loc["gradcam", "area"])
    assert (
        found["clear"].notna().sum() == 2 and not found.loc["gradcam", "clear"]
    )  # as much as the controls, not more


def test_without_all_controls_nothing_is_clear(asked: runs.Run, letters: Path) -> None:
    maps = {name: own for name, own in stored.read(asked).items() if name != "edges"}
    stored.keep(asked, maps)
    assert on_cue(runs.open_run(asked.folder), letters)["clear"].isna().all()


def test_coins_that_tell_by_more_than_one_part_are_refused(asked: runs.Run, tmp_path: Path) -> None:
    phantom.draw_collection(tmp_path / "all", coins=2)
    with pytest.raises(RunError, match="0 parts alone tell the emperor; expected one"):
        on_cue(asked, tmp_path / "all")


def test_the_script_keeps_what_other_networks_said(
    asked: runs.Run, letters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COINVISION_COLLECTIONS", str(letters.parent))
    out = tmp_path / "cues.csv"
    other = on_cue(asked, letters).assign(network="vgg16")
    other.to_csv(out, index=False)
    runs.describe(asked, dataset="letters")
    command = [sys.executable, SCRIPT, asked.folder, "--out", out]
    for _ in range(2):  # the second time replaces the first
        subprocess.run(command, check=True, capture_output=True)
    table = pd.read_csv(out)
    assert table["network"].value_counts().to_dict() == {"small": 6, "vgg16": 6}
    runs.describe(asked, dataset="nowhere")
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2 and "nowhere" in done.stderr and "Traceback" not in done.stderr
