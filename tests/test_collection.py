from pathlib import Path

import drawn
import pandas as pd
import pytest

from coinvision import collection
from coinvision.errors import CollectionError


def put(folder: Path, table: str, *, name: str = "metadata.csv", encoding: str = "utf-8") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(table.encode(encoding))
    return folder


def picture(folder: Path, name: str) -> None:
    drawn.save(folder / name, drawn.coin("F", size=64))


def test_a_persons_own_folder_works_as_it_is(tmp_path: Path) -> None:
    folder = put(
        tmp_path / "mine",
        "Filename;Emperor;Remarks\r\na.png;Néron;schön\r\nb.png;Nero;\r\n",
        name="my coins.csv",
        encoding="cp1252",
    )
    picture(folder, "a.png")
    picture(folder, "images/b.png")

    read = collection.read(folder)

    assert list(read.table["coin_id"]) == ["a", "b"]
    assert list(read.table["portrait"]) == ["Néron", "Nero"]
    assert read.table["remarks"][0] == "schön"
    assert read.path("b.png") == folder / "images" / "b.png"
    assert not read.problems


def test_one_stray_byte_does_not_garble_the_other_rows(tmp_path: Path) -> None:
    folder = tmp_path / "coins"
    text = "file_name,portrait,remarks\na.png,Nero,schön\nb.png,Nero,sch?n\n"
    put(folder, text)
    path = folder / "metadata.csv"
    path.write_bytes(path.read_bytes().replace(b"sch?n", b"sch\xf6n"))
    picture(folder, "a.png")
    picture(folder, "b.png")
    assert list(collection.read(folder).table["remarks"]) == ["schön", "schön"]


def test_all_bad_rows_are_listed_at_once_and_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "coins"
    put(
        folder,
        "file_name,coin_id,portrait\n"
        "good.png,1,Nero\n"
        "missing.png,2,Nero\n"
        "other.png,1,Nero\n"
        "../outside.png,3,Nero\n"
        "good.png,5,Nero\n"
        ",6,Nero\n"
        "other.png,,Nero\n"
        "other.png,7,Nero,and,more\n"
        "last.png,8,Nero\n",
    )
    for name in ("good.png", "other.png", "last.png", "../outside.png"):
        picture(folder, name)

    read = collection.read(folder)

    assert list(read.table["coin_id"]) == ["1", "8"]
    reasons = {problem.row: problem.reason for problem in read.problems}
    assert set(reasons) == {3, 4, 5, 6, 7, 8, 9}
    assert "not there" in reasons[3]
    assert reasons[4] == "coin_id stands already in row 2"
    assert "leads out of the folder" in reasons[5]
    assert "good.png stands already in row 2" in reasons[6]
    assert "empty" in reasons[7] and "empty" in reasons[8]
    assert "5 cells where the header has 3" in reasons[9]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = put(tmp_path / "c", "file_name,coin_id\na.png,1\nlink.png,2\n")
    picture(folder, "a.png")
    picture(tmp_path, "secret.png")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")

    problems = collection.read(folder).problems

    assert [p.coin_id for p in problems] == ["2"] and "leads out" in problems[0].reason


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("", "no rows"),
        ("file_name,coin_id\n", "no rows"),
        ("coin_id,portrait\n1,Nero\n", "no column file_name"),
        ("file_name,file_name,coin_id\na,b,1\n", "twice"),
        ("file_name,coin_id\na.png,1\n", "no usable row"),
        ("file_name,coin_id\na\0.png,1\n", "zero bytes"),
        ('file_name,coin_id\n"a.png,1\nb.png,2\n', "unclosed quotation mark"),
        ("file_name,coin_id\n" + "a" * 300 + ".png,1\n", "no name of a file"),
    ],
)
def test_a_folder_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, table: str, expected: str
) -> None:
    with pytest.raises(CollectionError, match=expected) as caught:
        collection.read(put(tmp_path / "c", table))
    assert "\n" not in str(caught.value)


def test_line_ends_of_old_macs_and_the_columns_of_spreadsheets(tmp_path: Path) -> None:
    folder = put(tmp_path / "c", "file_name,coin_id,date,year,row,,\ra.png,1,AD 70,70,9,,\r")
    picture(folder, "a.png")
    table = collection.read(folder).table
    assert table.loc[0, ["date", "year", "row_recorded"]].tolist() == ["AD 70", "70", "9"]


def test_a_missing_folder_and_a_folder_with_two_tables_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="does not exist"):
        collection.read(tmp_path / "nowhere")
    put(tmp_path / "c", "file_name\n", name="a.csv")
    put(tmp_path / "c", "file_name\n", name="b.csv")
    with pytest.raises(CollectionError, match="2 CSV files"):
        collection.read(tmp_path / "c")


def test_a_bare_table_takes_its_ids_from_the_museums_addresses(tmp_path: Path) -> None:
    put(tmp_path, "portrait,url\nNero,http://x.org/1944.100.39.obv.width175.jpg\n", name="t.csv")

    read = collection.read(tmp_path / "t.csv")

    assert read.folder is None
    assert list(read.table["coin_id"]) == ["1944.100.39"]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    picture(tmp_path / "c", "images/a.png")
    table = pd.DataFrame(
        {"portrait": ["Nero"], "coin_id": ["x"], "file_name": ["images/a.png"], "note": ['"a", b']}
    )

    path = collection.write(tmp_path / "c", table)

    assert path.read_text().startswith("file_name,coin_id,")
    read = collection.read(tmp_path / "c").table
    assert read["note"][0] == '"a", b' and read["portrait"][0] == "Nero"


def test_double_ids_are_not_written(tmp_path: Path) -> None:
    table = pd.DataFrame({"coin_id": ["x", "x"], "file_name": ["a", "b"]})
    with pytest.raises(CollectionError, match="single"):
        collection.write(tmp_path / "c", table)
    assert not (tmp_path / "c").exists()
