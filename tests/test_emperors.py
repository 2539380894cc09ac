import pytest

from coinvision import emperors


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Hadrian", "Hadrian"),
        ("  hadrian ", "Hadrian"),
        ("Divus Hadrian", "Hadrian"),
        ("Hadrian Divus", "Hadrian"),
        ("Divvs Hadrian", "Hadrian"),
        ("Maximianus", "Maximian"),
        ("Constantius Chlorus", "Constantius I"),
        ("Licinius I", "Licinius"),
        ("Diva Domitilla", "Diva Domitilla"),
    ],
)
def test_name_forms_lead_to_the_canonical_name(written: str, name: str) -> None:
    person = emperors.find(written)
    assert person is not None and person.name == name


def test_people_whom_only_some_would_merge_stay_apart() -> None:
    for one, other in [
        ("Drusus the Elder", "Germanicus"),
        ("Gaius Caesar", "Julius Caesar"),
        ("Maximinus Daia", "Maximinus Thrax"),
        ("Licinius II", "Licinius"),
        ("Constantius I", "Constantius II"),
    ]:
        assert emperors.find(one) != emperors.find(other)


@pytest.mark.parametrize("written", ["Minerva", "", "NA", "under Marcus Aurelius"])
def test_what_is_no_person_is_not_found(written: str) -> None:
    assert emperors.find(written) is None


def test_a_misspelt_name_gets_a_hint() -> None:
    assert emperors.nearest_name("Agustus") == "Augustus"
    assert emperors.nearest_name("Minerva") is None


def test_reigns_run_forward_and_augustus_begins_before_christ() -> None:
    reigns = [person.reign for person in emperors.people() if person.reign]
    assert all(first <= last for first, last in reigns)
    augustus = emperors.find("Augustus")
    assert augustus is not None and augustus.reign == (-27, 14)


def test_no_name_form_means_two_people() -> None:
    # building the lookup raises if one does
    assert len(emperors.people()) > 100
