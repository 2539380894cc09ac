"""The pages that read most of a run open on every run that comes with the project."""

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from coinvision import runs

PROJECT = Path(__file__).parents[2]
SHIPPED = sorted(path.parent.name for path in (PROJECT / "artifacts" / "runs").glob("*/run.json"))


def opened(page: str, name: str) -> AppTest:
    app = AppTest.from_file(str(PROJECT / "dashboard" / "app.py"), default_timeout=60)
    app.query_params["run"] = name
    app.switch_page(f"app_pages/{page}.py")
    app.run()
    st.cache_resource.clear()
    assert not app.exception, app.exception
    assert not app.error, app.error
    return app


@pytest.mark.parametrize("page", ["looks", "coin", "results"])
@pytest.mark.parametrize("name", SHIPPED)
def test_the_page_opens(page: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(runs.ARTIFACTS_VARIABLE, str(PROJECT / "artifacts"))
    opened(page, name)


def test_coins_without_materials_are_parted_by_what_is_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(runs.ARTIFACTS_VARIABLE, str(PROJECT / "artifacts"))
    for name, expected in (("ocre12", "material"), ("toulouse", "what the label rests on")):
        app = opened("trust", f"{name}-small-color-fold0-seed0")
        assert app.selectbox(key="slice").value == expected
        assert any("named rightly" in one.value for one in app.dataframe)


@pytest.mark.parametrize("page", ["looks", "coin"])
@pytest.mark.parametrize("damaged", ["color", "grayscale"])
def test_damaged_measurements_of_heatmaps_are_a_sentence_on_a_whole_page(
    page: str, damaged: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chosen run's own, or those of the run in gray that is shown beside it."""
    for name in ("phantom-small-color-fold0-seed0", "phantom-small-grayscale-fold0-seed0"):
        shutil.copytree(PROJECT / "artifacts" / "runs" / name, tmp_path / "runs" / name)
    chosen = "phantom-small-color-fold0-seed0"
    broken = tmp_path / "runs" / chosen.replace("color", damaged) / runs.FAITHFULNESS
    broken.write_text('{"methods"')
    monkeypatch.setenv(runs.ARTIFACTS_VARIABLE, str(tmp_path))
    app = opened(page, chosen)
    told = " ".join(one.value for one in (*app.caption, *app.warning))
    assert ("faithfulness.json is damaged" in told) == (damaged == "color"), told
