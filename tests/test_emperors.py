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


def test_the_nearest_name_is_told_with_its_likeness() -> None:
    assert emperors.nearest("Hadrian") == ("Hadrian", 1.0)
    name, likeness = emperors.nearest("Hadrianvs") or ("", 0)
    assert name == "Hadrian" and likeness == pytest.approx(
        2 * 8 / 18
    )  # 8 of 9 letters of Hadrianus
    assert emperors.nearest("Minerva") == ("Nerva", pytest.approx(2 * 5 / 12))
    assert emperors.nearest("???") is None


# In the order of their first year; usurpers whose coins are known among them.
RULERS = """
Augustus, Tiberius, Caligula, Claudius, Nero, Galba, Otho, Vitellius, Vespasian, Titus, Domitian,
Nerva, Trajan, Hadrian, Antoninus Pius, Lucius Verus, Marcus Aurelius, Commodus, Pertinax,
Didius Julianus, Pescennius Niger, Clodius Albinus, Septimius Severus, Caracalla, Geta, Macrinus,
Diadumenian, Elagabalus, Severus Alexander, Maximinus Thrax, Gordian I, Gordian II, Pupienus,
Balbinus, Gordian III, Philip the Arab, Philip II, Pacatian, Jotapian, Trajan Decius,
Herennius Etruscus, Hostilian, Trebonianus Gallus, Volusian, Aemilian, Uranius Antoninus,
Valerian, Gallienus, Saloninus, Regalianus, Macrianus Minor, Quietus, Postumus, Laelianus, Marius,
Victorinus, Claudius II, Quintillus, Aurelian, Domitian II, Vabalathus, Tetricus I, Tetricus II,
Tacitus, Florian, Probus, Saturninus, Carus, Numerian, Carinus, Sabinus Julianus, Diocletian,
Maximian, Carausius, Allectus, Domitius Domitianus, Constantius I, Galerius, Severus II, Maxentius,
Domitius Alexander, Constantine I, Licinius, Maximinus Daia, Valerius Valens, Crispus, Licinius II,
Martinian, Constantine II, Delmatius, Constans, Constantius II, Vetranio, Nepotian, Magnentius,
Decentius, Constantius Gallus, Julian, Jovian, Valentinian I, Valens, Procopius, Gratian,
Valentinian II, Theodosius I, Magnus Maximus
"""


def test_every_ruler_from_augustus_to_theodosius_is_known() -> None:
    people = [emperors.find(" ".join(name.split())) for name in RULERS.split(",")]
    assert all(person and person.ruled for person in people)
    assert len({person.name for person in people if person}) == RULERS.count(",") + 1


def test_ladies_and_princes_are_known_but_no_emperors() -> None:
    for name in ("Salonina", "Livia", "Julia Domna", "Helena", "Faustina II", "Plautilla"):
        lady = emperors.find(name)
        assert lady and lady.role == "lady" and not lady.ruled and lady.reign is None
    for name in ("Germanicus", "Antinous", "Julius Caesar"):
        other = emperors.find(name)
        assert other and other.role == "other" and not other.ruled
    assert all(person.ruled for person in emperors.people() if person.reign)


def test_reigns_run_forward_and_augustus_begins_before_christ() -> None:
    reigns = [person.reign for person in emperors.people() if person.reign]
    assert all(first <= last for first, last in reigns)
    augustus = emperors.find("Augustus")
    assert augustus is not None and augustus.reign == (-27, 14)


def test_no_name_form_means_two_people() -> None:
    # building the lookup raises if one does
    assert len(emperors.people()) > 100
