"""The kinds of record and their columns: the codebook as data.

Everything that reads, stores, checks, exports or explains a record asks this module which columns a kind has, what
they mean, how a header may be spelled and which values are allowed. A new kind of record, a new column or another
spelling of a header is added here and nowhere else (a new column also needs a migration, see ``data/migrations``).

Terms follow ACLED, UCDP GED, Airwars, Darwin Core, IOM's Human Trafficking Case Data Standard, EDTF (ISO 8601-2) and
the Admiralty grading of sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from data.metrics import METRICS

Dtype = Literal["text", "list", "choice", "integer", "number", "date", "edtf"]

PROVINCE_CODE = "province_code"
PROVINCE_CODES = "province_codes"
PLACE_TEXT = "place_text"
LATITUDE = "latitude"
LONGITUDE = "longitude"
SOURCE_IDS = "source_ids"
MATCH_METHOD = "match_method"
DISTANCE_M = "distance_m"
PLACE_RESULT = (MATCH_METHOD, DISTANCE_M)
"""Columns that placing a record adds to it: how its province was found, and how far outside it the point lies (m)."""

PANDAS_DTYPES: dict[str, str] = {
    "text": "str",
    "list": "str",
    "choice": "str",
    "edtf": "str",
    "integer": "Int64",
    "number": "Float64",
    "date": "datetime64[us]",
}
"""The dtype of each kind of column in every frame of records. Lists are text with ``;`` between the parts."""

PRECISIONS = ("exact", "near", "town", "district", "province", "country")
PIN_PRECISIONS = ("exact", "near", "town")
"""Only these are drawn as a pin; anything coarser is a badge on its province."""
DATE_PRECISIONS = ("day", "days", "week", "month", "quarter", "year", "before", "unknown")
QUALIFIERS = ("exact", "more_than", "at_least", "up_to", "between", "nearly", "about", "hundreds", "billions")
SOURCE_TYPES = (
    "government",
    "police",
    "court",
    "embassy",
    "intergovernmental",
    "ngo",
    "media",
    "research",
    "testimony",
    "hotline",
)
EVENT_TYPES = (
    "raid",
    "rescue",
    "escape",
    "repatriation",
    "arrest",
    "prosecution",
    "closure",
    "relocation",
    "licence_action",
    "death",
    "kidnapping",
    "inspection",
    "report_published",
    "official_statement",
    "rating_change",
    "warning",
    "media_shutdown",
)
STATUSES = (
    "alleged_active",
    "raided",
    "closed",
    "reopened",
    "relocated",
    "licence_renewed",
    "licence_granted",
    "contested",
    "unknown",
)
COMPOUND_TYPES = ("casino", "hotel", "condominium", "office", "sez", "complex", "detention", "unnamed_site")
LISTINGS = ("identified", "suspected", "context")
GRADINGS = ("confirmed", "fair", "weak", "contested", "discounted")
GEOGRAPHIES = ("province", "national", "abroad", "region", "world")
STANCES = ("states", "estimates", "relays", "acknowledges", "doubts", "denies")
CHANNELS = ("hotline", "online", "embassy", "walk_in", "referral")
TRAFFICKING_STATUSES = ("possible", "actual", "not_a_victim")


@dataclass(frozen=True)
class Field:
    """One column of a kind of record.

    Attributes
    ----------
    name : str
        The column's name, everywhere.
    dtype : Dtype
        What the cells hold; `PANDAS_DTYPES` says how.
    meaning : str
        One line for templates, data dictionaries and screens.
    required : bool
        A file without this column, or a row without this value, is refused.
    choices : tuple of str
        The allowed values of a ``choice`` (and of each part of a ``list`` that has choices).
    aliases : tuple of str
        Other headers that mean this column, compared without case, spaces and punctuation.
    example : str
        A value as the template shows it.
    """

    name: str
    dtype: Dtype
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of record: its name, its identifier and its columns, in the order of templates and exports."""

    name: str
    meaning: str
    fields: tuple[Field, ...]

    @property
    def id_field(self) -> str:
        """Name of the identifier column."""
        return f"{self.name}_id"

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that a file must have."""
        return tuple(field.name for field in self.fields if field.required)

    @property
    def placed(self) -> bool:
        """Whether records of this kind are given a province from text or coordinates."""
        return PLACE_TEXT in self.columns

    def field(self, name: str) -> Field:
        """Return the column called `name`; KeyError when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no column {name!r}")


