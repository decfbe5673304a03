"""Section D of the attacks: map files, workbooks and archives; each is taken in whole or refused with the reason."""

from __future__ import annotations

import io
import json
import socket
import sys
import threading
import zipfile
from collections.abc import Iterator
from datetime import date

import geopandas as gpd
import pytest
import shapely

from data.formats.sandbox import read_apart
from data.read import read_table
from errors import BoundaryError, EmptyFileError, FileTooLargeError, UnreadableFileError, UploadError
from geo.boundaries import check_provinces, load_provinces
from tests.attacks.attack_files import bring_in, codes, conserved
from tests.attacks.made_files import (
    BOW_TIE,
    CELLS,
    KML,
    KML_POINT,
    NAMES,
    PLACEMARK,
    add_to_archive,
    archive,
    geojson,
    geopackage,
    layer,
    lying_archive,
    point,
    shapefile,
    with_schema,
    workbook,
)

SECRET = "a secret of another file"
KAMPOT = shapely.Point(104.1803, 10.6112)
NAMES_F = [
    "{{7*1234567}}",
    "${document.title=7*7}",
    "<img src=x onerror=1>",
    "`);x('",
    "a\u202egpj.exe",
    "=1+1",
    "x" * 200,
]


def refuse(content: bytes, name: str, error: type[UploadError], said: str, **options: object) -> UploadError:
    """Check that a file is refused with a sentence, and return it."""
    with pytest.raises(error, match=said) as caught:
        bring_in(content, name, **options)
    assert caught.value.hint
    assert "Traceback" not in str(caught.value)
    return caught.value


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server that only notes who calls."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, caller = server.accept()
                except TimeoutError:
                    continue
                calls.append(caller)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], calls
        done.set()
        thread.join()


@pytest.mark.parametrize("name", ["evil.geojson", "evil.gpkg", "evil.kml", "evil.zip", "evil.csv"])
def test_D01_a_virtual_layer_shows_nothing_of_another_file(tmp_path, name):
    secret = tmp_path / "secret.csv"
    secret.write_text(f"id,note\n1,{SECRET}\n")
    layer_of = f'<OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    vrt = f"<OGRVRTDataSource>{layer_of}</OGRVRTDataSource>".encode()
    assert SECRET not in str(refuse(vrt, name, UnreadableFileError, "XML"))
    for inside in ("layer.shp", "layer.dbf"):
        parts = {f"layer{suffix}": b"" for suffix in (".shp", ".shx", ".dbf", ".prj")} | {inside: vrt}
        assert SECRET not in str(refuse(archive(parts), name, UploadError, name))


@pytest.mark.parametrize(
    "address",
    ["/vsicurl/http://127.0.0.1:{}/x.csv", "http://127.0.0.1:{}/x.csv", "/vsizip//vsicurl/http://127.0.0.1:{}/x.zip"],
)
def test_D02_nothing_is_fetched(listener, address, tmp_path):
    port, calls = listener
    source = address.format(port)
    virtual = f'<OGRVRTLayer name="x"><SrcDataSource>{source}</SrcDataSource></OGRVRTLayer>'
    vrt = f"<OGRVRTDataSource>{virtual}</OGRVRTDataSource>"
    refuse(vrt.encode(), "evil.geojson", UnreadableFileError, "XML")
    link = f"<NetworkLink><Link><href>{source}</href></Link></NetworkLink>"
    result = bring_in(KML.format(link + PLACEMARK.format(KML_POINT)).encode(), "evil.kml")
    assert result.rows_accepted == 1
    assert "not read" in result.reading.notes[0]
    stated = {"type": "link", "properties": {"href": source}}
    refuse(geojson(point(104.18, 10.61), crs=stated), "evil.geojson", UnreadableFileError, "crs")
    made = shapefile(tmp_path, layer(KAMPOT), without=[".prj"])
    refuse(add_to_archive(made, {"layer.prj": source.encode()}), "evil.zip", UnreadableFileError, "coordinates")
    assert calls == []


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "a/../../x", "..\\..\\x", "C:\\x"])
def test_D03_names_that_lead_out_of_an_archive(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.parent.iterdir())
    content = shapefile(tmp_path, layer(KAMPOT), name=name)
    refuse(content, "evil.zip", UnreadableFileError, "leads out")
    assert sorted(tmp_path.parent.iterdir()) == before
    assert {path.name for path in tmp_path.iterdir()} == {"shapes"}


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        pytest.param({"layer.shp": bytes(60 * 2**20)}, FileTooLargeError, "more than 50 MB", id="declared"),
        pytest.param({"layer.shp": bytes(30 * 2**20)}, FileTooLargeError, "100 times", id="ratio"),
        pytest.param(
            {f"{n}.shp": b"" for n in range(21)}, FileTooLargeError, "21 files; the limit is 20", id="entries"
        ),
        pytest.param(
            {"a.shp": b"", "b.zip": archive({"x": b"x"})}, UnreadableFileError, "within the archive", id="nested"
        ),
        pytest.param({"a.shp": archive({"x": b"x"})}, UnreadableFileError, "within the archive", id="nested-renamed"),
    ],
)
def test_D04_archives_that_unpack_to_too_much(content, error, said):
    refuse(archive(content), "evil.zip", error, said)


