"""Who has which coin at the moment: leases that end by themselves, assignments that stay.

Called inside the store's transactions, which let one claimant in at a time.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Row, delete, insert, select

from coinvision.review import schema
from coinvision.review.state import CoinState
from coinvision.review.verdicts import now

LEASE = timedelta(minutes=30)  # how long "next" keeps a coin for one reviewer
Held = dict[tuple[str, int], Row]  # by coin and by which opinion is claimed


def held(open_: Connection, dataset: str) -> Held:
    """Claims that hold now, by coin and place."""
    rows = open_.execute(select(schema.claims).where(schema.claims.c.dataset == dataset))
    moment = now()
    return {(r.coin_id, r.place): r for r in rows if r.until is None or r.until > moment}


def free_place(coin_id: str, reviewer: str, known: dict[str, CoinState], there: Held) -> int | None:
    """Which opinion this reviewer could give on a coin that nobody else holds."""
    place = known.get(coin_id, CoinState()).place_for(reviewer)
    if place is None:
        return None
    row = there.get((coin_id, place))
    return place if row is None or row.reviewer == reviewer else None


def keep(
    open_: Connection,
    dataset: str,
    there: Held,
    what: tuple[str, int],
    reviewer: str,
    by: str = "",
) -> None:
    """Write a claim in the place of one that has run out; an assigned coin stays assigned."""
    if what in there and there[what].until is None:
        return
    coin_id, place = what
    table = schema.claims
    same = (table.c.dataset == dataset, table.c.coin_id == coin_id, table.c.place == place)
    until = None if by else (datetime.now(UTC) + LEASE).isoformat(timespec="milliseconds")
    open_.execute(delete(table).where(*same))
    row = {"dataset": dataset, "coin_id": coin_id, "place": place, "reviewer": reviewer}
    open_.execute(insert(table).values(**row, assigned_by=by, until=until))


def release(open_: Connection, dataset: str, coin_id: str, reviewer: str) -> None:
    """Give back whatever this reviewer holds of a coin."""
    table = schema.claims
    same = (table.c.dataset == dataset, table.c.coin_id == coin_id, table.c.reviewer == reviewer)
    open_.execute(delete(table).where(*same))
