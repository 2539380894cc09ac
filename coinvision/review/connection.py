"""The way to the database: SQLite in WAL mode on this machine, or PostgreSQL by its address."""

import os
import sqlite3
import time
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from coinvision.errors import ReviewError

URL_VARIABLE = "COINVISION_REVIEW_URL"
WRITING = "coinvision_writing"
PATIENCE = 30  # seconds that a writer waits for others


def default_address() -> str:
    """The address that COINVISION_REVIEW_URL names, or a SQLite file among the user's data."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return (
        os.environ.get(URL_VARIABLE) or f"sqlite:///{Path(base) / 'coinvision' / 'review.sqlite'}"
    )


def connect(address: str) -> Engine:
    """An engine for an address; the folder of a SQLite file is made.

    Raises:
        ReviewError: it is no address of SQLite or PostgreSQL, or the folder cannot be made.
    """
    url = _checked(address)
    try:
        if url.drivername.startswith("sqlite"):
            return _sqlite(url)
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": PATIENCE})
    except ValueError as error:  # of an option after the question mark
        raise ReviewError(_EXPECTED.format(f"one of its options is odd ({error})")) from None
    except OSError as error:
        raise ReviewError(
            f"The folder of the review store {url.database} cannot be made ({error.strerror}); "
            f"name another in {URL_VARIABLE}."
        ) from error


def shown(address: str) -> str:
    """The address without its password."""
    return _checked(address).render_as_string(hide_password=True)


def _checked(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # its message could show a password
        raise ReviewError(_EXPECTED.format("what came is no address")) from None
    kind = url.get_backend_name()
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite")
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise ReviewError(_EXPECTED.format(f"{kind} came"))


_EXPECTED = (
    f"{URL_VARIABLE} names the review store, and {{}}; expected sqlite:////folder/review.sqlite or "
    "postgresql://user:password@host/database."
)


def _sqlite(url: URL) -> Engine:
    path = Path(str(url.database)).expanduser().resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    # A connection is opened anew each time: one that is kept would go on writing into a file that
    # somebody has moved away.
    engine = create_engine(
        url.set(database=str(path)), poolclass=NullPool, connect_args={"timeout": PATIENCE}
    )

    @event.listens_for(engine, "connect")
    def _open(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin below, not by the driver's guess
        _keep_a_log_ahead(connection)
        # what was confirmed outlives a power cut too
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # a writer queues up at once: one that reads first and writes later may be refused
        writing = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _keep_a_log_ahead(connection: sqlite3.Connection) -> None:
    """Switch to WAL; of many that open a new file at once, SQLite refuses some without waiting.

    Source: https://www.sqlite.org/c3ref/busy_handler.html, on a lock that is raised.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
