import pytest

from coinvision.dataset import cleaning


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("25 BC - 23 BC", (-25, -23)),
        ("AD 69 - AD 71", (69, 71)),
        ("AD 140–AD 144", (140, 144)),
        ("9 BC - AD 9", (-9, 9)),
        ("AD 108", (108, 108)),
        ("A.D. 69", (69, 69)),
        ("89 B.C.", (-89, -89)),
        ("145.0", (145, 145)),
        ("269", (269, 269)),
        ("-25", (-25, -25)),
        ("-25 - -23", (-25, -23)),
        ("28-27 BC", (-28, -27)),
        ("c. 28 BC", (-28, -28)),
        ("140 to 144", (140, 144)),
        ("AD 193-94", (193, 194)),
        ("193-4", (193, 194)),
        ("217-8 AD", (217, 218)),
        ("28-7 BC", (-28, -7)),
        ("BC 27", (-27, -27)),
        ("100 (?)", (100, 100)),
        ("\N{MINUS SIGN}25", (-25, -25)),
        ("120 CE", (120, 120)),
        ("-26|14", (-26, 14)),
        ("-25||-23", (-25, -23)),
    ],
)
def test_dates_become_years(text: str, years: tuple[int, int]) -> None:
    assert cleaning.parse_years(text) == years


@pytest.mark.parametrize(
    "text",
    ["", "NA", "0", "undated", "2nd century", "9999", "AD", "1-2-3", "71-70", "25 BC - 23", "AD 0"],
)
def test_what_is_no_date_gives_nothing(text: str) -> None:
    assert cleaning.parse_years(text) is None


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Bronze Denarius of Augustus, 27 BC - AD 14. 1944.27.9", (-27, 14)),
        ("Gold Aureus of Augustus, Lugdunum, 9 BC. 0000.999.16779", (-9, -9)),
        ("Bronze AE3 of Constantius II, Cyzicus, AD 337–AD 340. 1944.100.21593", (337, 340)),
        ("RIC I (second edition) Augustus 486. 1944.100.39200", None),
        ("Silver Denarius, 12. 1944.100.1", None),
        ("", None),
    ],
)
def test_a_title_may_spell_out_the_date(title: str, years: tuple[int, int] | None) -> None:
    assert cleaning.years_in_title(title) == years


def test_a_cell_may_hold_several_values() -> None:
    assert cleaning.values("Augustus|Agrippa") == ["Augustus", "Agrippa"]
    assert cleaning.values(" Augustus || NA ||Livia") == ["Augustus", "Livia"]
    assert cleaning.values("NA") == []
    assert cleaning.first_value("Struck|As") == "As"
    assert cleaning.first_value("Cast") == ""


def test_the_middle_of_a_range_steps_over_the_year_that_never_was() -> None:
    assert cleaning.middle_year((-25, -23)) == -24
    assert cleaning.middle_year((-1, 1)) == 1
    assert cleaning.middle_year((69, 71)) == 70


@pytest.mark.parametrize(
    ("denomination", "material"),
    [
        ("Aureus", "Gold"),
        ("Quinarius aureus", "Gold"),
        ("Quinarius", "Silver"),
        ("denarius", "Silver"),
        ("Cistophorus", "Silver"),
        ("Sestertius", "Bronze"),
        ("As", "Bronze"),
        ("AE3", "Bronze"),
        ("Large AE2", "Bronze"),
        ("AE Small, AE Medium", "Bronze"),
        ("Antoninianus", None),
        ("Tetradrachm", None),
        ("Aes grave", None),
        ("", None),
    ],
)
def test_a_denomination_tells_its_metal_where_it_had_one(
    denomination: str, material: str | None
) -> None:
    assert cleaning.infer_material(denomination) == material


def test_cells_that_say_nothing() -> None:
    assert all(map(cleaning.is_missing, ["", " NA", "n/a", "Uncertain", "?"]))
    assert not cleaning.is_missing("Nero")
