"""The measuring of heatmaps as a person types it: killed, gone on with, refused."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

from coinvision import dataset, runs
from coinvision.explanation import CONTROLS
from coinvision.explanation.faithfulness.measuring import scores_of

SCRIPT = Path(__file__).parents[2] / "scripts" / "faithfulness.py"
PATIENCE = 300  # seconds


def test_one_that_is_killed_goes_on(
    run: runs.Run, drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    copy = runs.open_run(shutil.copytree(run.folder, tmp_path / "run"))
    asked = [sys.executable, SCRIPT, copy.folder, "--dataset", drawn_dataset.folder]
    asked += ["--method", "center", "--coins", "6"]
    scores = copy.folder / runs.SCORES
    first = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    started = time.monotonic()
    while not scores.is_file() and time.monotonic() - started < PATIENCE:
        time.sleep(0.05)
    first.kill()
    first.communicate()
    kept = scores_of(copy)
    assert 0 < len(kept) < 6 * len(CONTROLS)
    second = subprocess.run(asked, capture_output=True, text=True)
    assert second.returncode == 0, second.stderr
    assert "random:" not in second.stdout.replace("blurred-random:", "")  # was whole already
    assert scores_of(copy)[: len(kept)].equals(kept)
    assert scores_of(copy).groupby("method")["coin_id"].nunique().to_dict() == dict.fromkeys(
        CONTROLS, 6
    )
    facts = runs.open_run(copy.folder).facts(runs.FAITHFULNESS)
    assert facts["controls"].keys() == CONTROLS.keys() and facts["methods"] == {}


def test_an_unknown_method_is_refused(run: runs.Run) -> None:
    asked = [sys.executable, SCRIPT, run.folder, "--method", "gradcam", "magic"]
    result = subprocess.run(asked, capture_output=True, text=True)
    assert result.returncode == 2 and "no method 'magic'; expected one of" in result.stderr
    assert "Traceback" not in result.stderr
