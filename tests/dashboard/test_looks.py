"""Where networks look: the page, the coin page's comparison, methods and badges."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from opening import Open
from test_pages import COLOR, GRAY, choose, said

from coinvision import runs
from coinvision.explanation import anatomy


def rewrite(artifacts: Path, name: str, **changed: np.ndarray) -> dict[str, np.ndarray]:
    """Change arrays of a run's heatmaps; gives what is there now."""
    path = artifacts / "runs" / name / runs.HEATMAPS
    with np.load(path) as stored:
        arrays = {key: stored[key] for key in stored.files}
    arrays |= {key.replace("__", "/"): value for key, value in changed.items()}
    np.savez(path, **arrays)
    return arrays


def keep(artifacts: Path, name: str, file: str, facts: dict) -> None:
    run = runs.open_run(artifacts / "runs" / name)
    runs.keep_json(run, file, facts)


def planted(artifacts: Path, part: str) -> int:
    """All of the color run's maps lie on one ring; gives how many there are."""
    ring = anatomy.rings(56)[part].astype(np.float16)
    ids = rewrite(artifacts, COLOR)["coin_id"]
    maps = np.stack([ring] * len(ids))
    rewrite(artifacts, COLOR, gradcam__predicted_uncut=maps, gradcam__true_uncut=maps)
    return len(ids)


@pytest.mark.parametrize(("part", "named"), [("portrait", "portrait"), ("legend", "legend")])
def test_the_page_answers_its_question(
    part: str, named: str, open_page: Open, artifacts: Path
) -> None:
    n = planted(artifacts, part)
    text = said(open_page("looks", run=COLOR))
    assert f"Most densely at the {named}'s ring" in text and f"average of {n} test coins" in text


def test_maps_outside_the_coin_raise_an_alarm(open_page: Open, artifacts: Path) -> None:
    n = planted(artifacts, "outside")
    app = open_page("looks", run=COLOR)
    assert any(w.value.startswith(f"On {n} of {n} coins, 100.0 %") for w in app.warning)
    planted(artifacts, "portrait")
    assert not open_page("looks", run=COLOR).warning


def test_maps_of_other_coins_are_one_sentence(open_page: Open, artifacts: Path) -> None:
    ids = rewrite(artifacts, COLOR)["coin_id"]
    rewrite(artifacts, COLOR, coin_id=np.array([f"no-{i}" for i in range(len(ids))]))
    for page in ("looks", "coin"):
        app = open_page(page, run=COLOR)
        told = [one.value for one in (*app.error, *app.warning)]
        assert any("holds maps of coins that" in text for text in told)


def test_a_run_without_any_evidence_says_so(open_page: Open, artifacts: Path) -> None:
    there = rewrite(artifacts, COLOR)["gradcam/predicted_uncut"]
    rewrite(artifacts, COLOR, gradcam__predicted_uncut=np.zeros_like(there))
    app = open_page("looks", run=COLOR)
    assert [one.value for one in app.subheader] == ["No map holds positive evidence"]


def test_both_networks_stand_side_by_side_with_their_figures(
    open_page: Open, artifacts: Path
) -> None:
    n = planted(artifacts, "portrait")
    table = next(f.value for f in open_page("looks", run=COLOR).dataframe if "network" in f.value)
    assert set(table["network"]) == {"Small network, color", "Small network, grayscale"}
    own = table[(table["network"] == "Small network, color") & (table["part"] == "portrait")]
    assert own["coins"].item() == n and own["evidence, %"].item() > 90


def test_empty_maps_are_counted_apart(open_page: Open, artifacts: Path) -> None:
    arrays = rewrite(artifacts, COLOR)
    maps = np.abs(arrays["gradcam/predicted_uncut"]) + np.float16(0.1)
    maps[0] = 0
    rewrite(artifacts, COLOR, gradcam__predicted_uncut=maps)
    assert "1 more coin has maps that are empty or do not reach 15 %" in said(
        open_page("looks", run=COLOR)
    )
    app = open_page("coin", run=COLOR, coin=str(arrays["coin_id"][0]))
    assert "that says nothing of the coin" in said(app)


def test_a_run_without_maps_says_how_to_get_them(open_page: Open, artifacts: Path) -> None:
    path = artifacts / "runs" / COLOR / runs.DESCRIPTION
    facts = json.loads(path.read_text())
    kept = [name for name in facts["kept"] if name != runs.HEATMAPS]
    path.write_text(json.dumps({**facts, "kept": kept}))
    (path.parent / runs.HEATMAPS).unlink()
    assert "scripts/explain.py" in open_page("looks", run=COLOR).info[0].value


