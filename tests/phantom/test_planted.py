import json
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest

from coinvision.errors import CollectionError
from coinvision.phantom import CUES
from coinvision.phantom.planted import planted
from coinvision.phantom.recipe import recipe


def written(folder: Path, cues: dict[str, float] | None) -> Path:
    texts = [json.dumps(asdict(recipe(0, number, cues))) for number in range(60)]
    pd.DataFrame({"recipe": texts}).to_csv(folder / "metadata.csv", index=False)
    return folder


@pytest.mark.parametrize("cue", CUES)
def test_the_planted_cue_is_read_off_the_recipes(cue: str, tmp_path: Path) -> None:
    assert planted(written(tmp_path, dict.fromkeys(CUES, 0.0) | {cue: 1.0})) == (cue,)


def test_a_cue_that_misleads_now_and_then_is_not_planted(tmp_path: Path) -> None:
    cues = dict.fromkeys(CUES, 0.0) | {"legend": 1.0, "portrait": 0.6}
    assert planted(written(tmp_path, cues)) == ("legend",)


def test_on_coins_drawn_as_real_ones_nothing_is_planted(tmp_path: Path) -> None:
    assert planted(written(tmp_path, None)) == ()


def test_a_table_without_recipes_is_told(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("file_name\na.png\n")
    with pytest.raises(CollectionError, match="holds no recipes"):
        planted(tmp_path)
