"""The page of claims: its ledger, the choices of its reader, and the sentence at its head."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from charts.claim_sentences import ledger_sentence
from charts.labels import place_label, term
from data.audit import audit
from data.claims import LedgerView, count_ledger, read_ledger, select_claims, speaker_types
from data.database import data_dir
from data.findings import Finding
from data.metrics import METRICS
from data.periods import Period
from data.snapshot import Snapshot
from locales import say, voice
from ui.filter_bar import show_filter_bar
from ui.state import current_choices


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
    return _open_ledger((data_dir(), *snapshot.version, voice().language, voice().digits), snapshot)


@st.cache_resource(max_entries=8, show_spinner="Reading the claims …")
def _open_ledger(version: tuple[Path, int, tuple[str, ...], str, str], _snapshot: Snapshot) -> Ledger:
    claims, events, sources = (_snapshot.of(kind) for kind in ("claim", "event", "source"))
    findings = tuple(audit(claims, events, sources))
    return Ledger(version[1:3], read_ledger(claims, sources, findings), findings)


def show_choices(snapshot: Snapshot, ledger: Ledger) -> ClaimChoice:
    """Draw the choices of the page: the shared bar, then metric, type of speaker, contested only."""
    show_filter_bar(snapshot, measure=False)
    present = set(ledger.rows["metric"])
    with st.container(key="claim_filters", horizontal=True, vertical_alignment="bottom", gap="small"):
        metric = st.selectbox(
            say("What is counted"),
            ["", *(name for name in METRICS if name in present)],
            key="claim_metric",
            format_func=lambda name: METRICS[name].label if name else say("Everything"),
            width=290,
        )
        speaker = st.selectbox(
            say("Who says it"),
            ["", *speaker_types(ledger.rows)],
            key="claim_speaker",
            format_func=lambda name: term(name) if name else say("Everybody"),
            width=200,
        )
        contested = st.toggle(say("Contested only"), key="claim_contested")
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
        st.text(ledger_sentence(count_ledger(view.rows), about=about, where=place_label(place) if place else ""))
