"""How figures are spelt for a reader, the same in reports and on pages."""

from typing import Any

NETWORKS = {
    "small": "Small network",
    "small-distilled": "Distilled small network",
    "vgg16": "VGG-16",
    "vgg16-deep": "Deep VGG-16",
    "small-2020": "Small network of 2020",
    "vgg16-2020": "VGG-16 of 2020",
}


def who(classifier: str) -> str:
    """A network's name for a reader; baselines are called what they are."""
    return NETWORKS.get(classifier, classifier)


def percent(share: float | None) -> str:
    """A share as a percentage with one decimal."""
    return "no coins" if share is None else f"{100 * share:.1f} %"


def with_interval(figure: dict[str, Any]) -> str:
    """A figure with its interval: "78.4 % (74.4 to 81.9)"."""
    if figure["value"] is None:
        return "no coins"
    low, high = 100 * figure["low"], 100 * figure["high"]
    return f"{percent(figure['value'])} ({low:.1f} to {high:.1f})"


def interval(figure: dict[str, Any]) -> str:
    """A figure that is no share, with its interval: "0.22 (0.18 to 0.26)"."""
    if figure["value"] is None:
        return "no coins"
    rounded = [round(figure[k], 2) + 0.0 for k in ("value", "low", "high")]  # no minus zero
    value, low, high = (f"{number:.2f}".replace("-", "−") for number in rounded)
    return f"{value} ({low} to {high})"


def points(share: float | None) -> str:
    """A difference of shares in percentage points with its sign."""
    if share is None:
        return "undefined"
    return f"{round(100 * share, 1) + 0.0:+.1f}".replace("-", "−")  # no minus zero


def gain(figure: dict[str, Any] | None) -> str:
    """A difference with its interval in points: "+0.7 (−2.6 to +4.0)"; empty for none."""
    if figure is None:
        return ""
    return f"{points(figure['value'])} ({points(figure['low'])} to {points(figure['high'])})"


def lead(figure: dict[str, Any], tie: bool) -> str:
    """A difference of two classifiers in points, called a tie where it is one."""
    return gain(figure) + (", a tie" if tie else "")


def spread(folds: dict[str, dict[str, Any]]) -> str:
    """The least and the most that a fold reached; empty for one fold."""
    shares = [100 * fold["value"] for fold in folds.values()]
    return f"{min(shares):.1f} to {max(shares):.1f} %" if len(shares) > 1 else ""


def count(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 coin", "2,287 coins"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def year(value: float | None) -> str:
    """A year for a reader: "AD 117" or "24 BC"; "undated" for none."""
    if value is None or value != value:
        return "undated"
    return f"AD {int(value)}" if value > 0 else f"{-int(value)} BC"


def listing(names: list[str]) -> str:
    """Names in a sentence: "Nero, Galba and Titus"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