def test_D04_a_hundred_thousand_entries():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as many:
        for number in range(100_000):
            many.writestr(zipfile.ZipInfo(f"{number}.shp"), b"")
    refuse(content.getvalue(), "evil.zip", FileTooLargeError, "100,000 files")


def test_D04_an_archive_that_lies_about_its_size():
    refuse(lying_archive("layer.shp", bytes(60 * 2**20), 100), "evil.zip", UnreadableFileError, "damaged")


@pytest.mark.parametrize(
    ("rings", "said"),
    [
        pytest.param([[list(each) for each in BOW_TIE.exterior.coords]], "Self-intersection", id="bow-tie"),
        pytest.param([[[104, 11], [105, 12]]], "2 positions", id="two-points"),
        pytest.param([[[104, 11], [105, 12], [105, 11], [104, 12]]], "not closed", id="unclosed"),
        pytest.param([[]], "0 positions", id="empty-ring"),
    ],
)
def test_D05_broken_shapes_are_flagged_and_the_row_is_kept(rings, said):
    result = bring_in(geojson({"type": "Polygon", "coordinates": rings}), "a.geojson")
    assert result.rows_accepted == 1
    assert {"shape_not_point", "shape_broken"} <= codes(result)
    assert said in " ".join(result.issues["message"])
    assert result.accepted["latitude"].isna().all()
    assert conserved(result)


def test_D05_broken_shapes_in_files_that_gdal_reads(tmp_path):
    for content, name in (
        (geopackage(tmp_path, one=layer(BOW_TIE)), "a.gpkg"),
        (shapefile(tmp_path, layer(BOW_TIE)), "a.zip"),
    ):
        result = bring_in(content, name)
        assert result.rows_accepted == 1
        assert {"shape_not_point", "shape_broken"} <= codes(result)


@pytest.mark.parametrize("position", [(200, 200), (491277, 1277901), (104.0, 90.5), (-180.01, 0)], ids=str)
def test_D06_what_is_no_longitude_and_latitude(position, tmp_path):
    refuse(geojson(point(*position)), "a.geojson", UnreadableFileError, "not longitude/latitude")
    refuse(
        geojson({"type": "LineString", "coordinates": [[104, 11], [*position]]}),
        "a.geojson",
        UnreadableFileError,
        "not lon",
    )
    refuse(
        KML.format(PLACEMARK.format(KML_POINT.replace("104.1803,10.6112", f"{position[0]},{position[1]}"))).encode(),
        "a.kml",
        UnreadableFileError,
        "not longitude/latitude",
    )
    refuse(
        geopackage(tmp_path, one=layer(shapely.Point(position))),
        "a.gpkg",
        UnreadableFileError,
        "not longitude/latitude",
    )


@pytest.mark.parametrize("vertices", [500_001, 2_000_000])
def test_D07_too_many_positions(vertices):
    line = b"[104.12345,11.12345]," * vertices
    content = b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":' + (
        b'{"type":"LineString","coordinates":[' + line[:-1] + b"]}}]}"
    )
    refuse(content, "a.geojson", FileTooLargeError, "500,000 positions")


