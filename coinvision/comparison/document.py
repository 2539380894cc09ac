"""Two runs compared, as one HTML file: verdict, emperors, heatmaps, the coins that flip.

as_html(compare_runs(color, gray))
"""

import hashlib
from typing import Any

from coinvision import runs
from coinvision.comparison import pictures
from coinvision.comparison.two_runs import TwoRuns
from coinvision.documents import render
from coinvision.photos.crop import MARGIN
from coinvision.spelling import count, with_interval, year

LINKS = {"record_url": "the museum's record", "image_url": "photograph at the museum's site"}
NO_MAPS = "Not every run has heatmaps; scripts/explain.py RUN stores them."


def as_html(found: TwoRuns) -> str:
    """The comparison as a self-contained HTML page.

    Photographs of the coins that flip are in it where the collection is on this machine.

    Raises:
        RunError: a run's heatmaps are damaged.
        DatasetError: a photograph is missing or has changed since the run was trained.
    """
    coins = _coins(found)
    here = any(coin["picture"]["color"] for coin in coins)
    return render(
        "two_runs.html",
        found=found,
        shares=[
            [run.name, with_interval(share.as_dict()), share.n]
            for run, share in zip((found.color, found.gray), found.accuracies.values(), strict=True)
        ],
        emperors=found.emperors.to_dict("records"),
        maps=found.maps.sentence if found.maps else NO_MAPS,
        coins=coins,
        seen=_seen(here),
        disc_radius=round(50 / (1 + MARGIN), 1),
        settings=[_settings(run) for run in (found.color, found.gray, *found.noise)],
    )


def summary(found: TwoRuns) -> list[str]:
    """What a person wants to know first, in lines."""
    sure = found.emperors.loc[found.emperors["corrected"] <= 0.05, "emperor"]
    return [
        found.verdict.sentence,
        found.reservation,
        f"{count(found.pair.only_second, 'coin')} right only in color, "
        f"{found.pair.only_first} only in gray; p = {found.pair.p_value:.3f} (McNemar, exact)",
        f"emperors for whom it is sure (Holm): {', '.join(sure) or 'none'}",
        found.maps.sentence if found.maps else NO_MAPS,
    ]


def _seen(here: bool) -> str:
    under = (
        "as the network was given it"
        if here
        else "drawn as a plain disc, for its photograph is not on this machine"
    )
    return (
        f"Each coin is {under}; over it lies the Grad-CAM map for the emperor named, all maps of a "
        "run on one scale."
    )


def _coins(found: TwoRuns) -> list[dict[str, Any]]:
    ids = list(found.flips["coin_id"])
    both = {"color": found.color, "gray": found.gray}
    shown = {name: pictures.photographs(run, ids) for name, run in both.items()} if ids else {}
    maps = {name: pictures.heat_layers(run, ids) for name, run in both.items()}
    return [
        {
            **coin,
            "facts": [*_facts(coin), year(coin["year"] or None)],
            "links": [
                (coin[column], label)
                for column, label in LINKS.items()
                if str(coin[column]).startswith(("http://", "https://"))
            ],
            "picture": {name: own.get(coin["coin_id"]) for name, own in shown.items()},
            "map": {name: own.get(coin["coin_id"]) for name, own in maps.items()},
            "alt": {name: _alt(coin, name, coin["coin_id"] in maps[name]) for name in both},
        }
        for coin in found.flips.to_dict("records")
    ]


def _facts(coin: dict[str, Any]) -> list[str]:
    return [coin[name] for name in ("denomination", "material", "institution") if coin[name]]


def _alt(coin: dict[str, Any], name: str, explained: bool) -> str:
    right = "rightly" if coin["right_in"] == name else "wrongly"
    what = "with the heatmap for that emperor" if explained else "without a heatmap"
    return f"{coin['emperor']} in {name}, named {right} {coin[name]}, {what}."


def _settings(run: runs.Run) -> list[object]:
    said = run.description
    data = (run.folder / runs.PREDICTIONS).read_bytes()
    told = [said[key] for key in ("network", "input", "fold", "seed")]
    return [run.name, *told, said.get("best_epoch", "–"), hashlib.sha256(data).hexdigest()]
