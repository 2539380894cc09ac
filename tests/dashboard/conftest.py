"""Two small runs in an artifacts folder of their own, and the app as a browser asks for it."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from opening import Open
from streamlit.testing.v1 import AppTest

from coinvision import dataset, evaluation, runs
from coinvision.dataset.crops import COLLECTIONS_VARIABLE
from coinvision.explanation.explaining import explain_tested
from coinvision.training import Job, train

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


@pytest.fixture(autouse=True)
def own_main_module() -> Iterator[None]:
    """AppTest puts the app in the place of the main module, which new processes would then run."""
    own = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = own


@pytest.fixture(scope="session")
def trained(
    run: runs.Run, drawn_dataset: dataset.Dataset, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An artifacts folder: the small network in color and gray, evaluated and explained."""
    folder = tmp_path_factory.mktemp("artifacts")
    color = runs.open_run(shutil.copytree(run.folder, folder / "runs" / run.name))
    job = Job("small", input="grayscale", epochs=1)
    gray = train(drawn_dataset, job, runs_folder=folder / "runs")
    evaluation.evaluate(gray, drawn_dataset)
    for made in (color, gray):
        explain_tested(made, drawn_dataset.photographs())
    return folder


@pytest.fixture
def artifacts(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, where the app looks for runs."""
    copy = Path(shutil.copytree(trained, tmp_path / "artifacts"))
    monkeypatch.setenv(runs.ARTIFACTS_VARIABLE, str(copy))
    monkeypatch.delenv(COLLECTIONS_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    return copy


@pytest.fixture
def photographs(coins: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The drawn collection's own copy, where the app looks for photographs."""
    copy = Path(shutil.copytree(coins, tmp_path / "photographs" / "drawn"))
    monkeypatch.setenv(COLLECTIONS_VARIABLE, os.fspath(copy.parent))
    return copy


@pytest.fixture
def open_page(artifacts: Path) -> Iterator[Open]:
    """Opens a page of the app at an address, and fails on any exception."""

    def opened(page: str = "overview", **address: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.switch_page(f"app_pages/{page}.py")
        app.run()
        assert not app.exception, app.exception
        return app

    yield opened
    st.cache_resource.clear()
