"""Tables as museums export them: several values in a cell, no portrait, ladies, odd years."""

import os
from pathlib import Path

import pandas as pd
import pytest
from test_preparing import prepare, records, table_of

from coinvision import dataset
from coinvision.dataset import stored
from coinvision.evaluation.published import published

QUERY = (
    '"URI","Title","RecordId","Authority","Denomination","Material","Mint","Obverse Legend",'
    '"Portrait","Year"\n'
)


def query_row(i: int, **more: str) -> str:
    cells = {
        "uri": f"http://numismatics.org/search/id/1944.100.{i}",
        "title": f"RIC I (second edition) Augustus 486. 1944.100.{i}",
        "id": f"1944.100.{i}",
        "authority": "Augustus",
        "denomination": "As",
        "material": "Bronze",
        "mint": "Ephesus",
        "legend": 'CAE"SAR',
        "portrait": "Augustus",
        "year": "-25",
    } | more
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells.values()) + "\n"


def query_csv(folder: Path, *rows: dict[str, str]) -> Path:
    plain: list[dict[str, str]] = [{}] * 6
    lines = [query_row(10 * i, **row) for i, row in enumerate([*plain, *rows])]
    path = folder / "query.csv"
    path.write_text(QUERY + "".join(lines))
    return path


def test_a_query_csv_is_understood(tmp_path: Path) -> None:
    source = query_csv(tmp_path, {"denomination": "Struck|As", "mint": "Bilbilis||Italica"})
    made = prepare(source, tmp_path / "out")
    coin = made.coins.set_index("coin_id").loc["1944.100.60"]
    assert (coin["emperor"], coin["denomination"], coin["mint"]) == ("Augustus", "As", "Bilbilis")
    assert coin["legend_obverse"] == 'CAE"SAR' and coin["record_url"].endswith("/1944.100.60")
    assert (coin["year_from"], coin["lot"], coin["number"]) == (-25, "1944.100", 60)
    assert "3 cells" not in made.description["steps"] and made.description["missing"]["mint"] == 0


def test_portraits_of_several_persons_are_left_out(tmp_path: Path) -> None:
    both, same = {"portrait": "Augustus|Agrippa"}, {"portrait": "Augustus||Octavian"}
    made = prepare(query_csv(tmp_path, both, same), tmp_path / "out")
    assert made.description["left_out"] == {
        "portraits of several persons (Augustus and Agrippa)": 1
    }
    assert len(made.coins) == 7


def test_a_title_mends_a_year_that_counts_from_zero(tmp_path: Path) -> None:
    titled = {"title": "Bronze As of Augustus, 27 BC - AD 14. 1", "year": "-26|14"}
    later = {"title": "Bronze As of Augustus, AD 10 - AD 12. 1", "year": "9|12"}
    made = prepare(query_csv(tmp_path, titled, later), tmp_path / "out")
    coins = made.coins.set_index("coin_id")
    assert list(coins.loc["1944.100.60", ["year_from", "year_to"]]) == [-27, 14]
    assert list(coins.loc["1944.100.70", ["year_from", "year_to"]]) == [9, 12]
    assert made.description["counts"]["dated_by_title"] == 1


def test_coins_known_by_their_authority_alone_are_kept_apart(tmp_path: Path) -> None:
    rows = records(("Nero", 6), ("", 5), date="AD 60")
    for row, authority in zip(
        rows[6:], ["Nero", "Divus Titus", "Nero|Galba", "Livia", "Ajax"], strict=True
    ):
        row |= {"authority": authority, "date": ""}
    made = prepare(table_of(tmp_path, rows), tmp_path / "out")
    inferred = pd.read_csv(made.folder / stored.INFERRED, keep_default_na=False)
    assert list(inferred["emperor"]) == ["Nero", "Titus"]
    assert list(inferred["year"]) == ["60", ""] and list(inferred["year_filled"]) == [True, False]
    assert made.description["inferred"] == {"Nero": 1, "Titus": 1}
    assert set(made.coins["coin_id"]).isdisjoint(inferred["coin_id"]) and len(made.coins) == 6
    assert made.description["left_out"] == {"no portrait recorded": 3}
    assert "2 coins without a portrait have a known authority" in report_of(made)


def test_a_portrait_that_was_taken_from_the_authority_is_inferred(tmp_path: Path) -> None:
    rows = records(("Nero", 8), portrait_source="obverse")
    for row in rows[6:]:
        row["portrait_source"] = "authority"
    made = prepare(table_of(tmp_path, rows), tmp_path / "out")
    assert made.description["inferred"] == {"Nero": 2} and len(made.coins) == 6


def test_a_portrait_of_the_reverse_labels_no_obverse(tmp_path: Path) -> None:
    rows = records(("Nero", 8), portrait_source="obverse or reverse")
    rows[7]["portrait_source"] = "reverse"
    made = prepare(table_of(tmp_path, rows), tmp_path / "out")
    assert made.description["left_out"] == {"portrait on the reverse, not on the obverse": 1}