def test_D07_too_many_positions_in_a_file_that_gdal_reads(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_MAX_VERTICES", "100")
    content = geopackage(tmp_path, one=layer(KAMPOT.buffer(1, quad_segs=50)))
    refuse(content, "a.gpkg", FileTooLargeError, "100 positions")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(geojson(point("X", 10)).replace(b'"X"', b"NaN"), id="nan"),
        pytest.param(geojson(point("X", 10)).replace(b'"X"', b"Infinity"), id="infinity"),
        pytest.param(geojson(point("X", 10)).replace(b'"X"', b"1e999"), id="1e999"),
        pytest.param(geojson(None, {"a": "X"}).replace(b'"X"', b"1e999"), id="1e999-in-a-property"),
        pytest.param(geojson(None, {"a": "X"}).replace(b'"X"', b"NaN"), id="nan-in-a-property"),
        pytest.param(b'{"type":"FeatureCollection","features":' + b"[" * 100_000 + b"]" * 100_000 + b"}", id="deep"),
        pytest.param(b"[" * 100_000, id="deep-and-open"),
        pytest.param(b'{"a":' * 100_000, id="deep-objects"),
        pytest.param(geojson(point("X", 10)), id="text-for-a-number"),
        pytest.param(geojson({"type": "Point", "coordinates": [[104, 10]]}), id="lists-too-deep"),
        pytest.param(geojson({"type": "Circle", "coordinates": [104, 10]}), id="no-such-shape"),
        pytest.param(geojson({"type": "Point"}), id="no-coordinates"),
        pytest.param(geojson(None, {"a": 1}).replace(b'"a": 1', b'"a": 1, "a": 2'), id="a-name-twice"),
        pytest.param(geojson(None, {"a": "\ud800"}), id="half-a-character"),
        pytest.param(geojson(None, {"a": "x\x00"}), id="zero-byte"),
        pytest.param(b'{"type": "FeatureCollection", "features": [{"type": "Feature"', id="cut"),
    ],
)
def test_D08_json_that_is_no_geojson(content):
    refuse(content, "a.geojson", UnreadableFileError, "a.geojson")


def test_D09_an_endless_view_is_never_run(tmp_path):
    made = geopackage(tmp_path, one=layer(KAMPOT))
    endless = (
        "CREATE VIEW endless AS WITH RECURSIVE t(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM t) "
        "SELECT fid, NULL AS geom FROM t WHERE fid < 0"
    )
    listed = "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('endless', 'attributes', 'endless')"
    refuse(with_schema(tmp_path, made, endless, listed), "evil.gpkg", UnreadableFileError, "stored queries")
    virtual = "CREATE VIRTUAL TABLE evil USING fts4(x)"
    refuse(with_schema(tmp_path, made, virtual), "evil.gpkg", UnreadableFileError, "virtual tables")


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell")
@pytest.mark.parametrize(
    ("does", "said"), [("exec sleep 60", "longer than 1 seconds"), ("kill -9 $$", "memory or time")]
)
def test_D09_what_takes_too_long_or_dies_is_refused(tmp_path, monkeypatch, does, said):
    content = geopackage(tmp_path, one=layer(KAMPOT))
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\n{does}\n")
    script.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(script))
    monkeypatch.setenv("ATLAS_MAX_SECONDS", "1")
    refuse(content, "evil.gpkg", UnreadableFileError, said)


def test_D10_a_workbook_that_unpacks_to_too_much():
    sheet = b'<?xml version="1.0"?><worksheet><sheetData>' + b"<row><c><v>1</v></c></row>" * 4_000_000
    content = add_to_archive(workbook({"a": [NAMES, CELLS]}), {"xl/worksheets/sheet2.xml": sheet})
    assert len(content) < 2**20
    refuse(content, "evil.xlsx", FileTooLargeError, "more than 50 MB")
    refuse(
        add_to_archive(workbook({"a": [NAMES]}), {"xl/x.xml": bytes(20 * 2**20)}),
        "evil.xlsx",
        FileTooLargeError,
        "100 times",
    )


def test_D10_two_cells_at_the_far_corners_of_a_sheet():
    far = [[None] * 16_383 + ["x"]]
    assert codes(bring_in(workbook({"a": [NAMES, CELLS, *far]}), "wide.xlsx")) == {"too_many_cells"}
    parts = zipfile.ZipFile(io.BytesIO(workbook({"a": [NAMES]})))
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    changed = {
        name: parts.read(name).split(b"<sheetData>")[0] + b"<sheetData>" + cells + b"</sheetData></worksheet>"
        if name == "xl/worksheets/sheet1.xml"
        else parts.read(name)
        for name in parts.namelist()
    }
    refuse(archive(changed), "far.xlsx", UploadError, "far.xlsx")


def test_D11_of_formulas_only_the_value_is_read():
    content = workbook({"a": [NAMES, ["a-1", date(2023, 4, 1), "Kampot", "=1+11"]]})
    result = bring_in(content, "a.xlsx")
    assert result.accepted[["received_date", "people_affected"]].to_numpy().tolist() == [["2023-04-01", 5]]


def test_D11_a_workbook_with_macros():
    content = add_to_archive(workbook({"a": [NAMES, CELLS]}), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    refuse(content, "evil.xlsx", UnreadableFileError, "macros")


def test_D11_a_workbook_with_a_password():
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000) + "EncryptedPackage".encode("utf-16-le") + bytes(1_000)
    refuse(content, "locked.xlsx", UnreadableFileError, "password")


