"""The charts of the pages, in Altair; each page gives its chart an `alt` with the takeaway."""

import altair as alt
import pandas as pd

ACCENT, OTHER, MUTED, STRONG = "#b5651d", "#3b6ea5", "#8a8378", "#b5451b"
# Okabe and Ito's colors, told apart by color-blind readers and on both grounds.
CATEGORIES = ["#E69F00", "#56B4E9", "#009E73", "#CC79A7", "#0072B2", "#D55E00", "#999999"]
SHAPES = ["circle", "square", "triangle-up", "diamond"]
FIGURE = [
    alt.Tooltip("value:Q", title="figure", format=".2~f"),
    alt.Tooltip("low:Q", title="95 % interval from", format=".2~f"),
    alt.Tooltip("high:Q", title="to", format=".2~f"),
]
COINS = alt.Tooltip("n:Q", title="coins")


def bars(table: pd.DataFrame, names: str, values: str) -> alt.Chart:
    """Horizontal bars with their values written beside them, the longest first."""
    return _bars(table, names, values, float(table[values].max()), alt.Axis())


def shares(table: pd.DataFrame, names: str, values: str) -> alt.Chart:
    """Horizontal bars in percent, all on a scale up to 100, so that two charts compare."""
    return _bars(table, names, values, 100.0, alt.Axis(values=list(range(0, 101, 20))))


def _bars(table: pd.DataFrame, names: str, values: str, most: float, axis: alt.Axis) -> alt.Chart:
    room_for_labels = 1.15 * most
    base = alt.Chart(table).encode(
        y=alt.Y(names, sort="-x", title=None, axis=_names(140)),
        x=alt.X(values, title=values, axis=axis, scale=alt.Scale(domain=[0, room_for_labels])),
        tooltip=[names, values],
    )
    labels = base.mark_text(align="left", dx=3, color=MUTED).encode(text=values)
    return (base.mark_bar(color=ACCENT) + labels).properties(height=alt.Step(22))


def intervals(table: pd.DataFrame, names: str, order: list[str], title: str) -> alt.Chart:
    """Points with their 95 % intervals; columns `value`, `low`, `high` in percent, and `n`."""
    table = table.dropna(subset="value")
    base = alt.Chart(table).encode(
        y=alt.Y(names, sort=order, title=None, axis=_names(160)),
        tooltip=[names, *FIGURE, COINS],
    )
    scale = alt.Scale(domain=[0, 100])
    lines = base.mark_rule(strokeWidth=2, color=ACCENT).encode(
        x=alt.X("low", scale=scale, title=title, axis=alt.Axis(tickCount=10)), x2="high"
    )
    dots = base.mark_point(filled=True, size=70, color=ACCENT, opacity=1).encode(
        x=alt.X("value", scale=scale, title=title)
    )
    return (lines + dots).properties(height=alt.Step(26))


def dumbbells(table: pd.DataFrame) -> alt.LayerChart:
    """Two points an emperor and a line between: columns `emperor`, `color`, `gray` in percent."""
    order = list(table["emperor"])
    ends = table.melt(["emperor", "n"], ["color", "gray"], var_name="input", value_name="right")
    y = alt.Y("emperor:N", sort=order, title=None, axis=_names(160))
    scale = alt.Scale(domain=[0, 100])
    lines = (
        alt.Chart(table)
        .mark_rule(color=MUTED, strokeWidth=2)
        .encode(y=y, x=alt.X("color:Q", scale=scale, title="named rightly, %"), x2="gray:Q")
    )
    pair = alt.Scale(domain=["color", "gray"], range=[ACCENT, OTHER])
    shapes = alt.Scale(domain=["color", "gray"], range=SHAPES[:2])
    sizes = alt.Scale(domain=["color", "gray"], range=[150, 45])
    dots = (
        alt.Chart(ends)
        .mark_point(filled=True, opacity=1)
        .encode(
            y=y,
            x=alt.X("right:Q", scale=scale, title="named rightly, %"),
            # the first drawn is larger, so that it shows behind the other where both are equal
            size=alt.Size("input:N", scale=sizes, legend=None),
            color=alt.Color("input:N", scale=pair, title=None).legend(orient="bottom"),
            shape=alt.Shape("input:N", scale=shapes, title=None).legend(orient="bottom"),
            tooltip=[
                "emperor",
                "input",
                alt.Tooltip("right:Q", title="named rightly, %", format=".1f"),
                COINS,
            ],
        )
    )
    return (lines + dots).properties(height=alt.Step(26))


