"""Tags of the Humanitarian Exchange Language (HXL 1.1): a row such as ``#date+received``, ``#adm1+name`` at the header.

The row of tags is no record. What it says of each column is kept, and proposes which column of a record is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data.lines import Record
from data.schema import Kind

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\+[a-z][a-z0-9_]*)*")
_LANGUAGE = re.compile(r"i_[a-z]{2,3}|v_[a-z0-9_]+")
"""Attributes for a language or a list of codes; they do not change what a column is about."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "source_id": ("#meta+id", "#meta+source+id"),
    "compound_id": ("#loc+id", "#loc+code"),
    "event_id": ("#event+id", "#event+code"),
    "complaint_id": ("#meta+id", "#activity+id"),
    "claim_id": ("#meta+id", "#indicator+id"),
    "title": ("#meta+title", "#meta+name"),
    "publisher": ("#meta+source", "#org+name", "#org"),
    "url": ("#meta+url", "#meta+source+url"),
    "published_date": ("#date+published", "#date"),
    "accessed_date": ("#date+accessed",),
    "name": ("#loc+name",),
    "status": ("#status",),
    "event_type": ("#event+type",),
    "event_date_edtf": ("#date+occurred", "#date+event", "#date"),
    "report_date": ("#date+reported",),
    "received_date": ("#date+received", "#date+reported", "#date"),
    "stated_date": ("#date+stated", "#date+published", "#date+reported"),
    "date_start": ("#date+start",),
    "date_end": ("#date+end",),
    "period_start": ("#date+start",),
    "period_end": ("#date+end",),
    "province_code": ("#adm1+code",),
    "province_codes": ("#adm1+code",),
    "district": ("#adm2+name", "#adm2"),
    "place_text": ("#adm1+name", "#adm1", "#loc+name", "#loc"),
    "latitude": ("#geo+lat",),
    "longitude": ("#geo+lon",),
    "people_affected": ("#affected", "#affected+all", "#affected+total", "#affected+ind"),
    "people_best": ("#affected", "#affected+all", "#affected+total", "#affected+ind"),
    "nationality": ("#affected+nationality", "#country+origin", "#country+nationality"),
    "sex": ("#affected+sex", "#meta+sex"),
    "channel": ("#meta+channel", "#channel"),
    "metric": ("#indicator+name", "#indicator"),
    "low": ("#indicator+value+min", "#indicator+min"),
    "best": ("#indicator+value", "#indicator+num", "#indicator+value+num"),
    "high": ("#indicator+value+max", "#indicator+max"),
    "description": ("#description",),
    "note": ("#meta+note", "#meta+notes", "#meta+comments", "#description+notes"),
}
"""Column of a record → the tags that mean it, the closest first. A tag with further attributes, as of some of the
people only (``#affected+f``, ``#affected+killed``), means something else."""


def read_tag(cell: str) -> str:
    """Return a tag in lower case, without blanks and with its attributes in order; empty when the cell is none."""
    text = "".join(cell.split()).lower()
    if not _TAG.fullmatch(text):
        return ""
    tag, *attributes = text.split("+")
    return "+".join([tag, *sorted(set(attributes))])


def take_tags(head: Sequence[Record], is_header: Sequence[bool]) -> tuple[list[Record], Record | None]:
    """Return the first records of a file without the row of tags, and that row.

    Parameters
    ----------
    head : sequence of Record
        The first is the header, or the row of tags directly above it.
    is_header : sequence of bool
        Per record, whether some kind of record knows some of its cells as headers.

    Returns
    -------
    tuple of list of Record, and Record or None
        Where there is a row of tags and no header, the tags stay in their place as the header, too.
    """
    for place in (1, 0):
        if place < len(head) and _are_tags(head[place][1]):
            stays = place == 0 and not (len(head) > 1 and is_header[1])
            return [record for number, record in enumerate(head) if stays or number != place], head[place]
    return list(head), None


def _are_tags(cells: Sequence[str]) -> bool:
    """Whether every filled cell is a tag, and so many are that it is no accident."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) >= max(1, min(2, len(cells))) and all(map(read_tag, filled))


def hxl_columns(tags: Mapping[str, str], kind: Kind) -> dict[str, str]:
    """Return header → column for the tags that mean a column of a kind.

    Parameters
    ----------
    tags : mapping of str to str
        Header → tag, as in ``Reading.hxl``.
    kind : Kind
        What one row is.

    Returns
    -------
    dict
        Without the columns that two headers mean equally well.
    """
    written = {header: _without_language(tag) for header, tag in tags.items()}
    columns: dict[str, str] = {}
    for column in kind.columns:
        for tag in COLUMNS.get(column, ()):
            found = [header for header, own in written.items() if own == read_tag(tag) and header not in columns]
            if len(found) == 1:
                columns[found[0]] = column
            if found:
                break
    return columns


def _without_language(tag: str) -> str:
    name, *attributes = read_tag(tag).split("+")
    return "+".join([name, *(each for each in attributes if not _LANGUAGE.fullmatch(each))])
