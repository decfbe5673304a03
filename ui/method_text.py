"""The words of the method page, and the lists that stand under them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st
import yaml

from charts.labels import term, unit_label
from data.metrics import METRICS
from data.snapshot import Snapshot
from locales import language, later, say

_SOURCE_COLUMNS = [
    "publisher",
    "title",
    "published_date",
    "source_type",
    "source_reliability",
    "derived_from",
    "licence",
]
ROOT = Path(__file__).resolve().parent.parent

_METHOD = (
    later("### What is shown"),
    later(
        "The atlas repeats what named sources say about alleged scam compounds in Cambodia. It does not find "
        "anyone guilty: a site that is listed, a person or a company that is named, stands here because a "
        "source names it, and the source is given."
    ),
    later("### Two kinds of numbers, never mixed"),
    later(
        "**Stated** numbers are claims: somebody said them, for a place and a period. **Recorded** numbers are "
        "counted from rows, such as dated events or uploaded complaints. They stand side by side and are never "
        "added to each other."
    ),
    later("### How to read a figure"),
    later("- *18*: stated, or counted, exactly so."),
    later("- *201 or more*: the source says “more than 200”. The true number is not known."),
    later("- *at most 100,000*: the source says “as many as 100,000”."),
    later("- *no report*: nobody said anything for this place and period. It is not zero, and is drawn hatched."),
    later("- *implied*: computed from a total and its other parts. Nobody stated it; it is always labelled."),
    later("- *contested*: the statements cannot all be true, or a named party disputes one."),
    later("### The ledger of claims"),
    later(
        "Every claim stands in the ledger with who said it, when, in which words and where it was read. Claims "
        "of one origin, such as articles that repeat one report, count as one entry; what repeats it stands "
        "beneath. A claim is *contested* when somebody doubts or denies it, or when it cannot be true beside "
        "another one. *Does not reconcile* lists what simple arithmetic finds: a *contradiction* cannot all be "
        "true as recorded, a *tension* can only under conditions that nobody states. It does not say who is "
        "right. *Bounds* are the smallest and the largest total that no claim rules out, found by linear "
        "programming; things of different kinds are never added, and the reason is given."
    ),
    later("### Periods"),
    later(
        "A number belongs to the period that it is about, not to the day on which it was said. A number for a "
        "shorter period is a lower bound for a longer one that contains it; windows that overlap are never "
        "added. Where only the date of a report is known, an event stands on that date and says so. When a "
        "source stops reporting, fewer reports are not fewer events."
    ),
    later("### Places"),
    later(
        "Only sites placed to the town or closer are drawn as symbols, each with a circle inside which it lies. "
        "Sites known only to the province are a badge on the province. Positions and provinces that do not "
        "stand in a source are marked as general knowledge, to be verified."
    ),
    later("### What happened after a raid"),
    later(
        "A site's history is made of its records: the status on its row, the events at it and the numbers "
        "stated about it. Rows that are probably one place, and parts beside their whole, are one site. A "
        "report, a testimony, an escape, a rescue, a kidnapping, a death or a complaint is read as a *sign of "
        "activity*, and stays an allegation. A sign counts as later than a raid only when their dates do not "
        "overlap; where only the date of a report is known, what it reports may be older, and the order counts "
        "as not known. Below ten raided sites only counts are given, no percentage. That no later sign is "
        "reported does not mean that activity stopped."
    ),
    later("### Grading"),
    later(
        "Reliability of a source A–F and credibility of an information 1–6 follow the Admiralty scale; they are "
        "shown, never averaged."
    ),
)
"""Headings, paragraphs and the items of lists, in order."""


def show_method(snapshot: Snapshot) -> None:
    """Draw the method, the definitions of the metrics, the sources and the bundled data sets."""
    st.markdown("\n\n".join(map(say, _METHOD)).replace("\n\n- ", "\n- "))
    st.subheader(say("What each number counts"))
    st.dataframe(
        [
            {say("Metric"): one.label, say("Unit"): unit_label(one.unit), say("Definition"): one.definition}
            for one in METRICS.values()
        ],
        hide_index=True,
    )
    st.subheader(say("Sources of the records"))
    sources = snapshot.of("source")
    st.dataframe(
        sources[_SOURCE_COLUMNS].rename(columns=term if language() == "km" else str),
        hide_index=True,
    )
    st.subheader(say("Bundled data sets"))
    st.dataframe(list_bundled(), hide_index=True)


def list_bundled() -> pd.DataFrame:
    """Return title, publisher, licence and address of every bundled data set, from its ``.source.yml``."""
    rows = []
    for path in sorted((*ROOT.glob("geo/files/*.source.yml"), *ROOT.glob("data/files/**/*.source.yml"))):
        source = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows.append(
            {
                say("File"): path.name.removesuffix(".source.yml"),
                say("Title"): str(source.get("title", "")),
                say("Publisher"): str(source.get("publisher", "")),
                say("Licence"): str(source.get("licence", "")),
                say("Address"): str(source.get("url", "")),
            }
        )
    return pd.DataFrame(rows)
