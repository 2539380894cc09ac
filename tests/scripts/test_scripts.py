"""The commands as a person types them: what they print, what they write, how they exit."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import drawn
import pandas as pd
import pytest

from coinvision import dataset, runs
from coinvision.explanation import stored

SCRIPTS = Path(__file__).parents[2] / "scripts"


def call(script: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPTS / f"{script}.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )


def refused(result: subprocess.CompletedProcess[str], *expected: str) -> None:
    """One sentence on standard error, exit 2, no traceback."""
    said = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert result.returncode == 2 and len(said) == 1, result.stderr
    assert "Traceback" not in result.stderr
    for part in expected:
        assert part in said[0]


COMMANDS = (
    *("scrape", "phantom", "prepare", "train", "evaluate", "explain", "predict"),
    *("compare", "experiment", "measure_queue", "benchmark", "faithfulness", "regions"),
    *("measure_discs", "measure_rings", "measure_planted"),
)


@pytest.mark.parametrize("script", COMMANDS)
def test_help_shows_an_example(script: str) -> None:
    result = call(script, "--help")
    assert result.returncode == 0 and f"python scripts/{script}.py" in result.stdout


def test_the_road_from_photographs_to_predictions(tmp_path: Path) -> None:
    collection = drawn.collection(tmp_path / "coins")
    made, kept = tmp_path / "dataset", tmp_path / "runs"

    prepared = call("prepare", collection, "--out", made, "--min-coins", 10)
    assert prepared.returncode == 0 and "48 coins of 4 emperors" in prepared.stdout
    trained = call("train", made, "--network", "small", "--epochs", 2, "--runs", kept)
    assert trained.returncode == 0, trained.stderr
    run = kept / "coins-small-color-fold0-seed0"
    evaluated = call("evaluate", run, "--dataset", made)
    assert evaluated.returncode == 0 and "accuracy" in evaluated.stdout
    assert "95 % intervals" in evaluated.stdout
    predicted = call("predict", run, collection / "images", "--out", tmp_path / "p.csv")
    assert predicted.returncode == 0 and "48 of 48 pictures" in predicted.stdout
    assert list(pd.read_csv(tmp_path / "p.csv").columns) == [
        "file_name", "emperor", "probability", "second", "second_probability", "error",
    ]  # fmt: skip


def test_prepare_lists_the_names_that_nobody_knows(tmp_path: Path) -> None:
    names = ["Nero"] * 6 + ["Hadrianvs"] * 2 + [""]
    table = pd.DataFrame({"coin_id": range(9), "portrait": names, "authority": "Nero"})
    table.to_csv(tmp_path / "records.csv", index=False)
    result = call("prepare", tmp_path / "records.csv", "--out", tmp_path / "d", "--min-coins", 5)
    assert result.returncode == 0 and "6 coins of 1 emperor in" in result.stdout
    assert "not known: Hadrianvs (2; nearest is Hadrian, 0.89 alike)" in result.stdout
    assert "without a portrait, but with a known authority: 1, in inferred.csv" in result.stdout


def test_predict_exits_with_1_if_no_picture_could_be_read(run: runs.Run, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"nothing")
    result = call("predict", run.folder, tmp_path, "--out", tmp_path / "p.csv")
    assert result.returncode == 1
    assert "no readable" in pd.read_csv(tmp_path / "p.csv")["error"][0]


def test_metrics_can_be_measured_again_without_a_dataset(run: runs.Run) -> None:
    before = (run.folder / runs.METRICS).read_text()
    assert call("evaluate", run.folder).returncode == 0
    assert (run.folder / runs.METRICS).read_text() == before


def test_several_methods_are_explained_at_once(
    run: runs.Run, drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    made = shutil.copytree(run.folder, tmp_path / "run")
    asked = ("--dataset", drawn_dataset.folder, "--method", "gradcam++", "--method", "edges")
    result = call("explain", made, *asked, "--limit", 3)
    assert result.returncode == 0, result.stderr
    assert "gradcam++ heatmaps of 3 test coins" in result.stdout
    assert "edges heatmaps of 3 test coins" in result.stdout
    (made / runs.HEATMAPS).write_bytes(b"PK")
    assert "is damaged" in call("explain", made, *asked, "--limit", 3).stdout
    other = shutil.copytree(drawn_dataset.folder, tmp_path / "other")
    facts = json.loads((other / "dataset.json").read_text())
    (other / "dataset.json").write_text(json.dumps({**facts, "name": "others"}))
    refused(call("explain", made, "--dataset", other), "holds coins of others")
    assert "similar training coins" in result.stdout
    assert list(stored.read(runs.open_run(made))) == ["gradcam++", "edges"]


def test_two_runs_are_compared(run: runs.Run, tmp_path: Path) -> None:
    gray = runs.open_run(shutil.copytree(run.folder, tmp_path / "gray"))
    runs.describe(gray, input="grayscale")
    out = tmp_path / "report.html"
    result = call("compare", run.folder, gray.folder, "--out", out)
    assert result.returncode == 0, result.stderr
    assert "0 coins right only in color, 0 only in gray" in result.stdout
    assert "Cannot tell: color less gray is +0.0 points" in result.stdout  # from so few coins
    assert str(out) in result.stdout
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    refused(call("compare", run.folder, run.folder, "--out", tmp_path / "none.html"), "grayscale")
    assert not (tmp_path / "none.html").exists()


def test_wrong_input_is_one_sentence(
    tmp_path: Path, drawn_dataset: dataset.Dataset, run: runs.Run
) -> None:
    out = tmp_path / "out"
    refused(call("prepare", tmp_path / "none", "--out", out), "does not exist")
    patch = tmp_path / "none.csv"
    refused(call("prepare", tmp_path, "--out", out, "--labels", patch), "none.csv cannot be used")
    refused(call("train", tmp_path, "--network", "small"), "is no dataset")
    refused(call("train", drawn_dataset.folder, "--network", "small", "--fold", 7), "no fold 7")
    refused(call("evaluate", tmp_path), "is no run")
    asked = ["--arms", "A,E", "--out", tmp_path / "experiment"]
    refused(call("experiment", drawn_dataset.folder, *asked), "no arm E; expected one of A, B")
    assert not (tmp_path / "experiment").exists()
    refused(call("predict", run.folder, tmp_path / "none", "--out", out), "does not exist")
    asked = ("--method", "rise", "--method", "magic")
    refused(call("explain", run.folder, *asked), "no method 'magic'; expected one of gradcam, ")
    drawn.save(tmp_path / "a.png", drawn.coin("F"))
    refused(call("predict", run.folder, tmp_path / "a.png", "--out", tmp_path), "is a folder")
    refused(
        call("predict", run.folder, tmp_path / "a.png", "--out", tmp_path / "a.png"), "pictures"
    )
    refused(
        call("train", drawn_dataset.folder, "--network", "vgg16", "--backbone", "none.weights.h5",
             "--runs", out),
        "none.weights.h5",
    )  # fmt: skip
    assert not out.exists()


def test_importing_the_library_loads_no_network_stack() -> None:
    code = (
        "import sys, coinvision, coinvision.collection, coinvision.dataset, coinvision.runs, "
        "coinvision.evaluation, coinvision.networks\n"
        "heavy = {'keras', 'tensorflow', 'requests', 'urllib3'} & set(sys.modules)\n"
        "assert not heavy, f'{heavy} are loaded'"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_what_an_experiments_folder_cannot_do_is_said_before_it_is_touched(tmp_path: Path) -> None:
    folder = tmp_path / "experiment"
    folder.mkdir()
    (folder / "experiment.json").write_text("{}")
    said = call("experiment", folder, "--arms", "A", "--out", tmp_path / "other")
    refused(said, "--arms, --out needs the dataset that prepare.py made")
    for wrong in (folder / "coins.csv", tmp_path / "nowhere" / "report.html"):
        result = call("experiment", folder, "--html", wrong)
        assert result.returncode == 2 and "a name that ends in .html" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["experiment.json"]
