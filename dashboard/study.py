"""The published study of 2020, shown apart from our own figures and marked as not comparable."""

import pandas as pd
import streamlit as st

from coinvision.evaluation.eras import by_reign
from coinvision.evaluation.published import NOT_COMPARABLE, Study, published
from dashboard import charts, matrix, parts, words


def section() -> None:
    """The study's counts, its figures of each emperor and its confusion matrix."""
    study = published()
    with st.container(border=True):
        st.subheader(f"A published study of {study.year}, for the record")
        st.warning(NOT_COMPARABLE, icon=":material/block:")
        accuracy = study.accuracy()
        st.markdown(
            f"{study.author}, *{study.title}* ({study.year}), <{study.url}>. {study.network}; "
            f"{study.photographs}. {words.with_interval(accuracy.as_dict())} of "
            f"{words.count(accuracy.n, 'test coin')} were named rightly; intervals are ours."
        )
        _figures(study)
        _confusion(study)
        with st.expander("The study's data set"):
            parts.table(
                pd.DataFrame(study.counts),
                "study_counts",
                f"Counts of the study's data set, {NOT_COMPARABLE}.",
            )
            st.caption(
                "Sources are files of the study's repository. Where a record named no portrait, "
                "its author took it from other fields."
            )


def _figures(study: Study) -> None:
    figures = (
        study.figures()
        .drop(columns="coins")
        .set_index("emperor")
        .loc[by_reign(study.emperors)]
        .reset_index()
    )
    for measure in ("recall", "precision"):
        figures[measure] = [words.with_interval(f.as_dict()) for f in figures[measure]]
    st.markdown("**Recall and precision of each emperor**")
    parts.table(
        figures,
        "study_figures",
        f"Recall and precision of {len(figures)} emperors in the study, {NOT_COMPARABLE}.",
    )
    st.caption(
        f"{study.coins_per_emperor:,} coins of each; from {study.confusion_source}; "
        f"{NOT_COMPARABLE}."
    )


def _confusion(study: Study) -> None:
    order, table = by_reign(study.emperors), matrix.cells(study.confusion, study.emperors)
    top = table[table["emperor"] != table["named"]].sort_values("coins").iloc[-1]
    st.markdown("**Confusion matrix**")
    st.altair_chart(
        charts.confusion(table, order, parts.ink()),
        alt=f"The study's confusion matrix, {NOT_COMPARABLE}; the largest error is "
        f"{top['emperor']} taken for {top['named']}, {top['coins']} coins.",
    )
    wide = table.pivot(index="emperor", columns="named", values="coins")
    parts.download(wide.loc[order, order].reset_index(), "study_confusion")
    st.caption(
        f"Rows: emperor on the coin; columns: named by the study's network; {NOT_COMPARABLE}."
    )
