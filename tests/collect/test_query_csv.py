"""query.csv of 2016 and of today."""

import museum_pages as pages
import pytest
from museum_pages import MadeUp

from coinvision.collect.numishare import read_query_csv
from coinvision.errors import PageError

BASE = "http://museum"


def read_one(*cells: tuple[str, str]) -> dict:
    header = ",".join(f'"{name}"' for name, _ in cells)
    row = ",".join(f'"{value}"' for _, value in cells)
    return next(read_query_csv(f'{header},"URI"\n{row},"http://museum/id/7"\n'))


def test_a_table_of_today() -> None:
    coin = MadeUp("1944.100.1", ("Hadrian", "Sabina"), years=(-27, 14))
    (facts,) = read_query_csv(pages.table(BASE, [coin], old=False))
    assert facts["record_id"] == "1944.100.1" and facts["title"] == coin.title
    assert (facts["year_from"], facts["year_to"]) == (-27, 14)
    assert facts["portraits"] == ["Hadrian", "Sabina"] and facts["portrait"] == "Hadrian"
    assert facts["denomination"] == "Denarius"
    assert facts["legend_obverse"] == "HADRIANVS | AVG"  # one "|" is part of the legend
    stem = f"{BASE}/collectionimages/19001949/1944/1944.100.1"
    assert facts["images"] == {
        "obverse": {"thumbnail": f"{stem}.obv.width175.jpg"},
        "reverse": {"thumbnail": f"{stem}.rev.width175.jpg"},
    }


def test_a_table_of_2016() -> None:
    coins = [MadeUp("1", ("A", "B"), years=(-26, 14)), MadeUp("2", (), years=(5, 5))]
    first, second = read_query_csv(pages.table(BASE, coins, old=True))
    assert (first["year_from"], first["year_to"]) == (-26, 14)
    assert first["portraits"] == ["A", "B"] and first["denomination"] == "Denarius"
    assert (second["year_from"], second["year_to"]) == (5, 5)
    assert (second["portrait"], second["portrait_source"]) == ("Hadrian", "authority")
    assert first["images"] == {}


def test_the_first_of_several_values_counts() -> None:
    facts = read_one(("Mint", "Bilbilis|Italica"), ("Reverse Legend", "S C|[ ]"), ("Year", "-13"))
    assert facts["mint"] == "Bilbilis" and facts["legend_reverse"] == "S C"
    assert facts["record_id"] == "7"  # there is no RecordId: the last part of the address


def test_dates_in_words() -> None:
    facts = read_one(("From Date", "27 BC"), ("To Date", "AD 14"))
    assert (facts["year_from"], facts["year_to"]) == (-27, 14)
    assert read_one(("From Date", ""), ("To Date", ""))["year_from"] is None


def test_line_ends_inside_cells_and_blank_lines() -> None:
    text = '"URI","Title"\r\n"u/1","a\nb ""c"""\r\n\r\n"u/2",""\r\n'
    assert [facts["title"] for facts in read_query_csv(text)] == ['a b "c"', None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html>Error</html>\n", "neither URI nor RecordId"),
        ("", "neither URI nor RecordId"),
        ('"URI","Title"\n"u/1","a"\n"u/2"\n', "1 cells in line 3"),
        ('"URI","Title"\n"u/1","a\n', "no clean CSV near line 2"),
    ],
)
def test_a_malformed_table_is_named_with_its_place(text: str, said: str) -> None:
    with pytest.raises(PageError, match=said) as caught:
        list(read_query_csv(text, url="http://museum/query.csv"))
    assert str(caught.value).startswith("http://museum/query.csv ")
