"""If the reviewers are right: every figure with corrected labels, and the label patch."""

from typing import Any

import pandas as pd
import streamlit as st

from coinvision.corrections import LEAVE_OUT
from coinvision.dataset.label_patch import LABELS, Change, as_csv
from coinvision.intervals import Figure
from coinvision.review.consequences import Effect, changes, if_right
from dashboard import charts, parts, reading, reviewing, words

FILTERS = {
    "verdict": "Verdict",
    "was": "Label",
    "becomes": "Emperor shown",
    "reviewers": "Reviewers",
}
HEADLINE = {
    "accuracy": "Accuracy",
    "macro_f1": "Macro-F1",
    "balanced_accuracy": "Balanced accuracy",
}
BEFORE, AFTER = "as labeled", "as reviewed"
AFTER_OTHERS = (
    " This data set was prepared with label patches already: give them again, the oldest first, "
    "or what they corrected comes back."
)


def filtered(found: list[Change]) -> list[Change]:
    """The changes that pass the filters which the page shows."""
    with st.container(border=True):
        places = st.columns(len(FILTERS))
        for place, (name, title) in zip(places, FILTERS.items(), strict=True):
            options = sorted({getattr(change, name) for change in found} - {""})
            wanted = place.multiselect(title, options, key=f"change_{name}", placeholder="all")
            found = [one for one in found if not wanted or getattr(one, name) in wanted]
    return found


def patch(found: list[Change], dataset: str, earlier: list[str]) -> None:
    """The changes as a table, and as the file that prepare.py applies: the same rows."""
    table = pd.DataFrame(found)
    left_out = sum(change.change == LEAVE_OUT for change in found)
    st.dataframe(
        table,
        hide_index=True,
        alt=f"{words.count(len(found), 'change')}: {len(found) - left_out} coins relabeled, "
        f"{left_out} left out.",
    )
    st.download_button(
        f"Download label patch ({words.count(len(found), 'row')})",
        as_csv(found).encode(),
        file_name=f"{dataset}-labels.csv",
        mime="text/csv",
        icon=":material/download:",
        key="download_patch",
        on_click="ignore",
    )
    st.caption(
        f"The file holds exactly the rows above. `scripts/prepare.py COLLECTION --out DATASET "
        f"{''.join(f'--labels {name} ' for name in earlier)}--labels {dataset}-labels.csv` applies "
        "it and writes down what it did; without it the data set is what it was."
        + (AFTER_OTHERS if earlier else "")
    )


def headline(effect: Effect) -> None:
    """Accuracy and its like, before and after."""
    after = effect.after or effect.before
    rows = [
        {
            "figure": title,
            BEFORE: words.with_interval(effect.before[name]),
            AFTER: words.with_interval(after[name]),
        }
        for name, title in HEADLINE.items()
    ]
    told = f"{BEFORE} {rows[0][BEFORE]}, {AFTER} {rows[0][AFTER]}"
    parts.table(pd.DataFrame(rows), "if_right", f"Figures before and after: accuracy {told}.")


def per_emperor(effect: Effect) -> None:
    """Recall of each emperor, before and after."""
    after = effect.after or effect.before
    rows = []
    for name, figures in after["emperors"].items():
        old = effect.before["emperors"].get(name)
        row: dict[str, object] = {"emperor": name}
        for when, one in ((BEFORE, old), (AFTER, figures)):
            row[f"coins {when}"] = one["n"] if one else 0
            for measure in ("recall", "precision", "f1"):
                label = "F1" if measure == "f1" else measure
                row[f"{label} {when}"] = words.with_interval(one[measure]) if one else "no coins"
        rows.append(row)
    parts.table(
        pd.DataFrame(rows), "if_right_by_emperor", "Figures of each emperor before and after."
    )


def effect_of(effect: Effect) -> None:
    """What the changes do to the run's figures."""
    if effect.after is None or effect.pair is None:
        st.warning("The reviewers would leave out every test coin; there is nothing to measure.")
        return
    st.subheader(
        f"Accuracy would be {words.percent(effect.after['accuracy']['value'])}, not "
        f"{words.percent(effect.before['accuracy']['value'])}",
        anchor=False,
    )
    st.markdown(_told(effect, effect.pair.difference))
    _before_and_after(effect.before, effect.after)
    headline(effect)
    st.subheader("Each emperor", anchor=False)
    per_emperor(effect)


def _told(effect: Effect, difference: Figure) -> str:
    low, high = difference.low or 0.0, difference.high or 0.0
    touched = effect.relabeled + effect.left_out
    return (
        f"{words.count(effect.relabeled, 'test coin')} of this run would be relabeled and "
        f"{effect.left_out} left out ({words.count(touched, 'coin')} of {effect.before['n']}). On "
        f"the {words.count(difference.n, 'coin')} that stay, the change is "
        f"{words.points(difference.value)} points (95 % interval {words.points(low)} to "
        f"{words.points(high)}). Nothing is trained again: these are the same answers, "
        "judged by other labels."
    )


def _before_and_after(before: dict[str, Any], after: dict[str, Any]) -> None:
    chart = pd.DataFrame(
        [
            {
                "labels": when,
                **{k: 100 * one["accuracy"][k] for k in ("value", "low", "high")},
                "n": one["n"],
            }
            for when, one in ((BEFORE, before), (AFTER, after))
        ]
    ).round(1)
    st.altair_chart(
        charts.intervals(chart, "labels", [BEFORE, AFTER], "right, % of test coins"),
        alt=f"Accuracy {BEFORE} {words.with_interval(before['accuracy'])}, {AFTER} "
        f"{words.with_interval(after['accuracy'])}.",
    )


def main() -> None:
    """Show the page."""
    run = parts.chosen().run
    parts.head("What if the reviewers are right?", run)
    now = reviewing.situation()
    settled = sum(coin.decision is not None for coin in now.known.values())
    found = changes(now.known)
    st.markdown(
        f"{words.count(settled, 'coin')} settled, {len(found)} of them with a change. A wrong "
        "label is corrected; what is no obverse, a duplicate, tooled or fake is left out; all "
        "other verdicts leave the label as it is. Disputed coins, and those that await a second "
        "opinion, do not count yet."
    )
    if not found:
        st.info("No settled verdict changes anything yet.")
        return
    shown = filtered(found)
    if not shown:
        st.info("No change passes these filters; take one away.")
        return
    st.markdown(f"Shown, and counted below: {words.count(len(shown), 'change')}.")
    earlier = [str(one["file"]) for one in reading.facts(run).get(LABELS, [])]
    patch(shown, now.dataset, earlier)
    effect_of(if_right(run, shown))


main()
