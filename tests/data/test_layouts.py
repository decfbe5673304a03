from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from data.ingest import ingest
from data.layouts import find_layout
from data.options import ImportOptions
from data.read import read_table
from data.schema import KINDS
from data.suggestions import accept_suggestions, suggest_columns


def _headers(text: str) -> list[str]:
    return text.split(",")


ACLED = _headers(
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,"
    "inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,"
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
UCDP = _headers(
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,"
    "high,low,gwnoa,gwnob"
)
KOBO = _headers(
    "start,end,complaint/received_date,complaint/Province,complaint/How many people,Point,_Point_latitude,"
    "_Point_longitude,_Point_altitude,_Point_precision,_id,_uuid,_submission_time,_validation_status,_notes,"
    "_status,_submitted_by,__version__,_tags,_index"
)
TODAY = date(2026, 1, 1)


def write(headers: list[str], **cells: str) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([headers, [cells.get(header, "") for header in headers]])
    return out.getvalue().encode()


def accept(content: bytes, kind: str, **more) -> ImportOptions:
    rows = read_table(content, "f.csv").whole
    return accept_suggestions(suggest_columns(rows, KINDS[kind], layout=find_layout(list(rows))), ImportOptions(**more))


def test_known_tables_are_known_and_others_are_not():
    names = {(found := find_layout(headers)) and found.name for headers in (ACLED, UCDP, KOBO)}
    assert names == {"ACLED", "UCDP GED", "KoboToolbox"}
    assert find_layout([header.upper() for header in ACLED]).name == "ACLED"
    assert find_layout([header for header in ACLED if header != "tags"]).name == "ACLED"
    assert find_layout(["event_date", "latitude", "longitude", "notes"]) is None
    assert find_layout(["uuid", "submission time"]) is None


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_our_own_tables_are_none_of_them(kind):
    assert find_layout(kind.columns) is None


@pytest.mark.parametrize("headers", [ACLED, UCDP, KOBO])
def test_every_header_is_a_column_or_known_to_be_none(headers):
    layout = find_layout(headers)
    for kind, columns in layout.columns.items():
        assert set(columns) <= set(KINDS[kind].columns)
        held = [header for group in columns.values() for header in group]
        assert len(held) == len(set(held))
        if len(layout.columns) == 1:
            assert set(held) | layout.kept == set(headers)
        assert not set(held) & layout.kept
    assert all(note.endswith(".") for note in layout.notes)


@pytest.mark.parametrize("headers", [ACLED, UCDP])
def test_codes_of_precision_and_actors_are_kept_not_translated(headers):
    kept = find_layout(headers).kept
    assert kept & {"geo_precision", "where_prec"}
    assert kept & {"time_precision", "date_prec"}
    assert kept & {"actor1", "side_a"}


def test_a_file_of_acled_becomes_events_once_their_kinds_are_said():
    content = write(
        ACLED, event_id_cnty="synthetic-1", event_date="05 March 2024", event_type="Strategic developments",
        location="Bavet", admin1="Svay Rieng", latitude="11.0667", longitude="106.1333", notes="A text.",
        geo_precision="2", fatalities="0", source="An outlet",
    )  # fmt: skip
    options = accept(content, "event", values={"event_type": {"Strategic developments": "raid"}})
    assert options.columns["place_text"] == ("location", "admin1")
    assert options.columns["event_type"] == "event_type"
    result = ingest(content, "f.csv", "event", accept(content, "event"), today=TODAY)
    assert result.issues["code"].tolist() == ["choice_unknown"]
    result = ingest(content.replace(b"Strategic developments", b"raid"), "f.csv", "event", options, today=TODAY)
    [record] = result.accepted.to_dict("records")
    assert (record["place_text"], record["province_codes"]) == ("Bavet, Svay Rieng", "KH-20")
    assert record["people_best"] is None or record["people_best"] != record["people_best"]
    assert '"geo_precision": "2"' in record["extra"]
    assert '"fatalities": "0"' in record["extra"]


def test_the_last_day_of_ucdp_is_within_the_period():
    content = write(
        UCDP, id="7", date_start="2023-01-01 00:00:00.000", date_end="2023-01-03 00:00:00.000", best="2", low="2",
        high="3", where_coordinates="Poipet town", adm_1="Banteay Meanchey province", latitude="13.65",
        longitude="102.56", where_prec="1", date_prec="2",
    )  # fmt: skip
    options = accept(content, "event", constants={"event_type": "death"})
    [record] = ingest(content, "f.csv", "event", options, today=TODAY).accepted.to_dict("records")
    assert record["event_date_edtf"] == "2023-01-01/2023-01-03"
    assert (str(record["date_start"].date()), str(record["date_end"].date())) == ("2023-01-01", "2023-01-04")
    assert (record["people_low"], record["people_best"], record["people_high"]) == (2, 2, 3)
    assert (record["event_type"], record["province_codes"]) == ("death", "KH-1")
    assert '"where_prec": "1"' in record["extra"]


def test_questions_of_kobotoolbox_are_read_without_their_groups():
    columns = find_layout(KOBO).columns["complaint"]
    assert columns == {
        "received_date": ("complaint/received_date",),
        "place_text": ("complaint/Province",),
        "people_affected": ("complaint/How many people",),
        "latitude": ("_Point_latitude",),
        "longitude": ("_Point_longitude",),
        "complaint_id": ("_uuid",),
    }
    assert {"start", "end", "_notes", "_id"} <= find_layout(KOBO).kept


def test_a_form_without_a_date_is_dated_by_its_submission():
    headers = [header for header in KOBO if header != "complaint/received_date"]
    assert find_layout(headers).columns["complaint"]["received_date"] == ("_submission_time",)


def test_of_several_points_or_questions_none_is_chosen():
    layout = find_layout([*KOBO, "_Home_latitude", "_Home_longitude", "other/Province"])
    assert not {"latitude", "longitude", "place_text"} & layout.columns["complaint"].keys()
    assert "more than one point" in layout.notes[-1]


def test_administrative_names_and_codes_of_hdx():
    layout = find_layout(["ADM1_EN", "ADM1_PCODE", "ADM2_EN", "ADM2_PCODE", "event", "date"])
    assert layout.columns["complaint"] == {"place_text": ("ADM2_EN", "ADM1_EN"), "province_code": ("ADM1_PCODE",)}
    assert layout.columns["event"]["province_codes"] == ("ADM1_PCODE",)
    assert layout.kept == {"ADM2_PCODE"}