def _spellings(*lines: str) -> tuple[str, ...]:
    """Return the words of the lines."""
    return tuple(word for line in lines for word in line.split())


def _place(required: bool = False) -> tuple[Field, ...]:
    return (
        Field(
            PLACE_TEXT,
            "text",
            "The place as the source writes it",
            required=required,
            aliases=_spellings(
                "place location province admin1 adm1_name province_name where place_name place_of_incident",
                "location_of_incident incident_location incident_place location_of_compound compound_location",
                "location_of_site site_location location_name name_of_place where_did_it_happen ខេត្ត ទីកន្លែង",
            ),
            example="Bavet, Svay Rieng",
        ),
        Field(
            LATITUDE,
            "number",
            "Degrees north, WGS 84",
            aliases=("lat", "y", "gps_lat", "gps_latitude"),
            example="11.067",
        ),
        Field(
            LONGITUDE,
            "number",
            "Degrees east, WGS 84",
            aliases=("lon", "long", "lng", "x", "gps_lon", "gps_longitude"),
            example="106.178",
        ),
        Field("location_precision", "choice", "How closely the place is known", choices=PRECISIONS, example="town"),
    )


_PROVINCE = Field(
    PROVINCE_CODE,
    "text",
    "ISO 3166-2 code of the province; found from the place when empty",
    aliases=("iso_3166_2", "pcode", "adm1_pcode", "admin1_code", "province_iso"),
    example="KH-20",
)
_SOURCES = Field(
    SOURCE_IDS,
    "list",
    "Who says so: source ids, the origin first",
    aliases=("source", "sources", "source_id", "source_of_information", "information_source", "ប្រភព"),
    example="src-example-hotline",
)
_PUBLISH_AFTER = Field(
    "publish_after",
    "date",
    "The public sees the record only after this day; at once when empty (an uploaded raid, rescue or escape: 30 days)",
    aliases=("embargo", "embargo_until", "embargoed_until", "not_public_before"),
)
_NOTE = Field(
    "note",
    "text",
    "Anything a reader must know",
    aliases=("notes", "remark", "remarks", "comment", "comments", "កំណត់សម្គាល់", "កំណត់សំគាល់"),
)
_QUOTE = Field("quote", "text", "The words of the source that the row rests on", aliases=("excerpt",))
_OUTSIDE = Field("outside_knowledge", "list", "Columns of this row whose value does not stand in the source")
_COMPOUND_REF = Field(
    "compound_id",
    "text",
    "The compound this belongs to",
    aliases=("compound", "site_id", "compound_name", "name_of_compound", "site_name", "name_of_site"),
)
_NATIONALITY = Field(
    "nationality",
    "text",
    "Nationality as stated",
    aliases=_spellings(
        "citizenship nationalities nationality_of_victim nationality_of_victims victim_nationality",
        "victims_nationality nationality_of_complainant សញ្ជាតិ",
    ),
    example="Vietnamese",
)