def multiples(table: pd.DataFrame, names: str, series: str, title: str) -> alt.LayerChart:
    """Points with intervals around 1, a color and shape a series; names in the table's order.

    Columns `value`, `low`, `high` (multiples, 1 is even), `n`, and those of names and series.
    """
    order, kinds = list(dict.fromkeys(table[names])), list(dict.fromkeys(table[series]))
    base = alt.Chart(table).encode(
        y=alt.Y(f"{names}:N", sort=order, title=None, axis=_names(160)),
        yOffset=alt.YOffset(f"{series}:N", sort=kinds),
        color=alt.Color(
            f"{series}:N", sort=kinds, scale=alt.Scale(domain=kinds, range=CATEGORIES), title=None
        ).legend(orient="bottom", columns=1),
        tooltip=[names, series, *FIGURE, COINS],
    )
    lines = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", title=title, scale=alt.Scale(domainMin=0)), x2="high:Q"
    )
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(
        x=alt.X("value:Q", title=title),
        shape=alt.Shape(
            f"{series}:N", sort=kinds, scale=alt.Scale(domain=kinds, range=SHAPES), title=None
        ).legend(orient="bottom", columns=1),
    )
    # without "for" a step is of each series, not of each name
    step = alt.Step(max(26, 13 * len(kinds)), **{"for": "position"})
    chart: alt.LayerChart = (lines + dots).properties(height=step)
    return chart


def _names(limit: int) -> alt.Axis:
    # flushed, the uppermost label sits lower than its bar
    return alt.Axis(labelLimit=limit, labelFlush=False, labelBound=False)


def marked(chart: alt.Chart, value: float, label: str) -> alt.Chart:
    """The chart with a dashed line at a value, named."""
    table = pd.DataFrame({"at": [value], "label": [label]})
    line = alt.Chart(table).mark_rule(strokeDash=[4, 4], color=MUTED).encode(x="at")
    text = (
        alt.Chart(table)
        .mark_text(align="left", dx=4, baseline="top", color=MUTED)
        .encode(x="at", y=alt.value(2), text="label")
    )
    return chart + line + text


def confusion(table: pd.DataFrame, order: list[str], ink: str) -> alt.LayerChart:
    """A confusion matrix whose cells can be clicked (selection `cell`).

    Args:
        table: columns `emperor`, `named`, `coins`, `share` of the row, `dynasty` (true within one).
        order: emperors, oldest first.
        ink: the color of text on the page's ground.
    """
    cell = alt.selection_point(name="cell", fields=["emperor", "named"], empty=False)
    base = alt.Chart(table).encode(
        x=alt.X(
            "named:N",
            sort=order,
            title="named by the network",
            axis=alt.Axis(labelAngle=-60, labelOverlap=False),
        ),
        y=alt.Y("emperor:N", sort=order, title="emperor", axis=_names(160)),
        tooltip=["emperor", "named", "coins"],
    )
    # the ground shines through: the same chart on white and on black
    cells = base.mark_rect(strokeWidth=1.5, fill=STRONG).encode(
        fillOpacity=alt.FillOpacity(
            "share:Q", scale=alt.Scale(range=[0.03, 1], domain=[0, 1]), legend=None
        ),
        stroke=alt.when(cell)
        .then(alt.value("#0072B2"))
        .when("datum.dynasty")
        .then(alt.value("#7a4a1c"))
        .otherwise(alt.value("transparent")),
    )
    there = base.transform_filter("datum.coins > 0").encode(text="coins:Q")
    faint = there.transform_filter("datum.share <= 0.5").mark_text(fontSize=11, color=ink)
    strong = there.transform_filter("datum.share > 0.5").mark_text(fontSize=11, color="#ffffff")
    return (cells.add_params(cell) + faint + strong).properties(height=alt.Step(30))


