"""Read the Atom feed of a query: which records there are, a hundred at a time."""

from typing import Any

from coinvision.collect.numishare.markup import (
    attribute,
    children,
    descendants,
    local_name,
    parse_xml,
    text,
)
from coinvision.errors import PageError


def read_feed(xml: bytes, *, url: str = "the feed") -> dict[str, Any]:
    """One page of the feed.

    Returns:
        `total` (int or None) of all pages, and `records`: `record_id, record_url, title` each.

    Raises:
        PageError: not well-formed, or no feed.
    """
    root = parse_xml(xml, url=url)
    if local_name(root) != "feed":
        raise PageError(f"{url} is no Atom feed: expected feed, got {local_name(root)}.")
    totals = [text(total) for total in descendants(root, "totalResults")]
    return {
        "total": int(totals[0]) if totals and totals[0].isdecimal() else None,
        "records": [record for entry in children(root, "entry") if (record := _record(entry))],
    }


def _record(entry: Any) -> dict[str, Any] | None:
    plain = [a for a in children(entry, "link") if attribute(a, "rel") in ("", "self")]
    record_url = next((attribute(link, "href") for link in plain), None)
    # `id` is the bare accession number; where it is an address, its last part
    record_id = next((text(one) for one in children(entry, "id")), record_url or "")
    record_id = record_id.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    if not record_id:
        return None
    title = next((text(one) for one in children(entry, "title")), None)
    return {"record_id": record_id, "record_url": record_url, "title": title or None}
