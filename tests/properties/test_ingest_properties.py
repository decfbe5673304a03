"""Whatever a file holds: no row is lost, nothing but an UploadError is raised, and an export reads back as it was."""

from __future__ import annotations

import csv
import io
import string
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from data.dates import WrittenDate, parse_date
from data.degrees import Degrees, parse_degrees, parse_metres, split_pair
from data.export import export_csv
from data.guard import guard, unguard
from data.ingest import ImportResult, ingest
from data.numbers import Quantity, parse_number
from data.options import AS_IT_IS, CRS, Edit, ImportOptions
from data.questions import answer
from data.read import read_table
from data.redact import redact, redacted_options
from data.schema import COMPOUND_TYPES, DATE_FIELD, EVENT_TYPES, KINDS, METRICS
from errors import UploadError

TODAY = date(2026, 3, 1)
SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

FEW = settings(SLOW, max_examples=12)  # of larger files, which take no longer

AWKWARD = (
    "", " ", "'", "''=1", "=1+1", "-3", "@x", "\t=1", "a,b", 'say "x"', "two\nlines", "two\r\nlines", "cr\rcr", ";",
    "|", "{{7*1234567}}", "កំពត", "Total", "NA", "null", "007", "1,480", "1.480", "more than 5", "2023-04-01",
    "03/04/2025", "25/04/2025", "45352", "2566-01-05", "Kampot", "Bavet", "KH-18", "10.6112", "104.1803", "0",
    "\u200b", "\u00a0x",
)  # fmt: skip
awkward = st.sampled_from(AWKWARD)
plain_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
cells = awkward | plain_text
headers = st.sampled_from(
    [
        *(field.name for field in KINDS["complaint"].fields),
        "date",
        "lat",
        "lon",
        "province",
        "Remarks",
        "phone",
        "=x",
        "a b",
    ]
)


def conserved(result: ImportResult) -> bool:
    numbers = [
        row for frame in (result.accepted, result.rejected, result.duplicates) for row in frame["row_number"].tolist()
    ]
    reasons, repeats = (
        set(result.issues.loc[result.issues["severity"] == severity, "row_number"])
        for severity in ("reject", "duplicate")
    )
    return (
        result.rows_read == result.rows_accepted + result.rows_rejected + result.rows_duplicate == len(result.rows)
        and sorted(numbers) == sorted(result.rows.index)
        and set(result.rejected["row_number"]) == reasons
        and set(result.duplicates["row_number"]) == repeats
        and set(result.pairs["row_number"]) <= set(result.accepted["row_number"])
        and len(result.report().splitlines()) > result.rows_read
    )


def take_in(
    content: bytes, kind: str = "complaint", options: ImportOptions = AS_IT_IS, stored: pd.DataFrame | None = None
) -> ImportResult | None:
    try:
        return ingest(content, "any.csv", kind, options, stored=stored, today=TODAY)
    except UploadError:
        return None


