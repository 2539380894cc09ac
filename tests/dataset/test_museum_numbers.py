import pytest

from coinvision.dataset.museum_numbers import museum_number, runs


@pytest.mark.parametrize(
    ("address", "lot", "number"),
    [
        ("http://numismatics.org/collectionimages/19001949/1944/1944.100.435.obv.width175.jpg",
         "1944.100", 435),
        ("http://ww2.smb.museum/mk_edit/images/n21/21804/vs_thumb.jpg", "", 21804),
        ("http://www.kenom.de/iiif/image/record_DE-MUS-062622_kenom_127701/x_vs.jpg/full/120,/0/d",
         "DE-MUS-062622", 127701),
        ("http://www.museudeprehistoria.org/nomisma/media/image/catalogo/thumb/36/363/36326-1.jpg",
         "", 36326),
        ("http://coins.lib.virginia.edu/images/coins/thumb/n1996_2_3_obv.jpg", "1996_2", 3),
    ],
)  # fmt: skip
def test_a_museums_number_is_read_from_its_address(address: str, lot: str, number: int) -> None:
    found = museum_number({"institution": "M", "image_url": address})
    assert found is not None
    assert found.series == ("M", lot) and found.number == number


def test_columns_win_over_the_address() -> None:
    record = {"institution": "M", "lot": "9", "number": "12", "image_url": "http://x/n1/7/vs.jpg"}
    assert museum_number(record) == (("M", "9"), 12)


@pytest.mark.parametrize("place", ["collection", "search/id"])
def test_a_records_address_tells_it_where_the_pictures_does_not(place: str) -> None:
    picture = "https://images.numismatics.org/collectionimages%2F1944%2F1944.100.7.obv.noscale.jpg"
    record = {"image_url": picture, "record_url": f"http://numismatics.org/{place}/1944.100.7"}
    assert museum_number(record) == (("", "1944.100"), 7)
    assert museum_number({"image_url": picture}) is None
    assert museum_number({"record_url": "http://numismatics.org/ocre/id/ric.1(2).aug.486"}) is None


def test_an_unknown_address_has_no_number() -> None:
    assert museum_number({"image_url": "http://example.org/1.jpg"}) is None


def test_runs_join_neighbors_of_one_series_only() -> None:
    numbers = [
        museum_number({"institution": m, "number": n})
        for m, n in [("A", "10"), ("A", "13"), ("A", "17"), ("B", "14"), ("A", "12"), ("", "")]
    ]
    joined = {frozenset(pair) for pair in runs(numbers, gap=3)}
    assert joined == {frozenset({0, 4}), frozenset({4, 1})}
