"""Whole harvests of the museum on this machine: every way to list, every fault, every request."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import museum
import pandas as pd
import pytest
from museum import MadeUp, Museum

from coinvision import collection
from coinvision.collect import Order, Report, collect
from coinvision.collect import client as client_module
from coinvision.errors import CollectionError, FetchError, RefusedError
from coinvision.photos.decoding import decode

FIRST = "1944.100.10000"


@pytest.fixture(autouse=True)
def quick_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "BACKOFF", 0.01)


@pytest.fixture
def site() -> Iterator[Museum]:
    with Museum(museum.coins(6)) as made:
        yield made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "ans"


def harvest(site: Museum, out: Path, **wishes: object) -> Report:
    order = {"contact": "me@museum.org", "site": site.site, "delay": 0.0} | wishes
    return collect(Order(**order), folder=out)  # type: ignore[arg-type]


def table(out: Path) -> pd.DataFrame:
    return pd.read_csv(out / "metadata.csv", dtype=str, keep_default_na=False)


def files(out: Path) -> dict[str, bytes]:
    paths = [out / "metadata.csv", *sorted((out / "images").iterdir())]
    return {str(path.relative_to(out)): path.read_bytes() for path in paths}


def test_the_result_is_a_collection(site: Museum, out: Path) -> None:
    report = harvest(site, out)
    read = collection.read(out)
    assert all(decode(read.path(name)).shape == (20, 40, 3) for name in read.table["file_name"])
    assert not read.problems and len(read.table) == 6 == report.coins == report.listed
    first = read.table.iloc[0].to_dict()
    assert list(first)[1:3] == ["file_name", "coin_id"]
    assert first["coin_id"] == FIRST and first["file_name"] == f"images/{FIRST}.jpg"
    assert (first["lot"], first["number"]) == ("1944.100", "10000")
    assert (first["portrait"], first["portrait_source"]) == ("Hadrian", "obverse or reverse")
    assert (first["year_from"], first["year_to"]) == ("117", "138")
    assert first["record_url"] == f"{site.base}/collection/{FIRST}"
    assert "%2F" in first["image_url"] and first["image_url"].endswith("/full/400,/0/default.jpg")
    assert (out / first["file_name"]).read_bytes() == museum.picture(FIRST, 400)


def test_it_asks_for_no_more_than_it_must(site: Museum, out: Path) -> None:
    report = harvest(site, out)
    lists = [path for path in site.paths() if "query.csv" in path]
    # the rules, the table, the table's end, and each photograph once
    assert len(site.requests) == 1 + 2 + 6 == report.counts["requests"]
    assert set(site.counts().values()) == {1} and len(lists) == 2
    assert "sort=recordId+asc" in lists[0] and "lang=en" in lists[0]
    stored = json.loads((out / "harvest" / "report.json").read_text())
    assert stored["counts"]["requests"] == 9 and stored["counts"]["bytes"] > 0
    assert stored["skipped"] == {} and stored["coins"] == 6


def test_a_long_table_is_read_page_by_page(out: Path) -> None:
    with Museum(museum.coins(95)) as site:
        assert harvest(site, out).coins == 95
        assert [p.split("start=")[1].split("&")[0] for p in site.paths("query")] == [
            "0", "40", "80", "95",
        ]  # fmt: skip
        assert list(table(out)["coin_id"]) == [coin.coin_id for coin in site.coins]


@pytest.mark.parametrize("way", ["feed/", "results"])
@pytest.mark.parametrize("layout", ["list", "grid"])
def test_other_ways_to_list_give_the_same_coins(out: Path, way: str, layout: str) -> None:
    with Museum(museum.coins(45), layout=layout, has={way, "apis/getNuds", "iiif"}) as site:
        assert harvest(site, out).coins == 45
        found = table(out)
        assert list(found["coin_id"]) == [coin.coin_id for coin in site.coins]
        assert set(found["portrait_source"]) == {"obverse"} and set(found["mint"]) == {"Rome"}
        pages = {"feed/": 1, "results": 3}[way]
        assert len(site.paths(f"/search/{way}")) == pages and len(site.paths("getNuds")) == 1


def test_a_table_of_2016_names_no_pictures_so_the_records_do(site: Museum, out: Path) -> None:
    site.old_table = True
    assert harvest(site, out).coins == 6
    assert len(site.paths("getNuds")) == 1 and len(site.requests) == 1 + 2 + 1 + 6
    assert "%7C" in site.paths("getNuds")[0]  # a bare "|" would be refused


def test_two_portraits_are_told_apart_by_the_record(site: Museum, out: Path) -> None:
    site.coins[2] = MadeUp(site.coins[2].coin_id, ("Sabina", "Hadrian"))
    site.coins[3] = MadeUp(site.coins[3].coin_id, ())
    harvest(site, out)
    found = table(out)
    assert list(found["portrait"][2:4]) == ["Sabina", "Hadrian"]
    assert list(found["portrait_source"][1:4]) == ["obverse or reverse", "obverse", "authority"]
    assert len(site.paths("getNuds")) == 1


def test_single_records_where_the_site_gives_no_groups(site: Museum, out: Path) -> None:
    site.old_table, site.has = True, site.has - {"apis/getNuds"}
    assert harvest(site, out).coins == 6
    assert len(site.paths(".xml")) == 6 and len(site.paths("getNuds")) == 1


def test_a_broken_group_does_not_spoil_its_records(site: Museum, out: Path) -> None:
    site.old_table = True
    site.fault("getNuds", "garbage", value="<nudsGroup>\n<nuds></nudsGroup>")
    site.fault(f"{FIRST}.xml", "garbage", value="<nuds>")
    report = harvest(site, out)
    assert report.coins == 5 and list(report.skipped.values()) == [1]
    (group, single) = sorted(report.problems, key=lambda problem: "getNuds" not in problem)
    assert "getNuds" in group and "no well-formed XML" in group and "line 2, column" in group
    assert f"{FIRST}.xml is no well-formed XML" in single


def test_a_broken_table_is_named_and_the_feed_goes_on(out: Path) -> None:
    with Museum(museum.coins(60)) as site:
        site.fault("query.csv", "garbage", value='"URI"\n"a","b"\n', after=1)
        report = harvest(site, out)
        assert report.coins == 60 and "in line 2" in report.problems[0]
        assert "query.csv?q=" in report.problems[0]
        assert "start=40" in site.paths("feed/")[0]  # where the table broke off


@pytest.mark.parametrize("ways", [{"query.csv"}, {"feed/"}, {"results"}])
def test_a_pager_without_end_ends(out: Path, ways: set[str]) -> None:
    with Museum(museum.coins(30), endless=True, has={*ways, "apis/getNuds", "iiif"}) as site:
        report = harvest(site, out)
        assert report.coins == min(30, {"results": 20}.get(next(iter(ways)), 30))
        assert len(site.paths(f"/search/{next(iter(ways))}")) == 2


def test_a_record_that_vanished(site: Museum, out: Path) -> None:
    site.gone.add(FIRST)
    report = harvest(site, out)
    assert report.coins == 5 and FIRST not in set(table(out)["coin_id"])
    assert report.skipped == {"an address answered 404": 1}
    skipped = pd.read_csv(out / "harvest" / "skipped.csv")
    assert skipped["coin_id"][0] == FIRST and "404" in skipped["reason"][0]


def test_smaller_sizes_where_iiif_fails(site: Museum, out: Path) -> None:
    site.has.discard("iiif")
    site.fault(f"{FIRST}.obv.width350", "404")
    assert harvest(site, out, size=600).coins == 6
    widths = [url.rsplit(".", 2)[1] for url in table(out)["image_url"]]
    assert widths == ["width175"] + ["width350"] * 5
    assert (out / f"images/{FIRST}.jpg").read_bytes() == museum.picture(FIRST, 175)


def test_the_size_is_asked_for(site: Museum, out: Path) -> None:
    harvest(site, out, size=640, limit=1)
    assert site.paths("/full/") and site.paths("/full/")[0].endswith("/full/640,/0/default.jpg")
    with pytest.raises(CollectionError, match="begun with --size 640, not 400"):
        harvest(site, out)


@pytest.mark.parametrize("kind", ["truncated", "html", "cut", "503", "429"])
def test_a_fault_that_passes_costs_nothing(site: Museum, out: Path, kind: str) -> None:
    site.fault(f"{FIRST}.obv.noscale", kind)
    report = harvest(site, out)
    assert report.coins == 6
    assert (out / f"images/{FIRST}.jpg").read_bytes() == museum.picture(FIRST, 400)


@pytest.mark.parametrize("kind", ["truncated", "html"])
def test_what_never_is_a_photograph_is_skipped_with_its_reason(
    site: Museum, out: Path, kind: str
) -> None:
    site.fault(f"{FIRST}.obv", kind, times=99)
    report = harvest(site, out)
    assert report.coins == 5 and not (out / f"images/{FIRST}.jpg").exists()
    (reason,) = report.skipped
    assert "gave no photograph" in reason
    site.faults.clear()  # the same command asks again for what may have been a passing fault
    assert harvest(site, out).coins == 6


def test_a_wrong_content_type_does_not_lose_a_photograph(site: Museum, out: Path) -> None:
    site.fault(f"{FIRST}.obv.noscale", "type", times=99)
    harvest(site, out)
    assert (out / f"images/{FIRST}.jpg").read_bytes() == museum.picture(FIRST, 400)


def test_robots_txt_shuts_the_lists_and_the_pictures(site: Museum, out: Path) -> None:
    site.robots = "User-agent: *\nDisallow: /search/query.csv\nDisallow: /collectionimages/\n"
    site.robots += "Disallow: /collectionimages%2F\n"
    with pytest.raises(FetchError, match="No coin could be collected"):
        harvest(site, out)
    assert not site.paths("query.csv") and not site.paths("collectionimages")
    site.robots = "User-agent: *\nDisallow: /\n"
    with pytest.raises(FetchError, match=r"forbidden by the robots\.txt"):
        harvest(site, out.with_name("other"))


def test_a_site_that_refuses_is_left_alone_and_nothing_is_lost(out: Path) -> None:
    with Museum(museum.coins(40)) as site:
        site.fault("noscale", "429", times=999, after=12)
        site.fault("width", "429", times=999)
        with pytest.raises(RefusedError, match="20 requests in a row"):
            harvest(site, out)
        assert len(table(out)) == 12  # what came can be used already
        asked = len(site.requests)
        site.faults.clear()
        assert harvest(site, out).coins == 40
        # goes on where it was: no list again, no photograph twice
        assert len(site.requests) - asked == 1 + 28
        undisturbed = out.with_name("undisturbed")
        harvest(site, undisturbed)
        assert files(out) == files(undisturbed)


def test_pages_instead_of_photographs_everywhere_stop_it(out: Path) -> None:
    with Museum(museum.coins(60)) as site:
        site.fault("collectionimages", "html", times=9999)
        with pytest.raises(RefusedError, match="20 coins in a row"):
            harvest(site, out)
        assert len(site.paths("collectionimages")) == 20 * 3 * 2


def test_a_second_harvest_takes_only_what_changed(site: Museum, out: Path) -> None:
    harvest(site, out)
    before, asked = files(out), len(site.requests)
    report = harvest(site, out)
    again = site.requests[asked:]
    assert report.counts["unchanged"] == 6 + 2 and len(again) == 9
    assert all("If-None-Match" in request.headers for request in again[1:])
    assert files(out) == before
    site.coins.append(MadeUp("1944.100.10009"))
    assert harvest(site, out).coins == 7
    assert len(table(out)) == 7


def test_a_damaged_photograph_is_fetched_anew(site: Museum, out: Path) -> None:
    harvest(site, out)
    (out / f"images/{FIRST}.jpg").write_bytes(b"half")
    harvest(site, out)
    assert (out / f"images/{FIRST}.jpg").read_bytes() == museum.picture(FIRST, 400)


def test_what_is_here_is_kept_when_the_site_fails_later(site: Museum, out: Path) -> None:
    harvest(site, out)
    before = files(out)
    site.fault(f"{FIRST}.obv.noscale", "503", times=4)
    report = harvest(site, out)
    assert report.coins == 6 and files(out) == before
    assert not site.paths("width350")


def test_a_damaged_journal_is_named(site: Museum, out: Path) -> None:
    harvest(site, out)
    (out / "harvest" / "journal.sqlite").write_bytes(b"no database " * 1000)
    with pytest.raises(CollectionError, match=r"journal\.sqlite cannot be used"):
        harvest(site, out)


def test_a_limit_takes_the_first_and_may_grow(out: Path) -> None:
    with Museum(museum.coins(90)) as site:
        site.gone.add(FIRST)
        assert harvest(site, out, limit=5).coins == 5
        assert len(site.paths("query.csv")) == 1  # one page of the table is enough
        assert list(table(out)["number"]) == [str(10001 + i) for i in range(5)]
        assert harvest(site, out, limit=50).coins == 50
        assert harvest(site, out, limit=3).coins == 3


def test_a_site_that_is_gone_leaves_the_table_of_a_limit(out: Path) -> None:
    with Museum(museum.coins(20)) as site:
        assert harvest(site, out, limit=5).coins == 5
        before = (out / "metadata.csv").read_bytes()
    with pytest.raises(FetchError):
        harvest(site, out, limit=5)
    assert (out / "metadata.csv").read_bytes() == before


def test_odd_names_make_safe_files(out: Path) -> None:
    names = ["ric.1(2).aug.1A", "../../evil", "a/b c", "é" * 90, "."]
    with Museum([MadeUp(name) for name in names]) as site:
        with pytest.raises(FetchError):
            harvest(site, out)
    from coinvision.collect.metadata import file_name

    made = [file_name(name) for name in names]
    assert made[0] == "images/ric.1(2).aug.1A.jpg" and len(set(made)) == len(names)
    for name in made:
        path = (out / name).resolve()
        assert path.parent == (out / "images").resolve() and len(path.name) < 130


def test_records_are_asked_for_on_the_chosen_site_alone() -> None:
    from coinvision.collect.numishare.addresses import MANTIS, record_xml_url

    there = "http://numismatics.org/collection/1.2.3"
    assert record_xml_url(MANTIS, "1.2.3", f"{there}?lang=en") == f"{there}.xml"
    own = "https://numismatics.org/search/id/1.2.3.xml"
    assert record_xml_url(MANTIS, "1.2.3", "http://elsewhere.org/1.2.3") == own
    assert record_xml_url(MANTIS, "1.2.3", None) == own


def test_folders_that_hold_something_else_are_left_alone(site: Museum, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CollectionError, match="something else"):
        harvest(site, tmp_path)
    with pytest.raises(CollectionError, match="is a file"):
        harvest(site, tmp_path / "mine.txt")
    with pytest.raises(FetchError, match="no address on the web"):
        collect(Order("me@museum.org", site="numismatics.org/search"), folder=tmp_path / "new")
    assert not (tmp_path / "new").exists() and not site.requests


def test_a_folder_has_one_harvest_at_a_time(site: Museum, out: Path) -> None:
    from filelock import FileLock

    harvest(site, out)
    with FileLock(out / "harvest" / "lock"), pytest.raises(CollectionError, match="right now"):
        harvest(site, out)


def test_stopped_by_the_user_it_leaves_what_came(site: Museum, out: Path) -> None:
    def stopping(coins: Iterator, total: int) -> Iterator:
        for i, coin in enumerate(coins):
            if i == 4:
                raise KeyboardInterrupt
            yield coin

    with pytest.raises(KeyboardInterrupt):
        collect(Order("me@museum.org", site=site.site, delay=0), folder=out, progress=stopping)
    assert len(table(out)) == 4
    with sqlite3.connect(out / "harvest" / "journal.sqlite") as journal:
        assert journal.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    asked = len(site.requests)
    assert harvest(site, out).coins == 6 and len(site.requests) - asked == 1 + 2


def test_time_goes_into_politeness_alone(out: Path) -> None:
    shares = []
    for attempt in range(3):  # other work on this machine may slow one of them down
        with Museum(museum.coins(6)) as site:
            report = harvest(site, out / str(attempt), delay=0.5)
            gaps = [b.at - a.at for a, b in pairwise(site.requests)]
        assert len(gaps) == 8 and min(gaps) >= 0.5
        assert report.seconds_waited == pytest.approx(8 * 0.5, abs=0.01)
        shares.append(report.waiting_share)
        if shares[-1] > 0.95:
            return
    pytest.fail(f"only {max(shares):.1%} of the time was politeness")
