"""Pages that need no network must not wait for TensorFlow."""

import subprocess
import sys
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
OPEN = """
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file(sys.argv[1], default_timeout=60)
PAGES = "overview dataset results trust looks color misclassified coin upload method"
REVIEW = "queue review agreement consequences progress"
app.session_state["reviewer_name"] = "Anna"
for page in (*PAGES.split(), *REVIEW.split()):
    app.switch_page(f"app_pages/{page}.py")
    app.run()
    assert not app.exception, app.exception
    heavy = {"tensorflow", "keras", "jax", "torch"} & set(sys.modules)
    assert not heavy, f"{page} imports {heavy}"
"""


@pytest.mark.usefixtures("artifacts", "photographs")
def test_no_page_imports_a_network_stack() -> None:
    done = subprocess.run([sys.executable, "-c", OPEN, str(APP)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-500:]
