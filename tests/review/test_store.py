import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from saying import Say
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from coinvision.errors import ReviewError
from coinvision.review import connection, schema
from coinvision.review.store import Coins, Goal, Store, open_store

WRITER = Path(__file__).parent / "writer.py"
COINS = Coins("d", {f"c{i}": "Nero" for i in range(6)}, 0.0)


def start(address: str, name: str, count: int) -> subprocess.Popen:
    command = [sys.executable, str(WRITER), address, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@contextmanager
def database(address: str) -> Iterator[Connection]:
    """The bare database, past the store."""
    engine = connection.connect(address)
    try:
        with engine.execution_options(**{connection.WRITING: True}).begin() as open_:
            yield open_
    finally:
        engine.dispose()


@contextmanager
def opened(address: str) -> Iterator[Store]:
    store = open_store(address)
    yield store
    store.close()


def test_what_was_said_is_there_in_order(store: Store, say: Say) -> None:
    first = store.add(say("Anna", "c1", "label_wrong", "Titus", note="beard; “ß”", run="r"))
    second = store.add(say("Ben", "c1"))
    assert [entry.said for entry in store.log("d")] == [first.said, second.said]
    assert first.id < second.id and first.at <= second.at and store.log("other") == []


def test_undo_takes_back_the_own_last_and_stays_in_the_log(store: Store, say: Say) -> None:
    kept = store.add(say("Anna", "c1"))
    store.add(say("Ben", "c1"))
    taken = store.add(say("Anna", "c2"))
    undone = store.undo("d", "Anna")
    assert undone == taken and len(store.log("d")) == 4
    assert store.undo("d", "Anna") == kept
    assert store.undo("d", "Anna") is None and len(store.log("d")) == 5


@pytest.mark.parametrize("what", ["UPDATE verdicts SET note = 'x'", "DELETE FROM verdicts"])
def test_the_database_itself_refuses_changes(
    store: Store, address: str, say: Say, what: str
) -> None:
    store.add(say("Anna", "c1"))
    with pytest.raises(SQLAlchemyError, match="only appended"), database(address) as open_:
        open_.execute(text(what))
    assert len(store.log("d")) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "nonsense"}, "no verdict 'nonsense'"),
        ({"kind": "label_wrong"}, "comes with the right emperor"),
        ({"emperor": "Titus"}, "comes with the right emperor"),
        ({"kind": "label_wrong", "emperor": "Nero"}, "says Nero already"),
        ({"note": "x" * 2001}, "2001 characters"),
        ({"note": "a\0b"}, "zero byte"),
        ({"reviewer": ""}, "1 to 120 characters"),
        ({"confidence": "very"}, "is not known"),
    ],
)
def test_a_verdict_that_cannot_be_is_refused(
    store: Store, say: Say, changes: dict, sentence: str
) -> None:
    with pytest.raises(ReviewError, match=sentence):
        store.add(say(**{"reviewer": "Anna", "coin": "c1", **changes}))
    assert store.log("d") == []


def test_two_never_get_the_same_coin(store: Store, say: Say) -> None:
    assert store.claim_next(COINS, "Anna") == "c0"
    assert store.claim_next(COINS, "Ben") == "c1"
    assert store.claim_next(COINS, "Anna") == "c0"  # until it is judged or given back
    assert store.claim(COINS, "c0", "Ben") == "Anna"
    store.add(say("Anna", "c0"))
    assert store.claim_next(COINS, "Anna") == "c2"
    store.release("d", "c2", "Anna")
    assert store.claim_next(COINS, "Cleo") == "c2"
    assert store.holders("d") == {"c1": "Ben", "c2": "Cleo"}


