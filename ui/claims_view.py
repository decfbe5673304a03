"""The ledger of claims on screen: its choices, the claims about one thing as a ladder, and all of them as a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from charts.claim_sentences import (
    answer_words,
    claim_figure,
    claim_period,
    claim_place,
    claim_words,
    contest_words,
    ledger_sentence,
    repeat_words,
)
from charts.claims_chart import describe_ladder, draw_ladder, tabulate_ladder
from charts.labels import format_edtf, known, plural, term
from data.audit import audit
from data.claims import (
    LedgerView,
    busiest_metric,
    count_ledger,
    list_answers,
    number_entries,
    read_ledger,
    select_claims,
    speaker_types,
)
from data.database import data_dir
from data.export import export_csv
from data.findings import Finding
from data.metrics import METRICS
from data.periods import Period
from data.snapshot import Snapshot
from geo.gazetteer import province_name
from ui.caption import describe_belief
from ui.downloads import download
from ui.filter_bar import show_filter_bar
from ui.source_cards import cite_sources, show_claim
from ui.state import current_choices

MOST_CARDS = 12


@dataclass(frozen=True)
class Ledger:
    """The ledger of a snapshot.

    Attributes
    ----------
    version : tuple
        `Snapshot.version`.
    rows : DataFrame
        As `data.claims.read_ledger` gives them.
    findings : tuple of Finding
        What does not reconcile in the claims and events, as `data.audit.audit` gives it.
    """

    version: tuple[int, tuple[str, ...]]
    rows: pd.DataFrame
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class ClaimChoice:
    """What a reader of the ledger has chosen besides period and province; an empty text means all."""

    metric: str = ""
    speaker_type: str = ""
    contested_only: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything is chosen."""
        return self != ClaimChoice()


def open_ledger(snapshot: Snapshot) -> Ledger:
    """Return the ledger of a snapshot."""
    return _open_ledger((data_dir(), *snapshot.version), snapshot)


@st.cache_resource(max_entries=8, show_spinner="Reading the claims …")
def _open_ledger(version: tuple[Path, int, tuple[str, ...]], _snapshot: Snapshot) -> Ledger:
    claims, events, sources = (_snapshot.of(kind) for kind in ("claim", "event", "source"))
    findings = tuple(audit(claims, events, sources))
    return Ledger(version[1:], read_ledger(claims, sources, findings), findings)


def show_choices(snapshot: Snapshot, ledger: Ledger) -> ClaimChoice:
    """Draw the choices of the page: the shared bar, then metric, type of speaker, contested only."""
    show_filter_bar(snapshot, measure=False)
    present = set(ledger.rows["metric"])
    with st.container(key="claim_filters", horizontal=True, vertical_alignment="bottom", gap="small"):
        metric = st.selectbox(
            "What is counted",
            ["", *(name for name in METRICS if name in present)],
            key="claim_metric",
            format_func=lambda name: METRICS[name].label if name else "Everything",
            width=290,
        )
        speaker = st.selectbox(
            "Who says it",
            ["", *speaker_types(ledger.rows)],
            key="claim_speaker",
            format_func=lambda name: term(name) if name else "Everybody",
            width=200,
        )
        contested = st.toggle("Contested only", key="claim_contested")
    return ClaimChoice(metric, speaker, contested)


def select_view(ledger: Ledger, period: Period, choice: ClaimChoice) -> LedgerView:
    """Return the claims that fit the choices of the page and of the shared bar."""
    return select_claims(
        ledger.rows,
        period,
        metric=choice.metric,
        speaker_type=choice.speaker_type,
        place=current_choices().place,
        contested_only=choice.contested_only,
    )


def show_lead(view: LedgerView, choice: ClaimChoice) -> None:
    """Say in one sentence what is seen."""
    place = current_choices().place
    about = METRICS[choice.metric].label if choice.metric else ""
    with st.container(key="lead"):
        st.text(ledger_sentence(count_ledger(view.rows), about=about, where=province_name(place) if place else ""))


def show_ladder(snapshot: Snapshot, ledger: Ledger, view: LedgerView, choice: ClaimChoice) -> str:
    """Draw the claims about one metric as a ladder, and open one of them; return the metric, empty without claims."""
    if view.rows.empty:
        return ""
    with st.container(horizontal=True, vertical_alignment="center", key="ladder_head"):
        st.subheader("Who says how many", width="content")
        metric = choice.metric or _choose_ladder(view.rows)
        if choice.metric:
            st.text(METRICS[metric].label)
    rows = view.rows[view.rows["metric"] == metric]
    table = tabulate_ladder(rows)
    st.altair_chart(draw_ladder(table, metric), theme=None, key="ladder")
    st.caption(f"{METRICS[metric].definition} {describe_ladder(table, len(rows))}")
    words = {claim["claim_id"]: claim_words(claim) for claim in rows.to_dict("records")}
    if st.session_state.get("ladder_open") not in words:
        st.session_state["ladder_open"] = None
    chosen = st.selectbox(
        "Read a claim of this picture with its words and source",
        list(words),
        key="ladder_open",
        format_func=words.__getitem__,
        placeholder=f"One of {len(words)} …",
        width=620,
    )
    if chosen:
        show_entry(snapshot, ledger, chosen, place="ladder_")
    return metric


def _choose_ladder(rows: pd.DataFrame) -> str:
    metrics = [name for name in METRICS if name in set(rows["metric"])]
    kept = st.session_state.get("ladder_metric")
    st.session_state["ladder_metric"] = kept if kept in metrics else busiest_metric(rows)
    return st.selectbox(
        "Picture of",
        metrics,
        key="ladder_metric",
        format_func=lambda name: METRICS[name].label,
        label_visibility="collapsed",
        width=290,
    )


