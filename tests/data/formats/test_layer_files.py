from __future__ import annotations

import io
import zipfile

import pandas as pd
import pytest
import shapely

from data.formats.layer_files import _stated_encoding, read_geopackage, read_shapefile
from data.read import read_table
from errors import UnreadableFileError
from tests.attacks.attack_files import bring_in
from tests.attacks.made_files import add_to_archive, geopackage, layer, shapefile

POINT = shapely.Point(104.1803, 10.6112)


def test_a_geopackage_is_rows_with_the_values_of_its_columns(tmp_path):
    frame = layer(
        POINT,
        None,
        n=pd.array([3, None], "Int64"),
        f=[0.5, None],
        t=["កំពត", ""],
        d=pd.to_datetime(["2024-03-01", None]),
    )
    contents = read_geopackage(geopackage(tmp_path, one=frame), "x.gpkg")
    assert contents.records[0][1] == ["n", "f", "t", "d", "latitude", "longitude"]
    assert contents.records[1] == (2, ["3", "0.5", "កំពត", "2024-03-01T00:00:00", "10.6112", "104.1803"])
    assert contents.records[2] == (3, [""] * 6)
    assert (contents.sheet, contents.sheets) == ("one", ("one",))


def test_a_layer_is_chosen(tmp_path):
    content = geopackage(tmp_path, one=layer(POINT), two=layer(POINT, POINT))
    with pytest.raises(UnreadableFileError, match="2 layers") as caught:
        read_geopackage(content, "x")
    assert caught.value.context["sheets"] == ["one", "two"]
    assert len(read_geopackage(content, "x", "two").records) == 3


def test_other_coordinates_are_converted_and_said(tmp_path):
    for content, name in (
        (geopackage(tmp_path, one=layer(POINT).to_crs(32648)), "x.gpkg"),
        (shapefile(tmp_path, layer(POINT).to_crs(32648)), "x.zip"),
    ):
        result = bring_in(content, name)
        assert result.accepted[["latitude", "longitude"]].to_numpy().tolist() == [[10.6112, 104.1803]]
        assert "UTM zone 48N" in result.reading.notes[0]


def test_a_geopackage_that_does_not_say_its_projection_is_asked_about(tmp_path):
    with pytest.warns(UserWarning, match="crs"):
        content = geopackage(tmp_path, one=layer(POINT, crs=None))
    with pytest.raises(UnreadableFileError, match="what its coordinates are") as caught:
        read_geopackage(content, "x")
    assert "(crs)" in caught.value.hint
    assert read_geopackage(content, "x", crs="EPSG:4326").records[1][1][-2:] == ["10.6112", "104.1803"]


def test_a_shapefile_in_khmer_is_read_or_asked_about(tmp_path):
    frame = layer(POINT, province=["កំពត"])
    assert read_table(shapefile(tmp_path, frame), "x.zip").rows["province"].tolist() == ["កំពត"]
    unsaid = shapefile(tmp_path, frame, without=[".cpg"])
    with pytest.raises(UnreadableFileError, match="encoded") as caught:
        read_shapefile(unsaid, "x.zip")
    assert "(encoding)" in caught.value.hint
    assert read_table(unsaid, "x.zip", encoding="utf-8").rows["province"].tolist() == ["កំពត"]
    with pytest.raises(UnreadableFileError, match="CP932"):
        read_table(unsaid, "x.zip", encoding="cp932")


def test_of_several_shapefiles_one_is_chosen(tmp_path):
    one = shapefile(tmp_path, layer(POINT), name="a/one")
    two = shapefile(tmp_path, layer(POINT, POINT), name="b/two")
    with zipfile.ZipFile(io.BytesIO(two)) as other:
        both = add_to_archive(one, {name: other.read(name) for name in other.namelist()})
    with pytest.raises(UnreadableFileError, match="2 layers"):
        read_shapefile(both, "x.zip")
    assert len(read_shapefile(both, "x.zip", "b/two").records) == 3
    assert read_shapefile(one, "x.zip").sheet == "one"


@pytest.mark.parametrize(
    ("cpg", "name"),
    [(b"UTF-8\r\n", "utf-8"), (b"utf8", "utf-8"), (b"65001", "utf-8"), (b"1252", "cp1252"), (b"ANSI 1252", "cp1252"),
     (b"ISO 88591", "latin-1"), (b"874", "cp874"), (b"nonsense", None), (b"", None), (b"\xff", None)],
)  # fmt: skip
def test_the_stated_encoding_is_understood_or_not_used(cpg, name):
    assert _stated_encoding(cpg) == name