def test_a_method_is_chosen_where_a_run_holds_several(open_page: Open, artifacts: Path) -> None:
    assert not [b for b in open_page("coin", run=COLOR).selectbox if b.label == "Method"]
    arrays = rewrite(artifacts, COLOR)
    few = arrays["coin_id"][:3]
    maps = np.ones((3, 28, 28), np.float32)
    rewrite(artifacts, COLOR, rise__coin_id=few, rise__predicted=maps, rise__true=maps)
    app = choose(open_page("coin", run=COLOR, coin=str(few[0])), "Method", "rise")
    assert "RISE: what raised" in said(app)
    assert "no heatmap of this coin by RISE is stored" in said(app)  # the grayscale run
    app = choose(open_page("looks", run=COLOR), "Method", "rise")
    assert "average of 3 test coins" in said(app)


def test_badges_say_what_was_measured(open_page: Open, artifacts: Path) -> None:
    low, high = ({"value": v, "low": v - 0.1, "high": v + 0.1, "n": 40} for v in (-0.02, 0.3))
    control = {"n": 40, "insertion_deletion": low, "road": low}
    measured = {"n": 40, "insertion_deletion": high, "road": high}
    passed = {**measured, "passes": True, "badge": "Beats every control."}
    failed = {**measured, "passes": False, "badge": "Not to be relied on: loses to random."}
    for name, one in ((COLOR, passed), (GRAY, failed)):
        facts = {"methods": {"gradcam": one}, "controls": {"random": control}}
        keep(artifacts, name, runs.FAITHFULNESS, facts)
    text = said(open_page("coin", run=COLOR))
    assert "green-badge" in text and "Passes all checks" in text
    assert "red-badge" in text and "Fails a check" in text
    app = open_page("looks", run=GRAY)
    assert "Grad-CAM on 40 coins. Not to be relied on: loses to random." in said(app)
    assert "1 method measured: all checks passed by none" in [one.label for one in app.expander]
    table = next(one.value for one in app.dataframe if "ROAD" in one.value)
    assert list(table["maps by"]) == ["Grad-CAM", "control: random"]
    assert list(table["ROAD"]) == ["0.30 (0.20 to 0.40)", "−0.02 (−0.12 to 0.08)"]
    assert list(table["passes"]) == ["no", ""]


def test_a_method_is_told_by_what_it_finds_where_one_part_tells(
    open_page: Open, artifacts: Path
) -> None:
    figures = {"energy": 0.4, "energy_low": 0.3, "energy_high": 0.5, "pointing": 0.25}
    one = {
        "network": "vgg16",
        "input": "color",
        "tested": 50,
        "named_rightly": 0.8,
        "n": 40,
        "area": 0.1,
        **figures,
    }
    one |= {"pointing_low": 0.1, "pointing_high": 0.4, "method": "gradcam"}
    table = pd.DataFrame(
        [
            {**one, "cue": "legend", "clear": False},
            {**one, "cue": "portrait", "clear": True},
            {**one, "cue": "portrait", "method": "center", "clear": None},
        ]
    )
    path = artifacts / "planted" / "cues.csv"
    path.parent.mkdir()
    table.to_csv(path, index=False)
    app = open_page("looks", run=COLOR)
    labels = [one.label for one in app.expander]
    found = "Grad-CAM is above all controls on portrait, not on legend"
    assert f"On drawn coins of which one part alone tells, VGG-16: {found}" in labels
    assert "40.0 % (30.0 to 50.0) of the evidence lies on it, **4.0 times**" in said(app)
    shown = next(one.value for one in app.dataframe if "only cue" in one.value)
    assert list(shown["above all controls"]) == ["no", "yes", ""]
    path.write_text("cue,method\nlegend,gradcam\n")
    assert "cues.csv is damaged" in open_page("looks", run=COLOR).warning[0].value


def test_without_measurements_maps_are_not_said_to_be_right(open_page: Open) -> None:
    assert "Not measured yet" in said(open_page("coin", run=COLOR))
    text = said(open_page("looks", run=COLOR))
    assert "scripts/faithfulness.py" in text and "scripts/regions.py" in text


def test_blanked_regions_stand_beside_the_maps(open_page: Open, artifacts: Path) -> None:
    figure = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 12}
    one = {"accuracy": figure, "difference": {**figure, "value": -0.25, "low": -0.5, "high": -0.1}}
    two = {"accuracy": figure, "difference": {**figure, "value": -0.01, "low": -0.05, "high": 0.1}}
    nero = {"emperor": "Nero", "named": {**figure, "value": 0.94}, "his": 0.1}
    regions = {
        "portrait": {**one, "emperors": {"Nero": one}, "most_named": {**nero, "named": figure}},
        "legend": {**two, "emperors": {"Nero": two}, "most_named": {**nero, "named": figure}},
    }
    keep(artifacts, COLOR, runs.REGIONS, {"whole": figure, "regions": regions})
    app = open_page("looks", run=COLOR)
    assert "Most is lost without the portrait: −25.0 (−50.0 to −10.0) points" in said(app)
    assert [f for f in app.dataframe if "blanked" in f.value.columns]
    assert not app.warning
    two["difference"] = {**figure, "value": -0.2, "low": -0.3, "high": -0.1}
    regions["legend"].update(two)
    keep(artifacts, COLOR, runs.REGIONS, {"whole": figure, "regions": regions})
    assert "not told apart" in said(open_page("looks", run=COLOR))
    regions["portrait"]["most_named"] = nero
    keep(artifacts, COLOR, runs.REGIONS, {"whole": figure, "regions": regions})
    app = open_page("looks", run=COLOR)
    assert "Lost without the portrait: most coins are then called one name" in said(app)
    told = [one.value for one in app.warning]
    assert len(told) == 1 and "Without the portrait it calls 94.0 %" in told[0]
    assert "Nero (10.0 % are his)" in told[0]


