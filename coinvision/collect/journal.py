"""What a harvest has done so far, in a database that a killed process leaves whole.

A harvest goes round by round. A round lists the coins and deals with each once; stopped, it goes
on where it was. After a complete round the next one asks everything again, conditionally, and
takes only what changed.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coinvision.collect.answers import Validators
from coinvision.collect.coins import TABLES, Coin, Page, coin_of
from coinvision.collect.pictures import Picture
from coinvision.collect.records import Record


class Journal:
    """The state of one harvest. Every method leaves a whole state behind."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        # a commit survives the death of the process; only a power cut may cost the last coins
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        with self._at_once():
            for statement in TABLES.split(";"):
                self._db.execute(statement)
        self.round = int(self.fact("round", "1"))

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """All of it, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def fact(self, name: str, default: str = "") -> str:
        """A fact about the harvest."""
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else default

    def set_facts(self, **facts: object) -> None:
        """Keep facts about the harvest."""
        with self._at_once():
            self._set_facts(facts)

    def _set_facts(self, facts: dict[str, object]) -> None:
        rows = [(name, str(value)) for name, value in facts.items()]
        self._db.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", rows)

    def begin(self) -> None:
        """Go on with the round, or begin the next one if it is complete.

        Coins that failed for a reason that may pass count as not dealt with.
        """
        with self._at_once():
            self._set_facts({"way": 0})  # the best way to list may work again
            if self.fact("complete") == "yes":
                self.round += 1
                fresh = {"round": self.round, "complete": "no", "listed": "no", "start": 0}
                self._set_facts(fresh)
                self._db.execute("DELETE FROM counts")
                self._db.execute("DELETE FROM problems")
            self._db.execute(
                "UPDATE coins SET done_round = ? WHERE round = ? AND passing",
                (self.round - 1, self.round),
            )

    def add_page(
        self, url: str, page: Page, coins: Iterable[tuple[Record, bool]], *, start: int
    ) -> tuple[int, int]:
        """Keep a page of a list, from its first record's place on.

        Args:
            url: of the page.
            page: what it says of itself; its number of records is counted here.
            coins: the facts of each, and whether its own record is needed.
            start: place of the first.

        Returns:
            How many records it has, and how many of them are new in this round.
        """
        seen = 0

        def rows() -> Iterator[tuple[object, ...]]:
            nonlocal seen
            for record, lacking in coins:
                facts = json.dumps(record, ensure_ascii=False)
                yield record["record_id"], start + seen, self.round, url, facts, lacking
                seen += 1

        with self._at_once():
            before = self._db.total_changes
            self._db.executemany(
                "INSERT INTO coins (coin_id, place, round, page, listed, lacking) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (coin_id) DO UPDATE SET "
                "place = excluded.place, round = excluded.round, page = excluded.page, "
                "listed = excluded.listed, lacking = excluded.lacking "
                "WHERE coins.round < excluded.round",
                rows(),
            )
            new = self._db.total_changes - before
            version = page.validators
            self._db.execute(
                "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)",
                (url, seen, page.total, version.etag, version.last_modified),
            )
            self._set_facts({"start": start + seen})
        return seen, new

    def known_page(self, url: str) -> Page | None:
        """A page as it was read last, or None."""
        row = self._db.execute("SELECT * FROM pages WHERE url = ?", (url,)).fetchone()
        if row is None:
            return None
        return Page(row["records"], row["total"], Validators(row["etag"], row["last_modified"]))

    def repeat_page(self, url: str, *, start: int) -> tuple[int, int]:
        """Take a page's coins into this round as they were; returns as `add_page` does."""
        page = self.known_page(url)
        seen = page.records if page else 0
        with self._at_once():
            done = self._db.execute(
                "UPDATE coins SET round = ? WHERE page = ? AND round < ?",
                (self.round, url, self.round),
            )
            self._set_facts({"start": start + seen})
        return seen, done.rowcount

    def next_pending(self, last: Coin | None) -> Coin | None:
        """The first coin behind this one that has not been dealt with in this round."""
        return next(iter(self._coins("done_round < :round", last, 1)), None)

    def pictured(self, last: Coin | None, limit: int) -> list[Coin]:
        """The next coins of the round that have a photograph."""
        return self._coins("sha256 IS NOT NULL", last, limit)

    def lacking(self, last: Coin | None, limit: int) -> list[Coin]:
        """The next coins that have not been dealt with and need their own record."""
        return self._coins("done_round < :round AND lacking AND own_round < :round", last, limit)

    def _coins(self, condition: str, last: Coin | None, limit: int) -> list[Coin]:
        """Coins of the round in the order of the list, behind one of them."""
        place, coin_id = (last.place, last.coin_id) if last else (-1, "")
        rows = self._db.execute(
            f"SELECT * FROM coins WHERE round = :round AND {condition} "
            "AND (place, coin_id) > (:place, :coin_id) ORDER BY place, coin_id LIMIT :limit",
            {"round": self.round, "place": place, "coin_id": coin_id, "limit": limit},
        )
        return [coin_of(row, self.round) for row in rows]

    def num_listed(self) -> int:
        """How many coins the round has listed so far."""
        return self._count("")

    def num_pending(self) -> int:
        """How many of them have not been dealt with."""
        return self._count("AND done_round < :round")

    def num_pictured(self) -> int:
        """How many of them have been dealt with and have a photograph."""
        return self._count("AND done_round = :round AND sha256 IS NOT NULL")

    def _count(self, condition: str) -> int:
        rows = self._db.execute(
            f"SELECT count(*) AS n FROM coins WHERE round = :round {condition}",
            {"round": self.round},
        )
        return int(rows.fetchone()["n"])

    def keep_own(self, asked: list[Coin], found: dict[str, Record]) -> None:
        """Keep the own records of coins; who has none keeps an earlier one."""
        with self._at_once():
            for coin in asked:
                own = found.get(coin.coin_id)
                text = None if own is None else json.dumps(own, ensure_ascii=False)
                self._db.execute(
                    "UPDATE coins SET own = coalesce(?, own), own_round = ? WHERE coin_id = ?",
                    (text, self.round, coin.coin_id),
                )

    def keep_picture(self, coin: Coin, picture: Picture) -> None:
        """The coin's photograph lies on the disk."""
        version = picture.validators
        with self._at_once():
            self._db.execute(
                "UPDATE coins SET done_round = ?, reason = '', passing = 0, url = ?, sha256 = ?, "
                "etag = ?, last_modified = ? WHERE coin_id = ?",
                (self.round, picture.url, picture.sha256, version.etag, version.last_modified,
                 coin.coin_id),
            )  # fmt: skip

    def skip(self, coin: Coin, reason: str, *, passing: bool) -> None:
        """The coin has no photograph, or no newer one than before."""
        with self._at_once():
            self._db.execute(
                "UPDATE coins SET done_round = ?, reason = ?, passing = ? WHERE coin_id = ?",
                (self.round, reason, passing, coin.coin_id),
            )

    def skipped(self) -> Iterator[tuple[str, str]]:
        """Each coin of the round without a photograph, and why."""
        rows = self._db.execute(
            "SELECT coin_id, reason FROM coins WHERE round = ? AND sha256 IS NULL "
            "AND reason != '' ORDER BY place, coin_id",
            (self.round,),
        )
        return ((row["coin_id"], row["reason"]) for row in rows)

    def note(self, url: str, message: str) -> None:
        """Keep what was wrong with a page or record."""
        with self._at_once():
            self._db.execute("INSERT OR REPLACE INTO problems VALUES (?, ?)", (url, message))

    def problems(self) -> list[tuple[str, str]]:
        """Addresses of this round with what was wrong."""
        rows = self._db.execute("SELECT url, message FROM problems ORDER BY url")
        return [(row["url"], row["message"]) for row in rows]

    def add_counts(self, counts: Counter[str] | dict[str, float]) -> None:
        """Add to what this round has cost."""
        with self._at_once():
            self._db.executemany(
                "INSERT INTO counts VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
                list(counts.items()),
            )

    def counts(self) -> dict[str, float]:
        """What this round has cost so far, over all starts."""
        return {row["name"]: row["value"] for row in self._db.execute("SELECT * FROM counts")}
