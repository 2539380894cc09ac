"""The charts of the page "Data set" that can be clicked (selection `pick`), in Altair.

Tables come with `coins`, and `shown`, which is false for what the picks of the chart's own field
leave out: such bars are pale and keep their place.
"""

import json

import altair as alt
import pandas as pd

from dashboard.charts import ACCENT, CATEGORIES, MUTED

PALE = 0.25
TOLD = ["emperor:N", "coins:Q", "inferred:Q", "state:N"]
LOWEST = 0.7  # where bars begin on a log scale, so that one coin has a bar


def _opacity() -> alt.Opacity:
    return alt.condition("datum.shown", alt.value(1), alt.value(PALE))


def _pick(field: str) -> alt.Parameter:
    return alt.selection_point(name="pick", fields=[field], empty=False)


def _names(field: str, order: list[str]) -> alt.Y:
    axis = alt.Axis(labelLimit=130, labelFlush=False, labelExpr="replace(datum.label, '_', ' ')")
    return alt.Y(f"{field}:N", sort=order, title=None, axis=axis)


def bars(table: pd.DataFrame, field: str) -> alt.LayerChart:
    """Horizontal bars with their counts beside them, in the order of the table."""
    most = max(float(table["coins"].max()), 1.0)
    base = alt.Chart(table).encode(
        y=_names(field, list(table[field])),
        x=alt.X("coins:Q", title="coins", scale=alt.Scale(domain=[0, 1.2 * most])),
        tooltip=[f"{field}:N", "coins:Q"],
    )
    marks = base.mark_bar(color=ACCENT, cursor="pointer").encode(opacity=_opacity())
    labels = base.mark_text(align="left", dx=3, color=MUTED).encode(text=alt.Text("coins:Q"))
    return (marks.add_params(_pick(field)) + labels).properties(height=alt.Step(22))


def emperors(table: pd.DataFrame) -> alt.LayerChart:
    """Coins an emperor on a log scale: bars for portraits, triangles for those inferred.

    Args:
        table: columns `emperor`, `coins`, `inferred`, `most` of the two, `state`, `label`, `shown`;
            most coins first.
    """
    x, inferred_x, most_x = (_log(table, alt.X, c) for c in ("coins", "inferred", "most"))
    base = alt.Chart(table).encode(y=_names("emperor", list(table["emperor"])), tooltip=TOLD)
    layers = _bars_and_triangles(
        base.encode(x2=alt.datum(LOWEST)), base, {"x": x}, {"x": inferred_x}, size=45
    )
    labels = base.mark_text(align="left", dx=6, color=MUTED).encode(x=most_x, text="label:N")
    return (layers + labels).properties(height=alt.Step(20))


def long_tail(table: pd.DataFrame) -> alt.LayerChart:
    """The same upright and without figures, so that very many emperors fit side by side."""
    order = list(table["emperor"])
    axis = alt.Axis(labelAngle=-60, labelOverlap="greedy", labelLimit=110)
    base = alt.Chart(table).encode(
        x=alt.X("emperor:N", sort=order, title=None, axis=axis), tooltip=TOLD
    )
    y, inferred_y = (_log(table, alt.Y, column) for column in ("coins", "inferred"))
    layers = _bars_and_triangles(
        base.encode(y2=alt.datum(LOWEST)), base, {"y": y}, {"y": inferred_y}, size=16
    )
    return layers.properties(height=380)


def _log(table: pd.DataFrame, channel: type[alt.X] | type[alt.Y], column: str) -> alt.X | alt.Y:
    return channel(
        f"{column}:Q",
        title="coins (log scale)",
        scale=alt.Scale(type="log", domain=[LOWEST, 2.2 * float(table["most"].max())], nice=False),
        axis=alt.Axis(values=[1, 10, 100, 1000, 10_000, 100_000], format=","),
    )


def _bars_and_triangles(
    bars: alt.Chart, points: alt.Chart, coins: dict, inferred: dict, *, size: int
) -> alt.LayerChart:
    color = alt.Color(
        "state:N",
        scale=alt.Scale(domain=["in the data set", "left out"], range=[ACCENT, MUTED]),
        title=None,
        legend=alt.Legend(orient="top"),
    )
    marks = bars.transform_filter("datum.coins > 0").mark_bar(cursor="pointer")
    marks = marks.encode(color=color, opacity=_opacity(), **coins).add_params(_pick("emperor"))
    triangles = points.transform_filter("datum.inferred > 0").mark_point(
        shape="triangle-up",
        size=size,
        filled=True,
        color="#ffffff",
        stroke="#24201a",
        strokeWidth=0.7,
        opacity=1,
    )
    return marks + triangles.encode(**inferred)


def over_time(table: pd.DataFrame, periods: list[str], families: list[str]) -> alt.Chart:
    """Each denomination's share of the coins of a period.

    Args:
        table: columns `period`, `denomination`, `coins`, `share` (percent), `shown`.
        periods: all of them, oldest first.
        families: denominations in the order of their colors.
    """
    return (
        alt.Chart(table)
        .transform_calculate(order=f"indexof({json.dumps(families)}, datum.denomination)")
        .mark_bar(cursor="pointer")
        .encode(
            x=alt.X("period:O", sort=periods, title=None, axis=alt.Axis(labelAngle=-60)),
            y=alt.Y("share:Q", title="share of the coins, %", scale=alt.Scale(domain=[0, 100])),
            color=alt.Color(
                "denomination:N", scale=alt.Scale(domain=families, range=CATEGORIES), title=None
            ).legend(orient="bottom", columns=3),
            order=alt.Order("order:Q"),
            opacity=_opacity(),
            tooltip=["period:N", "denomination:N", "coins:Q", "share:Q"],
        )
        .add_params(_pick("period"))
        .properties(height=360)
    )
