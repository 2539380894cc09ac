"""The review store: verdicts are appended and never changed; claims keep two off one coin.

store = open_store()                      # COINVISION_REVIEW_URL, or the user's own SQLite file
entry = store.add(Verdict(...))           # returns after the commit, never before
store.undo("ocre12", "Anna")
store.log("ocre12")                       # everything ever said, oldest first
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, Row, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from coinvision.errors import ReviewError
from coinvision.review import claims, connection, schema
from coinvision.review.state import DISPUTED, CoinState, Entry, live, states
from coinvision.review.verdicts import ADJUDICATION, Verdict, now, reviewer_name

_SAID = tuple(field.name for field in fields(Verdict))


@dataclass(frozen=True)
class Goal:
    """What the team set: coins to be reviewed, and which share of them gets a second opinion."""

    coins: int = 100
    second_share: float = 0.2

    def check(self) -> None:
        """Raise ReviewError for a goal that cannot be."""
        if self.coins < 1 or not 0 <= self.second_share <= 1:
            raise ReviewError("A goal is at least 1 coin, and a share lies between 0 and 1.")


@dataclass(frozen=True)
class Coins:
    """Some coins of a data set in the order of their worth, each with its label."""

    dataset: str
    labels: Mapping[str, str]
    second_share: float


def open_store(address: str | None = None) -> "Store":
    """Open a store; its tables are made where there are none.

    Args:
        address: a SQLAlchemy address; COINVISION_REVIEW_URL or a file of the user's by default.

    Raises:
        ReviewError: it cannot be reached, or was written by a newer version.
    """
    return Store(address or connection.default_address())


class Store:
    """Verdicts, claims and goals of all data sets. Threads and processes may share it."""

    def __init__(self, address: str) -> None:
        self.address = connection.shown(address)
        self._reader = connection.connect(address)
        self._writer = self._reader.execution_options(**{connection.WRITING: True})
        try:
            with self._writing() as open_:
                schema.prepare(open_)
        except ReviewError:
            self.close()
            raise

    def close(self) -> None:
        """Give all connections back."""
        self._reader.dispose()

    def add(self, verdict: Verdict) -> Entry:
        """Append a verdict; the reviewer's claim on the coin ends.

        Raises:
            ReviewError: a verdict that cannot be, a ruling by one of the two, or no store.
        """
        verdict.check()
        with self._writing() as open_:
            if verdict.role == ADJUDICATION:
                _check_ruling(verdict, self._log(open_, verdict.dataset))
            entry = _append(open_, verdict, None)
            claims.release(open_, verdict.dataset, verdict.coin_id, verdict.reviewer)
        return entry

    def undo(self, dataset: str, reviewer: str) -> Entry | None:
        """Take back this reviewer's last verdict that counts; None if there is none.

        The verdict stays in the log, followed by a row that takes it back.
        """
        with self._writing() as open_:
            own = [e for e in live(self._log(open_, dataset)) if e.said.reviewer == reviewer]
            if not own:
                return None
            _append(open_, own[-1].said, own[-1].id)
        return own[-1]

    def log(self, dataset: str) -> list[Entry]:
        """Everything that was ever said of a data set's coins, oldest first."""
        with self._reading() as open_:
            return self._log(open_, dataset)

    def goal(self, dataset: str) -> Goal:
        """The goal that was set last."""
        table = schema.settings
        query = select(table).where(table.c.dataset == dataset).order_by(table.c.id.desc()).limit(1)
        with self._reading() as open_:
            row = open_.execute(query).first()
        return Goal(row.goal, row.second_share) if row else Goal()

    def set_goal(self, dataset: str, goal: Goal, reviewer: str) -> None:
        """Append a goal; it holds from now on."""
        goal.check()
        values = {"goal": goal.coins, "second_share": goal.second_share, "at": now()}
        with self._writing() as open_:
            row = {"dataset": dataset, "reviewer": reviewer_name(reviewer), **values}
            open_.execute(insert(schema.settings).values(row))

    def holders(self, dataset: str) -> dict[str, str]:
        """Who has which coin at the moment."""
        with self._reading() as open_:
            return {coin: row.reviewer for (coin, _), row in claims.held(open_, dataset).items()}

    def claim_next(self, coins: Coins, reviewer: str) -> str | None:
        """The first coin that is assigned to this reviewer or free, kept for a while; None if none.

        Two who ask at the same moment get different coins.
        """
        with self._claiming() as open_:
            known, there = self._situation(open_, coins)
            own = {coin for (coin, _), row in there.items() if row.reviewer == reviewer}
            in_turn = [*(c for c in coins.labels if c in own), *coins.labels]
            for coin_id in in_turn:
                place = claims.free_place(coin_id, reviewer, known, there)
                if place is not None:
                    claims.keep(open_, coins.dataset, there, (coin_id, place), reviewer)
                    return coin_id
        return None

    def claim(self, coins: Coins, coin_id: str, reviewer: str) -> str | None:
        """Keep one coin for this reviewer; gives the name of who has it already, or None."""
        with self._claiming() as open_:
            known, there = self._situation(open_, coins)
            place = known.get(coin_id, CoinState()).place_for(reviewer)
            if place is None:
                return None
            row = there.get((coin_id, place))
            if row is not None and row.reviewer != reviewer:
                return str(row.reviewer)
            claims.keep(open_, coins.dataset, there, (coin_id, place), reviewer)
        return None

    def assign(self, coins: Coins, count: int, to: str, by: str) -> list[str]:
        """Assign the first so many free coins to somebody, until judged or given back."""
        given: list[str] = []
        to = reviewer_name(to)
        with self._claiming() as open_:
            known, there = self._situation(open_, coins)
            for coin_id in coins.labels:
                place = claims.free_place(coin_id, to, known, there)
                if place is None or (coin_id, place) in there:
                    continue
                if len(given) == count:
                    break
                claims.keep(open_, coins.dataset, there, (coin_id, place), to, by)
                given.append(coin_id)
        return given

    def release(self, dataset: str, coin_id: str, reviewer: str) -> None:
        """Give a coin back unjudged."""
        with self._writing() as open_:
            claims.release(open_, dataset, coin_id, reviewer)

    def _situation(
        self, open_: Connection, coins: Coins
    ) -> tuple[dict[str, CoinState], claims.Held]:
        log = self._log(open_, coins.dataset)
        known = states(log, coins.labels, coins.dataset, coins.second_share)
        return known, claims.held(open_, coins.dataset)

    @staticmethod
    def _log(open_: Connection, dataset: str) -> list[Entry]:
        table = schema.verdicts
        query = select(table).where(table.c.dataset == dataset).order_by(table.c.id)
        return [_entry(row) for row in open_.execute(query)]

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _said_plainly(self.address), self._reader.begin() as open_:
            yield open_

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _said_plainly(self.address), self._writer.begin() as open_:
            yield open_

    @contextmanager
    def _claiming(self) -> Iterator[Connection]:
        with self._writing() as open_:
            if open_.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
                open_.execute(text("LOCK TABLE claims IN EXCLUSIVE MODE"))
            yield open_


@contextmanager
def _said_plainly(address: str) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0][:160]
        raise ReviewError(
            f"The review store {address} cannot be used ({reason}); nothing was written. Check "
            f"{connection.URL_VARIABLE} and try again."
        ) from error


def _append(open_: Connection, verdict: Verdict, undoes: int | None) -> Entry:
    at = now()
    row = {**asdict(verdict), "at": at, "undoes": undoes}
    key = open_.execute(insert(schema.verdicts).values(row)).inserted_primary_key
    return Entry(int(key[0]), at, verdict, undoes)  # type: ignore[index]


def _entry(row: Row) -> Entry:
    said = Verdict(**{name: getattr(row, name) for name in _SAID})
    return Entry(row.id, row.at, said, row.undoes)


def _check_ruling(verdict: Verdict, log: list[Entry]) -> None:
    labels = {verdict.coin_id: verdict.label}
    found = states(log, labels, verdict.dataset, 0).get(verdict.coin_id, CoinState())
    if found.by(verdict.reviewer) is not None:
        raise ReviewError(f"{verdict.reviewer} gave one of the opinions; a third person rules.")
    if found.state != DISPUTED and not found.ruled:
        raise ReviewError(f"The opinions on {verdict.coin_id} do not differ; nothing to rule on.")
