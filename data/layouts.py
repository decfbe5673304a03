"""Tables that others publish or export, known by their headers: which header is which column of a record, if any.

The names of the columns are those of ACLED's column reference (since March 2023), of UCDP GED's table of 49 columns
(as of version 25.1), of KoboToolbox's exports of submissions, and of the administrative columns of tables on the
Humanitarian Data Exchange (common operational datasets).

How precisely such a table knows a place or a date is coded in its own way (``geo_precision``, ``where_prec``,
``date_prec``); those columns are kept as they are and never translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from data.plain import fold_header
from data.schema import COMPLAINT, EVENT, KINDS, LATITUDE, LONGITUDE, PLACE_TEXT, PROVINCE_CODE, PROVINCE_CODES, Kind
from locales import later

Headers = tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """A table of known columns, as it stands in one file.

    Attributes
    ----------
    name : str
        Who makes or collects such tables.
    columns : mapping of str to (mapping of str to tuple of str)
        Kind of record → column → the headers of the file that hold it together.
    kept : frozenset of str
        Headers of the file that are known and are no column of any record: kept beside it, and never suggested.
    notes : tuple of str
        What a person must know before such a file is added.
    """

    name: str
    columns: Mapping[str, Mapping[str, Headers]]
    kept: frozenset[str]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Known:
    """A layout before it is found in a file: `signs` are headers that occur together in no other table."""

    name: str
    signs: frozenset[str]
    columns: Mapping[str, Mapping[str, Headers]]
    others: frozenset[str]
    notes: tuple[str, ...]


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_ACLED = _Known(
    "ACLED",
    frozenset({"event_id_cnty", "sub_event_type", "geo_precision"}),
    MappingProxyType(
        {
            "event": MappingProxyType(
                {
                    "event_id": ("event_id_cnty",),
                    "event_type": ("event_type",),
                    "event_date_edtf": ("event_date",),
                    PLACE_TEXT: ("location", "admin1"),
                    LATITUDE: ("latitude",),
                    LONGITUDE: ("longitude",),
                    "description": ("notes",),
                    "source_ids": ("source",),
                }
            )
        }
    ),
    _words(
        "data_id iso event_id_no_cnty year time_precision disorder_type sub_event_type assoc_actor_1 inter1 actor2",
        "assoc_actor_2 inter2 interaction civilian_targeting region country admin2 admin3 geo_precision source_scale",
        "fatalities tags timestamp iso3 actor1",
    ),
    (
        "ACLED's kinds of event are not ours: say for each what it means here, or choose one kind for the whole file.",
        "Actors are in no order of who did what; they are kept with the record.",
        "Fatalities are not the number of people that an event is about; they are kept with the record.",
        "geo_precision and time_precision are ACLED's own codes; they are kept with the record, not translated.",
        "ACLED's terms of use ask for its name on whatever is made of its data.",
    ),
)
_UCDP = _Known(
    "UCDP GED",
    frozenset({"type_of_violence", "where_prec", "date_prec", "date_start", "date_end"}),
    MappingProxyType(
        {
            "event": MappingProxyType(
                {
                    "event_id": ("id",),
                    # Its last day is within the period; as our own column date_end it would be the day after it.
                    "event_date_edtf": ("date_start", "date_end"),
                    PLACE_TEXT: ("where_coordinates", "adm_1"),
                    LATITUDE: ("latitude",),
                    LONGITUDE: ("longitude",),
                    "people_low": ("low",),
                    "people_best": ("best",),
                    "people_high": ("high",),
                    "source_ids": ("source_office",),
                }
            )
        }
    ),
    _words(
        "relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name",
        "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b",
        "number_of_sources source_article source_date source_headline source_original where_prec where_description",
        "adm_2 geom_wkt priogrid_gid country country_id region event_clarity date_prec deaths_a deaths_b",
        "deaths_civilians deaths_unknown gwnoa gwnob",
    ),
    (
        "Every row is an event with deaths, and its numbers (low, best, high) count them: choose “death” as the kind "
        "of event for the whole file.",
        "The last day stands within the period; first and last day are read together.",
        "where_prec and date_prec are UCDP's own codes; they are kept with the record, not translated. A coarse date "
        "is a long period.",
    ),
)
_HDX = _Known(
    "the Humanitarian Data Exchange",
    frozenset({"adm1_pcode", "adm1_en"}),
    MappingProxyType(
        {
            kind.name: MappingProxyType(
                {
                    PLACE_TEXT: ("adm2_en", "adm1_en"),
                    PROVINCE_CODES if PROVINCE_CODES in kind.columns else PROVINCE_CODE: ("adm1_pcode",),
                }
            )
            for kind in KINDS.values()
            if kind.placed
        }
    ),
    _words("adm0_en adm0_pcode adm2_pcode adm3_en adm3_pcode validon validto shape_leng shape_area"),
    ("Names and codes of provinces are known; what the other columns hold is for you to say.",),
)
_KOBO = "KoboToolbox"
_KOBO_SIGNS = frozenset({"_uuid", "_submission_time"})
_KOBO_OWN = _words(
    "start end today deviceid username phonenumber simserial subscriberid audit _id _uuid _submission_time",
    "_validation_status _notes _status _submitted_by __version__ _tags _index _attachments _geolocation",
    "_parent_index _parent_table_name",
)
_KOBO_POINT = re.compile(r"_(?P<question>.+)_(?P<part>latitude|longitude|altitude|precision)")
_KOBO_NOTES = (
    later("“start” and “end” are when the form was filled in, not when something happened."),
    later("Take out what tells who filled in the form or on which telephone (username, deviceid, _submitted_by)."),
)


def find_layout(headers: Sequence[str]) -> Layout | None:
    """Return the known layout that a file's headers have; None when they are of none.

    Headers are compared without case and punctuation, except those of KoboToolbox, whose underscores are its sign.
    """
    if set(headers) >= _KOBO_SIGNS:
        return _read_kobo(headers)
    written = {fold_header(header): header for header in reversed(headers)}
    for known in (_ACLED, _UCDP, _HDX):
        if {fold_header(sign) for sign in known.signs} <= written.keys():
            return Layout(
                known.name,
                {kind: _held(columns, written) for kind, columns in known.columns.items()},
                frozenset(written[name] for other in known.others if (name := fold_header(other)) in written),
                known.notes,
            )
    return None


def _held(columns: Mapping[str, Headers], written: Mapping[str, str]) -> dict[str, Headers]:
    """Return the columns of which the file has at least one header, with those that it has."""
    held = {
        column: tuple(written[name] for header in headers if (name := fold_header(header)) in written)
        for column, headers in columns.items()
    }
    return {column: headers for column, headers in held.items() if headers}


def _read_kobo(headers: Sequence[str]) -> Layout:
    """Return the layout of an export of submissions: questions (after their groups), points, and its own columns."""
    points: dict[str, dict[str, str]] = {}
    for header in headers:
        if match := _KOBO_POINT.fullmatch(header):
            points.setdefault(match["question"], {})[match["part"]] = header
    parts = {header for point in points.values() for header in point.values()}
    questions = {header for header in points if header in headers}
    own = {header for header in headers if header in _KOBO_OWN or header.startswith("meta/")} | parts | questions
    places = [point for point in points.values() if {LATITUDE, LONGITUDE} <= point.keys()]
    columns = {kind.name: _read_questions(headers, own, kind) for kind in KINDS.values()}
    for kind in KINDS.values():
        taken = columns[kind.name]
        if kind.placed and LATITUDE in kind.columns and len(places) == 1 and not {LATITUDE, LONGITUDE} & taken.keys():
            taken |= {LATITUDE: (places[0][LATITUDE],), LONGITUDE: (places[0][LONGITUDE],)}
        taken.setdefault(kind.id_field, ("_uuid",))
    columns[COMPLAINT.name].setdefault("received_date", ("_submission_time",))
    columns[EVENT.name].setdefault("report_date", ("_submission_time",))
    used = {header for taken in columns.values() for held in taken.values() for header in held}
    several = ("The form asks for more than one point: say which is the place.",) if len(places) > 1 else ()
    return Layout(_KOBO, columns, frozenset(own - used), (*_KOBO_NOTES, *several))


def _read_questions(headers: Sequence[str], own: Collection[str], kind: Kind) -> dict[str, Headers]:
    """Return the columns that a question names once its groups (``group/question``) are taken off; none in doubt."""
    meant: dict[str, list[str]] = {}
    for spell in _SPELLINGS:
        known = spell(kind)
        found: dict[str, list[str]] = {}
        for header in headers:
            column = known.get(fold_header(header.rpartition("/")[2]))
            if column and header not in own and column not in meant:
                found.setdefault(column, []).append(header)
        meant |= found
    return {column: (held[0],) for column, held in meant.items() if len(held) == 1}


def _names(kind: Kind) -> dict[str, str]:
    return {fold_header(name): name for name in kind.columns}


def _aliases(kind: Kind) -> dict[str, str]:
    return {fold_header(alias): field.name for field in kind.fields for alias in field.aliases}


_SPELLINGS: tuple[Callable[[Kind], dict[str, str]], ...] = (_names, _aliases)