def test_D12_a_shapefile_without_its_projection_is_asked_about(tmp_path):
    content = shapefile(tmp_path, layer(KAMPOT).to_crs(32648), without=[".prj"])
    error = refuse(content, "a.zip", UnreadableFileError, "what its coordinates are")
    assert "(crs)" in error.hint
    result = bring_in(content, "a.zip", crs="EPSG:32648")
    assert result.accepted[["latitude", "longitude"]].to_numpy().tolist() == [[10.6112, 104.1803]]
    assert "UTM zone 48N" in result.reading.notes[0]
    in_degrees = shapefile(tmp_path, layer(KAMPOT), without=[".prj"])
    assert bring_in(in_degrees, "a.zip", crs="EPSG:4326").accepted["province_code"].tolist() == ["KH-7"]


@pytest.mark.parametrize("part", [".shx", ".dbf", ".shp"])
def test_D12_a_shapefile_without_a_part_is_refused(tmp_path, part):
    refuse(shapefile(tmp_path, layer(KAMPOT), without=[part]), "a.zip", UnreadableFileError, f"\\{part}")


def test_D13_a_layer_of_provinces_with_a_code_twice_or_missing_is_refused_naming_it():
    provinces = load_provinces()
    check_provinces(provinces)
    twice = provinces.assign(province_code=provinces["province_code"].replace({"KH-2": "KH-1"}))
    for gdf, codes_named in ((twice, ["KH-2"]), (provinces.iloc[1:], [provinces["province_code"].iloc[0]])):
        with pytest.raises(BoundaryError) as caught:
            check_provinces(gpd.GeoDataFrame(gdf))
        assert caught.value.context["codes"] == codes_named
    doubled = gpd.GeoDataFrame(provinces.loc[[0, *provinces.index]])
    with pytest.raises(BoundaryError, match="more than once"):
        check_provinces(doubled)


@pytest.mark.parametrize("text", NAMES_F, ids=[f"F{n:02}" for n in range(1, len(NAMES_F) + 1)])
def test_F_hostile_names_of_files_sheets_columns_and_layers_are_texts(text, tmp_path):
    table = read_table(geojson(point(104.18, 10.61), {text: text}), text)
    assert table.rows.iloc[0, 0] == text
    result = bring_in(workbook({"a": [[*NAMES, "x" + text], [*CELLS, "y" + text]]}), text)
    assert json.loads(result.accepted["extra"].iloc[0]) == {"x" + text.replace("\u202e", ""): "y" + text}
    made = geopackage(tmp_path, one=layer(KAMPOT), other=layer(KAMPOT))
    quoted, name = text.replace("'", "''"), text.replace('"', '""')
    renamed = with_schema(
        tmp_path,
        made,
        f'ALTER TABLE one RENAME TO "{name}"',
        f"UPDATE gpkg_contents SET table_name = '{quoted}', identifier = '{quoted}' WHERE table_name = 'one'",
        f"UPDATE gpkg_geometry_columns SET table_name = '{quoted}' WHERE table_name = 'one'",
    )
    error = refuse(renamed, text, UnreadableFileError, "2 layers")
    assert sorted(error.context["sheets"]) == sorted([text, "other"])
    assert bring_in(renamed, text, sheet=text).rows_accepted == 1


def test_F_hostile_names_of_sheets():
    error = refuse(
        workbook({"{{7-7}}": [NAMES, CELLS], "<svg onload=1>": [NAMES, CELLS]}),
        "a.xlsx",
        UnreadableFileError,
        "2 sheets",
    )
    assert error.context["sheets"] == ["{{7-7}}", "<svg onload=1>"]
    assert bring_in(workbook({"=1+1": [NAMES, CELLS]}), "a.xlsx", sheet="=1+1").rows_accepted == 1


def test_the_process_apart_sees_neither_secrets_nor_network(monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS_SECRET", SECRET)
    made = workbook({"a": [NAMES, CELLS]})
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert bring_in(made, "a.xlsx").rows_accepted == 1
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read_apart("no-such-job", {}, "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b'{"type": "FeatureCollection", "features": []}', KML.format("").encode(), workbook({"a": []})]
)
def test_files_without_rows(content):
    refuse(content, "empty", EmptyFileError, "empty")


def test_cut_files_are_refused(tmp_path):
    whole = [
        workbook({"a": [NAMES, CELLS]}),
        geopackage(tmp_path, one=layer(KAMPOT)),
        shapefile(tmp_path, layer(KAMPOT)),
    ]
    for content in whole:
        for length in (len(content) // 3, len(content) - 30):
            with pytest.raises(UploadError):
                bring_in(content[:length], "cut")
