"""Whatever a file's headers are: each has one suggestion, no column has two, and what is suggested can be taken."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.candidates import BOTH
from data.columns import PAIR, map_headers
from data.fingerprint import fingerprint
from data.hxl import COLUMNS
from data.layouts import find_layout
from data.plain import fold_header
from data.schema import KINDS, PLACE_RESULT
from data.suggestions import accept_suggestions, recall_columns, suggest_columns, suggest_kind
from errors import UploadError

SOME = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
KNOWN = sorted(
    {spelling for kind in KINDS.values() for field in kind.fields for spelling in (field.name, *field.aliases)}
    | {"_uuid", "_submission_time", "_GPS_latitude", "_GPS_longitude", "event_id_cnty", "geo_precision", "ADM1_EN"}
    | {"sub_event_type", "adm1_pcode", "Recieved date", "Natonality", "GPS", "start", "end", "Ort", "x/date"}
)
TAGS = sorted({tag for tags in COLUMNS.values() for tag in tags})
CELLS = ("", "Bavet", "2023-04-01", "03/04/2025", "11.5, 104.9", "11.55", "104.92", "hotline", "raid", "3", "កំពត", "@")
headers = st.lists(st.sampled_from(KNOWN) | st.text(max_size=12), min_size=1, max_size=12, unique=True)
kinds = st.sampled_from(list(KINDS.values()))


@st.composite
def tables(draw):
    names = draw(headers)
    size = draw(st.integers(1, 4))
    return pd.DataFrame(
        {name: draw(st.lists(st.sampled_from(CELLS), min_size=size, max_size=size)) for name in names}, dtype="str"
    )


@SOME
@given(tables(), kinds, st.dictionaries(st.sampled_from(KNOWN), st.sampled_from([*TAGS, "", "x"]), max_size=3))
def test_no_header_is_lost_or_repeated_and_no_column_is_suggested_twice(rows, kind, said):
    suggestions = suggest_columns(rows, kind, layout=find_layout(list(rows)), hxl=said)
    assert [one.header for one in suggestions] == list(rows)
    held = [part for one in suggestions if one.column and one.why != "layout" for part in
            (PAIR if one.column == BOTH else [one.column])]  # fmt: skip
    assert len(held) == len(set(held))
    assert set(held) <= {*kind.columns, *PLACE_RESULT}
    assert all(0 <= one.confidence <= 1 and (one.why == "none") <= (one.column is None) for one in suggestions)
    assert all(one.column not in dict(one.others) for one in suggestions if one.column)
    assert all(len(one.samples) <= 5 and max(map(len, one.samples), default=0) <= 60 for one in suggestions)


@SOME
@given(tables(), kinds)
def test_what_is_suggested_can_be_taken_and_is_recalled_as_it_was(rows, kind):
    suggestions = suggest_columns(rows, kind, layout=find_layout(list(rows)))
    options = accept_suggestions(suggestions)
    mapping = map_headers(list(rows), kind, options.columns, options.left_out)
    assert mapping == {one.header: one.column for one in suggestions if one.column}
    again = suggest_columns(rows, kind, remembered=recall_columns(options, list(rows)))
    assert accept_suggestions(again) == options


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_names_of_the_schema_are_their_own_columns(kind):
    rows = pd.DataFrame({name: [""] for name in reversed(kind.columns)}, dtype="str")
    suggestions = suggest_columns(rows, kind, layout=find_layout(list(rows)))
    assert [(one.header, one.column, one.confidence, one.why) for one in suggestions] == [
        (name, name, 1.0, "name") for name in reversed(kind.columns)
    ]
    assert suggest_kind(list(rows), rows)[0][0] == kind.name


@SOME
@given(tables(), kinds)
def test_suggestions_agree_with_what_is_read_without_asking(rows, kind):
    try:
        mapping = map_headers(list(rows), kind)
    except UploadError:
        return
    if find_layout(list(rows)) is None:
        found = {one.header: one.column for one in suggest_columns(rows, kind) if one.why in ("name", "spelling")}
        assert found == mapping


@given(headers, st.randoms())
def test_the_order_of_headers_does_not_change_their_fingerprint(names, random):
    shuffled = [f" {name}-" if fold_header(name) else name for name in names]
    random.shuffle(shuffled)
    assert fingerprint(names) == fingerprint(shuffled)
