"""The page "Data set": charts that filter one another, data sets beside the run, the study."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from opening import Open
from streamlit.testing.v1 import AppTest
from test_pages import COLOR, said

from coinvision import collection, dataset
from coinvision.dataset import stored
from coinvision.evaluation.published import NOT_COMPARABLE, published
from dashboard import linked_time, words


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    """A data set of records only beside the runs: rare, unknown, inferred, undated ones too."""
    kinds = [
        ("Trajan", 20, "Denarius", "Silver", "Rome", "AD 110"),
        ("Trajan", 4, "Aureus", "Gold", "", "AD 110"),
        ("Gallienus", 12, "Antoninianus", "Silver", "Rome", "AD 260"),
        ("Constantine I", 30, "AE3", "Bronze", "Siscia", "AD 320"),
        ("Constantine I", 6, "Small AE2", "Bronze", "", ""),
        ("Quintillus", 2, "antoninianus", "Silver", "Rome", "AD 270"),
        ("Minerva", 3, "Denarius", "Silver", "Rome", "AD 110"),
        ("", 5, "Drachm", "Bronze", "", "AD 112"),
    ]
    columns = ["portrait", "n", "denomination", "material", "mint", "date"]
    table = pd.DataFrame(kinds, columns=columns).assign(authority="Trajan")
    table = table.loc[table.index.repeat(table["n"])].reset_index(drop=True)
    table.drop(columns="n").rename_axis("coin_id").to_csv(tmp_path / "museum.csv")
    settings = dataset.Settings(min_coins=10)
    source = collection.read(tmp_path / "museum.csv")
    return dataset.prepare(source, settings, folder=tmp_path / "datasets" / "museum").folder


def pick(app: AppTest, field: str, *values: str) -> AppTest:
    app.multiselect(key=f"dataset_{field}").set_value(list(values)).run()
    assert not app.exception, app.exception
    return app


def test_a_data_set_beside_the_run_can_be_picked(open_page: Open, museum: Path) -> None:
    app = open_page("dataset", run=COLOR)
    assert "48 of 48 records" in said(app) and app.title[0].value.startswith("What the networks")
    app.selectbox(key="dataset_picked").set_value("museum").run()
    assert not app.exception and app.query_params["dataset"] == "museum"
    text = said(app)
    assert "**82 of 82 records** (72 in the data set, 5 inferred, 5 left out)" in text
    assert "What museum holds" in text and "Records only" in text
    assert "Constantine I has 36 coins, Quintillus 2" in text


def test_a_link_opens_that_data_set(open_page: Open, museum: Path) -> None:
    assert "What museum holds" in said(open_page("dataset", run=COLOR, dataset="museum"))
    text = said(open_page("dataset", run=COLOR, dataset="nothing"))
    assert "What the networks learned from" in text


def test_filters_reach_every_other_section_and_are_cleared(open_page: Open, museum: Path) -> None:
    app = open_page("dataset", run=COLOR, dataset="museum")
    text = said(pick(app, "material", "Silver"))
    assert "**37 of 82 records**" in text and "Material: Silver" in text
    assert "Trajan has 20 coins, Quintillus 2" in text
    assert places(app)["mint"].tolist() == ["Rome"] and places(app)["coins"].tolist() == [37]
    assert "AD 110–119: Denarius 100 %; AD 260–269: Antoninianus 100 %" in text
    text = said(pick(app, "emperor", "Gallienus"))
    assert "**12 of 82 records**" in text
    assert "Trajan has 20 coins" in text, "a chart is not filtered by its own picks"
    next(button for button in app.button if button.label == "Clear filters").click().run()
    assert "**82 of 82 records**" in said(app) and not app.multiselect(key="dataset_emperor").value


def places(app: AppTest) -> pd.DataFrame:
    return next(frame.value for frame in app.dataframe if "mint" in frame.value.columns)


def test_records_can_be_asked_for_what_they_lack(open_page: Open, museum: Path) -> None:
    app = pick(open_page("dataset", run=COLOR, dataset="museum"), "lacks", "year")
    assert "**6 of 82 records**" in said(app)
    app = pick(app, "lacks", "year", "mint")
    assert "**6 of 82 records**" in said(app)
    app = pick(pick(app, "lacks"), "use", "inferred")
    assert "**5 of 82 records** (5 inferred)" in said(app)


def test_filters_that_leave_nothing_say_so(open_page: Open, museum: Path) -> None:
    app = pick(open_page("dataset", run=COLOR, dataset="museum"), "material", "Gold")
    app = pick(app, "emperor", "Gallienus")
    assert "**0 of 82 records** (none)" in said(app)
    assert (
        said(app).count("No record is left under these filters.") == 3
    )  # denominations, time, mints


def test_unknown_names_are_listed_with_the_nearest(open_page: Open, museum: Path) -> None:
    app = open_page("dataset", run=COLOR, dataset="museum")
    assert "1 name is not known" in said(app)
    listed = next(f.value for f in app.dataframe if "nearest known name" in f.value.columns)
    assert listed.iloc[0].tolist()[:3] == ["Minerva", 3, "Nerva"]


def test_a_run_tells_less_than_the_folder_it_was_trained_on(
    open_page: Open, drawn_dataset: dataset.Dataset, tmp_path: Path
) -> None:
    text = said(open_page("dataset", run=COLOR))
    assert "A run remembers the coins of drawn only" in text and "A run keeps no mints" in text
    shutil.copytree(drawn_dataset.folder, tmp_path / "datasets" / "drawn")
    app = open_page("dataset", run=COLOR)
    assert "A run remembers" not in said(app)
    assert not [box for box in app.selectbox if box.label == "Data set"], "it is the run's own"
    assert app.multiselect(key="dataset_lacks").options[:2] == ["portrait", "year"]


def test_a_damaged_data_set_is_named_and_the_rest_goes_on(open_page: Open, museum: Path) -> None:
    (museum / stored.DESCRIPTION).write_text("{")
    app = open_page("dataset", run=COLOR)
    assert "prepare the data set again" in app.warning[0].value and "48 of 48" in said(app)
    (museum / stored.DESCRIPTION).write_text(
        '{"name": "m", "hash": "0", "photographs": false, "settings": {}}'
    )
    assert "has changed" in open_page("dataset", run=COLOR, dataset="museum").error[0].value


def test_a_dataset_of_an_earlier_version_still_opens(open_page: Open, museum: Path) -> None:
    (museum / stored.INFERRED).unlink()
    left_out = pd.read_csv(museum / stored.LEFT_OUT)[["row", "coin_id", "reason"]]
    left_out.to_csv(museum / stored.LEFT_OUT, index=False)
    text = said(open_page("dataset", run=COLOR, dataset="museum"))
    assert "**77 of 77 records** (72 in the data set, 5 left out)" in text


def test_the_published_study_is_marked(open_page: Open) -> None:
    app = open_page("dataset", run=COLOR)
    assert NOT_COMPARABLE == "other coins, random split: not comparable"
    assert NOT_COMPARABLE in [one.value for one in app.warning]
    assert "83.4 % (81.4 to 85.3) of 1,371 test coins" in said(app)
    figures = next(f.value for f in app.dataframe if "precision" in f.value.columns)
    gallienus = figures.set_index("emperor").loc["Gallienus"]
    assert gallienus["recall"].startswith("97.9 %") and gallienus["precision"].startswith("95.8 %")


def test_the_studys_figures_are_those_of_its_matrix() -> None:
    study = published()
    assert sum(map(sum, study.confusion)) == 1371 and len(study.emperors) == 12
    figures = study.figures().set_index("emperor")
    assert figures.loc["Trajan", "recall"].value == pytest.approx(104 / 113)
    assert figures.loc["Trajan", "precision"].value == pytest.approx(104 / 109)


@pytest.mark.parametrize(
    ("denomination", "family"),
    [
        ("AE3", "AE (all sizes)"),
        ("Small AE2", "AE (all sizes)"),
        ("AE2 or AE3", "AE (all sizes)"),
        ("Aes grave", "Aes grave"),
        ("Denarius", "Denarius"),
    ],
)
def test_sizes_of_late_bronze_are_one_family(denomination: str, family: str) -> None:
    assert linked_time.family(denomination) == family


def test_periods_step_over_the_year_that_never_was() -> None:
    assert words.period(-25, 25) == "25–1 BC"
    assert words.period(0, 25) == "AD 1–24"
    assert words.period(300, 25) == "AD 300–324"
