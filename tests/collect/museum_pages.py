"""What a Numishare site sends: tables, feeds, pages and records of made-up coins."""

import csv
import io
from dataclasses import dataclass
from html import escape

OLD_HEADER = ["URI", "Title", "RecordId", "Authority", "Coin Type URI", "Denomination", "Material",
              "Mint", "Obverse Legend", "Portrait", "Region", "Reverse Legend", "Year"]  # fmt: skip
NEW_HEADER = ["URI", "title", "RecordId", "Coin Type URI", "From Date", "To Date", "Authority",
              "Denomination", "Material", "Mint", "Portrait", "Region", "Obverse Legend",
              "Reverse Legend", "thumbnail_obv", "thumbnail_rev"]  # fmt: skip


@dataclass(frozen=True)
class MadeUp:
    """A coin of the test museum."""

    coin_id: str
    portraits: tuple[str, ...] = ("Hadrian",)  # obverse first
    authority: str = "Hadrian"
    years: tuple[int, int] = (117, 138)

    @property
    def picture(self) -> str:
        """Where its obverse lies, without side and size, as the ANS files pictures."""
        return f"/collectionimages/19001949/{self.coin_id.split('.')[0]}/{self.coin_id}"

    @property
    def title(self) -> str:
        return f'Denarius, "Rome" & more. {self.coin_id}'


def table(base: str, coins: list[MadeUp], *, old: bool) -> str:
    """`query.csv`, as it is today or as it was in 2016."""
    out = io.StringIO()
    rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(OLD_HEADER if old else NEW_HEADER)
    for coin in coins:
        rows.writerow((_old_row if old else _new_row)(base, coin))
    return out.getvalue()


def _new_row(base: str, coin: MadeUp) -> list[object]:
    thumbnails = [f"{base}{coin.picture}.{side}.width175.jpg" for side in ("obv", "rev")]
    return [f"{base}/collection/{coin.coin_id}", coin.title, coin.coin_id, "http://type/1",
            *coin.years, coin.authority, "Denarius||Struck", "Silver", "Rome",
            "||".join(coin.portraits), "Italy", "HADRIANVS | AVG", "", *thumbnails]  # fmt: skip


def _old_row(base: str, coin: MadeUp) -> list[object]:
    years = "|".join(str(year) for year in dict.fromkeys(coin.years))
    return [f"{base}/search/id/{coin.coin_id}", coin.title, coin.coin_id, coin.authority,
            "http://type/1", "Denarius|Struck", "Silver", "Rome", "HADRIANVS AVG",
            "|".join(coin.portraits), "Italy", "", years]  # fmt: skip


def feed(base: str, coins: list[MadeUp], *, total: int, start: int) -> str:
    entries = "".join(
        f"<entry><title>{escape(c.title)}</title><link href='{base}/collection/{c.coin_id}'/>"
        f"<id>{c.coin_id}</id><link rel='alternate' href='{base}/collection/{c.coin_id}.xml'/>"
        "</entry>"
        for c in coins
    )
    return (
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:opensearch='http://a9.com/-/spec/opensearch/1.1/'><title>t</title>"
        f"<link rel='next' href='{base}/search/feed/?start={start + 100}'/>"  # beyond the end too
        f"<opensearch:totalResults>{total}</opensearch:totalResults>{entries}</feed>"
    )


