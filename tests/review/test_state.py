from saying import Say

from coinvision.review.state import (
    DISPUTED,
    OPEN,
    SECOND,
    SETTLED,
    CoinState,
    Entry,
    gets_second,
    live,
    states,
)
from coinvision.review.verdicts import Verdict

LABELS = {"c1": "Nero"}


def log(*said: Verdict | tuple[Verdict, int]) -> list[Entry]:
    """A log of verdicts; a pair takes back the verdict with that id."""
    rows = []
    for i, one in enumerate(said, start=1):
        verdict, undoes = one if isinstance(one, tuple) else (one, None)
        rows.append(Entry(i, f"2026-01-0{i}", verdict, undoes))
    return rows


def state(entries: list[Entry], share: float = 1.0) -> CoinState:
    return states(entries, LABELS, "d", share).get("c1", CoinState())


def test_the_road_of_a_coin(say: Say) -> None:
    anna, ben = say("Anna", "c1"), say("Ben", "c1", "label_wrong", "Titus")
    cleo = say("Cleo", "c1", "worn", role="adjudication")
    assert state([]).state == OPEN
    assert state(log(anna)).state == SECOND and state(log(anna), 0.0).state == SETTLED
    assert state(log(anna, ben)).state == DISPUTED and state(log(anna, ben)).decision is None
    agreed = state(log(anna, say("Ben", "c1")))
    assert agreed.state == SETTLED and agreed.decision and agreed.decision.said == anna
    ruled = state(log(anna, ben, cleo))
    assert ruled.state == SETTLED and ruled.decision and ruled.decision.said == cleo


def test_one_who_changes_his_mind_counts_once(say: Say) -> None:
    entries = log(say("Anna", "c1"), say("Anna", "c1", "worn"))
    assert [entry.id for entry in live(entries)] == [2]
    assert state(entries).state == SECOND


def test_what_was_taken_back_does_not_count(say: Say) -> None:
    anna = say("Anna", "c1")
    assert state(log(anna, (anna, 1))).state == OPEN
    assert state(log(anna, say("Anna", "c1", "worn"), (anna, 2))).opinions[0].id == 1


def test_the_second_is_blind_until_he_has_spoken(say: Say) -> None:
    one = state(log(say("Anna", "c1")))
    assert not one.open_to("Ben") and one.open_to("Anna")
    assert one.place_for("Ben") == 2 and one.place_for("Anna") is None
    assert state(log(say("Anna", "c1"), say("Ben", "c1"))).open_to("Cleo")


def test_verdicts_on_an_earlier_label_no_longer_count(say: Say) -> None:
    entries = log(say("Anna", "c1", "label_wrong", "Titus"))
    assert states(entries, {"c1": "Titus"}, "d", 1.0) == {}


def test_the_chosen_share_is_met_and_the_same_everywhere() -> None:
    chosen = [gets_second("d", f"c{i}", 0.2) for i in range(5000)]
    assert 0.18 < sum(chosen) / 5000 < 0.22
    assert not any(gets_second("d", f"c{i}", 0) for i in range(50))
    assert all(gets_second("d", f"c{i}", 1) for i in range(50))
    # whoever is in a small share is in a larger one
    assert all(gets_second("d", f"c{i}", 0.5) for i, one in enumerate(chosen) if one)


def test_a_ruling_ends_with_its_dispute(say: Say) -> None:
    anna, ben = say("Anna", "c1"), say("Ben", "c1", "label_wrong", "Titus")
    cleo = say("Cleo", "c1", "worn", role="adjudication")
    agreed = state(log(anna, ben, cleo, say("Ben", "c1")))
    assert agreed.state == SETTLED and not agreed.ruled
    assert agreed.decision and agreed.decision.said == anna
    other = state(log(anna, ben, cleo, say("Ben", "c1", "worn")))
    assert other.ruled and other.decision and other.decision.said == cleo
    alone = state(log(anna, ben, cleo, (ben, 2)))
    assert alone.state == SECOND and alone.decision is None
