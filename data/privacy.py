"""The two profiles: *internal* holds everything; *public* may be shown to anyone, on screen, in a file or on paper.

There is one way to the public profile, `public_snapshot`, and it works by leaving out: what the public may not see is
not in the snapshot that it returns, so nothing that draws, lists, searches or writes that snapshot can show it.

* Uploaded complaints and events: no single row; only counts that ``data/suppression.py`` publishes.
* Sites: points moved and rounded by their sensitivity (a missing one counts as high), with a wider circle.
* Notes and columns that nobody asked for; names of operators that stand in no official act; names, words and addresses
  of confidential sources: left out. Identifiers of uploaded rows are replaced by pseudonyms.
* Records whose ``publish_after`` has not come: left out, of totals too.
* Claims that a speaker has published, and the seed's public reports: kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

import pandas as pd

from data.masking import blank, coarsen_places, make_pseudonym, rename_records
from data.measures import MeasureCounts
from data.schema import KINDS, LATITUDE, LONGITUDE, SOURCE_IDS, split_list
from data.slices import find_days
from data.snapshot import Snapshot
from data.suppression import SUBJECTS, publish_counts, smallest_cell
from locales import later, say, say_many

PROFILES = MappingProxyType({"internal": later("Internal version"), "public": later("Public version")})
PUBLISH_AFTER = "publish_after"
EMBARGO_DAYS = 30
EMBARGOED_TYPES = ("raid", "rescue", "escape")
"""Uploaded events of these types are not for the public for `EMBARGO_DAYS` after their end, unless they say when."""
CONFIDENTIAL_TYPES = ("hotline", "testimony")
"""Sources and speakers who are never named when they came with an upload."""
CONFIDENTIAL = "Confidential source"
"""Title and publisher of such a source."""
OFFICIAL_TYPES = ("government", "court")
"""With such a source behind a site, its operator stands in an official act."""

_COORDINATES = (LATITUDE, LONGITUDE)


@dataclass(frozen=True)
class Withheld:
    """What the public profile leaves out of a view.

    Attributes
    ----------
    cells : int
        Provinces of the view whose figure is withheld.
    records : int
        Uploaded rows of which only counts may be seen. Internal: the number itself is not for the public.
    coordinates : int
        Sites that are shown more coarsely than they are known, or without a point.
    names : int
        Names that are left out of records that are shown.
    notes : int
        Notes that are left out of records that are shown.
    embargoed : int
        Records whose time has not come. Internal, as `records`.
    """

    cells: int = 0
    records: int = 0
    coordinates: int = 0
    names: int = 0
    notes: int = 0
    embargoed: int = 0

    def sentence(self) -> str:
        """Return what is withheld, for pictures; no word of it tells how many rows were uploaded."""
        parts = [
            *[
                say_many(
                    "{n} province (a figure below the limit, or one that would give such a figure away)",
                    "{n} provinces (figures below the limit, or such as would give one away)",
                    self.cells,
                )
            ]
            * bool(self.cells),
            *[say("single uploaded rows")] * bool(self.records),
            *[say_many("the exact place of {n} site", "the exact places of {n} sites", self.coordinates)]
            * bool(self.coordinates),
            *[say_many("{n} name", "{n} names", self.names)] * bool(self.names),
            *[say_many("{n} note", "{n} notes", self.notes)] * bool(self.notes),
        ]
        if not parts:
            return say("Withheld in the public profile: nothing.")
        return say("Withheld in the public profile: {parts}.", parts="; ".join(parts))


def public_snapshot(snapshot: Snapshot, secret: bytes, *, today: date | None = None) -> Snapshot:
    """Return the snapshot as the public may see it.

    Parameters
    ----------
    snapshot : Snapshot
        Everyone's records; whom to believe is chosen afterwards.
    secret : bytes
        As `read_secret` gives it.
    today : date, optional
        For what is under embargo; today in Phnom Penh when None.

    Raises
    ------
    ValueError
        The snapshot is limited to some speakers: counts of parts would be published beside those of the whole.
    CountError
        ``ATLAS_MIN_CELL`` is not understood.
    """
    if snapshot.profile == "public":
        return snapshot
    if snapshot.believed:
        raise ValueError("make the public snapshot of everyone's records, then choose whom to believe")
    day = today or pd.Timestamp.now("Asia/Phnom_Penh").date()
    open_rows = {kind: rows[~embargoed(rows, kind, snapshot.seed, day)] for kind, rows in snapshot.records.items()}
    theirs = {kind: is_uploaded(rows, snapshot.seed) for kind, rows in open_rows.items()}
    published = publish_counts({kind: open_rows[kind][theirs[kind]] for kind in SUBJECTS}, smallest_cell(), day)
    records = dict(open_rows)
    for kind in SUBJECTS:
        records[kind] = open_rows[kind][~theirs[kind]]
    records = _mask(records, {kind: theirs[kind].loc[rows.index] for kind, rows in records.items()}, secret)
    return Snapshot(snapshot.revision, records, profile="public", published=published, seed=snapshot.seed)


def is_uploaded(records: pd.DataFrame, seed: frozenset[int]) -> pd.Series:
    """Return which records came with an upload rather than with the seed; all of them when that is not known."""
    if "batch_id" not in records:
        return pd.Series(True, index=records.index)
    return ~records["batch_id"].isin(seed)


def embargoed(records: pd.DataFrame, kind: str, seed: frozenset[int], today: date) -> pd.Series:
    """Return which records are not for the public yet.

    A record with ``publish_after`` is from the day after that on. Without it, an uploaded raid, rescue or escape is
    `EMBARGO_DAYS` after it ended, or was last reported; one without any date is not. Anything else is at once.
    """
    now = pd.Timestamp(today)
    until = pd.Series(pd.NaT, index=records.index, dtype="datetime64[us]")
    if kind == "event":
        days = find_days(records, kind)
        recent = is_uploaded(records, seed) & records["event_type"].isin(EMBARGOED_TYPES)
        last = days["end"].fillna(pd.Timestamp.max.floor("D") - timedelta(days=2 * EMBARGO_DAYS))
        until = until.mask(recent, last - timedelta(days=1) + timedelta(days=EMBARGO_DAYS))
    if PUBLISH_AFTER in records:
        until = records[PUBLISH_AFTER].fillna(until)
    return (until >= now).fillna(False)


def _mask(records: dict[str, pd.DataFrame], theirs: dict[str, pd.Series], secret: bytes) -> dict[str, pd.DataFrame]:
    """Return the records that are shown one by one, without what the public may not see."""
    records = dict(records)
    sources = records["source"]
    confidential = _confidential(sources, theirs["source"])
    official = set(sources.loc[sources["source_type"].isin(OFFICIAL_TYPES), "source_id"])
    hidden = set(sources.loc[confidential, "source_id"])

    sites, uploaded = records["compound"], theirs["compound"]
    sites = coarsen_places(sites, _published_places(sites, uploaded), secret).records
    unofficial = pd.Series([not official & set(split_list(cell)) for cell in sites[SOURCE_IDS]], sites.index, "bool")
    named = sites["operator_as_reported"].notna()
    for column, where in (
        ("operator_as_reported", unofficial),
        ("quote", uploaded | (unofficial & named)),
        ("place_text", uploaded),
        ("district", uploaded & (sites["location_precision"].isin(["district", "province", "country"]))),
    ):
        sites, _ = blank(sites, column, where)
    records["compound"] = sites

    # A point of an event at a site would undo what was done to the site.
    records["event"] = records["event"].assign(**{axis: records["event"][axis].mask(_all(records["event"]))
                                                  for axis in _COORDINATES})  # fmt: skip

    claims, uploaded = records["claim"], theirs["claim"]
    behind = pd.Series([bool(hidden & set(split_list(cell))) for cell in claims[SOURCE_IDS]], claims.index, "bool")
    secretive = uploaded & (claims["speaker_type"].isin(CONFIDENTIAL_TYPES) | behind)
    claims, uploaded = claims[~secretive], uploaded[~secretive]
    for column in ("place_text", "quote"):
        claims, _ = blank(claims, column, uploaded)
    records["claim"] = claims

    for column in ("author", "url", "archive_url"):
        sources, _ = blank(sources, column, confidential if column != "author" else theirs["source"])
    for column in ("title", "publisher"):
        sources = sources.assign(**{column: sources[column].mask(confidential, CONFIDENTIAL)})
    cited = {part for kind in ("compound", "event", "claim") for cell in records[kind][SOURCE_IDS]
             for part in split_list(cell)}  # fmt: skip
    records["source"] = sources[~theirs["source"] | sources["source_id"].isin(cited)]

    for kind, rows in records.items():
        kept = rows.assign(note=rows["note"].mask(_all(rows)))
        records[kind] = kept.assign(extra="{}") if "extra" in kept else kept
    names = {
        kind: {
            name: make_pseudonym(secret, kind, name) if uploaded else name
            for name, uploaded in zip(rows[KINDS[kind].id_field], theirs[kind].loc[rows.index], strict=True)
        }
        for kind, rows in records.items()
    }
    return rename_records(records, names)


def _all(records: pd.DataFrame) -> pd.Series:
    return pd.Series(True, index=records.index)


def _confidential(sources: pd.DataFrame, uploaded: pd.Series) -> pd.Series:
    """Return which sources must not be told: uploaded ones of a confidential type, or of none and without address."""
    kind = sources["source_type"].fillna("")
    return uploaded & (kind.isin(CONFIDENTIAL_TYPES) | ((kind == "") & (sources["url"].fillna("") == "")))


def _published_places(sites: pd.DataFrame, uploaded: pd.Series) -> pd.Series:
    """Return which sites keep their point: those whose public source gives it, and that nobody called sensitive."""
    outside = pd.Series(
        [any(axis in split_list(cell) for axis in _COORDINATES) for cell in sites["outside_knowledge"]],
        sites.index,
        "bool",
    )
    return ~uploaded & sites["sensitivity"].isna() & ~outside


def withheld(internal: Snapshot, public: Snapshot, counts: MeasureCounts | None = None) -> Withheld:
    """Return what the public profile leaves out.

    Parameters
    ----------
    internal, public : Snapshot
        The same data version in both profiles.
    counts : MeasureCounts, optional
        The view, of the public snapshot.
    """
    day = public.published.day if public.published else date.max
    late = {kind: embargoed(rows, kind, internal.seed, day) for kind, rows in internal.records.items()}
    sites = internal.of("compound")
    sites = sites[~late["compound"]]
    shown = public.of("compound")
    same = pd.Series(True, index=range(len(shown)))
    for column in (*_COORDINATES, "coordinate_uncertainty_m"):
        before, after = (frame[column].reset_index(drop=True) for frame in (sites, shown))
        same &= (before.isna() & after.isna()) | (before == after).fillna(False)
    located = sites[list(_COORDINATES)].notna().all(axis=1).reset_index(drop=True)
    names = ("operator_as_reported", "author")
    listed = {
        kind: internal.of(kind).loc[internal.of(kind)["row_id"].isin(public.of(kind)["row_id"])]
        if "row_id" in internal.of(kind)
        else internal.of(kind)
        for kind in KINDS
    }

    def gone(kind: str, column: str) -> int:
        return int(_filled(listed[kind][column]) - _filled(public.of(kind)[column]))

    return Withheld(
        cells=int((counts.rows["basis"] == "withheld").sum()) if counts is not None else 0,
        records=sum(int((is_uploaded(internal.of(kind), internal.seed) & ~late[kind]).sum()) for kind in SUBJECTS),
        coordinates=int((located & ~same).sum()),
        names=sum(gone(kind, name) for kind in ("compound", "source") for name in names if name in KINDS[kind].columns),
        notes=sum(gone(kind, "note") for kind in KINDS),
        embargoed=sum(int(rows.sum()) for rows in late.values()),
    )


def _filled(cells: pd.Series) -> int:
    return int((cells.fillna("").astype("str").str.strip() != "").sum())
