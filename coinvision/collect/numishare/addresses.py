"""Where a Numishare site keeps its lists, records and pictures."""

import re
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

MANTIS = "https://numismatics.org/search/"
ROMAN_COINS = 'department_facet:"Roman" AND imagesavailable:true AND year_num:[-30 TO *]'
ANS_HOSTS = ("numismatics.org", "www.numismatics.org")
ANS = "American Numismatic Society"
ANS_IMAGES = "https://images.numismatics.org"
# year.lot.number, the accession number of the ANS and of many others
_ACCESSION = re.compile(r"(?P<lot>\d+\.\d+)\.(?P<number>\d{1,15})")
# how the ANS files its pictures; true of 14,167 addresses of 14,167
_ANS_PICTURE = re.compile(
    r"(?P<site>https?://[^/]+)/(?P<path>collectionimages/[^?]+\.(?:obv|rev)\.)"
    r"(?:width175|width350|noscale)\.jpg"
)
_ANS_FOLDERS = ((1900, "00001899"), (1950, "19001949"), (2000, "19501999"), (10000, "20002049"))


def list_url(site: str, name: str, query: str, start: int) -> str:
    """An address of a list (`query.csv`, `feed/`, `results`) from a record's place on.

    Sorted by the record's own name, so that pages neither overlap nor leave gaps when records
    change meanwhile; in English, since labels follow the language.
    """
    asked = {"q": query, "start": start, "lang": "en", "sort": "recordId asc"}
    return f"{urljoin(site, name)}?{urlencode(asked)}"


def group_url(site: str, record_ids: list[str]) -> str:
    """The address of many records at once; the "|" between them must be escaped."""
    return f"{urljoin(site, 'apis/getNuds')}?{urlencode({'identifiers': '|'.join(record_ids)})}"


def record_xml_url(site: str, record_id: str, record_url: str | None) -> str:
    """The address of one record as NUDS.

    Records may lie in another space of the same host (`/collection/`); an address on another host
    names the record but is not asked, since only this site was chosen.
    """
    host = f"{urlsplit(site).netloc}/"
    if record_url and record_url.split("://")[-1].startswith(host):
        return f"{record_url.split('?')[0]}.xml"
    return f"{urljoin(site, 'id/')}{quote(record_id, safe='()')}.xml"


def picture_urls(site: str, record: dict[str, Any], size: int) -> list[str]:
    """Where a record's obverse may be had, best first: IIIF at `size`, 350 and 175 pixels wide."""
    found = record["images"].get("obverse", {})
    sizes = {name: absolute(site, url) for name, url in found.items()}
    if not sizes:
        sizes = _ans_pictures(site, record["record_id"])
    any_size = next(iter(sizes.values()), "")
    match = _ANS_PICTURE.fullmatch(any_size)
    if match:
        stem = f"{match['site']}/{match['path']}"
        sizes.setdefault("iiif", f"{_iiif_site(match['site'])}/{quote(match['path'], safe='')}"
                                 "noscale.jpg")  # fmt: skip
        sizes.setdefault("reference", f"{stem}width350.jpg")
        sizes.setdefault("thumbnail", f"{stem}width175.jpg")
    urls = [_iiif_url(sizes["iiif"], size)] if "iiif" in sizes else []
    urls += [sizes[name] for name in ("reference", "thumbnail") if name in sizes]
    urls = urls or [url for name, url in sizes.items() if name == "archive"]
    return list(dict.fromkeys(urls))  # a site may name one address twice


def absolute(site: str, url: str) -> str:
    """An address that a page of the site gives; broken ones stay as they are."""
    try:
        return urljoin(site, url)
    except ValueError:
        return url


def institution(site: str) -> str:
    """Who keeps the coins of a site whose records do not say so."""
    host = urlsplit(site).hostname or site
    return ANS if host in ANS_HOSTS else host


def lot_and_number(record_id: str) -> tuple[str, str]:
    """Lot and number of an accession number (1944.100 and 39200); empty for other forms."""
    match = _ACCESSION.fullmatch(record_id)
    return (match["lot"], match["number"]) if match else ("", "")


def _iiif_site(site: str) -> str:
    """The ANS has its IIIF service on a host of its own; any other site is asked itself."""
    return ANS_IMAGES if urlsplit(site).hostname in ANS_HOSTS else site


def _iiif_url(service: str, size: int) -> str:
    base = service.split("/full/")[0].removesuffix("/info.json").rstrip("/")
    return f"{base}/full/{size},/0/default.jpg"


def _ans_pictures(site: str, record_id: str) -> dict[str, str]:
    """Where the ANS would keep the picture of a coin; the tables of 2017 name none."""
    year = record_id.split(".")[0]
    if urlsplit(site).hostname not in ANS_HOSTS or not _ACCESSION.fullmatch(record_id):
        return {}
    folder = next(name for before, name in _ANS_FOLDERS if int(year) < before)
    stem = f"{_origin(site)}/collectionimages/{folder}/{year}/{record_id}"
    return {"thumbnail": f"{stem}.obv.width175.jpg"}


def _origin(site: str) -> str:
    parts = urlsplit(site)
    return f"{parts.scheme}://{parts.netloc}"