def show_entry(snapshot: Snapshot, ledger: Ledger, claim_id: str, *, place: str) -> None:
    """Draw the card of a claim, beneath it what repeats and what answers it; `place` names the part of the page."""
    by_id = {claim["claim_id"]: claim for claim in ledger.rows.to_dict("records")}
    claim = by_id[claim_id]
    head = by_id[claim["entry"]]
    answers = list_answers(ledger.rows)
    with st.container(key=f"{place}entry", width=820):
        _show_card(snapshot, claim_id, place)
        if claim["contested"]:
            st.text(_sentence(contest_words(claim)))
        if head is not claim:
            st.text(f"Repeats {head['speaker']}:")
            _show_card(snapshot, head["claim_id"], f"{place}repeated_")
        for other in by_id.values():
            if head is claim and other["entry"] == claim_id and other is not claim:
                st.text(_sentence(repeat_words(claim, other)))
                _show_card(snapshot, other["claim_id"], f"{place}repeat_")
        for answer_id in answers.loc[answers["claim_id"] == claim_id, "answer_id"]:
            st.text(f"{by_id[answer_id]['speaker']} {answer_words(claim, by_id[answer_id])}")
            _show_card(snapshot, answer_id, f"{place}answer_")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _show_card(snapshot: Snapshot, claim_id: str, place: str) -> None:
    claim = snapshot.find("claim", claim_id)
    if claim is not None:
        show_claim(snapshot, claim, place=place)


def show_cards(snapshot: Snapshot, claim_ids: list[str] | tuple[str, ...], *, place: str) -> None:
    """Draw the cards of claims in two columns; `place` names the part of the page."""
    shown = claim_ids[:MOST_CARDS]
    for first in range(0, len(shown), 2):
        for column, claim_id in zip(st.columns(2, gap="small"), shown[first : first + 2], strict=False):
            with column:
                _show_card(snapshot, claim_id, place)
    if len(claim_ids) > len(shown):
        st.caption(f"{len(claim_ids) - len(shown):,} more stand in the ledger.")


def show_ledger(snapshot: Snapshot, ledger: Ledger, view: LedgerView) -> None:
    """Draw every claim in view as a table, repeats beneath what they repeat; a click on a row opens it."""
    rows = view.rows
    st.subheader(f"The ledger: every claim ({len(rows)})")
    if rows.empty:
        return
    chosen = st.dataframe(
        tabulate_ledger(snapshot, rows),
        hide_index=True,
        key="ledger",
        on_select="rerun",
        selection_mode="single-row",
        height="content" if len(rows) <= 12 else 470,
        column_config={
            "No.": st.column_config.NumberColumn(width=45),
            "Says who": st.column_config.TextColumn(width=220),
            "Figure": st.column_config.TextColumn(width=150),
            "Of what": st.column_config.TextColumn(width=170),
            "Where": st.column_config.TextColumn(width=130),
            "For which period": st.column_config.TextColumn(width=215),
            "Contested by": st.column_config.TextColumn(width=170),
            "Worded as": st.column_config.TextColumn(width=150),
        },
    )["selection"]["rows"]
    notes = ["Choose a row to read the claim with its words, source and grade, and with what repeats and answers it"]
    notes += [f"{plural(view.undated, 'claim')} without a period {'is' if view.undated == 1 else 'are'} always listed"]
    if view.elsewhere:
        notes.append(f"{plural(view.elsewhere, 'claim')} about the whole country or other areas left out")
    st.caption(
        f"{'; '.join(notes)}. Claims that only repeat another one have no number of their own (“↳”) and are not "
        f"counted again. {describe_belief(snapshot)}Data version {snapshot.revision}."
    )
    if chosen and chosen[0] < len(rows):
        show_entry(snapshot, ledger, rows["claim_id"].iloc[chosen[0]], place="ledger_")
    claims = snapshot.of("claim")
    download(
        "These claims (CSV)",
        lambda: export_csv(claims[claims["claim_id"].isin(rows["claim_id"])], "claim"),
        "claims.csv",
        "text/csv",
        key="claims_csv",
    )


def tabulate_ledger(snapshot: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger as a reader sees it, one row a claim, all columns in words; “No.” is missing for a repeat.

    Parameters
    ----------
    snapshot : Snapshot
    rows : DataFrame
        Rows of a ledger, in its order.
    """
    numbers = number_entries(rows)
    lines = []
    for claim, number in zip(rows.to_dict("records"), numbers, strict=True):
        first = known(number)
        lines.append(
            {
                "No.": number,
                "Says who": claim["speaker"] if first else f"↳ repeated by {claim['speaker']}",
                "Stance": str(claim["stance"]) if known(claim["stance"]) else "",
                "Figure": claim_figure(claim),
                "Of what": METRICS[str(claim["metric"])].label,
                "Where": claim_place(claim),
                "For which period": claim_period(claim),
                "Contested by": contest_words(claim).removeprefix("contested by ").removeprefix("contested: "),
                "Qualifier": term(claim["qualifier"]) if known(claim["qualifier"]) else "",
                "Worded as": claim["value_verbatim"],
                "Speaker is": term(claim["speaker_type"]),
                "Stated": format_edtf(claim["stated_date"]),
                "Source": cite_sources(snapshot, claim["source_ids"]),
            }
        )
    return pd.DataFrame(lines).astype({"No.": "Int64"})
