"""Harvest a query: list its coins, ask for what the list lacks, fetch each obverse, write it down.

Stopped at any moment, even by SIGKILL, the same call goes on and ends with the same collection.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from coinvision.collect.client import SHORTEST_DELAY, Client, check_address
from coinvision.collect.coins import Coin
from coinvision.collect.journal import Journal
from coinvision.collect.listing import Lister
from coinvision.collect.metadata import file_name, write_metadata
from coinvision.collect.numishare import addresses
from coinvision.collect.pictures import fetch_picture
from coinvision.collect.records import RecordReader
from coinvision.collect.report import Report, write_report
from coinvision.errors import CollectionError, FetchError, RefusedError
from coinvision.files import sweep

WORKROOM = "harvest"  # the folder beside images/ that keeps the journal and the report
JOURNAL = "journal.sqlite"
RECORDS_A_REQUEST = 100
MOST_LOST_IN_A_ROW = 20  # coins whose photograph should be there and is not usable
Progress = Callable[[Iterable, int], Iterable]


@dataclass(frozen=True)
class Order:
    """What to collect, and how."""

    contact: str  # a mail or web address where the site's keeper reaches the user
    site: str = addresses.MANTIS
    query: str = addresses.ROMAN_COINS
    limit: int | None = None  # at most this many coins, the first of the list
    delay: float = SHORTEST_DELAY  # seconds between requests
    size: int = 400  # width of the photographs in pixels, where the site can choose


def collect(
    order: Order, *, folder: str | Path, progress: Progress = lambda items, _: items
) -> Report:
    """Collect coins into a folder, or go on where an earlier call stopped.

    After a complete harvest the same call asks the site for what changed since.

    Args:
        order: site, query and size; the folder remembers them.
        folder: new, or one that this function filled before.
        progress: wraps an iterable of known length.

    Raises:
        CollectionError: the folder holds something else or is being filled right now.
        RefusedError: the site does not want to be asked; what came so far is kept.
        FetchError, PageError: no list could be read, or not one photograph could be had.
    """
    order = _checked(order)
    folder = Path(folder)
    client = Client(contact=order.contact, delay=order.delay)
    workroom = _prepare(folder)
    try:
        with FileLock(workroom / "lock", timeout=0):
            sweep(folder)
            sweep(folder / "images")
            return _Harvest(order, folder, client, progress).run()
    except Timeout as error:
        raise CollectionError(f"{folder} is being filled right now; wait until it is.") from error
    except sqlite3.Error as error:
        raise CollectionError(
            f"{workroom / JOURNAL} cannot be used ({error}); if it is damaged, delete it: the "
            "photographs stay, and are asked for again."
        ) from error
    finally:
        client.close()


def _checked(order: Order) -> Order:
    check_address(order.site)
    site = order.site.split("?")[0].rstrip("/") + "/"
    return Order(order.contact, site, order.query, order.limit, order.delay, order.size)


def _prepare(folder: Path) -> Path:
    """Make the folders, unless something else lies there."""
    workroom = folder / WORKROOM
    if folder.exists() and not folder.is_dir():
        raise CollectionError(f"{folder} is a file; choose a folder for the collection.")
    if not workroom.is_dir() and folder.is_dir() and any(folder.iterdir()):
        raise CollectionError(f"{folder} holds something else than a harvest; choose another.")
    workroom.mkdir(parents=True, exist_ok=True)  # first, since it marks the folder as ours
    (folder / "images").mkdir(exist_ok=True)
    return workroom


class _Harvest:
    def __init__(self, order: Order, folder: Path, client: Client, progress: Progress) -> None:
        self._order = order
        self._folder = folder
        self._client = client
        self._progress = progress
        self._journal = Journal(folder / WORKROOM / JOURNAL)
        self._lister = Lister(client, self._journal, order.site, order.query)
        self._reader = RecordReader(client, order.site)
        self._counted_seconds = (0.0, 0.0)
        self._num_pictured = 0
        self._lost_in_a_row = 0

    def run(self) -> Report:
        try:
            self._claim()
            self._journal.begin()
            try:
                self._go_through()
            finally:  # also when the user or the site stops it: what came so far can be used
                report = self._write()
            self._journal.set_facts(complete="yes")
        finally:
            self._journal.close()
        if not report.coins:
            raise FetchError(
                f"No coin could be collected from {self._order.site}; {self._folder / WORKROOM} "
                "says why in report.json."
            )
        return report

    def _claim(self) -> None:
        """One folder holds one query at one size; mixing them would leave nobody knowing what."""
        asked = {"site": self._order.site, "query": self._order.query, "size": self._order.size}
        for name, value in asked.items():
            before = self._journal.fact(name, str(value))
            if before != str(value):
                raise CollectionError(
                    f"{self._folder} was begun with --{name} {before}, not {value}; give that, or "
                    "choose another folder."
                )
        self._journal.set_facts(**asked)

    def _go_through(self) -> None:
        while True:
            self._num_pictured = self._journal.num_pictured()
            self._list()
            for coin in self._progress(self._due_coins(), self._num_due()):
                self._fetch(coin)
                self._keep_counts()
            if self._lister.complete() or self._is_enough(self._num_pictured):
                break

    def _list(self) -> None:
        """List all coins, or as many as could be enough."""
        while not self._lister.complete():
            if self._is_enough(self._num_pictured + self._journal.num_pending()):
                return
            try:
                self._lister.list_page()
            finally:
                self._keep_counts()

    def _is_enough(self, num_coins: int) -> bool:
        return self._order.limit is not None and num_coins >= self._order.limit

    def _num_due(self) -> int:
        pending = self._journal.num_pending()
        if self._order.limit is None:
            return pending
        return min(pending, max(0, self._order.limit - self._num_pictured))

    def _due_coins(self) -> Iterator[Coin]:
        """The coins not dealt with yet, with their own records, until there are enough."""
        last: Coin | None = None
        while not self._is_enough(self._num_pictured):
            coin = self._journal.next_pending(last)
            if coin is None:
                return
            if coin.own_is_due:
                self._read_own(last)
                continue  # the same coin comes again, with its record
            yield coin
            last = coin

    def _read_own(self, last: Coin | None) -> None:
        """Ask for the own records of the next coins that need theirs."""
        most = RECORDS_A_REQUEST
        if self._order.limit is not None:
            most = min(most, self._order.limit - self._num_pictured)
        due = self._journal.lacking(last, most)
        found = self._reader.read([one.listed for one in due])
        for url, message in self._reader.problems:
            self._journal.note(url, message)
        self._reader.problems.clear()
        self._journal.keep_own(due, found)

    def _fetch(self, coin: Coin) -> None:
        urls = addresses.picture_urls(self._order.site, coin.record, self._order.size)
        path = self._folder / file_name(coin.coin_id)
        try:
            picture = fetch_picture(self._client, urls, path, coin.picture)
        except RefusedError:
            raise
        except FetchError as error:
            self._journal.skip(coin, str(error), passing=error.passing)
            self._num_pictured += coin.picture is not None
            self._note_loss(error)
        else:
            self._journal.keep_picture(coin, picture)
            self._num_pictured += 1
            self._lost_in_a_row = 0

    def _note_loss(self, error: FetchError) -> None:
        """Stop where every photograph turns out to be something else, as at a locked door."""
        self._lost_in_a_row = self._lost_in_a_row + 1 if error.passing else 0
        if self._lost_in_a_row >= MOST_LOST_IN_A_ROW:
            raise RefusedError(
                f"{MOST_LOST_IN_A_ROW} coins in a row came without a usable photograph; the last: "
                f"{error} What came so far is kept: run the same command again later.",
                passing=True,
            )

    def _keep_counts(self) -> None:
        """Move what was counted since the last time into the journal."""
        pace = self._client.pace
        seconds, waited = self._counted_seconds
        self._counted_seconds = (pace.elapsed, pace.waited)
        spent = {"seconds": pace.elapsed - seconds, "seconds_waited": pace.waited - waited}
        self._journal.add_counts(spent | dict(self._client.counts))
        self._client.counts.clear()

    def _write(self) -> Report:
        """Write the table and the report; a half-made new list leaves an older table alone."""
        self._keep_counts()
        num_coins = 0
        enough = self._lister.complete() or self._is_enough(self._journal.num_pictured())
        if enough or self._journal.round == 1:
            num_coins = write_metadata(
                self._folder, self._journal, self._order.site, self._order.limit
            )
        return write_report(self._folder / WORKROOM, self._journal, num_coins)