def test_eight_at_once_share_the_coins(store: Store, say: Say) -> None:
    coins = Coins("d", {f"c{i}": "Nero" for i in range(40)}, 0.0)

    def work(name: str) -> None:
        for _ in range(5):
            coin = store.claim_next(coins, name)
            assert coin is not None
            store.add(say(name, coin))

    threads = [threading.Thread(target=work, args=(f"r{i}",)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    judged = [entry.said.coin_id for entry in store.log("d")]
    assert sorted(judged) == sorted(coins.labels)


def test_a_lease_runs_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.claim_next(COINS, "Anna") == "c0"
    monkeypatch.setattr("coinvision.review.claims.now", lambda: "2999-01-01T00:00:00.000+00:00")
    assert store.claim_next(COINS, "Ben") == "c0"


def test_assigned_coins_come_first_and_stay(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.claim_next(COINS, "Anna")
    assert store.assign(COINS, 2, "Ben", "Anna") == ["c1", "c2"]
    monkeypatch.setattr("coinvision.review.claims.now", lambda: "2999-01-01T00:00:00.000+00:00")
    assert store.claim_next(COINS, "Ben") == "c1"
    assert store.claim(COINS, "c2", "Cleo") == "Ben"
    assert store.assign(COINS, 9, "Cleo", "Anna") == ["c0", "c3", "c4", "c5"]


def test_a_second_opinion_goes_to_a_second_person(store: Store, say: Say) -> None:
    only = Coins("d", {"c0": "Nero"}, 1.0)
    assert store.claim_next(only, "Anna") == "c0"
    store.add(say("Anna", "c0"))
    assert store.claim_next(only, "Anna") is None
    assert store.claim_next(only, "Ben") == "c0"
    store.add(say("Ben", "c0", "worn"))
    assert store.claim_next(only, "Cleo") is None


def test_only_a_third_rules_and_only_where_two_differ(store: Store, say: Say) -> None:
    store.add(say("Anna", "c0"))
    with pytest.raises(ReviewError, match="do not differ"):
        store.add(say("Cleo", "c0", role="adjudication"))
    store.add(say("Ben", "c0", "worn"))
    with pytest.raises(ReviewError, match="a third person"):
        store.add(say("Ben", "c0", role="adjudication"))
    store.add(say("Cleo", "c0", role="adjudication"))
    assert len(store.log("d")) == 3


def test_the_last_goal_holds(store: Store) -> None:
    assert store.goal("d") == Goal()
    store.set_goal("d", Goal(40, 0.5), "Anna")
    store.set_goal("d", Goal(60, 1.0), "Ben")
    assert store.goal("d") == Goal(60, 1.0) and store.goal("other") == Goal()
    with pytest.raises(ReviewError, match="at least 1 coin"):
        store.set_goal("d", Goal(0), "Ben")


def test_eight_processes_keep_all_1600_verdicts(address: str) -> None:
    writers = [start(address, f"w{i}", 200) for i in range(8)]
    confirmed = [line for writer in writers for line in writer.communicate(timeout=600)[0].split()]
    assert [writer.returncode for writer in writers] == [0] * 8
    with opened(address) as store:
        kept = store.log("d")
    assert len(confirmed) == len(set(confirmed)) == len(kept) == 1600
    assert len({entry.said.coin_id for entry in kept}) == 1600


def test_a_killed_writer_loses_nothing_that_was_confirmed(address: str) -> None:
    open_store(address).close()
    for kill_after in (1, 7, 40):
        name = f"k{kill_after}"
        writer = start(address, name, 100_000)
        assert writer.stdout is not None
        confirmed = {int(writer.stdout.readline()) for _ in range(kill_after)}
        writer.send_signal(signal.SIGKILL)
        confirmed |= {int(line) for line in writer.communicate()[0].splitlines()}
        with opened(address) as store:
            kept = {e.id for e in store.log("d") if e.said.reviewer == name}
        assert confirmed <= kept and len(kept - confirmed) <= 1
    after = start(address, "after", 3)
    assert len(after.communicate(timeout=600)[0].split()) == 3


def test_a_newer_store_is_refused_in_one_sentence(store: Store, address: str) -> None:
    with database(address) as open_:
        open_.execute(schema.version.update().values(version=schema.VERSION + 1))
    with pytest.raises(ReviewError, match=r"is of version 2, and this program knows 1; update"):
        open_store(address)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'other.sqlite'}"
    with database(address) as open_:
        open_.execute(text("CREATE TABLE verdicts (what TEXT)"))
    with pytest.raises(ReviewError, match="other programs"):
        open_store(address)


@pytest.mark.parametrize(
    "address", ["review.sqlite", "mysql://host/db", "sqlite://", "sqlite:///:memory:", "http://a b"]
)
def test_an_address_that_cannot_be_is_refused(address: str) -> None:
    with pytest.raises(ReviewError, match="expected sqlite"):
        open_store(address)


def test_an_unreachable_store_says_so_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="nothing was written") as raised:
        open_store("postgresql://u:secret@127.0.0.1:1/db")
    assert "secret" not in str(raised.value)
    (tmp_path / "x.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(ReviewError, match="file is not a database"):
        open_store(f"sqlite:///{tmp_path / 'x.sqlite'}")


def test_the_default_is_a_file_of_the_user_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv(connection.URL_VARIABLE, raising=False)
    open_store().close()
    file = tmp_path / "coinvision" / "review.sqlite"
    with database(f"sqlite:///{file}") as open_:
        assert open_.execute(text("PRAGMA journal_mode")).scalar() == "wal"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://u:secret@host:port/db", "no address"),
        ("sqlite:///{folder}/x.sqlite?timeout=abc", "one of its options is odd"),
        ("sqlite:///{folder}/file/x/review.sqlite", "cannot be made"),
    ],
)
def test_an_odd_address_is_one_sentence(address: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ReviewError, match=sentence) as raised:
        open_store(address.format(folder=tmp_path))
    assert "secret" not in str(raised.value)


def test_nothing_is_said_to_be_kept_in_a_file_that_was_moved_away(tmp_path: Path, say: Say) -> None:
    file = tmp_path / "review.sqlite"
    with opened(f"sqlite:///{file}") as store:
        store.add(say("Anna", "c1"))
        moved = file.rename(tmp_path / "kept.sqlite")
        with pytest.raises(ReviewError, match="nothing was written"):
            store.add(say("Anna", "c2"))
        moved.replace(file)
        store.add(say("Anna", "c3"))
        assert [entry.said.coin_id for entry in store.log("d")] == ["c1", "c3"]


def test_a_new_file_waits_for_another_writer(tmp_path: Path) -> None:
    file = tmp_path / "review.sqlite"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, other.execute, ["COMMIT"])
    release.start()
    with opened(f"sqlite:///{file}") as store:
        assert store.log("d") == []
    release.join()
    other.close()