def write(names: list[str], rows: list[list[str]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([names, *rows])
    return text.getvalue().encode()


@SLOW
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"\x00,\x00\n")
@example(b'"')
@example(b"date,place\n\xff")
def test_no_bytes_crash_the_reader(content):
    result = take_in(content)
    assert result is None or conserved(result)


@SLOW
@given(st.lists(st.lists(cells, max_size=6).map(",".join), max_size=8), st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_text_crashes_the_import(lines, end):
    content = end.join(["date,province,victims,note", *lines]).encode()
    result = take_in(content)
    assert result is None or conserved(result)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    names = draw(st.lists(headers, min_size=1, max_size=8, unique=True))
    row = st.lists(cells, min_size=len(names), max_size=len(names))
    return names, draw(st.lists(row, min_size=1, max_size=8))


@SLOW
@given(tables())
def test_a_table_loses_no_row(table):
    result = take_in(write(*table))
    assert result is None or conserved(result)


names = st.sampled_from([*(field.name for field in KINDS["complaint"].fields), "date", "x;y", "no such header"])
texts = cells | st.sampled_from(["Telegram", "Atlantis", "call 012 555 999", "10.6, 103.5", "1277901", "extþkMBt"])
said = st.none() | st.booleans()
decisions = st.builds(
    ImportOptions,
    day_first=said,
    buddhist_era=said,
    excel_dates=said,
    decimal_comma=said,
    swap_coordinates=st.booleans(),
    crs=st.none() | st.sampled_from([*CRS, "EPSG:1"]),
    columns=st.dictionaries(names, headers, max_size=2),
    left_out=st.lists(headers, max_size=1).map(tuple),
    constants=st.dictionaries(names, texts, max_size=2),
    values=st.dictionaries(
        st.sampled_from(["channel", "sex", "note"]),
        st.dictionaries(texts, st.sampled_from(["", "online", "female", "pigeon"]), max_size=2),
        max_size=1,
    ),
    places=st.dictionaries(texts, st.sampled_from(["", "KH-1", "bavet", "0102", "KH-99"]), max_size=2),
    edits=st.lists(st.builds(Edit, st.integers(0, 12), headers, texts), max_size=2).map(tuple),
    leave_out=st.lists(st.integers(2, 6), max_size=2).map(tuple),
)
fitting = decisions.map(  # such as a file with these headers can be read with
    lambda options: replace(
        options,
        columns={},
        left_out=(),
        crs=options.crs if options.crs in CRS else None,
        values={},
        places={text: code for text, code in options.places.items() if code != "KH-99"},
        edits=tuple(Edit(2 + edit.row_number % 4, "note", edit.text) for edit in options.edits),
        leave_out=tuple({2 + row % 4 for row in options.leave_out}),
    )
)
POINTS = st.sampled_from(["", "10.6", "104.2", "1277901", "491277", "10.6, 104.2", "0", "x", "10°36'N"])


def write_complaints(draw: st.DrawFn) -> bytes:
    row = st.tuples(
        st.sampled_from(["", "a", "b"]), cells, cells, POINTS, POINTS, st.sampled_from(["3", "", "4"]), texts
    )
    rows = draw(st.lists(row.map(list), min_size=4, max_size=8))
    return write(["id", "date", "province", "lat", "lon", "victims", "note"], rows)


complaints = st.composite(write_complaints)()


@SLOW
@given(st.binary(max_size=200) | tables().map(lambda table: write(*table)) | complaints, decisions)
def test_whatever_is_decided_nothing_but_an_upload_error_is_raised_and_no_row_is_lost(content, options):
    result = take_in(content, options=options)
    assert result is None or conserved(result)


@FEW
@given(complaints, fitting, st.booleans())
def test_decisions_that_fit_give_the_same_again_and_lose_no_row(content, options, known):
    first = take_in(content)
    stored = first.accepted if known and first is not None else None
    result = take_in(content, options=options, stored=stored)
    assume(result is not None)  # a blank line or a total among the rows cannot be rewritten
    assert conserved(result)
    again = take_in(content, options=ImportOptions.from_json(options.to_json()), stored=stored)
    assert again is not None
    pd.testing.assert_frame_equal(result.accepted, again.accepted)
    pd.testing.assert_frame_equal(result.issues, again.issues)


@settings(FEW, max_examples=8)  # each question of each file is answered
@given(complaints)
def test_any_answer_to_any_question_loses_no_row(content):
    result = take_in(content)
    assume(result is not None)
    for question in result.questions():
        for code, _ in question.candidates[:2]:
            answered = take_in(content, options=answer(result.options, question, code))
            assert answered is not None
            assert conserved(answered)
            assert answered.rows_read == result.rows_read


@FEW
@given(complaints)
def test_a_file_without_its_personal_data_holds_none_and_has_the_same_rows(content):
    first = take_in(content)
    assume(first is not None)
    redacted = redact(content, "any.csv", first.options, "complaint")
    again = take_in(redacted, options=redacted_options(first.options))
    assert again is not None
    assert "personal_data" not in set(again.issues["code"])
    assert again.rows.index.tolist() == first.rows.index.tolist()


@SLOW
@given(tables(), st.sampled_from(",;\t|"))
def test_the_reader_returns_the_cells_as_they_were_written(table, delimiter):
    names, rows = table
    kept = [row for row in rows if "".join(row).strip()]
    assume(kept)
    read = read_table(write(names, rows, delimiter), "any.csv", delimiter=delimiter, header_row=1)
    assert read.rows.to_numpy().tolist() == [[unguard(cell) for cell in row] for row in kept]
    assert len(read.whole) + read.findings["row_number"].nunique() == len(kept)


day = st.dates(date(2001, 1, 1), date(2025, 12, 31))
edtf = st.one_of(
    day.map(str),
    day.map(lambda each: f"{each:%Y-%m}"),
    day.map(lambda each: f"{each:%Y}"),
    day.map(lambda each: f"{each}/{each + timedelta(days=20)}"),
    day.map(lambda each: f"../{each}"),
    day.map(lambda each: f"{each:%Y-%m}?"),
)
places = st.sampled_from(
    ["Kampot", "Bavet", "Poipet; Kampot", "unknown", "", "ព្រះសីហនុ", "somewhere by the river", "KH-3"]
)
latitudes = st.sampled_from(["", "11.5564", "10.6112", "10.6", "10.609166666666667", "10.25", "9.1234", "13.75"])
longitudes = st.sampled_from(["", "104.9282", "104.1803", "104.2", "103.52", "100.5018"])
numbers = st.sampled_from(["", "0", "3", "1,480", "more than 200", "about 95", "2,000–5,000", "12.3450", "1.5 million"])
codes = st.sampled_from(["", "KH-1;KH-2"])
FIELD_TEXTS = {
    "event": {"event_type": st.sampled_from(EVENT_TYPES), "people_best": numbers, "province_codes": codes},
    "complaint": {"people_affected": numbers},
    "compound": {"name": st.just("A") | plain_text, "compound_type": st.sampled_from(["", *COMPOUND_TYPES])},
    "claim": {"metric": st.sampled_from(list(METRICS)), "best": numbers, "speaker": st.just("Ministry") | cells},
    "source": {"source_id": st.uuids().map(str), "title": st.just("A") | cells, "published_date": edtf},
}  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    kind = draw(st.sampled_from(list(KINDS)))
    columns = dict(FIELD_TEXTS[kind]) | {"note": cells, "Remarks 2": cells, "x;y": cells}
    if kind in DATE_FIELD:
        columns[DATE_FIELD[kind]] = edtf
    if KINDS[kind].placed:
        columns["place_text"] = places
    if "latitude" in KINDS[kind].columns:
        columns |= {"latitude": latitudes, "longitude": longitudes}
    rows = draw(st.lists(st.tuples(*columns.values()).map(list), min_size=1, max_size=15))
    return kind, write(list(columns), rows)


@FEW
@given(files())
def test_an_exported_file_reads_back_as_the_same_records(file):
    kind, content = file
    first = take_in(content, kind)
    assume(first is not None and first.rows_accepted)
    again = take_in(export_csv(first.accepted, kind), kind)
    assert again is not None
    assert not again.rows_rejected, again.issues[["field", "value", "message"]].to_dict("records")
    pd.testing.assert_frame_equal(first.accepted.drop(columns="row_number"), again.accepted.drop(columns="row_number"))


@FEW
@given(files(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(file, random):
    kind, content = file
    names, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    shuffled = list(rows)
    random.shuffle(shuffled)
    first, second = take_in(write(names, rows), kind), take_in(write(names, shuffled), kind)
    assume(first is not None and second is not None)
    columns = [name for name in first.accepted if name not in ("row_number", KINDS[kind].id_field)]
    as_texts = [sorted(result.accepted[columns].map(repr).to_numpy().tolist()) for result in (first, second)]
    assert as_texts[0] == as_texts[1]


@given(cells)
def test_unguard_undoes_guard(text):
    assert unguard(guard(text)) == text


@given(cells | st.text(string.digits + "-/ .?~XxQq–,", max_size=16), st.none() | st.booleans())
def test_a_date_that_is_read_is_a_period(text, day_first):
    read = parse_date(text, day_first)
    if isinstance(read, WrittenDate):
        assert read.start or read.end
        assert read.start is None or read.end is None or read.start < read.end
        assert parse_date(read.edtf) == read


@given(day)
def test_an_iso_day_is_itself(each):
    read = parse_date(str(each))
    assert isinstance(read, WrittenDate)
    assert (read.start, read.end, read.precision) == (each, each + timedelta(days=1), "day")


@given(
    cells | st.text(string.digits + ",. '-–+><~", max_size=14), st.booleans(), st.none() | st.booleans(), st.booleans()
)
def test_a_number_that_is_read_is_in_order(text, whole, decimal_comma, semicolons):
    read = parse_number(text, whole=whole, decimal_comma=decimal_comma, semicolons=semicolons)
    if isinstance(read, Quantity):
        stated = [side for side in (read.low, read.best, read.high) if side is not None]
        assert stated
        assert stated == sorted(stated)
        assert all(side >= 0 for side in stated)


@given(st.integers(0, 10**12))
def test_a_grouped_number_is_the_number(number):
    for written in (str(number), f"{number:,}"):
        read = parse_number(written, whole=True)
        assert isinstance(read, Quantity)
        assert read.exact == number


@given(st.floats(-90, 90))
def test_decimal_degrees_are_themselves(value):
    read = parse_degrees(f"{value:.6f}", "latitude")
    assert isinstance(read, Degrees)
    assert read.value == float(f"{value:.6f}")


@given(cells | st.text(string.digits + "°'\" NSEWdms.,-", max_size=14), st.sampled_from(["latitude", "longitude"]))
def test_degrees_never_crash(text, axis):
    read = parse_degrees(text, axis)
    assert not isinstance(read, Degrees) or abs(read.value) < 1001


@given(cells | st.text(string.digits + "°'\" NSEWdms.,-;", max_size=20))
def test_both_coordinates_in_one_cell_never_crash_and_each_can_be_read(text):
    pair = split_pair(text)
    if isinstance(pair, tuple):
        for part, axis in zip(pair, ("latitude", "longitude"), strict=True):
            assert parse_metres(part) is not None or isinstance(parse_degrees(part, axis), Degrees)
