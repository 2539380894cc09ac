"""How figures and runs are spelt, the same on every page."""

import re

from coinvision.explanation import METHODS
from coinvision.runs import Run
from coinvision.spelling import (
    count,
    gain,
    interval,
    lead,
    listing,
    percent,
    points,
    spread,
    who,
    with_interval,
    year,
)

__all__ = [
    "INPUTS",
    "INTERVAL_HELP",
    "count",
    "gain",
    "input_name",
    "interval",
    "lead",
    "listing",
    "method",
    "network",
    "percent",
    "period",
    "plain",
    "points",
    "spread",
    "title",
    "unit",
    "who",
    "with_interval",
    "year",
]

INPUTS = ("color", "grayscale")  # those that the switch in the sidebar goes between
INTERVAL_HELP = (
    "If the test were repeated on other coins of the same kind, 95 of 100 such intervals would "
    "hold the true figure. A wide interval means few coins."
)


def network(run: Run) -> str:
    """The network's name for a reader."""
    return who(str(run.description["network"]))


def input_name(run: Run) -> str:
    """What the network was given, for a reader."""
    return str(run.description["input"])


def title(run: Run) -> str:
    """Network and input: "VGG-16, color"."""
    return f"{network(run)}, {input_name(run)}"


def method(name: str) -> str:
    """A heatmap method's name for a reader."""
    return METHODS[name].title if name in METHODS else f"control: {name}"


def unit(name: str) -> str:
    """What a heatmap method's values count; empty where they mean nothing by themselves."""
    return METHODS[name].unit if name in METHODS else ""


def period(begins: int, width: int) -> str:
    """Some years in a row: "AD 100–124"; those from the year 0, which never was, begin with 1."""
    ends = begins + width - 1
    return f"{-begins}–{-ends} BC" if begins < 0 else f"AD {begins or 1}–{ends}"


def plain(text: str) -> str:
    """Text that came from elsewhere, so that none of it is read as Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!$:|<>~])", r"\\\1", text)