SOURCE = Kind(
    "source",
    "Who says so: a document, statement, web page or data set",
    (
        Field("source_id", "text", "Identifier", required=True, aliases=("id",), example="src-example-hotline"),
        Field("title", "text", "Title", required=True, example="Hotline log, first quarter"),
        Field("publisher", "text", "Who published it", example="Example NGO"),
        Field("author", "text", "Who wrote or said it"),
        Field("published_date", "edtf", "When it was published", example="2023-04-01"),
        Field("accessed_date", "edtf", "When we read it"),
        Field("url", "text", "Web address; shown, never fetched", aliases=("link",)),
        Field("archive_url", "text", "Address of an archived copy"),
        Field("language", "text", "Language code", example="en"),
        Field("source_type", "choice", "Who is speaking", choices=SOURCE_TYPES, example="hotline"),
        Field("source_reliability", "choice", "Admiralty letter A–F", choices=tuple("ABCDEF"), example="B"),
        Field("licence", "text", "Terms of use", example="CC BY 4.0"),
        Field("derived_from", "list", "Sources that it repeats: with them it counts as one origin"),
        _NOTE,
    ),
)

COMPOUND = Kind(
    "compound",
    "A named or unnamed site: casino, hotel, condominium, special economic zone, complex",
    (
        Field(
            "compound_id",
            "text",
            "Identifier",
            aliases=_spellings(
                "id site_id record_id compound_no compound_number site_no site_number ref ref_no reference no",
            ),
            example="cmp-example",
        ),
        Field(
            "name",
            "text",
            "Name in Latin script",
            required=True,
            aliases=_spellings(
                "compound compound_name name_of_compound site site_name name_of_site place_known_as",
                "name_in_english english_name",
            ),
        ),
        Field("name_km", "text", "Name in Khmer"),
        Field("name_zh", "text", "Name in Chinese"),
        Field("aliases", "list", "Other names and spellings", aliases=("other_names", "aka", "also_known_as")),
        Field(
            "compound_type",
            "choice",
            "What kind of site it is",
            choices=COMPOUND_TYPES,
            aliases=("type", "type_of_compound", "type_of_site", "site_type"),
        ),
        Field("listing", "choice", "Why it is listed", choices=LISTINGS, example="suspected"),
        _PROVINCE,
        Field("district", "text", "District as the source writes it"),
        *_place(),
        Field("coordinate_uncertainty_m", "number", "Radius in metres within which the site lies", example="3000"),
        Field("part_of", "text", "Compound that this one is a part of"),
        Field("same_as", "list", "Compounds that are probably the same place"),
        Field(
            "operator_as_reported",
            "text",
            "Owner or operator, as reported",
            aliases=("operator", "owner", "operated_by"),
        ),
        Field(
            "status",
            "choice",
            "Latest status that a source reports",
            choices=STATUSES,
            aliases=("current_status", "latest_status"),
            example="alleged_active",
        ),
        Field("status_date_edtf", "edtf", "Date of that status", aliases=("status_date", "date_of_status")),
        Field("sensitivity", "choice", "How coarsely it is shown in public", choices=("low", "medium", "high")),
        _PUBLISH_AFTER,
        _SOURCES,
        _QUOTE,
        _OUTSIDE,
        _NOTE,
    ),
)