def test_a_wrong_answer_is_compared_with_the_truth_at_once(
    open_page: Open, artifacts: Path
) -> None:
    table = pd.read_csv(artifacts / "runs" / COLOR / runs.PREDICTIONS)
    test = table[table["split"] == "test"]
    wrong = test[test["emperor"] != test["predicted"]].iloc[0]
    app = open_page("coin", run=COLOR, coin=wrong["coin_id"])
    text = said(app)
    assert f"The logit of **{wrong['predicted']}** is " in text
    ahead = np.log(wrong[f"p_{wrong['predicted']}"] / wrong[f"p_{wrong['emperor']}"])
    assert f"{ahead:.1f} ahead of that of **{wrong['emperor']}**; calibrated," in text
    assert f"**{wrong['predicted']} less {wrong['emperor']}**" in text
    arrays = rewrite(artifacts, COLOR)
    row = list(arrays["coin_id"]).index(wrong["coin_id"])
    # what speaks against counts as well: the two maps are subtracted before anything is cut off
    uncut = [arrays[f"gradcam/{kind}_uncut"] for kind in ("predicted", "true")]
    named, true = (one[row].astype(float) for one in uncut)
    summed = f"{(named - true).sum():+.1f}".replace("-", "−")
    assert f"Added up, its places come to {summed} of the {ahead:.1f} logits" in text


def test_a_right_answer_waits_to_be_asked_why(
    open_page: Open, artifacts: Path, photographs: Path
) -> None:
    table = pd.read_csv(artifacts / "runs" / COLOR / runs.PREDICTIONS)
    test = table[table["split"] == "test"]
    right = test[test["emperor"] == test["predicted"]].iloc[0]
    app = open_page("coin", run=COLOR, coin=right["coin_id"])
    assert "The logit of" not in said(app)
    box = next(box for box in app.selectbox if box.label == "Compare with")
    assert box.value is None and "runner-up" in box.options[0]
    names = [n for n in ("Augustus", "Nero", "Trajan", "Hadrian") if n != right["predicted"]]
    runner_up = max(names, key=lambda name: right[f"p_{name}"])
    app = choose(app, "Compare with", runner_up)
    assert f"**{right['predicted']} less {runner_up}**" in said(app)
    assert f"What speaks for {runner_up}" in said(app) or "No positive evidence" in said(app)


def test_a_map_that_is_not_stored_is_made_when_it_is_wanted(
    open_page: Open, artifacts: Path, photographs: Path
) -> None:
    arrays = rewrite(artifacts, COLOR)
    maps = np.ones((1, 28, 28), np.float32)
    one = {"occlusion__coin_id": arrays["coin_id"][:1], "occlusion__predicted": maps}
    rewrite(artifacts, COLOR, **one, occlusion__true=maps)
    app = open_page("coin", run=COLOR, coin=str(arrays["coin_id"][1]))
    app = choose(app, "Method", "occlusion")
    assert "no heatmap of this coin by Occlusion is stored" in said(app)
    wanted = next(b for b in app.button if b.label == "Make it now, some ten seconds")
    app = wanted.click().run(timeout=60)
    assert "What speaks for" in said(app) or "No positive evidence" in said(app)


def test_a_wrong_answer_is_compared_by_a_slow_method_once_that_is_wanted(
    open_page: Open, artifacts: Path, photographs: Path
) -> None:
    arrays = rewrite(artifacts, COLOR)
    table = pd.read_csv(artifacts / "runs" / COLOR / runs.PREDICTIONS).set_index("coin_id")
    table = table.loc[list(arrays["coin_id"])]
    wrong, other = table.index[table["emperor"] != table["predicted"]][0], table.index[0]
    maps = np.ones((1, 28, 28), np.float32)
    has = np.array([next(i for i in (other, *table.index) if i != wrong)])
    one = {"occlusion__coin_id": has, "occlusion__predicted": maps, "occlusion__true": maps}
    rewrite(artifacts, COLOR, **one)
    app = choose(open_page("coin", run=COLOR, coin=wrong), "Method", "occlusion")
    assert not app.exception and "To hide the place" not in said(app)
    wanted = [b for b in app.button if b.label == "Make it now, some ten seconds"]
    assert len(wanted) > 1  # one beside the map, one beside the difference
    app = wanted[-1].click().run(timeout=90)
    assert not app.exception and "To hide the place that counts most takes" in said(app)
