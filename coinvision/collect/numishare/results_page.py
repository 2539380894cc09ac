"""Read a results page, the HTML for people: the last way, since it says least.

    read_results_page(html)["records"]

Both layouts (list and grid) and both pagers (target in `href`, or in `path` since 2025) are read;
a page of OCRE has, for each type, photographs of several museums' specimens.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from coinvision.collect.numishare.markup import collapse, descendants, parse_html, text
from coinvision.collect.numishare.years import years_in_words
from coinvision.errors import PageError

_TOTAL = re.compile(r"(\d+) to (\d+) of (\d+)")


def read_results_page(html: bytes, *, url: str = "the page") -> dict[str, Any]:
    """One page of results.

    Returns:
        `total`, `start`, `per_page`, `next_start` (of the next page by the pager; None on the
        last): int or None. `records`: for each `record_id, record_url` (as the page has it),
        `title, denomination, mint, legend_obverse, legend_reverse, year_from, year_to`, `fields`
        (every label with its text), `images` (side -> size -> URL, of the record or its first
        specimen) and `specimens` (`record_url, institution, images` each; one on a coin's page).

    Raises:
        PageError: no page of results.
    """
    root = parse_html(html, url=url)
    metas = {meta.get("name"): meta.get("content", "") for meta in descendants(root, "meta")}
    records = [_record(block) for block in _blocks(root)]
    shown = _TOTAL.search(" ".join(text(div) for div in _with_class(root, "div", "paging_div")))
    total = _number(metas.get("totalResults")) if "totalResults" in metas else None
    if total is None and shown:
        total = int(shown[3])
    if total is None and not records:
        raise PageError(f"{url} is no results page: it names no total and lists no record.")
    start = _number(metas.get("startIndex"))
    return {
        "total": total,
        "start": int(shown[1]) - 1 if start is None and shown else start,
        "per_page": _number(metas.get("itemsPerPage")),
        "next_start": _next_start(root),
        "records": [record for record in records if record["record_id"]],
    }


def _blocks(root: etree._Element) -> Iterator[etree._Element]:
    for div in descendants(root, "div"):
        if {"result-doc", "grid-doc"} & _classes(div):
            yield div


def _classes(element: etree._Element) -> set[str]:
    return set(element.get("class", "").split())


def _with_class(root: etree._Element, name: str, needed: str) -> Iterator[etree._Element]:
    return (found for found in descendants(root, name) if needed in _classes(found))


def _number(said: str | None) -> int | None:
    said = (said or "").strip()
    return int(said) if said.isdecimal() else None


def _next_start(root: etree._Element) -> int | None:
    for link in _with_class(root, "a", "pagingBtn"):
        if link.get("title") == "Next":
            target = link.get("href") or link.get("path") or ""
            return _number(parse_qs(urlsplit(target).query).get("start", [""])[0])
    return None


def _record(block: etree._Element) -> dict[str, Any]:
    heading = next((a for h4 in descendants(block, "h4") for a in descendants(h4, "a")), None)
    target = "" if heading is None else heading.get("href") or heading.get("path") or ""
    address = target.split("?")[0]
    fields = _fields(block)
    specimens = _specimens(block)
    years = years_in_words(fields["Date"]) if "Date" in fields else (None, None)
    return {
        "record_id": address.rstrip("/").rsplit("/", 1)[-1],
        "record_url": address,
        "title": None if heading is None else text(heading) or None,
        "denomination": fields.get("Denomination"),
        "mint": fields.get("Mint") or fields.get("Place of Production"),
        "legend_obverse": _legend(fields.get("Obverse", "")),
        "legend_reverse": _legend(fields.get("Reverse", "")),
        "year_from": years[0],
        "year_to": years[1],
        "fields": fields,
        "images": specimens[0]["images"] if specimens else {},
        "specimens": specimens,
    }


def _fields(block: etree._Element) -> dict[str, str]:
    """Labels with their texts; a label without a text, or the reverse, harms no neighbor."""
    fields: dict[str, str] = {}
    for entries in descendants(block, "dl"):
        label = ""
        for entry in entries:
            if entry.tag == "dt":
                label = text(entry)
            elif entry.tag == "dd" and label:
                fields.setdefault(label, text(entry))
                label = ""
    return fields


def _legend(said: str) -> str | None:
    """The part before the colon, if it is in capitals as legends are and descriptions are not."""
    legend, _, _ = said.partition(": ")
    return legend if legend and legend == legend.upper() else None


def _specimens(block: etree._Element) -> list[dict[str, Any]]:
    """Photographs by the record that their anchor's `id` names, in the order of the page."""
    found: dict[str, dict[str, Any]] = {}
    for anchor in _with_class(block, "a", "thumbImage"):
        owner = anchor.get("id", "")
        title = collapse(anchor.get("title", ""))
        specimen = found.setdefault(
            owner, {"record_url": owner, "institution": _institution(title), "images": {}}
        )
        thumbnail = next(descendants(anchor, "img"), None)
        sizes = specimen["images"].setdefault(_side(title, thumbnail), {})
        if anchor.get("href"):
            sizes.setdefault("reference", anchor.get("href"))
        if thumbnail is not None and thumbnail.get("src"):
            sizes.setdefault("thumbnail", thumbnail.get("src"))
    return list(found.values())


def _side(title: str, thumbnail: etree._Element | None) -> str:
    """The side; a combined picture in grid layout is titled "Reverse of", so its `img` decides."""
    if thumbnail is not None:
        said = thumbnail.get("alt", "")
        if "combined-thumbnail" in _classes(thumbnail) or said == "Thumbnail Image":
            return "combined"
        if said.startswith(("Obverse", "Reverse")):
            return said.split()[0].lower()
    match = re.match(r"(Obverse|Reverse) of ", title)
    return match[1].lower() if match else "combined"


def _institution(title: str) -> str | None:
    """Who keeps a specimen: on OCRE, "Obverse of DE-MUS-1/2: Münzkabinett Berlin"."""
    match = re.fullmatch(r"(?:Obverse|Reverse) of [^\s:]+: (.+)", title)
    return match[1] if match else None
