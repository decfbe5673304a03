"""The records behind the figures of a briefing that are no counts by province: events, claims, histories of sites."""

from __future__ import annotations

import pandas as pd

from data.audit import audit
from data.claims import read_ledger
from data.lifecycle import compound_steps
from data.permalink import Choices
from data.sites import group_sites
from data.slices import select_records
from data.snapshot import Snapshot
from locales import voice


def events_of(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    """Return the event records that a timeline of a view counts: of the province, or of the country."""
    return snapshot.in_province("event", view.place) if view.place else snapshot.of("event")


def happened(snapshot: Snapshot, view: Choices) -> pd.DataFrame:
    """Return the event records that lie, or may lie, in the period of a view."""
    selection = select_records(events_of(snapshot, view), "event", view.period)
    return pd.concat([selection.inside, selection.perhaps])


def ledger_of(snapshot: Snapshot) -> pd.DataFrame:
    """Return the ledger of the claims with what does not reconcile, as on screen; shared, so never change it."""

    def read() -> pd.DataFrame:
        claims, events, sources = (snapshot.of(kind) for kind in ("claim", "event", "source"))
        return read_ledger(claims, sources, audit(claims, events, sources))

    return snapshot.keep(("briefing ledger", voice()), read)


def sites_in_view(snapshot: Snapshot, view: Choices) -> tuple[pd.DataFrame, pd.Series]:
    """Return the steps of the sites that a view shows, and the site of each of their rows.

    Returns
    -------
    steps : DataFrame
        As `data.lifecycle.compound_steps` gives it.
    members : Series of str
        ``site_id`` by ``compound_id``.
    """
    compounds = snapshot.of("compound")
    listed = compounds[compounds["listing"].fillna("") != "context"]
    steps = snapshot.keep(
        "briefing steps", lambda: compound_steps(compounds, snapshot.of("event"), snapshot.of("claim"))
    )
    members = group_sites(listed)
    if view.compound:
        members = members[members == members.get(view.compound, view.compound)]
    elif view.place:
        here = listed.loc[listed["province_code"] == view.place, "compound_id"].map(members)
        members = members[members.isin(set(here))]
    return steps[steps["site_id"].isin(set(members))], members
