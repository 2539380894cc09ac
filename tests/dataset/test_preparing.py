from pathlib import Path

import cv2
import drawn
import numpy as np
import pandas as pd
import pytest

from coinvision import collection, dataset
from coinvision.dataset import stored
from coinvision.errors import DatasetError


def table_of(folder: Path, rows: list[dict]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(rows).to_csv(folder / "records.csv", index=False)
    return folder / "records.csv"


def records(*counts: tuple[str, int], **more: str) -> list[dict]:
    return [
        {"coin_id": f"{name}-{i}", "portrait": name, **more}
        for name, count in counts
        for i in range(count)
    ]


def photographed(folder: Path, rows: list[dict]) -> Path:
    for i, row in enumerate(rows):
        row["file_name"] = f"{i}.png"
        drawn.save(folder / row["file_name"], drawn.coin("F", seed=i))
    table_of(folder, rows)
    return folder


def prepare(source: Path, out: Path, **settings: object) -> dataset.Dataset:
    chosen = dataset.Settings(**{"min_coins": 5, **settings})  # type: ignore[arg-type]
    return dataset.prepare(collection.read(source), chosen, folder=out)


def test_a_photograph_that_cannot_be_read_is_left_out_by_name(tmp_path: Path) -> None:
    source = photographed(tmp_path / "c", records(("Nero", 6), ("Galba", 6)))
    (source / "2.png").write_bytes(b"no picture")

    made = prepare(source, tmp_path / "out")

    assert "Nero-2" not in set(made.coins["coin_id"]) and len(made.coins) == 11
    report = (made.folder / stored.REPORT).read_text()
    assert "| 2.png is no readable JPEG" in report and "| Nero-2 |" in report


def test_names_dates_and_materials_are_cleaned_and_marked(tmp_path: Path) -> None:
    rows = records(("Divus Hadrian", 3), ("Hadrian", 3), ("Nero", 6))
    for row in rows:
        row |= {"date": "AD 120", "denomination": "Denarius", "material": "NA"}
    rows[0]["date"] = "NA"
    rows[1]["date"] = "25 BC"
    rows[3]["date"] = "AD 130"
    rows[2]["material"] = "Bronze"
    made = prepare(table_of(tmp_path, rows), tmp_path / "out")

    coins = made.coins.set_index("coin_id")
    assert made.emperors == ["Hadrian", "Nero"]
    assert (
        # the mean of -25, 120, 130, 120 and 120, where the median is 120
        coins.loc["Divus Hadrian-0", "year"] == 93 and coins.loc["Divus Hadrian-0", "year_filled"]
    )
    assert coins.loc["Divus Hadrian-1", "year"] == -25
    assert coins.loc["Divus Hadrian-2", "material"] == "Bronze"
    assert coins.loc["Nero-0", "material"] == "Silver" and coins.loc["Nero-0", "material_inferred"]
    assert coins["material_inferred"].sum() == 11 and coins["year_filled"].sum() == 1
    report = (made.folder / stored.REPORT).read_text()
    assert "Divus Hadrian is Hadrian (3)" in report
    assert "1 without a readable date were given the mean year" in report


def test_dates_that_cannot_be_read_are_listed(tmp_path: Path) -> None:
    rows = [row | {"date": "AD 60"} for row in records(("Nero", 6), ("Galba", 6))]
    rows[0]["date"] = rows[1]["date"] = "under the consulate of Piso"
    rows[2]["date"] = "25 BC - 23"
    rows[3]["date"] = "uncertain"
    made = prepare(table_of(tmp_path, rows), tmp_path / "out")
    report = (made.folder / stored.REPORT).read_text()
    assert (
        "No date could be read in 3: “under the consulate of Piso” (2), “25 BC - 23” (1)." in report
    )


def test_what_is_left_out_is_listed_with_its_reason(tmp_path: Path) -> None:
    rows = records(("Nero", 6), ("Titus", 6), ("Otho", 2), ("Minerva", 6), ("", 1), ("Agustus", 1))
    made = prepare(table_of(tmp_path, rows), tmp_path / "out")

    left_out = pd.read_csv(made.folder / stored.LEFT_OUT)
    by_reason = left_out.groupby("reason").size().to_dict()
    assert by_reason == {
        "no portrait recorded": 1,
        "Otho has 2 coins, fewer than 5": 2,
        "portrait Minerva is not in the table of emperors": 6,
        "portrait Agustus is not in the table of emperors; is Augustus meant?": 1,
    }
    assert made.description["left_out"] == by_reason
    assert len(made.coins) == 12


def test_balance_takes_the_same_coins_for_the_same_seed(tmp_path: Path) -> None:
    source = table_of(tmp_path, records(("Nero", 20), ("Titus", 9)))
    first = prepare(source, tmp_path / "a", per_emperor=8)
    again = prepare(source, tmp_path / "b", per_emperor=8)
    other = prepare(source, tmp_path / "c", per_emperor=8, seed=1)
    assert first.coins["emperor"].value_counts().to_dict() == {"Nero": 8, "Titus": 8}
    assert first.hash == again.hash != other.hash


def test_museum_numbers_make_groups_that_stay_in_one_fold(tmp_path: Path) -> None:
    rows = records(("Nero", 30), ("Titus", 30))
    for i, row in enumerate(rows):
        row |= {"institution": "M", "number": str(10 * (i // 3) + i % 3)}
    grouped = prepare(table_of(tmp_path, rows), tmp_path / "g").coins
    random = prepare(tmp_path / "records.csv", tmp_path / "r", split="random").coins
    assert grouped["group"].nunique() == 20
    assert (grouped.groupby("group")["fold"].nunique() == 1).all()
    assert random["group"].nunique() == 20
    assert (random.groupby("group")["fold"].nunique() > 1).any()


def test_photographs_are_looked_at(coins: Path, drawn_dataset: dataset.Dataset) -> None:
    table = drawn_dataset.coins
    assert len(table) == 48 and set(table["fold"]) == {0, 1, 2, 3, 4}
    assert table["disc_found"].all() and table["disc_x"].between(75, 84).all()
    assert table["picture_sha256"].str.len().eq(64).all()
    assert drawn_dataset.photographs() == coins.resolve()


def test_the_same_file_twice_stays_in_one_fold_however_worn_the_coin(tmp_path: Path) -> None:
    folder = drawn.collection(tmp_path / "c", each=6)
    worn = cv2.GaussianBlur(drawn.coin("F"), (0, 0), 4)
    for name in ("images/0.png", "images/30.png"):
        drawn.save(folder / name, worn)
    coins = prepare(folder, tmp_path / "out").coins.set_index("coin_id")
    assert coins.loc["coin-0", "group"] == coins.loc["coin-30", "group"]


def test_columns_named_like_the_datasets_own_are_kept_under_another_name(tmp_path: Path) -> None:
    rows = records(("Nero", 6), ("Titus", 6), width="12 mm", group="A", fold="verso")
    made = prepare(table_of(tmp_path, rows), tmp_path / "out")
    assert set(made.coins["width_recorded"]) == {"12 mm"} and set(made.coins["fold"]) <= set(
        range(5)
    )


def test_a_coin_may_be_called_none(tmp_path: Path) -> None:
    rows = records(("Nero", 6), ("Titus", 6))
    rows[0]["coin_id"], rows[1]["coin_id"] = "none", "unknown"
    assert {"none", "unknown"} <= set(
        prepare(table_of(tmp_path, rows), tmp_path / "o").coins["coin_id"]
    )


def test_blank_and_gray_photographs_are_noticed(tmp_path: Path) -> None:
    folder = drawn.collection(tmp_path / "c", each=6)
    drawn.save(folder / "images/0.png", np.full((90, 90, 3), 255, np.uint8))
    drawn.save(folder / "images/10.png", drawn.coin("F", metal=(120, 120, 120)))
    made = prepare(folder, tmp_path / "out")
    assert "coin-0" not in set(made.coins["coin_id"])
    assert list(made.coins.loc[made.coins["near_gray"], "coin_id"]) == ["coin-10"]
    assert "blank" in (made.folder / stored.LEFT_OUT).read_text()


@pytest.mark.parametrize(
    ("counts", "settings", "expected"),
    [
        ([("Nero", 9)], {}, "only Nero is left"),
        ([("Nero", 9), ("Otho", 1)], {}, "only Nero is left"),
        ([("Nero", 9), ("Otho", 1)], {"min_coins": 1}, "at least 5 coins"),
        ([("Nero", 3)], {}, "nobody is left"),
        ([("Neron", 9)], {}, r"nobody is left.*is Nero meant\? \(9 rows\)"),
        ([("Nero", 9), ("Otho", 9)], {"per_emperor": 3}, "less than --min-coins"),
        ([("Nero", 9), ("Otho", 9)], {"seed": -1}, "--seed -1 is not between"),
    ],
)
def test_what_no_network_can_learn_is_refused(
    tmp_path: Path, counts: list, settings: dict, expected: str
) -> None:
    source = photographed(tmp_path / "coins", records(*counts))
    with pytest.raises(DatasetError, match=expected) as caught:
        prepare(source, tmp_path / "out", **settings)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists(), "nothing is written half"


def test_a_table_without_portraits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no column portrait"):
        prepare(table_of(tmp_path, [{"coin_id": "1"}]), tmp_path / "out")


def test_records_alone_may_be_of_one_emperor(tmp_path: Path) -> None:
    made = prepare(table_of(tmp_path, records(("Nero", 6), ("Otho", 2))), tmp_path / "out")
    assert made.emperors == ["Nero"] and not made.description["photographs"]
    with pytest.raises(DatasetError, match="nobody is left"):
        prepare(table_of(tmp_path, records(("Otho", 2))), tmp_path / "none")


def test_records_only_have_no_photographs(tmp_path: Path) -> None:
    made = prepare(table_of(tmp_path, records(("Nero", 6), ("Titus", 6))), tmp_path / "out")
    with pytest.raises(DatasetError, match="records only"):
        made.photographs()


def test_the_report_says_what_is_guessed_without_a_picture(tmp_path: Path) -> None:
    rows = records(("Hadrian", 20), ("Nero", 20), institution="M")
    for i, row in enumerate(rows):
        row |= {"number": str(10 * i), "denomination": "As"}
    prepare(table_of(tmp_path / "numbered", rows), tmp_path / "a")
    report = (tmp_path / "a" / "report.md").read_text()
    assert "| nearest museum number | 40 | " in report and "| denomination | 40 | " in report
    prepare(table_of(tmp_path / "bare", records(("Hadrian", 20), ("Nero", 20))), tmp_path / "b")
    assert "No coin has a museum number" in (tmp_path / "b" / "report.md").read_text()


def test_a_museum_is_tested_by_networks_that_know_only_others(tmp_path: Path) -> None:
    rows = [
        row | {"coin_id": f"{museum}-{row['coin_id']}", "institution": museum}
        for museum in "ABCDEF"
        for row in records(("Hadrian", 4), ("Nero", 4))
    ]
    made = prepare(table_of(tmp_path / "six", rows), tmp_path / "out", split="institution")
    assert (made.coins.groupby("institution")["fold"].nunique() == 1).all()
    assert made.coins["fold"].nunique() == 5
    with pytest.raises(DatasetError, match="come from 4 known institutions"):
        few = [row for row in rows if row["institution"] in "ABCD"]
        prepare(table_of(tmp_path / "four", few), tmp_path / "out", split="institution")


def test_columns_named_like_ours_are_kept_under_another_name(tmp_path: Path) -> None:
    rows = records(
        ("Hadrian", 6), ("Nero", 6), ("Minerva", 1), reason="found", drawn="no", group="7"
    )
    made = prepare(table_of(tmp_path, rows), tmp_path / "out")
    assert set(made.coins["reason_recorded"]) == {"found"} and set(made.coins["drawn"]) == {"no"}
    assert not made.description["drawn"] and len(made.coins["group"].unique()) == 12
    left_out = pd.read_csv(tmp_path / "out" / stored.LEFT_OUT)
    assert left_out["reason"].iloc[0].startswith("portrait Minerva")
    rows = records(("Hadrian", 6), ("Nero", 6), group="7", group_recorded="8")
    with pytest.raises(DatasetError, match="a column group_recorded, under which its column group"):
        prepare(table_of(tmp_path, rows), tmp_path / "other")


def test_a_table_without_any_portrait_is_one_sentence(tmp_path: Path) -> None:
    rows = [{"coin_id": f"c{i}", "portrait": "", "authority": "Hadrian"} for i in range(12)]
    with pytest.raises(DatasetError, match="nobody is left"):
        prepare(table_of(tmp_path, rows), tmp_path / "out")


def test_a_museum_s_number_with_a_letter_can_be_shown(tmp_path: Path) -> None:
    rows = records(("Hadrian", 6), ("Nero", 6), ("Minerva", 2), number="12a")
    made = prepare(table_of(tmp_path, rows), tmp_path / "out")
    assert made.records()["use"].value_counts().to_dict() == {
        "in the data set": 12,
        "left out": 2,
    }
    (made.folder / stored.INFERRED).write_text("")
    with pytest.raises(DatasetError, match=r"inferred\.csv is damaged"):
        made.records()


def test_a_bare_table_is_never_written_over(tmp_path: Path) -> None:
    path = table_of(tmp_path / "mine", records(("Hadrian", 6), ("Nero", 6)))
    path = path.rename(path.with_name(stored.COINS))
    before = path.read_bytes()
    with pytest.raises(DatasetError, match="choose another --out"):
        prepare(path, path.parent)
    assert path.read_bytes() == before
