"""The pages that read most of a run open on every run that comes with the project."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from coinvision import runs

PROJECT = Path(__file__).parents[2]
SHIPPED = sorted(path.parent.name for path in (PROJECT / "artifacts" / "runs").glob("*/run.json"))


@pytest.mark.parametrize("page", ["looks", "coin", "results"])
@pytest.mark.parametrize("name", SHIPPED)
def test_the_page_opens(page: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(runs.ARTIFACTS_VARIABLE, str(PROJECT / "artifacts"))
    app = AppTest.from_file(str(PROJECT / "dashboard" / "app.py"), default_timeout=60)
    app.query_params["run"] = name
    app.switch_page(f"app_pages/{page}.py")
    app.run()
    assert not app.exception, app.exception
    assert not app.error, app.error
    st.cache_resource.clear()
