"""Every trap of real NUDS records, in records made by hand."""

import pytest

from coinvision.collect.numishare import read_nuds, read_nuds_group
from coinvision.errors import PageError

NAMESPACES = (
    'xmlns="http://nomisma.org/nuds" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:mets="http://www.loc.gov/METS/" xmlns:tei="http://www.tei-c.org/ns/1.0"'
)


def record(types: str = "", more: str = "", outside: str = "") -> bytes:
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><nuds {NAMESPACES}><control><recordId> 1944.100.1"
        f"\n</recordId></control><descMeta><title>A  coin</title>{types}{more}</descMeta>{outside}"
        "</nuds>"
    ).encode()


def typed(inside: str) -> bytes:
    return record(f"<typeDesc>{inside}</typeDesc>")


def person(name: str, role: str) -> str:
    return f"<persname xlink:role='{role}'>{name}</persname>"


def test_a_whole_record() -> None:
    facts = read_nuds(
        record(
            "<typeDesc><dateRange><fromDate standardDate='-0027'>27 B.C.</fromDate>"
            "<toDate standardDate='0014'>A.D. 14</toDate></dateRange>"
            "<denomination>Denarius</denomination><denomination>Quinarius</denomination>"
            "<manufacture>Struck</manufacture><material>Silver</material><material>Gold</material>"
            f"<authority>{person('Augustus', 'authority')}{person('Agrippa', 'authority')}"
            f"{person('Carisius', 'issuer')}{person('X', 'statedAuthority')}"
            "<corpname xlink:role='state'>Roman Empire</corpname>"
            "<famname xlink:role='dynasty'>Julio-Claudian</famname></authority>"
            "<geographic><geogname xlink:role='region'>Italy</geogname>"
            "<geogname xlink:role='mint'>Rome</geogname></geographic>"
            f"<obverse><legend>CAESAR</legend>{person('Augustus', 'portrait')}</obverse>"
            f"<reverse><legend>AVG</legend>{person('Victory', 'deity')}</reverse></typeDesc>",
            "<refDesc><reference/><reference><tei:title>BMC</tei:title></reference>"
            "<reference xlink:arcrole='nmo:hasTypeSeriesItem' xlink:href='http://ocre/1'/>"
            "</refDesc>",
        )
    )
    assert facts == {
        "record_id": "1944.100.1",
        "title": "A coin",
        "portrait": "Augustus",
        "portrait_source": "obverse",
        "authority": ["Augustus", "Agrippa"],
        "issuer": ["Carisius"],
        "denomination": "Denarius",
        "material": "Silver",
        "mint": "Rome",
        "region": "Italy",
        "deity": "Victory",
        "year_from": -27,
        "year_to": 14,
        "legend_obverse": "CAESAR",
        "legend_reverse": "AVG",
        "type_uri": "http://ocre/1",
        "images": {},
    }


def test_an_empty_record_is_no_error() -> None:
    facts = read_nuds(record())
    assert facts["record_id"] == "1944.100.1" and facts["title"] == "A coin"
    assert all(value in (None, [], {}) for value in list(facts.values())[2:])


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (
            f"<obverse>{person('A', 'portrait')}</obverse>"
            f"<reverse>{person('B', 'portrait')}</reverse>",
            ("A", "obverse"),
        ),
        (
            f"<obverse>{person('Roma', 'deity')}</obverse>"
            f"<reverse>{person('B', 'portrait')}</reverse>",
            ("B", "reverse"),
        ),
        (
            f"<authority>{person('Nero', 'authority')}{person('Poppaea', 'porrait')}</authority>",
            ("Poppaea", "authority-portrait-role"),
        ),
        (
            f"<authority>{person('Nero', 'authority')}{person('Poppaea', 'portrait')}</authority>",
            ("Poppaea", "authority-portrait-role"),
        ),
        (
            f"<authority>{person(' ', 'authority')}{person('Nero', 'authority')}</authority>",
            ("Nero", "authority"),
        ),
        (f"<authority>{person('Carisius', 'issuer')}</authority>", (None, None)),
        ("<authority><persname>Nero</persname></authority>", (None, None)),
    ],
)
def test_who_is_shown(inside: str, expected: tuple[str | None, str | None]) -> None:
    facts = read_nuds(typed(inside))
    assert (facts["portrait"], facts["portrait_source"]) == expected


@pytest.mark.parametrize(
    ("dated", "expected"),
    [
        ("<date standardDate='0063'>A.D. 63</date>", (63, 63)),
        ("<date notBefore='-0044' notAfter='-0031'>c. 40 BC</date>", (-44, -31)),
        ("<date>A.D. 140-144</date>", (140, 144)),
        ("<date>89 B.C.</date>", (-89, -89)),
        ("<date>undated</date>", (None, None)),
        ("<date standardDate='1989-09'>Sept</date>", (1989, 1989)),
        ("<dateRange><fromDate>AD 140</fromDate><toDate>AD 144</toDate></dateRange>", (140, 144)),
        ("<dateRange><fromDate standardDate='-211'/></dateRange>", (-211, None)),
        ("<dateOnObject><date standardDate='0005'/></dateOnObject>", (None, None)),
        ("<date standardDate='0063'/><date standardDate='0064'/>", (63, 63)),
    ],
)
def test_years(dated: str, expected: tuple[int | None, int | None]) -> None:
    facts = read_nuds(typed(dated))
    assert (facts["year_from"], facts["year_to"]) == expected