EVENT = Kind(
    "event",
    "Something that happened on a date or in a period: raid, rescue, escape, arrest …",
    (
        Field(
            "event_id",
            "text",
            "Identifier",
            aliases=_spellings(
                "id event_id_cnty record_id event_no event_number incident_id incident_no incident_number",
                "case_no case_number ref ref_no reference no",
            ),
            example="evt-20230401-example",
        ),
        Field(
            "event_type",
            "choice",
            "What happened",
            required=True,
            choices=EVENT_TYPES,
            aliases=("type", "event", "type_of_event", "incident_type", "type_of_incident", "kind_of_event"),
        ),
        Field(
            "event_date_edtf",
            "edtf",
            "When it happened (a day, month or year, or a range)",
            required=True,
            aliases=_spellings(
                "event_date date date_of_event date_of_incident incident_date date_of_raid date_of_rescue when",
                "when_did_it_happen កាលបរិច្ឆេទ",
            ),
            example="2023-04-01",
        ),
        Field("date_start", "date", "First day; found from the date when empty"),
        Field("date_end", "date", "The day after the last day; found from the date when empty"),
        Field("date_precision", "choice", "How closely the date is known", choices=DATE_PRECISIONS),
        Field(
            PROVINCE_CODES,
            "list",
            "ISO 3166-2 codes of the provinces; found from the place when empty",
            aliases=(PROVINCE_CODE, "pcode", "adm1_pcode"),
        ),
        *_place(),
        _COMPOUND_REF,
        _NATIONALITY,
        Field("people_low", "integer", "At least so many people", aliases=("people_min",)),
        Field(
            "people_best",
            "integer",
            "So many people",
            aliases=_spellings(
                "people people_affected victims persons number_of_people no_of_people number_of_persons",
                "no_of_persons number_of_victims no_of_victims how_many_people ចំនួនមនុស្ស ចំនួនជនរងគ្រោះ",
            ),
        ),
        Field("people_high", "integer", "At most so many people", aliases=("people_max",)),
        Field("qualifier", "choice", "How the number was worded", choices=QUALIFIERS),
        Field("actor", "text", "Who did it"),
        Field("contested_by", "text", "Who disputes it"),
        Field("grading", "choice", "How well it is supported", choices=GRADINGS),
        Field(
            "report_date",
            "edtf",
            "When it was reported",
            aliases=("date_of_report", "date_reported", "reported_on", "reported_date"),
        ),
        Field(
            "description",
            "text",
            "One neutral sentence",
            aliases=("summary", "notes_en", "description_of_event", "description_of_incident", "details"),
        ),
        _PUBLISH_AFTER,
        _SOURCES,
        _QUOTE,
        _OUTSIDE,
        _NOTE,
    ),
)

COMPLAINT = Kind(
    "complaint",
    "One complaint or request for help, as a hotline logs it; never a name, telephone or passport number",
    (
        Field(
            "complaint_id",
            "text",
            "Identifier",
            aliases=_spellings(
                "id case_id record_id case_no case_number case_ref complaint_no complaint_number complaint_ref",
                "ref ref_no ref_number reference reference_no reference_number លេខសំណុំរឿង លេខករណី serial_no no",
            ),
            example="c-0001",
        ),
        Field(
            "received_date",
            "edtf",
            "When it was received",
            required=True,
            aliases=_spellings(
                "date received date_received report_date date_of_complaint complaint_date date_of_the_complaint",
                "complaint_received date_complaint_received date_of_report date_reported reported_date",
                "reported_on received_on date_of_receipt date_of_call call_date date_of_intake intake_date",
                "date_logged logged_on date_registered registration_date កាលបរិច្ឆេទ",
            ),
            example="2023-04-01",
        ),
        Field("date_start", "date", "First day; found from the date when empty"),
        Field("date_end", "date", "The day after the last day; found from the date when empty"),
        Field("date_precision", "choice", "How closely the date is known", choices=DATE_PRECISIONS),
        _PROVINCE,
        *_place(),
        _COMPOUND_REF,
        _NATIONALITY,
        Field(
            "sex",
            "choice",
            "Sex",
            choices=("female", "male", "other", "unknown"),
            aliases=("gender", "sex_of_victim", "gender_of_victim", "ភេទ"),
        ),
        Field("age_group", "text", "Age group, never a birth date", aliases=("age_range",), example="18-24"),
        Field(
            "people_affected",
            "integer",
            "How many people it concerns",
            aliases=_spellings(
                "people persons victims no_of_people number_of_people number_of_victims no_of_victims",
                "number_of_persons no_of_persons number_of_people_affected victim_count how_many_people",
                "people_concerned number_affected ចំនួនមនុស្ស ចំនួនជនរងគ្រោះ",
            ),
            example="3",
        ),
        Field(
            "channel",
            "choice",
            "How it arrived",
            choices=CHANNELS,
            aliases=("how_received", "how_reported", "received_via", "received_through", "reported_via"),
            example="hotline",
        ),
        Field("trafficking_status", "choice", "Assessment", choices=TRAFFICKING_STATUSES, example="possible"),
        Field("outcome", "text", "What came of it", aliases=("result", "action_taken")),
        _PUBLISH_AFTER,
        _SOURCES,
        _NOTE,
    ),
)

