"""The store's tables and their version.

Verdicts and settings are only ever appended: triggers in the database itself refuse anything else,
whoever writes. Claims are leases, given back and taken over, and hold nothing worth keeping.
"""

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    event,
    insert,
    inspect,
    select,
    text,
)

from coinvision.errors import ReviewError

VERSION = 1
METADATA = MetaData()

version = Table("review_version", METADATA, Column("version", Integer, nullable=False))


def _text(name: str) -> Column:
    return Column(name, String, nullable=False, default="")


verdicts = Table(
    "verdicts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("undoes", Integer),  # the id of a verdict that this row takes back
    *(_text(name) for name in ("dataset", "coin_id", "role", "verdict", "label", "emperor")),
    *(_text(name) for name in ("note", "confidence", "reviewer", "run", "at")),
    Column("verified", Boolean, nullable=False, default=False),
    Index("verdicts_of_dataset", "dataset"),
    sqlite_autoincrement=True,
)

settings = Table(
    "settings",
    METADATA,
    Column("id", Integer, primary_key=True),
    *(_text(name) for name in ("dataset", "reviewer", "at")),
    Column("goal", Integer, nullable=False),  # coins to be reviewed
    Column("second_share", Float, nullable=False),  # of them that get a second opinion
    sqlite_autoincrement=True,
)

claims = Table(
    "claims",
    METADATA,
    *(_text(name) for name in ("dataset", "coin_id", "reviewer", "assigned_by")),
    Column("place", Integer, nullable=False),  # 1: first opinion, 2: second
    Column("until", String),  # null: assigned, until it is given back
    PrimaryKeyConstraint("dataset", "coin_id", "place"),
)

APPEND_ONLY = (verdicts, settings)
for _table in APPEND_ONLY:
    for _what in ("UPDATE", "DELETE"):
        event.listen(
            _table,
            "after_create",
            DDL(
                f"CREATE TRIGGER {_table.name}_no_{_what} BEFORE {_what} ON {_table.name} "
                f"BEGIN SELECT RAISE(ABORT, '{_table.name} are only appended'); END"
            ).execute_if(dialect="sqlite"),
        )
    event.listen(
        _table,
        "after_create",
        DDL(
            f"CREATE FUNCTION {_table.name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{_table.name} are only appended'; END $$; "
            f"CREATE TRIGGER {_table.name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
            f"ON {_table.name} FOR EACH STATEMENT EXECUTE FUNCTION {_table.name}_refuse()"
        ).execute_if(dialect="postgresql"),
    )


def prepare(connection: Connection) -> None:
    """Make the tables in an empty database, or check that those there are of this version.

    Raises:
        ReviewError: they were made by a newer program, or are no review store's.
    """
    if connection.dialect.name == "postgresql":
        # two programs that start at once must not both make the tables
        connection.execute(text("SELECT pg_advisory_xact_lock(7206901)"))
    there = set(inspect(connection).get_table_names())
    if version.name not in there:
        if there & set(METADATA.tables):
            raise ReviewError(
                "The database holds tables of other programs with the review store's names; give "
                "another address in COINVISION_REVIEW_URL."
            )
        METADATA.create_all(connection)
        connection.execute(insert(version).values(version=VERSION))
    found = connection.execute(select(version.c.version)).scalars().all()
    if len(found) != 1 or found[0] > VERSION:
        raise ReviewError(
            f"The review store is of version {', '.join(map(str, found)) or 'none'}, and this "
            f"program knows {VERSION}; update Coinvision, or give another address in "
            "COINVISION_REVIEW_URL."
        )
