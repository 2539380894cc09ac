import json
from pathlib import Path

import cv2
import numpy as np
import pandas as pd
import pytest

from coinvision import collection, dataset, phantom
from coinvision.dataset.crops import load_crops
from coinvision.emperors import find
from coinvision.errors import CollectionError, DatasetError
from coinvision.phantom import canvas, letters
from coinvision.phantom.coin import draw
from coinvision.phantom.recipe import recipe
from coinvision.phantom.traits import EMPERORS, HEADGEAR, METALS
from coinvision.photos import Disc, find_disc

ZERO = dict.fromkeys(phantom.CUES, 0.0)


@pytest.fixture(scope="module")
def drawn_coins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("phantoms") / "phantom"
    assert phantom.draw_collection(folder, coins=60) == 60
    return folder


@pytest.mark.parametrize("emperor", EMPERORS)
def test_traits_are_of_known_persons_and_can_be_drawn(emperor: str) -> None:
    traits = EMPERORS[emperor]
    assert find(emperor) is not None and find(emperor).reign is not None
    assert sum(traits.headgear.values()) == pytest.approx(1) and set(traits.headgear) <= {*HEADGEAR}
    assert sum(traits.metals.values()) == pytest.approx(1) and set(traits.metals) <= {*METALS}
    assert set(traits.metals) <= set(traits.coinage) and len(traits.reason) > 20
    for legend in traits.legends:
        assert all(letters.strokes(char) for char in legend if char != " ")


def test_a_coin_is_the_same_however_many_are_drawn(tmp_path: Path) -> None:
    phantom.draw_collection(tmp_path / "few", coins=3, seed=5)
    phantom.draw_collection(tmp_path / "more", coins=7, seed=5)
    for part in ("images", "masks"):
        few, more = (tmp_path / name / part / "00002.png" for name in ("few", "more"))
        assert few.read_bytes() == more.read_bytes()
    assert recipe(5, 2) == recipe(5, 2) != recipe(6, 2)


def test_masks_say_what_each_pixel_is() -> None:
    picture, masks = draw(recipe(0, 0), 224)
    assert picture.shape == (224, 224, 3) and masks.shape == (224, 224)
    shares = np.bincount(masks.ravel(), minlength=6) / masks.size
    assert shares[canvas.PORTRAIT] > 0.15 and shares[canvas.FIELD] > 0.15
    assert shares[canvas.LEGEND] > 0.01 and shares[canvas.BORDER] > 0.005
    rows, columns = np.nonzero(masks == canvas.LEGEND)
    assert np.hypot(rows - 111.5, columns - 111.5).min() > 0.5 * 112
    bare = next(r for r in (recipe(0, i) for i in range(400)) if r.headgear == "bare")
    assert not (draw(bare, 64)[1] == canvas.HEADGEAR).any()


def test_the_disc_that_is_known_is_the_disc_that_is_found(drawn_coins: Path) -> None:
    table = collection.read(drawn_coins).table
    overlaps = []
    for record in table.head(20).to_dict("records"):
        photograph = cv2.imread(str(drawn_coins / record["file_name"]))[..., ::-1]
        known = Disc(*(float(record[f"disc_{key}"]) for key in ("x", "y", "radius")))
        found = find_disc(np.ascontiguousarray(photograph))
        assert found is not None
        overlaps.append(known.overlap(found))
    assert np.median(overlaps) > 0.95 and min(overlaps) > 0.85


def test_what_is_whole_is_not_drawn_again(drawn_coins: Path) -> None:
    assert phantom.draw_collection(drawn_coins, coins=60) == 0
    path = drawn_coins / "images" / "00007.png"
    before = path.read_bytes()
    path.write_bytes(before[:100])
    (drawn_coins / "masks" / "00009.png").unlink()
    cv2.imwrite(str(drawn_coins / "masks" / "00011.png"), np.zeros((224, 224), np.uint8))
    assert phantom.draw_collection(drawn_coins, coins=60) == 3
    assert path.read_bytes() == before


def test_a_dataset_of_drawn_coins_does_not_hang_on_pixels(
    drawn_coins: Path, tmp_path: Path
) -> None:
    settings = dataset.Settings(min_coins=5)
    made = dataset.prepare(collection.read(drawn_coins), settings, folder=tmp_path / "one")
    assert made.description["drawn"] and made.coins["year"].notna().all()
    crops = load_crops(drawn_coins, made.coins.head(3), image_size=64, input_name="color")
    assert crops.shape == (3, 80, 80, 3)

    # another machine rounds differently: other pixels, other hashes of files, the same dataset
    other = tmp_path / "elsewhere" / "phantom"
    phantom.draw_collection(other, coins=60)
    picture = cv2.imread(str(other / "images" / "00000.png"))
    cv2.imwrite(str(other / "images" / "00000.png"), picture ^ 1)
    again = dataset.prepare(collection.read(other), settings, folder=tmp_path / "two")
    assert again.hash == made.hash
    with pytest.raises(DatasetError, match="has changed"):
        load_crops(other, again.coins.head(1), image_size=64, input_name="color")


def recipes(cues: dict[str, float] | None, count: int = 1200) -> pd.DataFrame:
    return pd.DataFrame([vars(recipe(0, i, cues)) for i in range(count)])


def test_a_cue_at_one_follows_the_emperor_and_at_zero_nobody() -> None:
    told = recipes({**ZERO, "legend": 1.0})
    own = [row.legend in EMPERORS[row.emperor].legends for row in told.itertuples()]
    assert all(own)
    # by chance one in twelve
    assert (told["portrait_of"] == told["emperor"]).mean() == pytest.approx(1 / 12, abs=0.03)
    half = recipes({**ZERO, "portrait": 0.5})
    expected = 0.5 + 0.5 / 12
    assert (half["portrait_of"] == half["emperor"]).mean() == pytest.approx(expected, abs=0.04)


def test_color_can_be_planted_and_is_the_metal_otherwise() -> None:
    planted = recipes({**ZERO, "color": 1.0}, 240)
    assert planted.groupby("emperor")["tint"].nunique().eq(1).all()
    assert planted["tint"].nunique() == 12
    plain = recipes(None, 240)
    assert (plain["tint"] == -1).all()
    late = plain[plain["emperor"] == "Constantius II"]
    assert (late["metal"] == "bronze").mean() > 0.7


@pytest.mark.parametrize("cues", [{"smell": 1.0}, {"legend": 1.5}])
def test_cues_that_cannot_be_are_refused(cues: dict[str, float], tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="cannot be; expected one of portrait"):
        phantom.draw_collection(tmp_path / "x", coins=1, cues=cues)


def test_another_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(CollectionError, match="holds something else than phantoms"):
        phantom.draw_collection(tmp_path, coins=1)
    assert json.dumps(sorted(p.name for p in tmp_path.iterdir())) == '["letter.txt"]'
