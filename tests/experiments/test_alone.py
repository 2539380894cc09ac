"""What a part alone suffices for is told beside the whole, on the same coins."""

from pathlib import Path

from answered import fifty_coins, keep

from coinvision.experiments.alone import alone, as_sentence
from coinvision.experiments.store import Cell


def test_parts_are_counted_on_the_coins_that_all_were_asked(tmp_path: Path) -> None:
    found = fifty_coins(tmp_path)
    for fold in range(5):
        keep(found, Cell("small", "A", fold), 9)
    keep(found, Cell("small", "F1", 1), 2)
    for fold, right in ((0, 10), (1, 7)):
        keep(found, Cell("small", "G1", fold), right)
    told = alone(found, "small")
    assert told is not None
    assert (told["n"], told["commonest"], told["share"]) == (10, "Nero", 1.0)
    values = {arm: own["value"] for arm, own in told["parts"].items()}
    assert told["whole"]["value"] == 0.9 and values == {"F1": 0.2, "G1": 0.7}
    said = as_sentence(told)
    assert said.startswith("Of 10 coins 90.0 % (") and "would be right on 100.0 %. " in said
    assert said.endswith(
        "No loss can be told from none with the portrait alone. No gain over that can be told with "
        "shuffled colors and the portrait alone."
    )
    assert said.index("from the portrait alone") < said.index("from shuffled colors alone")


def test_the_part_that_suffices_and_the_one_that_loses_least_are_named(tmp_path: Path) -> None:
    found = fifty_coins(tmp_path)
    for fold in range(5):
        keep(found, Cell("small", "A", fold), 10)
        keep(found, Cell("small", "G1", fold), 7)
        keep(found, Cell("small", "G2", fold), 5)
    lost = as_sentence(alone(found, "small"))
    assert "Every part loses against the whole, the portrait least: −30.0 (" in lost
    for fold in range(5):
        keep(found, Cell("small", "G2", fold), 10)
    kept = as_sentence(alone(found, "small"))
    assert "none with the legend alone (which says little where labels" in kept


def test_nothing_is_told_where_no_coin_was_asked_whole_and_in_part(tmp_path: Path) -> None:
    found = fifty_coins(tmp_path)
    keep(found, Cell("small", "A", 0), 9)
    assert alone(found, "small") is None
    keep(found, Cell("small", "G1", 1), 9)
    assert alone(found, "small") is None and alone(found, "vgg16") is None
