"""Read NUDS, the XML in which Numishare keeps one coin or coin type.

read_nuds(xml)         one record
read_nuds_group(xml)   the records of one answer of `apis/getNuds`
"""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from coinvision.collect.numishare.markup import (
    attribute,
    children,
    descendants,
    local_name,
    parse_xml,
    text,
)
from coinvision.collect.numishare.portraits import (
    AUTHORITY,
    AUTHORITY_PORTRAIT,
    OBVERSE,
    REVERSE,
    first_portrait,
)
from coinvision.collect.numishare.years import year, years_in_words
from coinvision.errors import PageError

PORTRAIT_ROLES = ("portrait", "porrait")  # the second stands so in thousands of records
TYPE_ROLE = "hasTypeSeriesItem"
# how a coin was made stands as a second denomination in records of the ANS
MANUFACTURES = ("struck", "cast")
Images = dict[str, dict[str, str]]


def read_nuds(xml: bytes, *, url: str = "the record") -> dict[str, Any]:
    """One record as flat facts.

    Args:
        xml: a `nuds` document, or a `nudsGroup` whose first record is taken.
        url: where it came from, for messages.

    Returns:
        `record_id, title, portrait, portrait_source, denomination, material, mint, region, deity,
        legend_obverse, legend_reverse, type_uri`: text or None. `authority, issuer`: lists of
        names. `year_from, year_to`: int, negative is BC, or None. `images`: side -> size -> URL.
        White space is collapsed; of repeated values the first that is not empty counts.

    Raises:
        PageError: not well-formed, too large, or no NUDS.
    """
    return _facts(next(_records(xml, url)))


def read_nuds_group(xml: bytes, *, url: str = "the records") -> Iterator[dict[str, Any]]:
    """Each record of a `nudsGroup` as `read_nuds` gives it, with its `institution` or None."""
    for nuds in _records(xml, url):
        owners = children(nuds, "descMeta", "adminDesc", "collection")
        keepers = children(nuds, "control", "maintenanceAgency", "agencyName")
        yield {**_facts(nuds), "institution": _first(owners) or _first(keepers)}


def _records(xml: bytes, url: str) -> Iterator[etree._Element]:
    root = parse_xml(xml, url=url)
    found = list(descendants(root, "nuds"))
    if not found and local_name(root) != "nudsGroup":
        raise PageError(f"{url} is no NUDS: expected nuds, got {local_name(root)} at its root.")
    if not found:
        raise PageError(f"{url} holds no record: its nudsGroup is empty.")
    return iter(found)


def _facts(nuds: etree._Element) -> dict[str, Any]:
    types = list(children(nuds, "descMeta", "typeDesc"))
    obverse, reverse = _sides(types, "obverse"), _sides(types, "reverse")
    authority = _persons(types, "authority")
    portrait, source = first_portrait(
        (_persons(obverse, *PORTRAIT_ROLES), OBVERSE),
        (_persons(reverse, *PORTRAIT_ROLES), REVERSE),
        (_persons(_sides(types, "authority"), *PORTRAIT_ROLES), AUTHORITY_PORTRAIT),
        (authority, AUTHORITY),
    )
    year_from, year_to = _years(types)
    return {
        "record_id": _first(children(nuds, "control", "recordId"))
        or _first(descendants(nuds, "nudsid")),  # its name before 2013
        "title": _first(children(nuds, "descMeta", "title")),
        "portrait": portrait,
        "portrait_source": source,
        "authority": authority,
        "issuer": _persons(types, "issuer"),
        "denomination": _first(e for e in _all(types, "denomination") if not _is_manufacture(e)),
        "material": _first(_all(types, "material")),
        "mint": _first(_with_role(_all(types, "geogname"), "mint")),
        "region": _first(_with_role(_all(types, "geogname"), "region")),
        "deity": _first(_with_role(_all(types, "persname"), "deity")),
        "year_from": year_from,
        "year_to": year_to,
        "legend_obverse": _legend(obverse),
        "legend_reverse": _legend(reverse),
        "type_uri": _type_uri(nuds, types),
        "images": _images(nuds),
    }


def _sides(types: list[etree._Element], name: str) -> list[etree._Element]:
    return [side for one in types for side in children(one, name)]


def _all(elements: Iterable[etree._Element], name: str) -> Iterator[etree._Element]:
    return (found for element in elements for found in descendants(element, name))


def _first(elements: Iterable[etree._Element]) -> str | None:
    return next((said for said in map(text, elements) if said), None)


def _with_role(elements: Iterable[etree._Element], *roles: str) -> Iterator[etree._Element]:
    return (element for element in elements if attribute(element, "role") in roles)


def _persons(elements: Iterable[etree._Element], *roles: str) -> list[str]:
    names = (text(person) for person in _with_role(_all(elements, "persname"), *roles))
    return [name for name in names if name]


def _is_manufacture(denomination: etree._Element) -> bool:
    uri = attribute(denomination, "href")
    kind = uri.rstrip("/").rsplit("/", 1)[-1] if uri else text(denomination)
    return kind.casefold() in MANUFACTURES


def _legend(sides: list[etree._Element]) -> str | None:
    """The legend; its edition where transliterations stand beside it."""
    for legend in _all(sides, "legend"):
        editions = [d for d in children(legend, "div") if d.get("type") == "edition"]
        said = text(editions[0] if editions else legend)
        if said:
            return said
    return None


def _years(types: list[etree._Element]) -> tuple[int | None, int | None]:
    for dated in (element for one in types for element in one):
        name = local_name(dated)
        if name == "date":
            found = _single_date(dated)
        elif name == "dateRange":
            found = _date_range(dated)
        else:
            continue
        if found != (None, None):
            return found
    return None, None


def _single_date(date: etree._Element) -> tuple[int | None, int | None]:
    single = year(attribute(date, "standardDate"))
    if single is not None:
        return single, single
    bounds = year(attribute(date, "notBefore")), year(attribute(date, "notAfter"))
    return bounds if bounds != (None, None) else years_in_words(text(date))


def _date_range(dates: etree._Element) -> tuple[int | None, int | None]:
    starts, ends = children(dates, "fromDate"), children(dates, "toDate")
    first = next((_bound(e, "notBefore", 0) for e in starts), None)
    last = next((_bound(e, "notAfter", 1) for e in ends), None)
    if first is None and last is None:
        return years_in_words(text(dates))
    return first, last


def _bound(date: etree._Element, limit: str, end: int) -> int | None:
    stated = year(attribute(date, "standardDate"))
    if stated is None:
        stated = year(attribute(date, limit))
    return years_in_words(text(date))[end] if stated is None else stated


def _type_uri(nuds: etree._Element, types: list[etree._Element]) -> str | None:
    references = children(nuds, "descMeta", "refDesc", "reference")
    stated = (
        attribute(reference, "href")
        for reference in references
        if attribute(reference, "arcrole").endswith(TYPE_ROLE)
    )
    whole = (attribute(one, "href") for one in types)
    return next((uri for uri in (*stated, *whole) if uri), None)


def _images(nuds: etree._Element) -> Images:
    images: Images = {}
    for group in (g for rep in children(nuds, "digRep") for g in descendants(rep, "fileGrp")):
        for file in children(group, "file"):
            side, size = attribute(group, "USE"), attribute(file, "USE")
            url = next((u for u in _locations(file) if u), "")
            if side and size and url:
                images.setdefault(side, {}).setdefault(size, url)
    return images


def _locations(file: etree._Element) -> Iterator[str]:
    return (attribute(location, "href") for location in children(file, "FLocat"))
