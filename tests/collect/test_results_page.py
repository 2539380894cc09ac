"""Results pages in both layouts and both pager forms, the feed, and OCRE's specimens."""

import museum
import museum_pages as pages
import pytest

from coinvision.collect.numishare import read_feed, read_results_page
from coinvision.errors import PageError

BASE = "http://museum"
COINS = museum.coins(2)


@pytest.mark.parametrize("pager", ["href", "path"])
@pytest.mark.parametrize("layout", ["list", "grid"])
def test_layouts_and_pagers(layout: str, pager: str) -> None:
    html = pages.results(BASE, COINS, total=45, start=20, layout=layout, pager=pager, last=False)
    page = read_results_page(html.encode())
    assert (page["total"], page["start"], page["per_page"], page["next_start"]) == (45, 20, 20, 40)
    first, second = page["records"]
    assert first["record_id"] == "1944.100.10000" and second["record_id"] == "1944.100.10001"
    assert first["record_url"] == f"{BASE}/collection/1944.100.10000"  # without ?lang=en
    assert first["title"] == COINS[0].title
    stem = f"{BASE}{COINS[0].picture}.obv"
    assert first["images"]["obverse"] == {
        "reference": f"{stem}.width350.jpg",
        "thumbnail": f"{stem}.width175.jpg",
    }
    if layout == "list":
        assert (first["year_from"], first["year_to"]) == (117, 138)
        assert first["legend_obverse"] == "HADRIANVS AVG" and first["denomination"] == "Denarius"
    else:
        assert first["fields"] == {} and first["year_from"] is None


def test_the_last_page_and_no_hits() -> None:
    last = pages.results(BASE, COINS, total=2, start=0, layout="list", pager="path", last=True)
    assert read_results_page(last.encode())["next_start"] is None
    none = pages.results(BASE, [], total=0, start=0, layout="list", pager="path", last=True)
    page = read_results_page(none.encode())
    assert page["total"] == 0 and page["records"] == []


def test_the_total_in_words_if_no_meta_says_it() -> None:
    html = b"<div class='paging_div'>Displaying records 21 to 40 of\n    42 total results.</div>"
    page = read_results_page(html)
    assert (page["total"], page["start"]) == (42, 20)


def test_labels_without_a_value_do_not_shift_the_others() -> None:
    html = (
        b"<div class='result-doc'><h4><a href='id/a'>A</a></h4><dl><dt>Date</dt><dt>Mint</dt>"
        b"<dd>Rome</dd><dd>stray</dd><dt>Obverse</dt><dd>Head of Nero, right</dd></dl></div>"
    )
    (record,) = read_results_page(html)["records"]
    assert record["fields"] == {"Mint": "Rome", "Obverse": "Head of Nero, right"}
    assert record["legend_obverse"] is None and record["images"] == {}


def test_a_combined_picture_is_no_obverse_though_its_title_says_a_side() -> None:
    html = (
        b"<div class='grid-doc'><h4><a href='id/a'>A</a></h4><a class='thumbImage' id='x' "
        b"href='c.jpg' title='Reverse of A'><img src='t.jpg' alt='Thumbnail Image'/></a></div>"
    )
    (record,) = read_results_page(html)["records"]
    assert record["images"] == {"combined": {"reference": "c.jpg", "thumbnail": "t.jpg"}}


def test_specimens_of_a_type_keep_to_themselves() -> None:
    def anchor(side: str, owner: str, who: str, style: str = "") -> str:
        return (
            f"<a class='thumbImage' rel='gallery' {style} id='{owner}' href='{owner}-{side}' "
            f"title='{side} of N-1/2: {who}'><img class='side-thumbnail' src='t'/></a>"
        )

    html = (
        "<div class='row result-doc'><h4><a href='id/ric.1(2).aug.1A'>RIC I 1A</a></h4><div>"
        + anchor("Obverse", "b1", "Münzkabinett Berlin")
        + anchor("Reverse", "b1", "Münzkabinett Berlin")
        + anchor("Obverse", "ans1", "ANS", "style='display:none'")
        + "<br/>objects: 13; hoard: 1</div></div>"
    )
    (record,) = read_results_page(html.encode())["records"]
    assert record["record_id"] == "ric.1(2).aug.1A"
    kept = [(s["record_url"], s["institution"], set(s["images"])) for s in record["specimens"]]
    assert kept == [
        ("b1", "Münzkabinett Berlin", {"obverse", "reverse"}),
        ("ans1", "ANS", {"obverse"}),
    ]
    assert record["images"]["obverse"]["reference"] == "b1-Obverse"


def test_what_is_no_results_page() -> None:
    with pytest.raises(PageError, match=r"http://museum/results is no results page"):
        read_results_page(b"<html><body>Log in</body></html>", url="http://museum/results")
    with pytest.raises(PageError, match=r"empty|no HTML"):
        read_results_page(b"", url="http://museum/results")


def test_the_feed() -> None:
    page = read_feed(pages.feed(BASE, COINS, total=2, start=0).encode())
    assert page["total"] == 2
    assert page["records"][1] == {
        "record_id": "1944.100.10001",
        "record_url": f"{BASE}/collection/1944.100.10001",
        "title": COINS[1].title,
    }
    with pytest.raises(PageError, match="expected feed, got nuds"):
        read_feed(b"<nuds/>")
