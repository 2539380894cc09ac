from datetime import UTC, datetime

from saying import Say

from coinvision.review.progress import pace, said_so_far
from coinvision.review.state import Entry, states

LABELS = {f"c{i}": "Nero" for i in range(9)}


def test_the_pace_by_hand(say: Say) -> None:
    moments = ["2026-01-01T10", "2026-01-01T11", "2026-01-05T10", "2026-01-09T10", "2026-01-10T09"]
    log = [Entry(i, f"{at}:00:00.000+00:00", say("Anna", f"c{i}")) for i, at in enumerate(moments)]
    log.append(Entry(9, "2026-01-10T09:30:00.000+00:00", say("Ben", "c0")))  # a second opinion
    found = pace(states(log, LABELS, "d", 1.0), datetime(2026, 1, 10, 12, tzinfo=UTC))
    assert found.reviewed == 5 and found.per_day == 3 / 7
    assert list(found.by_day["reviewed"]) == [2, 3, 4, 5]
    assert str(found.by_day["day"][1])[:10] == "2026-01-05"
    young = pace(states(log[:2], LABELS, "d", 1.0), datetime(2026, 1, 2, 12, tzinfo=UTC))
    assert young.per_day == 1  # two coins in a day and two hours
    assert pace({}, datetime(2026, 1, 2, tzinfo=UTC)).reviewed == 0


def test_all_that_counts_is_listed_the_latest_first(say: Say) -> None:
    log = [
        Entry(1, "2026-01-01T10:00:00.000+00:00", say("Anna", "c1", note="why", verified=True)),
        Entry(2, "2026-01-02T10:00:00.000+00:00", say("Ben", "c1", "label_wrong", "Titus")),
        Entry(3, "2026-01-03T10:00:00.000+00:00", say("Ben", "c2")),
        Entry(4, "2026-01-04T10:00:00.000+00:00", say("Ben", "c2"), undoes=3),
    ]
    table = said_so_far(states(log, LABELS, "d", 1.0))
    assert list(table["Who"]) == ["Ben", "Anna"] and set(table["State"]) == {"disputed"}
    assert table["Verdict"][0] == "Label wrong: Titus" and table["Note"][1] == "why"
    assert list(table["Signed in"]) == [False, True]