def test_dates_of_the_collecting_are_not_the_coins() -> None:
    bought = "<adminDesc><chronItem><date standardDate='1987'/></chronItem></adminDesc>"
    assert read_nuds(record("<typeDesc/>", bought))["year_from"] is None


def test_the_manufacture_is_no_denomination() -> None:
    struck = "<denomination xlink:href='http://nomisma.org/id/struck'>Geprägt</denomination>"
    as_ = "<denomination xlink:href='http://nomisma.org/id/as'>As</denomination>"
    assert read_nuds(typed(struck + as_))["denomination"] == "As"
    assert read_nuds(typed("<denomination>Cast</denomination>"))["denomination"] is None


@pytest.mark.parametrize(
    ("legend", "expected"),
    [
        ("<legend>  IMP\n   CAES </legend>", "IMP CAES"),
        ("<legend>IMP <!-- sic -->CA<?page 1?>ES</legend>", "IMP CAES"),
        ("<legend><![CDATA[A & B]]></legend>", "A & B"),
        ("<legend/><legend>AVG</legend>", "AVG"),
        (
            "<legend><tei:div type='edition'><tei:ab>IMP<tei:lb/>C<tei:hi>AE</tei:hi>S</tei:ab>"
            "</tei:div></legend>",
            "IMP CAES",
        ),
        (
            "<legend><tei:div type='translation'>emperor</tei:div><tei:div type='edition'>IMP"
            "</tei:div></legend>",
            "IMP",
        ),
    ],
)
def test_legends(legend: str, expected: str) -> None:
    assert read_nuds(typed(f"<obverse>{legend}</obverse>"))["legend_obverse"] == expected


def test_the_deity_of_the_obverse_comes_first() -> None:
    sides = f"<obverse>{person('Jupiter', 'deity')}</obverse><reverse>{person('Pax', 'deity')}"
    assert read_nuds(typed(f"{sides}</reverse>"))["deity"] == "Jupiter"


def test_the_type_may_stand_on_an_empty_description() -> None:
    assert (
        read_nuds(record("<typeDesc xlink:href='http://crro/2'/>"))["type_uri"] == "http://crro/2"
    )


def test_pictures_of_every_side_and_size() -> None:
    def file(use: str, url: str, how: str = "LOCYPE") -> str:
        located = f"<mets:FLocat {how}='URL' xlink:href=' {url} '/>" if url else ""
        return f"<mets:file USE='{use}'>{located}</mets:file>"

    groups = (
        f"<mets:fileGrp USE='obverse'>{file('iiif', 'i')}{file('archive', 'a', 'LOCTYPE')}"
        f"{file('reference', 'r')}{file('thumbnail', 't')}{file('iiif', 'second')}</mets:fileGrp>"
        f"<mets:fileGrp USE='combined'>{file('reference', 'c')}{file('thumbnail', '')}"
        "</mets:fileGrp><mets:fileGrp USE='card'/>"
    )
    digital = f"<digRep><mets:fileSec>{groups}</mets:fileSec></digRep>"
    assert read_nuds(record(outside=digital))["images"] == {
        "obverse": {"iiif": "i", "archive": "a", "reference": "r", "thumbnail": "t"},
        "combined": {"reference": "c"},
    }


def test_namespaces_may_be_missing() -> None:
    bare = (
        b"<nuds><control><recordId>1</recordId></control><descMeta><typeDesc><authority>"
        b"<persname role='authority'>Nero</persname></authority></typeDesc></descMeta><digRep>"
        b"<fileSec><fileGrp USE='obverse'><file USE='iiif'><FLocat href='u'/></file></fileGrp>"
        b"</fileSec></digRep></nuds>"
    )
    facts = read_nuds(bare)
    assert facts["authority"] == ["Nero"] and facts["images"] == {"obverse": {"iiif": "u"}}


def test_a_group_gives_each_record() -> None:
    one = record(more="<adminDesc><collection>ANS</collection></adminDesc>").split(b"?>")[1]
    found = list(read_nuds_group(b"<nudsGroup>" + one + one + b"</nudsGroup>"))
    assert [(facts["record_id"], facts["institution"]) for facts in found] == [
        ("1944.100.1", "ANS")
    ] * 2


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b"", "no well-formed XML"),
        (b"<nuds><open></nuds>", "line 1, column"),
        (b"<html/>", "expected nuds, got html"),
        (b"<nudsGroup/>", "holds no record"),
        (b"<!DOCTYPE nuds [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><nuds>&a;</nuds>", "type"),
        (b"<nuds>" + b"<a>" * 300 + b"</a>" * 300 + b"</nuds>", "no well-formed XML"),
        (b"<nuds>" + b" " * 33_000_000 + b"</nuds>", "more than the limit"),
    ],
)
def test_a_malformed_record_is_named_with_its_place(xml: bytes, said: str) -> None:
    with pytest.raises(PageError, match=said) as caught:
        read_nuds(xml, url="http://museum/1.xml")
    assert str(caught.value).startswith("http://museum/1.xml ")