CLAIM = Kind(
    "claim",
    "One number, or an explicit denial of one, that someone stated",
    (
        Field("claim_id", "text", "Identifier", aliases=("id",), example="clm-20230401-example"),
        Field("metric", "choice", "What is counted", required=True, choices=tuple(METRICS), example="people_rescued"),
        Field("low", "number", "At least", aliases=("min",)),
        Field("best", "number", "The number stated", aliases=("value", "number")),
        Field("high", "number", "At most", aliases=("max",)),
        Field("qualifier", "choice", "How the number was worded", choices=QUALIFIERS, example="exact"),
        Field("value_verbatim", "text", "The number as the source words it", example="more than 200"),
        Field(
            "period_edtf",
            "edtf",
            "The time the number is about",
            aliases=("period", "date"),
            example="2023-01-01/2023-03-31",
        ),
        Field("period_start", "date", "First day; found from the period when empty"),
        Field("period_end", "date", "The day after the last day; found from the period when empty"),
        Field("date_precision", "choice", "How closely the period is known", choices=DATE_PRECISIONS),
        _PROVINCE,
        Field("geography", "choice", "What area the number is about", choices=GEOGRAPHIES, example="province"),
        _place()[0],
        _NATIONALITY,
        Field("speaker", "text", "Who states it", required=True, example="Example Ministry"),
        Field("speaker_type", "choice", "What the speaker is", choices=SOURCE_TYPES, example="government"),
        Field("stance", "choice", "How the speaker stands to the number", choices=STANCES, example="states"),
        Field("responds_to", "list", "Claims that it answers"),
        Field("part_of", "text", "Claim of which it is a part"),
        Field("restates", "list", "Claims that it repeats"),
        Field("stated_date", "edtf", "When it was stated"),
        Field("information_credibility", "choice", "Admiralty number 1–6", choices=tuple("123456")),
        Field("event_id", "text", "The event it is about"),
        _COMPOUND_REF,
        _SOURCES,
        _QUOTE,
        _OUTSIDE,
        _NOTE,
    ),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in (SOURCE, COMPOUND, EVENT, COMPLAINT, CLAIM)}
"""Every kind of record by name; sources come first because the others refer to them."""

PERIOD_COLUMNS: dict[str, tuple[str, str]] = {
    "event": ("date_start", "date_end"),
    "complaint": ("date_start", "date_end"),
    "claim": ("period_start", "period_end"),
}
"""For each dated kind, the columns of its half-open period ``[start, end)``."""

DATE_FIELD: dict[str, str] = {"event": "event_date_edtf", "complaint": "received_date", "claim": "period_edtf"}
"""For each dated kind, the column in which a person writes the date."""


def record_dtypes(kind: Kind) -> dict[str, str]:
    """Return the pandas dtype of each column of a frame of `kind`, the columns of placing included."""
    dtypes = {field.name: PANDAS_DTYPES[field.dtype] for field in kind.fields}
    if kind.placed:
        dtypes |= {MATCH_METHOD: "str", DISTANCE_M: "Float64"}
    return dtypes


def empty_records(kind: Kind) -> pd.DataFrame:
    """Return a frame of no rows with the columns and dtypes of `kind`."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in record_dtypes(kind).items()})


def split_list(cell: object) -> tuple[str, ...]:
    """Return the parts of a list cell; none for an empty cell."""
    if not isinstance(cell, str):
        return ()
    return tuple(part.strip() for part in cell.split(";") if part.strip())
