import os
import shutil
from pathlib import Path

import drawn
import numpy as np
import pandas as pd
import pytest

from coinvision import prediction, runs
from coinvision.errors import CollectionError


@pytest.fixture(scope="module")
def predictor(run: runs.Run) -> prediction.Predictor:
    return prediction.Predictor(run)


def test_a_folder_is_named_picture_by_picture(
    predictor: prediction.Predictor, coins: Path, tmp_path: Path
) -> None:
    shutil.copytree(coins / "images", tmp_path / "pictures")
    (tmp_path / "pictures" / "broken.jpg").write_bytes(b"no picture")
    drawn.save(tmp_path / "pictures" / "deep" / "blank.png", np.full((99, 99, 3), 255, np.uint8))
    (tmp_path / "pictures" / "notes.txt").write_text("not looked at")

    paths = prediction.find_pictures([str(tmp_path / "pictures")])
    table = prediction.predict_files(predictor, paths)

    assert list(table.columns) == list(prediction.COLUMNS) and len(table) == 50
    bad = table[table["error"] != ""].set_index("file_name")
    assert {Path(name).name for name in bad.index} == {"broken.jpg", "blank.png"}
    assert bad["emperor"].isna().all()
    good = table[table["error"] == ""]
    assert (good["probability"] >= good["second_probability"]).all()
    assert (good["emperor"] != good["second"]).all()
    assert set(good["emperor"]) <= set(predictor.emperors)


def test_a_photograph_is_predicted_as_in_the_evaluation(
    predictor: prediction.Predictor, run: runs.Run, coins: Path
) -> None:
    stored = pd.read_csv(run.folder / runs.PREDICTIONS)
    files = run.table(runs.COINS).set_index("coin_id")["file_name"]
    paths = [coins / files[coin_id] for coin_id in stored["coin_id"]]
    table = prediction.predict_files(predictor, paths)
    assert list(table["emperor"]) == list(stored["predicted"])
    best = stored[[f"p_{e}" for e in run.emperors]].max(axis=1)
    # evaluation takes the disc as the dataset stored it, to a tenth of a pixel
    apart = (table["probability"] - best).abs()
    assert apart.median() < 0.001 and apart.max() < 0.05


def test_probabilities_add_up_in_any_company(predictor: prediction.Predictor) -> None:
    pictures = [predictor.picture(drawn.coin("F", seed=i)) for i in range(40)]
    together = predictor.probabilities(pictures, 40)
    alone = predictor.probabilities(pictures[35:36], 1)
    assert np.allclose(together.sum(axis=1), 1)
    assert np.allclose(together[35], alone[0], atol=1e-6)


def test_sources_without_pictures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="does not exist"):
        prediction.find_pictures([str(tmp_path / "nowhere")])
    with pytest.raises(CollectionError, match="No picture"):
        prediction.find_pictures([str(tmp_path)])


def test_a_picture_named_twice_is_one(tmp_path: Path) -> None:
    drawn.save(tmp_path / "a" / "x.png", drawn.coin("F"))
    sources = [str(tmp_path / "a" / "x.png"), str(tmp_path / "a"), str(tmp_path / "a" / ".." / "a")]
    assert prediction.find_pictures(sources) == [tmp_path / "a" / "x.png"]


def test_a_name_that_is_no_text_is_spelt_with_a_mark(
    predictor: prediction.Predictor, tmp_path: Path, coins: Path
) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg"))
    shutil.copy(next((coins / "images").iterdir()), odd)
    table = prediction.predict_files(predictor, [odd])
    assert table["file_name"].item().endswith("/caf\N{REPLACEMENT CHARACTER}.jpg")
    assert table["emperor"].item() in predictor.emperors