def results(
    base: str, coins: list[MadeUp], *, total: int, start: int, layout: str, pager: str, last: bool
) -> str:
    """A results page: layout `list` or `grid`, pager targets in `href` or `path`."""
    if not coins:
        return (
            "<html><head><meta name='totalResults' content='0'/></head><body>"
            "<div class='col-md-9'><h2>No results found. Start over.</h2></div></body></html>"
        )
    paging = (
        "<div class='paging_div row'><div class='col-md-6'>Displaying records "
        f"{start + 1} to {start + len(coins)} of\n        {total} total results.</div>"
        "<div class='col-md-6 page-nos'><a class='btn btn-default "
        f"{'disabled' if last else 'pagingBtn'}' {pager}='results?q=&amp;start={start + 20}' "
        "title='Next'>&gt;</a></div></div>"
    )
    blocks = "".join(_grid(base, c) if layout == "grid" else _listed(base, c) for c in coins)
    return (
        f"<html><head><meta name='totalResults' content='{total}'/><meta name='startIndex' "
        f"content='{start}'/><meta name='itemsPerPage' content='20'/></head><body>"
        f"<img src='logo.png'/>{paging}{blocks}{paging}</body></html>"
    )


def _anchor(base: str, coin: MadeUp, side: str, attributes: str) -> str:
    stem = f"{base}{coin.picture}.{side[:3].lower()}"
    return (
        f"<a class='thumbImage' href='{stem}.width350.jpg' id='{base}/collection/{coin.coin_id}' "
        f"title='{side} of {escape(coin.title)}'><img src='{stem}.width175.jpg' {attributes}/></a>"
    )


def _listed(base: str, coin: MadeUp) -> str:
    both = "".join(_anchor(base, coin, s, "class='side-thumbnail'") for s in ("Obverse", "Reverse"))
    return (
        f"<div class='row result-doc'><div class='col-md-12'><h4><a href='{base}/collection/"
        f"{coin.coin_id}?lang=en'>{escape(coin.title)}</a></h4></div><div>{both}</div>"
        "<div><dl class='dl-horizontal'><dt>Date</dt><dd>AD 117 - AD 138</dd><dt>Denomination</dt>"
        "<dd>Denarius</dd><dt>Obverse</dt><dd>HADRIANVS AVG: Head right</dd></dl></div></div>"
    )


def _grid(base: str, coin: MadeUp) -> str:
    both = "".join(
        _anchor(base, coin, side, f"class='side-thumbnail' alt='{side} Thumbnail Image'")
        for side in ("Obverse", "Reverse")
    )
    return (
        "<div class='row'><div class='col-xs-12 grid-doc'><h4><a href='"
        f"{base}/collection/{coin.coin_id}?lang=en'>{escape(coin.title)}</a></h4>{both}</div></div>"
    )


def nuds(base: str, coin: MadeUp) -> str:
    """One record; the first portrait stands on the obverse, the second on the reverse."""
    shown = [f"<persname xlink:role='portrait'>{name}</persname>" for name in coin.portraits]
    obverse, reverse = (*shown, "", "")[:2]
    stem = f"{base}{coin.picture}.obv"
    return f"""<nuds xmlns="http://nomisma.org/nuds" xmlns:xlink="http://www.w3.org/1999/xlink"
      xmlns:mets="http://www.loc.gov/METS/" recordType="physical">
  <control><recordId>{coin.coin_id}</recordId></control>
  <descMeta><title xml:lang="en">{escape(coin.title)}</title>
  <typeDesc><dateRange><fromDate standardDate="{coin.years[0]:04d}">x</fromDate>
    <toDate standardDate="{coin.years[1]:04d}">y</toDate></dateRange>
    <denomination>Denarius</denomination><material>Silver</material>
    <authority><persname xlink:role="authority">{coin.authority}</persname></authority>
    <geographic><geogname xlink:role="mint">Rome</geogname></geographic>
    <obverse><legend>HADRIANVS AVG</legend>{obverse}</obverse><reverse>{reverse}</reverse>
  </typeDesc></descMeta>
  <digRep><mets:fileSec><mets:fileGrp USE="obverse">
    <mets:file USE="reference"><mets:FLocat LOCYPE="URL" xlink:href="{stem}.width350.jpg"/>
    </mets:file><mets:file USE="thumbnail">
    <mets:FLocat LOCYPE="URL" xlink:href="{stem}.width175.jpg"/></mets:file>
  </mets:fileGrp></mets:fileSec></digRep></nuds>"""
