import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from coinvision import dataset, runs
from coinvision.dataset.crops import load_crops
from coinvision.explanation.neighbors import NEAREST, keep_neighbors
from coinvision.photos import shrink
from coinvision.prediction import Predictor


def test_the_most_alike_training_coins_of_both_emperors(
    run: runs.Run, drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    made = runs.open_run(shutil.copytree(run.folder, tmp_path / "run"))
    predictions = made.table(runs.PREDICTIONS).set_index("coin_id")
    assert keep_neighbors(made, drawn_dataset.photographs()) == len(predictions)
    table = made.table(runs.NEIGHBORS)
    coins = made.table(runs.COINS).set_index("coin_id")
    assert set(coins.loc[table["neighbor"], "split"]) == {"train"}
    assert (coins.loc[table["neighbor"], "emperor"].to_numpy() == table["emperor"]).all()
    for (coin_id, _), own in table.groupby(["coin_id", "emperor"]):
        assert len(own) <= NEAREST and own["similarity"].is_monotonic_decreasing
        row = predictions.loc[coin_id]
        wanted = {row["emperor"], row["predicted"]}
        assert set(table.loc[table["coin_id"] == coin_id, "emperor"]) == wanted
    assert runs.NEIGHBORS in runs.open_run(made.folder).description["kept"]
    _check_by_hand(made, drawn_dataset, table)


def _check_by_hand(made: runs.Run, drawn: dataset.Dataset, table: pd.DataFrame) -> None:
    """The first row's similarity is the cosine of what goes into the last layer."""
    import keras

    predictor = Predictor(made)
    ids = [table["coin_id"][0], table["neighbor"][0]]
    crops = load_crops(
        drawn.photographs(),
        drawn.coins.set_index("coin_id", drop=False).loc[ids],
        image_size=predictor.image_size,
        input_name=made.description["input"],
    )
    pictures = np.stack([shrink(crop, predictor.image_size) for crop in crops]).astype(np.float32)
    last = keras.Model(predictor.model.input, predictor.model.get_layer("logits").input)
    a, b = np.asarray(last(pictures)).reshape(2, -1)
    cosine = float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))
    assert abs(cosine - table["similarity"][0]) < 2e-3
