"""Whatever a small table holds, it reads back from a workbook and from GeoJSON; no bytes make a reader fail."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from data.formats.contents import Contents
from data.formats.geojson import read_geojson
from data.formats.kml import read_kml
from data.formats.opening import open_contents
from data.headers import _clean_header
from data.numbers import write_number
from data.read import read_table
from errors import UploadError
from tests.attacks.made_files import CELLS, KML, KML_POINT, NAMES, PLACEMARK, geojson, point, workbook

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Each example starts a process."""

letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff")
awkward = st.sampled_from(
    ["=1+1", "'=1", "''=1", "007", " x ", "two\nlines", "cr\rlf\r\n", "_x0041_", "កំពត", "\u200b", "#N/A", "TRUE", "1,5"]
)
cells = awkward | st.text(letters, max_size=12)
headers = st.lists(
    st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=6).filter(
        lambda name: _clean_header(name) == name and name.casefold() not in ("latitude", "longitude", "id")
    ),
    min_size=2,
    max_size=4,
    unique=True,
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    names = draw(headers)
    return names, draw(st.lists(st.lists(cells, min_size=len(names), max_size=len(names)), min_size=1, max_size=5))


@FEW
@given(tables())
def test_a_table_reads_back_from_a_workbook(table):
    names, rows = table
    filled = [row for row in rows if "".join(row).strip()]
    assume(filled)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([names, *rows]):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
    read = read_table(content.getvalue(), "x.xlsx", header_row=1)
    assert read.reading.columns == tuple(names)
    assert read.rows.to_numpy().tolist() == filled
    assert read.rows.index.tolist() == [number for number, row in enumerate(rows, start=2) if "".join(row).strip()]


@given(tables(), st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=5, max_size=5))
@settings(deadline=None)
def test_a_table_reads_back_from_geojson(table, points):
    names, rows = table
    features = [
        {"type": "Feature", "geometry": point(*place), "properties": dict(zip(names, row, strict=True))}
        for row, place in zip(rows, points, strict=False)
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    read = read_table(content, "x.geojson")
    assert read.reading.columns == (*names, "latitude", "longitude")
    assert read.rows.index.tolist() == list(range(2, len(rows) + 2))
    found = read.rows.to_numpy().tolist()
    expected = [[*row, write_number(y), write_number(x)] for row, (x, y) in zip(rows, points, strict=False)]
    assert found == expected


def assert_whole(contents: Contents | None) -> None:
    """Check what came out of a damaged file: rows in the file's order, each once, made of texts alone."""
    if contents is None:  # no format of ours: it is read as text
        return
    numbers = [number for number, _ in contents.records]
    assert numbers == sorted(set(numbers))
    assert all(isinstance(cell, str) for _, cells in contents.records for cell in cells)


SAMPLES = [geojson(point(104, 11)), KML.format(PLACEMARK.format(KML_POINT)).encode()]


@given(st.sampled_from(SAMPLES), st.integers(0, 400), st.binary(max_size=6))
@settings(deadline=None)
def test_a_map_file_with_changed_bytes_is_read_or_refused(sample, place, changed):
    content = sample[:place] + changed + sample[place + len(changed) :]
    for read in (read_geojson, read_kml):
        with contextlib.suppress(UploadError):
            assert_whole(read(content, "x"))


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["type", "coordinates", "geometries", "x"]),
                inner | st.sampled_from(["Point", "Polygon", "MultiPolygon", "GeometryCollection"]),
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
@settings(deadline=None)
def test_any_json_as_a_geometry_is_read_or_refused(geometry):
    with contextlib.suppress(UploadError):
        assert_whole(read_geojson(geojson(geometry), "x"))


@FEW
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_changed_bytes_is_read_or_refused(place, changed):
    whole = workbook({"a": [NAMES, CELLS]})
    content = whole[: place % len(whole)] + changed + whole[place % len(whole) + len(changed) :]
    with contextlib.suppress(UploadError):
        assert_whole(open_contents(content, "x"))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_a_workbook_with_a_broken_part_is_read_or_refused(part):
    whole = zipfile.ZipFile(io.BytesIO(workbook({"a": [NAMES, CELLS]})))
    for changed in (b"", b"<", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", whole.read(part)[:-20]):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as made:
            for name in whole.namelist():
                made.writestr(name, changed if name == part else whole.read(name))
        with contextlib.suppress(UploadError):
            assert_whole(open_contents(content.getvalue(), "x"))