def coverage(table: pd.DataFrame) -> alt.Chart:
    """How often the surest answers are right: columns `named, %` and `right, %`."""
    return (
        alt.Chart(table)
        .mark_line(color=ACCENT)
        .encode(
            x=alt.X("named, %:Q", title="coins named, the surest first, %"),
            y=alt.Y("right, %:Q", title="right among them, %", scale=alt.Scale(zero=False)),
            tooltip=["named, %", "right, %"],
        )
        .properties(height=260)
    )


def reliability(table: pd.DataFrame) -> alt.LayerChart:
    """Stated against true: columns `stated, %`, `right, %`, `low`, `high`, `n`."""
    scale = alt.Scale(domain=[0, 100])
    base = alt.Chart(table).encode(
        x=alt.X("stated, %:Q", title="probability that it states, %", scale=scale),
        tooltip=["stated, %", "right, %", *FIGURE[1:], COINS],
    )
    y = alt.Y("low:Q", title="named rightly, %", scale=scale)
    lines = base.mark_rule(strokeWidth=2, color=ACCENT).encode(y=y, y2="high")
    dots = base.mark_point(filled=True, size=60, color=ACCENT, opacity=1).encode(
        y=alt.Y("right, %:Q", title="named rightly, %", scale=scale)
    )
    honest = pd.DataFrame({"x": [0, 100], "y": [0, 100]})
    diagonal = (
        alt.Chart(honest)
        .mark_line(strokeDash=[4, 4], color=MUTED)
        .encode(x=alt.X("x:Q", scale=scale), y=alt.Y("y:Q", scale=scale))
    )
    return (diagonal + lines + dots).properties(height=360)


def learning(table: pd.DataFrame) -> alt.LayerChart:
    """Accuracy by number of coins: `network`, `training coins`, `value`, `low`, `high`, `n`."""
    names = sorted(table["network"].unique())
    color = alt.Scale(domain=names, range=[ACCENT, OTHER])
    shapes = alt.Scale(domain=names, range=SHAPES[:2])
    # the axes hold every interval and no empty decade
    coins, shares = table["training coins"], table[["low", "high"]]
    wide = alt.Scale(type="log", domain=[0.8 * coins.min(), 1.25 * coins.max()], nice=False)
    high = alt.Scale(domain=[shares.min(axis=None) - 1, shares.max(axis=None) + 1])
    counts = alt.Axis(values=sorted(coins.unique()), format=",")
    base = alt.Chart(table).encode(
        x=alt.X("training coins:Q", scale=wide, axis=counts),
        color=alt.Color("network:N", scale=color, title=None).legend(orient="bottom"),
        tooltip=["network", "training coins", *FIGURE, COINS],
    )
    title = "named rightly, %"
    lines = base.mark_rule(strokeWidth=2).encode(
        y=alt.Y("low:Q", title=title, scale=high), y2="high"
    )
    dots = base.mark_line().encode(y=alt.Y("value:Q", title=title)) + base.mark_point(
        filled=True, size=70, opacity=1
    ).encode(
        y=alt.Y("value:Q", title=title),
        shape=alt.Shape("network:N", scale=shapes, title=None).legend(orient="bottom"),
    )
    return (lines + dots).properties(height=300)


def curves(table: pd.DataFrame, what: str) -> alt.Chart:
    """Training curves: columns `epoch`, `coins` (training or validation) and the value."""
    return (
        alt.Chart(table)
        .mark_line(point=True)
        .encode(
            x=alt.X("epoch:Q", title="epoch", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y(f"{what}:Q", title=what, scale=alt.Scale(zero=False)),
            color=alt.Color("coins:N", scale=alt.Scale(range=[ACCENT, OTHER]), title=None).legend(
                orient="bottom"
            ),
            strokeDash=alt.StrokeDash("coins:N", legend=None),
            tooltip=["epoch", "coins", what],
        )
        .properties(height=320)
    )
