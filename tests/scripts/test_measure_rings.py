from pathlib import Path

import drawn
import pandas as pd
import pytest
from test_scripts import call, refused

from coinvision import phantom


def test_rings_are_compared_with_what_was_drawn(tmp_path: Path) -> None:
    phantom.draw_collection(tmp_path / "six", coins=6)
    done = call("measure_rings", tmp_path / "six", "--out", tmp_path / "rings")
    assert done.returncode == 0, done.stderr
    table = pd.read_csv(tmp_path / "rings" / "parts.csv").set_index("part")
    assert list(table.index) == ["portrait", "legend", "field", "border", "outside"]
    assert (table["n"] == 6).all() and table[["overlap", "held", "filled"]].stack().between(
        0, 1
    ).all()
    assert table.loc["legend", "held"] > 0.9 and table.loc["outside", "overlap"] > 0.85
    # letters lie in their ring, and leave most of it empty
    assert table.loc["legend", "filled"] == pytest.approx(table.loc["legend", "overlap"], abs=0.02)


def test_photographs_have_no_drawn_parts(tmp_path: Path) -> None:
    photographs = drawn.collection(tmp_path / "coins", each=2)
    refused(call("measure_rings", photographs, "--out", tmp_path), "is not drawn")
