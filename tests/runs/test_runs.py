import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from coinvision import dataset, evaluation, networks, runs
from coinvision.errors import RunError
from coinvision.runs import weights


@pytest.fixture
def copy(run: runs.Run, tmp_path: Path) -> Path:
    return Path(shutil.copytree(run.folder, tmp_path / run.name))


def change(copy: Path, **facts: object) -> None:
    path = copy / runs.DESCRIPTION
    path.write_text(json.dumps({**json.loads(path.read_text()), **facts}))


def test_a_run_says_what_it_is(run: runs.Run, drawn_dataset: dataset.Dataset) -> None:
    said = runs.open_run(run.folder).description
    assert said["network"] == "small" and said["input"] == "color" and said["state"] == "done"
    assert said["emperors"] == sorted(drawn_dataset.coins["emperor"].unique())
    assert said["dataset_hash"] == drawn_dataset.hash and said["fold"] == said["seed"] == 0
    assert said["kept"] == sorted([
        runs.ARCHITECTURE, runs.COINS, runs.DATASET, runs.HISTORY, runs.METRICS,
        runs.PREDICTIONS, weights.WEIGHTS,
    ])  # fmt: skip
    assert {p.name for p in run.folder.iterdir()} == {*said["kept"], runs.DESCRIPTION}
    assert said["versions"]["keras"] and said["device"] and said["seconds"] >= 0


def test_a_run_is_found_by_name_among_the_artifacts(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.move(copy, tmp_path / "artifacts" / "runs" / "mine")
    monkeypatch.setenv(runs.ARTIFACTS_VARIABLE, str(tmp_path / "artifacts"))
    assert runs.open_run("mine").name == "mine"
    with pytest.raises(RunError, match="is no run"):
        runs.open_run("yours")


@pytest.mark.parametrize("name", [weights.WEIGHTS, runs.HISTORY, runs.COINS])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(RunError, match=name):
        runs.open_run(copy)


def test_a_lost_file_does_not_keep_the_script_out_that_writes_it(copy: Path) -> None:
    (copy / runs.PREDICTIONS).unlink()
    run = runs.open_run(copy)
    with pytest.raises(RunError, match=r"has no predictions\.csv; evaluate\.py writes it"):
        run.table(runs.PREDICTIONS)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"network": "small"}'])
def test_a_damaged_description_is_one_sentence(copy: Path, content: str) -> None:
    (copy / runs.DESCRIPTION).write_text(content)
    with pytest.raises(RunError) as caught:
        runs.open_run(copy)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("share", [0, 0.5])
def test_damaged_weights_are_noticed(copy: Path, share: float) -> None:
    path = copy / weights.WEIGHTS
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(RunError, match="damaged"):
        weights.load_model(runs.open_run(copy))


def test_weights_of_another_network_are_refused(copy: Path) -> None:
    np.savez(copy / weights.WEIGHTS, **{"logits/kernel": np.zeros((3, 3), np.float16)})
    with pytest.raises(RunError, match="weights of another network"):
        weights.load_model(runs.open_run(copy))


def test_weights_for_other_emperors_are_refused(copy: Path) -> None:
    change(copy, emperors=["Nero", "Titus"])
    with pytest.raises(RunError, match="weights of another network"):
        weights.load_model(runs.open_run(copy))


def test_a_run_of_an_unknown_network_is_refused(copy: Path) -> None:
    change(copy, network="resnet")
    with pytest.raises(RunError, match="unknown network: 'resnet'"):
        weights.load_model(runs.open_run(copy))


def test_a_dataset_changed_since_the_run_is_refused(
    copy: Path, drawn_dataset: dataset.Dataset
) -> None:
    change(copy, dataset_hash="0" * 64)
    with pytest.raises(RunError, match="another dataset or an earlier state"):
        evaluation.evaluate(runs.open_run(copy), drawn_dataset)


@pytest.mark.parametrize(
    ("change_text", "expected"),
    [
        (lambda text: text.replace(",Augustus,", ",Nobody,"), "does not fit"),
        (lambda text: text.replace(",0.", ",one."), "does not fit"),
        (lambda text: text.replace("p_Augustus", "p_Nobody"), "p_Augustus is incomplete"),
        (lambda text: "\n".join(text.splitlines()[:-3]) + "\n", "does not fit"),
        (lambda text: text + "\n".join(text.splitlines()[1:]) + "\n", "stands twice"),
        (lambda text: text.splitlines()[0] + "\n", "does not fit"),
        (lambda text: text.replace("split", "part", 1), "split is incomplete"),
        (lambda text: "\0\1", "damaged"),
    ],
)
def test_predictions_that_do_not_fit_are_refused(
    copy: Path, change_text: Callable[[str], str], expected: str
) -> None:
    path = copy / runs.PREDICTIONS
    path.write_text(change_text(path.read_text()))
    with pytest.raises(RunError, match=expected):
        evaluation.measure(runs.open_run(copy))


def test_coins_that_do_not_fit_are_refused_before_predictions_are_replaced(
    copy: Path, drawn_dataset: dataset.Dataset
) -> None:
    before = (copy / runs.PREDICTIONS).read_text()
    path = copy / runs.COINS
    path.write_text(path.read_text().splitlines()[0] + "\n")
    with pytest.raises(RunError, match="no test coin"):
        evaluation.evaluate(runs.open_run(copy), drawn_dataset)
    assert (copy / runs.PREDICTIONS).read_text() == before


def test_emperors_in_another_order_are_refused(copy: Path, drawn_dataset: dataset.Dataset) -> None:
    change(copy, emperors=["Trajan", "Nero", "Hadrian", "Augustus"])
    with pytest.raises(RunError, match="other emperors"):
        evaluation.evaluate(runs.open_run(copy), drawn_dataset)


def test_weights_that_are_no_numbers_are_refused(copy: Path) -> None:
    with np.load(copy / weights.WEIGHTS) as stored:
        broken = {name: np.full_like(value, np.nan) for name, value in stored.items()}
    np.savez(copy / weights.WEIGHTS, **broken)
    with pytest.raises(RunError, match="no numbers"):
        weights.load_model(runs.open_run(copy))


@pytest.mark.parametrize(
    "facts", [{"emperors": None}, {"kept": None}, {"input": "x"}, {"network": ["small"]}]
)
def test_odd_facts_are_one_sentence(copy: Path, facts: dict) -> None:
    change(copy, **facts)
    with pytest.raises(RunError):
        runs.open_run(copy)


def test_stored_weights_are_the_trained_ones(run: runs.Run) -> None:
    reloaded = weights.load_model(run)
    expected = networks.get("small").build(4)
    assert [w.shape for w in reloaded.weights] == [w.shape for w in expected.weights]
    assert not np.allclose(reloaded.get_layer("logits").get_weights()[1], 0)


def test_what_another_process_added_meanwhile_stays(copy: Path) -> None:
    here, there = runs.open_run(copy), runs.open_run(copy)
    runs.keep_json(there, runs.SANITY, {})
    runs.keep_json(here, runs.REGIONS, {})
    assert {runs.SANITY, runs.REGIONS} <= set(runs.open_run(copy).description["kept"])


def test_a_run_that_was_killed_in_its_first_write_is_begun_anew(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / ".run.json.777.part").write_text("{")
    assert runs.begun(folder, {"network": "small"}) is None
    (folder / "photograph.png").write_bytes(b"")
    with pytest.raises(RunError, match="something else than a run"):
        runs.begun(folder, {"network": "small"})
