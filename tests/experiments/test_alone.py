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
    assert said.startswith("Of 10 coins 90.0 % (") and said.endswith("would be right on 100.0 %.")
    assert said.index("from the portrait alone") < said.index("from shuffled colors alone")


def test_nothing_is_told_where_no_coin_was_asked_whole_and_in_part(tmp_path: Path) -> None:
    found = fifty_coins(tmp_path)
    keep(found, Cell("small", "A", 0), 9)
    assert alone(found, "small") is None
    keep(found, Cell("small", "G1", 1), 9)
    assert alone(found, "small") is None and alone(found, "vgg16") is None
