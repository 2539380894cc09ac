"""How figures and runs are spelt, the same on every page."""

import re
from typing import Any

from coinvision.runs import Run

NETWORKS = {
    "small": "Small network",
    "vgg16": "VGG-16",
    "small-2020": "Small network of 2020",
    "vgg16-2020": "VGG-16 of 2020",
}
INPUTS = {"color": "color", "grayscale": "grayscale"}
METHODS = {
    "gradcam": "Grad-CAM",
    "gradcam++": "Grad-CAM++",
    "scorecam": "Score-CAM",
    "saliency": "Saliency",
    "occlusion": "Occlusion",
    "rise": "RISE",
}
# What a method's values count; of the others the values mean nothing by themselves.
UNITS = {
    "gradcam": "logits",
    "saliency": "logits a gray level",
    "occlusion": "logits",
    "rise": "logits",
}

INTERVAL_HELP = (
    "If the test were repeated on other coins of the same kind, 95 of 100 such intervals would "
    "hold the true figure. A wide interval means few coins."
)


def network(run: Run) -> str:
    """The network's name for a reader."""
    name = str(run.description["network"])
    return NETWORKS.get(name, name)


def input_name(run: Run) -> str:
    """What the network was given, for a reader."""
    name = str(run.description["input"])
    return INPUTS.get(name, name)


def title(run: Run) -> str:
    """Network and input: "VGG-16, color"."""
    return f"{network(run)}, {input_name(run)}"


def method(name: str) -> str:
    """A heatmap method's name for a reader."""
    return METHODS.get(name, f"control: {name}")


def percent(share: float | None) -> str:
    """A share as a percentage with one decimal."""
    return "no coins" if share is None else f"{100 * share:.1f} %"


def with_interval(figure: dict[str, Any]) -> str:
    """A figure with its interval: "78.4 % (74.4 to 81.9)"."""
    if figure["value"] is None:
        return "no coins"
    low, high = 100 * figure["low"], 100 * figure["high"]
    return f"{percent(figure['value'])} ({low:.1f} to {high:.1f})"


def points(share: float | None) -> str:
    """A difference of shares in percentage points with its sign."""
    return "undefined" if share is None else f"{100 * share:+.1f}".replace("-", "−")


def gain(figure: dict[str, Any] | None) -> str:
    """A difference with its interval in points: "+0.7 (−2.6 to +4.0)"; empty for none."""
    if figure is None:
        return ""
    return f"{points(figure['value'])} ({points(figure['low'])} to {points(figure['high'])})"


def count(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 coin", "2,287 coins"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def year(value: float | None) -> str:
    """A year for a reader: "AD 117" or "24 BC"; "undated" for none."""
    if value is None or value != value:
        return "undated"
    return f"AD {int(value)}" if value > 0 else f"{-int(value)} BC"


def period(begins: int, width: int) -> str:
    """Some years in a row: "AD 100–124"; those from the year 0, which never was, begin with 1."""
    ends = begins + width - 1
    return f"{-begins}–{-ends} BC" if begins < 0 else f"AD {begins or 1}–{ends}"


def plain(text: str) -> str:
    """Text that came from elsewhere, so that none of it is read as Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!$:|<>~])", r"\\\1", text)


def listing(names: list[str]) -> str:
    """Names in a sentence: "Nero, Galba and Titus"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
