"""Every store test runs on SQLite and on PostgreSQL, each in a database of its own."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import postgres
import psycopg
import pytest
from saying import Say

from coinvision.review.store import Store, open_store
from coinvision.review.verdicts import Verdict


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a running PostgreSQL, without a database's name."""
    if postgres.why_not():
        pytest.skip(postgres.why_not())
    with postgres.cluster() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'review.sqlite'}"
    server = request.getfixturevalue("cluster")
    name = f"review_{uuid.uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as open_:
        open_.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An open, empty store."""
    opened = open_store(address)
    yield opened
    opened.close()


@pytest.fixture
def say() -> Say:
    """Makes a verdict: `say("Anna", "c1", "label_wrong", "Titus")`."""

    def made(
        reviewer: str, coin: str, kind: str = "network_wrong", emperor: str = "", **more: object
    ) -> Verdict:
        return Verdict("d", coin, kind, "Nero", reviewer, emperor, **more)  # type: ignore[arg-type]

    return made
