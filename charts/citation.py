"""How a view is cited: what it shows, at which data version, on whose word, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd

from charts.labels import format_edtf, known, term
from charts.sentences import join_names
from data.periods import Period, format_date

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")
MOST_SOURCES = 12


def cite_source(source: pd.Series) -> str:
    """Return one source in a line: publisher, title, date, address."""
    published = format_edtf(source["published_date"]) if known(source["published_date"]) else ""
    parts = [source["publisher"], source["title"], published, source["url"]]
    return ", ".join(part for part in parts if isinstance(part, str) and part)


def cite_view(
    what: str,
    *,
    period: Period | None,
    place: str = "",
    version: int,
    made: datetime,
    names: Sequence[str] = (),
    believed: Sequence[str] = (),
    sources: pd.DataFrame | None = None,
    link: str,
    today: date,
) -> str:
    """Return the text by which a view can be cited in a report, so that its reader can find the same figures again.

    Parameters
    ----------
    what : str
        What is shown, as on screen.
    period : Period or None
    place : str
        Name of the province to which the view is narrowed; empty means the whole country.
    version : int
        The data version.
    made : datetime
        When that version was made, with its time zone.
    names : sequence of str
        Names that people gave to the version.
    believed : sequence of str
        Types of speakers whose records count; empty when everyone's do.
    sources : DataFrame, optional
        Source records behind the figures, numbered in this order; the first `MOST_SOURCES` are written out.
    link : str
        Address of the view.
    today : date
        The day of the citation.
    """
    scope = f"{place}, Cambodia" if place else "Cambodia"
    when = f", {period.label()}" if period is not None else ""
    named = f" (“{'”, “'.join(names)}”)" if names else ""
    parts = [
        f"Compound Atlas: {what}, {scope}{when}.",
        f"Data version {version}{named} of {format_date(made.astimezone(PHNOM_PENH).date())}.",
    ]
    if believed:
        parts.append(f"Only these speakers and sources count: {join_names([term(one) for one in believed], 9)}.")
    if sources is not None and len(sources):
        shown = sources.head(MOST_SOURCES)
        lines = [f"[{number}] {cite_source(row)}" for number, (_, row) in enumerate(shown.iterrows(), 1)]
        more = f"; and {len(sources) - len(shown)} more" if len(sources) > len(shown) else ""
        parts.append(f"Sources: {'; '.join(lines)}{more}.")
    parts.append(f"{link} (seen {format_date(today)}).")
    return " ".join(parts)