def test_ladies_are_known_but_teach_no_network(tmp_path: Path) -> None:
    rows = records(("Nero", 6), ("Salonina", 9), ("Cornelia Salonina", 1))
    made = prepare(table_of(tmp_path, rows), tmp_path / "out")
    assert made.emperors == ["Nero"] and made.description["unknown_names"] == []
    assert made.description["left_out"] == {"Salonina is known, but was no emperor": 10}


def test_unknown_names_are_listed_and_never_guessed(tmp_path: Path) -> None:
    rows = records(("Nero", 6), ("Minerva", 2), ("Hadrianvs", 1), ("", 1))
    rows[-1]["authority"] = "Ajax"
    rows[-2]["authority"] = "Hadrian"
    made = prepare(table_of(tmp_path, rows), tmp_path / "out")
    assert made.emperors == ["Nero"] and made.description["inferred"] == {}
    assert [(r["name"], r["coins"], r["nearest"]) for r in made.description["unknown_names"]] == [
        ("Minerva", 2, "Nerva"),
        ("Ajax", 1, "Trajan"),
        ("Hadrianvs", 1, "Hadrian"),
    ]
    assert "| Hadrianvs | 1 | Hadrian | 0.89 |" in report_of(made)


def test_every_record_is_in_exactly_one_table(tmp_path: Path) -> None:
    rows = records(("Nero", 6), ("Otho", 2), ("Minerva", 1), ("", 2), denomination="Aureus")
    rows[-1]["authority"] = "Otho"
    made = dataset.read(prepare(table_of(tmp_path, rows), tmp_path / "out").folder)
    found = made.records().set_index("coin_id")
    assert len(found) == len(rows) and found.index.is_unique
    assert found["use"].value_counts().to_dict() == {
        "in the data set": 6,
        "left out": 4,
        "inferred": 1,
    }
    assert found.loc["Otho-0", "reason"] == "Otho has 2 coins, fewer than 5"
    assert found.loc["Otho-0", "emperor"] == "Otho" and set(found["material"]) == {"Gold"}


def report_of(made: dataset.Dataset) -> str:
    return (made.folder / stored.REPORT).read_text()


def real(name: str) -> Path:
    """A table of a museum on this machine, or the test is skipped."""
    path = Path(os.environ.get("COINVISION_TEST_DATA", "nowhere")) / name
    if not path.is_file():
        pytest.skip(f"COINVISION_TEST_DATA names no folder with {name}")
    return path


def test_the_studys_table(tmp_path: Path) -> None:
    made = prepare(real("ans2020/cleaned_data.csv"), tmp_path / "out", min_coins=30)
    assert made.description["emperors"] == dict.fromkeys(published().emperors, 1055)
    assert made.description["unknown_names"] == [] and made.description["left_out"] == {}
    assert made.coins["group"].nunique() == 2462 and made.coins["year"].notna().all()


def test_the_studys_table_with_its_first_records(tmp_path: Path) -> None:
    table = pd.read_csv(real("ans2020/cleaned_data.csv"), dtype=str, keep_default_na=False)
    raw = pd.read_json(real("ans2020/raw_metadata.json"), dtype=str).drop(columns="fname")
    pd.concat([table, raw]).to_csv(tmp_path / "both.csv", index=False)
    made = prepare(tmp_path / "both.csv", tmp_path / "out", min_coins=30)
    # eleven of the twenty name no portrait; five of these stand in the study's table already,
    # where their portrait was taken from the authority
    assert made.description["inferred"] == {
        "Trajan": 2,
        "Commodus": 2,
        "Diocletian": 1,
        "Elagabalus": 1,
    }
    everything = made.records().set_index("coin_id")
    assert everything.loc["1995.11.1323", "reason"] == "Philip the Arab has 4 coins, fewer than 30"
    assert len(everything) == 12_680


def test_the_studys_confusion_matrix() -> None:
    table = pd.read_csv(real("ans2020/predicted_values.csv"))
    names = published().emperors
    matrix = pd.crosstab(table["label_true"], table["label_pred"]).reindex(names, columns=names)
    assert matrix.fillna(0).astype(int).to_numpy().tolist() == published().confusion


def test_the_query_csv_of_2017(tmp_path: Path) -> None:
    source = real("numishare/ans_query_csv_augustus_1000rows_2017.csv")
    made = prepare(source, tmp_path / "out", min_coins=30)
    said = made.description
    assert (said["emperors"], said["inferred"]) == ({"Augustus": 760}, {"Augustus": 150})
    assert said["left_out"].pop("no portrait recorded") == 50
    assert sum(said["left_out"].values()) == 40  # joint busts and portraits on both sides
    assert [row["name"] for row in said["unknown_names"]] == [
        "Rhoemetalces I",
        "Ajax",
        "Tarpeia",
        "Gaius",
    ]
    assert made.coins["year"].notna().all() and made.coins["year_from"].min() == -44
    assert made.coins["number"].notna().all()


def test_a_table_without_portraits_says_so() -> None:
    # predicted_values.csv has labels, and no coins
    from coinvision import collection
    from coinvision.errors import CollectionError

    with pytest.raises(CollectionError, match="no column coin_id"):
        collection.read(real("ans2020/predicted_values.csv"))
