"""The tables of a harvest's journal, and a coin as they hold it."""

import json
import sqlite3
from dataclasses import dataclass

from coinvision.collect.answers import Validators
from coinvision.collect.pictures import Picture
from coinvision.collect.records import Record, merge

TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS counts (name TEXT PRIMARY KEY, value REAL NOT NULL);
CREATE TABLE IF NOT EXISTS problems (url TEXT PRIMARY KEY, message TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pages (
    url TEXT PRIMARY KEY, records INTEGER NOT NULL, total INTEGER, etag TEXT NOT NULL,
    last_modified TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS coins (
    coin_id TEXT PRIMARY KEY,
    place INTEGER NOT NULL,           -- in the site's list
    round INTEGER NOT NULL,           -- in which it was listed last
    page TEXT NOT NULL,               -- that listed it
    listed TEXT NOT NULL,             -- its facts there, JSON
    lacking INTEGER NOT NULL,         -- whether its own record is needed
    own TEXT,                         -- the facts of its own record, JSON
    own_round INTEGER NOT NULL DEFAULT 0,   -- in which its own record was asked for last
    done_round INTEGER NOT NULL DEFAULT 0,  -- in which its photograph was dealt with last
    reason TEXT NOT NULL DEFAULT '',  -- why it has none, or no newer one
    passing INTEGER NOT NULL DEFAULT 0,     -- whether that may pass
    url TEXT, sha256 TEXT, etag TEXT, last_modified TEXT  -- of its photograph
);
CREATE INDEX IF NOT EXISTS coins_in_order ON coins (round, place, coin_id);
"""


@dataclass(frozen=True)
class Coin:
    """One coin of a round: what the list says, what its own record says, its photograph."""

    coin_id: str
    place: int
    listed: Record
    own: Record | None
    own_is_due: bool
    picture: Picture | None
    reason: str

    @property
    def record(self) -> Record:
        """All that is known."""
        return merge(self.listed, self.own)


@dataclass(frozen=True)
class Page:
    """A page of a list that was read before."""

    records: int
    total: int | None
    validators: Validators


def coin_of(row: sqlite3.Row, this_round: int) -> Coin:
    """A row of the table of coins."""
    picture = None
    if row["sha256"] is not None:
        version = Validators(row["etag"], row["last_modified"])
        picture = Picture(row["url"], row["sha256"], version)
    return Coin(
        coin_id=row["coin_id"],
        place=row["place"],
        listed=json.loads(row["listed"]),
        own=None if row["own"] is None else json.loads(row["own"]),
        own_is_due=bool(row["lacking"]) and row["own_round"] < this_round,
        picture=picture,
        reason=row["reason"],
    )
