"""New records against those that are stored: which statements would not reconcile once they were added."""

from __future__ import annotations

import pandas as pd

from data.audit import audit
from data.findings import Finding
from data.schema import KINDS


def check_records_together(
    kind: str, accepted: pd.DataFrame, claims: pd.DataFrame, events: pd.DataFrame, sources: pd.DataFrame
) -> list[Finding]:
    """Return the findings that the new records bring: those that name one of them.

    Parameters
    ----------
    kind : {"claim", "event"}
        What the new records are.
    accepted : DataFrame
        With the columns of that kind; a record with an identifier that is stored already takes its place.
    claims, events, sources : DataFrame
        What is stored.

    Returns
    -------
    list of Finding
        The gravest first.
    """
    identifier = KINDS[kind].id_field
    new = set(accepted[identifier])
    stored = {"claim": claims, "event": events}
    old = stored[kind]
    columns = list(KINDS[kind].columns)
    together = [frame[columns] for frame in (old[~old[identifier].isin(new)], accepted) if len(frame)]
    stored[kind] = pd.concat(together, ignore_index=True) if together else old[columns]
    found = audit(stored["claim"], stored["event"], sources)
    return [one for one in found if new.intersection(one.claim_ids if kind == "claim" else one.event_ids)]
