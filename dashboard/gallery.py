"""An emperor's coins by where the network looked on them, and the mean of right and wrong maps."""

import numpy as np
import pandas as pd
import streamlit as st

from coinvision.explanation.stored import FAINT
from coinvision.runs import Run
from dashboard import anatomy, evidence, heat, reading, words

ACROSS = 4
ROWS = {"portrait": "Most on the portrait", "legend": "Most on the legend"}


def section(run: Run, method: str) -> None:
    """For one emperor: the coins with the highest shares, and the mean maps."""
    st.subheader("One emperor's coins", anchor=False)
    tested = reading.tested(run)
    order = [name for name in reading.reign_order(run) if name in set(tested["emperor"])]
    emperor = st.selectbox("Emperor", order, key="looks_emperor")
    own = tested[tested["emperor"] == emperor]
    clear = _clear(run, method, own)
    if not clear:
        st.info(f"No map of a coin of {emperor} holds evidence that is not faint.")
        return
    scale = evidence.scale_of(run, method, *clear.values())
    st.caption(
        f"For the emperor that was named. Maps that do not reach {100 * FAINT:.0f} % of the scale "
        "are left out, here as in all shares above: their shares are of next to nothing."
    )
    shares = anatomy.table(run, method).table
    for part, title in ROWS.items():
        highest = _densest(shares[shares["coin_id"].isin(clear)], part)
        st.markdown(f"**{title}**")
        if highest.empty:
            st.caption(f"On no coin does evidence lie most densely on the {part}.")
            continue
        columns = st.columns(ACROSS, wrap=True)
        for place, coin_id in zip(columns, highest["coin_id"], strict=False):
            with place:
                record = own.set_index("coin_id", drop=False).loc[coin_id]
                _coin(run, record, clear[coin_id], scale)
    _means(run, method, own, emperor)


def _densest(shares: pd.DataFrame, part: str) -> pd.DataFrame:
    """Coins whose maps are denser than even on a part, and than on the other one; highest first."""
    two = shares[shares["part"].isin(ROWS)]
    density = two["share"] / two["area"]
    most = two.loc[density[density > 1].groupby(two["coin_id"]).idxmax()]
    return most[most["part"] == part].sort_values("share", ascending=False).head(ACROSS)


def _clear(run: Run, method: str, own: pd.DataFrame) -> dict[str, np.ndarray]:
    """The maps of some coins that are not faint."""
    maps, wanted = reading.heatmaps(run)[method], set(own["coin_id"])
    return {
        str(coin_id): one.astype(float)
        for coin_id, one, faint in zip(maps.coin_ids, maps.predicted, maps.faint, strict=True)
        if coin_id in wanted and not faint and one.max() > 0
    }


def _coin(run: Run, record: pd.Series, found: np.ndarray, scale: heat.Scale) -> None:
    coin_id, named = str(record["coin_id"]), str(record["predicted"])
    lies = anatomy.measured(run, record, found)
    said = anatomy.told(named, found, lies, scale)
    picture = heat.painted(evidence.beneath(run, record), found, scale, f"{coin_id}. {said}")
    st.image(picture.content, alt=picture.alt, width="stretch")
    heat.bar(scale)
    answer = "named rightly" if record["right"] else f"named {named}"
    st.caption(f"{answer}: {anatomy.shared(lies)}.")
    address = {"run": run.name, "coin": coin_id}
    st.page_link("app_pages/coin.py", label=words.plain(coin_id), query_params=address)


def _means(run: Run, method: str, own: pd.DataFrame, emperor: str) -> None:
    maps = reading.heatmaps(run)[method]
    place = pd.Series(np.arange(len(maps.coin_ids)), maps.coin_ids)
    found = {}
    for answer, right in (("rightly", True), ("wrongly", False)):
        ids = own.loc[own["right"] == right, "coin_id"]
        ids = ids[ids.isin(place.index)]
        if len(ids):
            each = maps.predicted[place[ids]].astype(float)
            found[f"{words.count(len(ids), 'coin')} named {answer}"] = each.mean(axis=0)
    st.markdown("**On average, on the disc to which all coins are brought**")
    top = max(float(mean.max()) for mean in found.values())
    scale = heat.Scale(top or 1.0, words.unit(method))
    for column, (who, mean) in zip(st.columns(ACROSS, wrap=True), found.items(), strict=False):
        with column:
            st.markdown(who)
            evidence.heatmap(
                f"Mean of {who}, {emperor}",
                None,
                mean,
                scale,
                emperor if who.endswith("rightly") else "the emperors named in his place",
                anatomy.on_rings(mean),
            )
