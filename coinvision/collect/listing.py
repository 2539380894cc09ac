"""List the coins of a query: by query.csv, else by the feed, else by the pages for people.

Each way reads pages from a record's place on. If one fails, the next goes on from the same place.
"""

import io
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from coinvision.collect.answers import Answer
from coinvision.collect.client import Client
from coinvision.collect.coins import Page
from coinvision.collect.journal import Journal
from coinvision.collect.numishare import addresses, read_feed, read_query_csv, read_results_page
from coinvision.collect.records import Record, lacks
from coinvision.errors import FetchError, PageError, RefusedError

MOST_RECORDS = 5_000_000  # a list that goes on beyond is a broken site's
_BLANK: Record = {
    **dict.fromkeys(("title", "portrait", "portrait_source", "denomination", "material", "mint")),
    **dict.fromkeys(("region", "deity", "year_from", "year_to", "record_url", "institution")),
    **dict.fromkeys(("legend_obverse", "legend_reverse", "type_uri")),
    **{"record_id": "", "authority": [], "issuer": [], "portraits": [], "images": {}},
}


class _Way(Protocol):
    """One kind of list: its name on the site, and how a page is read."""

    def __call__(self, answer: Answer, sink: Any) -> tuple[int | None, Iterable[Record]]: ...


def _csv(answer: Answer, sink: Any) -> tuple[None, Iterable[Record]]:
    return None, _rows(answer.url, sink)


def _rows(url: str, sink: Any) -> Iterator[Record]:
    sink.seek(0)
    with io.TextIOWrapper(sink, encoding="utf-8-sig", newline="") as lines:
        yield from read_query_csv(lines, url=url)


def _feed(answer: Answer, sink: Any) -> tuple[int | None, Iterable[Record]]:
    page = read_feed(answer.body, url=answer.url)
    return page["total"], page["records"]


def _results(answer: Answer, sink: Any) -> tuple[int | None, Iterable[Record]]:
    page = read_results_page(answer.body, url=answer.url)
    return page["total"], page["records"]


# best first: records a request are 5,000, 100 and 20
WAYS: tuple[tuple[str, _Way], ...] = (("query.csv", _csv), ("feed/", _feed), ("results", _results))


@dataclass
class Lister:
    """Lists the coins of one query into the journal, page by page."""

    client: Client
    journal: Journal
    site: str
    query: str

    def complete(self) -> bool:
        """Whether the whole list of this round is in the journal."""
        return self.journal.fact("listed") == "yes"

    def list_page(self) -> None:
        """List one page more.

        Raises:
            RefusedError: the site does not want to be asked.
            FetchError, PageError: no way to list is left; the reason of the last.
        """
        way, start = self._position()
        try:
            self._list_page(way, start)
        except RefusedError:
            raise
        except (FetchError, PageError) as error:
            self.journal.note(self._url(way, start), str(error))
            if way + 1 == len(WAYS):
                raise
            self.journal.set_facts(way=way + 1)

    def _position(self) -> tuple[int, int]:
        return int(self.journal.fact("way", "0")), int(self.journal.fact("start", "0"))

    def _url(self, way: int, start: int) -> str:
        return addresses.list_url(self.site, WAYS[way][0], self.query, start)

    def _list_page(self, way: int, start: int) -> None:
        url = self._url(way, start)
        known = self.journal.known_page(url)
        # a table may be long, so it goes to the disk; the file has no name to be left behind
        with tempfile.TemporaryFile() as sink:
            goes_away = sink if WAYS[way][1] is _csv else None
            answer = self.client.get(url, known=known.validators if known else None, sink=goes_away)
            if answer.unchanged and known:
                self.client.counts["unchanged"] += 1
                total = known.total
                seen, new = self.journal.repeat_page(url, start=start)
            else:
                total, records = WAYS[way][1](answer, sink)
                page = Page(0, total, answer.validators)
                rows = (self._completed(r) for r in records if r["record_id"])
                seen, new = self.journal.add_page(url, page, rows, start=start)
        # a site's pager may never end: what brings nothing new, or passes the total, is the end
        at_total = total is not None and start + seen >= total
        if not new or at_total or start + seen > MOST_RECORDS:
            self.journal.set_facts(listed="yes")

    def _completed(self, record: Record) -> tuple[Record, bool]:
        plain = {**_BLANK, **{key: record[key] for key in _BLANK if key in record}}
        if plain["record_url"]:
            plain["record_url"] = addresses.absolute(self.site, plain["record_url"])
        return plain, lacks(self.site, plain)
