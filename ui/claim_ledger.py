"""The ledger of claims on screen: the claims about one thing as a ladder, all in view as a table, one as cards."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.claim_sentences import (
    answer_words,
    claim_figure,
    claim_period,
    claim_place,
    claim_words,
    contest_reason,
    contest_words,
    repeat_speaker,
    repeat_words,
)
from charts.claims_chart import draw_ladder, tabulate_ladder
from charts.labels import format_edtf, known, stance_word, term
from charts.ladder_words import describe_ladder
from data.claims import LedgerView, busiest_metric, list_answers, number_entries
from data.export import export_csv
from data.metrics import METRICS
from data.snapshot import Snapshot
from locales import later, say, say_many, write_digits
from ui.caption import describe_belief
from ui.claims_view import ClaimChoice, Ledger
from ui.downloads import download
from ui.source_cards import cite_sources, show_claim

MOST_CARDS = 12
_WIDTHS = {
    later("Says who"): 220,
    later("Stance"): 105,
    later("Figure"): 145,
    later("Of what"): 170,
    later("Where"): 150,
    later("For which period"): 225,
    later("Contested by"): 180,
    later("Worded as"): 150,
}


def show_ladder(snapshot: Snapshot, ledger: Ledger, view: LedgerView, choice: ClaimChoice) -> str:
    """Draw the claims about one metric as a ladder, and open one of them; return the metric, empty without claims."""
    if view.rows.empty:
        return ""
    with st.container(horizontal=True, vertical_alignment="center", key="ladder_head"):
        named = f": {METRICS[choice.metric].label}" if choice.metric else ""
        st.subheader(say("Each speaker's number{metric}", metric=named), width="content")
        metric = choice.metric or _choose_ladder(view.rows)
    rows = view.rows[view.rows["metric"] == metric]
    table = tabulate_ladder(rows)
    st.altair_chart(draw_ladder(table, metric), theme=None, key="ladder")
    st.caption(f"{METRICS[metric].definition} {describe_ladder(table, len(rows))}")
    words = {claim["claim_id"]: claim_words(claim) for claim in rows.to_dict("records")}
    if st.session_state.get("ladder_open") not in words:
        st.session_state["ladder_open"] = None
    chosen = st.selectbox(
        say("Read a claim of this picture with its words and source"),
        list(words),
        key="ladder_open",
        format_func=words.__getitem__,
        placeholder=say("One of {n} …", n=len(words)),
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
        say("Picture of"),
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
            st.text(say("Repeats {name}:", name=head["speaker"]))
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
        st.caption(say("{n} more stand in the ledger.", n=len(claim_ids) - len(shown)))


def show_ledger(snapshot: Snapshot, ledger: Ledger, view: LedgerView) -> None:
    """Draw every claim in view as a table, repeats beneath what they repeat; a click on a row opens it."""
    rows = view.rows
    st.subheader(say("The ledger: every claim ({n})", n=len(rows)))
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
            say("No."): st.column_config.NumberColumn(width=45),
            **{say(name): st.column_config.TextColumn(width=width) for name, width in _WIDTHS.items()},
        },
    )["selection"]["rows"]
    notes = [
        say("Choose a row to read the claim with its words, source and grade, and with what repeats and answers it.")
    ]
    if rows["entry"].duplicated().any():
        notes.append(say("“↳”: brings no number of its own beside the claim above it, and is not counted again."))
    if view.undated:
        notes.append(
            say_many(
                "{n} claim without a period is listed too.", "{n} claims without a period are listed too.", view.undated
            )
        )
    if view.elsewhere:
        notes.append(
            say_many(
                "{n} claim about the whole country or other areas left out.",
                "{n} claims about the whole country or other areas left out.",
                view.elsewhere,
            )
        )
    version = say("Data version {version}.", version=write_digits(str(snapshot.revision)))
    st.caption(f"{' '.join(notes)} {describe_belief(snapshot)}{version}")
    if chosen and chosen[0] < len(rows):
        show_entry(snapshot, ledger, rows["claim_id"].iloc[chosen[0]], place="ledger_")
    claims = snapshot.of("claim")
    download(
        say("These claims (CSV)"),
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
                say("No."): number,
                say("Says who"): claim["speaker"] if first else repeat_speaker(claim),
                say("Stance"): stance_word(claim["stance"]) if known(claim["stance"]) else "",
                say("Figure"): claim_figure(claim),
                say("Of what"): METRICS[str(claim["metric"])].label,
                say("Where"): claim_place(claim),
                say("For which period"): claim_period(claim),
                say("Contested by"): contest_reason(claim),
                say("Qualifier"): term(claim["qualifier"]) if known(claim["qualifier"]) else "",
                say("Worded as"): claim["value_verbatim"],
                say("Speaker is"): term(claim["speaker_type"]),
                say("Stated"): format_edtf(claim["stated_date"]),
                say("Source"): cite_sources(snapshot, claim["source_ids"]),
            }
        )
    return pd.DataFrame(lines).astype({say("No."): "Int64"})
