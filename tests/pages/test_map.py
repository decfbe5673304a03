from __future__ import annotations

import json

import pytest

from charts.labels import format_range
from charts.sentences import lead_sentence
from data.measures import MEASURES, count_measure
from data.periods import parse_period
from ui.map_view import speakers_of

MONTH = {"from": "2022-08-19", "to": "2022-09-19"}


def payload(app) -> dict:
    return json.loads(app.get("component_instance")[0].proto.json_args)["atlas"]


@pytest.mark.parametrize(
    "address",
    [
        {"measure": "stated:complaints_received", **MONTH},
        {"measure": "stated:people_rescued", "from": "2022-01-01", "to": "2023-01-01"},
        {"measure": "recorded:raid", "from": "2022-07-01", "to": "2023-07-01"},
        {"measure": "listed:compound", "from": "2022-01-01", "to": "2023-01-01"},
    ],
    ids=lambda address: address["measure"],
)
def test_the_figures_are_those_of_the_data(open_page, snapshot, address):
    app = open_page("map", **address)
    assert not app.exception
    counts = count_measure(snapshot, MEASURES[address["measure"]], parse_period(address["from"], address["to"]))
    told = {"records": counts.records, "claims": snapshot.of("claim")}
    assert app.text[0].value == lead_sentence(counts, speakers_of(snapshot, counts), **told)
    tips = {code: facts["tip"] for code, facts in payload(app)["provinces"].items()}
    assert len(tips) == 25
    for row in counts.rows.to_dict("records"):
        figure = format_range(row["low"], row["best"], row["high"])
        assert tips[row["province_code"]][:2] == [row["province"], f"{counts.measure.label}: {figure}"]


def test_a_province_shows_its_figure_with_speaker_and_source(open_page):
    app = open_page("map", place="KH-18", measure="stated:complaints_received", **MONTH)
    assert app.subheader.values[-1] == "Preah Sihanouk"
    assert app.metric[0].value == "201 or more"
    shown = app.text.values
    assert "“More than 200 complaints came from Sihanoukville province”" in shown
    assert "Sar Kheng, Minister of Interior (government) states this, 19 September 2022" in shown
    assert any(text.startswith("Source: Interior Minister Sar Kheng") for text in shown)
    assert payload(app)["selected"] == "KH-18"
    assert any("212 is implied" in caption and "nobody stated it" in caption for caption in app.caption.values)


def test_a_period_with_nothing_is_not_called_none(open_page):
    app = open_page("map", measure="stated:complaints_received", **{"from": "2023-09-01", "to": "2023-10-01"})
    assert "This is not the same as none." in app.text[0].value
    assert all("radius" not in facts for facts in payload(app)["provinces"].values())
    assert payload(app)["legend"]["classes"][-1]["n"] == 25


def test_choices_change_the_page_and_stay_on_the_next(open_page, snapshot):
    app = open_page("map")
    app.selectbox(key="choose_measure").select("recorded:raid").run()
    app.selectbox(key="choose_place").select("KH-12").run()
    app.date_input(key="choose_dates").set_value((parse_period("2022-09-01", "2022-10-01").start,) * 2).run()
    period = parse_period("2022-09-01", "2022-09-02")
    assert app.query_params == {
        "measure": "recorded:raid",
        "place": "KH-12",
        "from": period.start.isoformat(),
        "to": period.end.isoformat(),
    }
    counts = count_measure(snapshot, MEASURES["recorded:raid"], period)
    assert app.text[0].value == lead_sentence(counts, [], records=counts.records)
    assert app.subheader.values[-1] == "Phnom Penh"

    app.switch_page("pages/timeline.py").run()
    assert app.title.values == ["Timeline"]
    assert app.selectbox(key="choose_place").value == "KH-12"
    assert app.date_input(key="choose_dates").value == (period.start, period.last_day)
    assert any(heading.endswith(": Phnom Penh") for heading in app.subheader.values)


def test_a_preset_period_is_taken_over(open_page):
    app = open_page("map", measure="recorded:raid")
    options = app.selectbox(key="choose_preset").options
    quarter = next(option for option in options if option.startswith("Q4 2022"))
    app.selectbox(key="choose_preset").select(quarter).run()
    assert (app.query_params["from"], app.query_params["to"]) == ("2022-10-01", "2023-01-01")
    assert "1 October – 31 December 2022" in app.text[0].value


def test_shades_and_circles_draw_the_same_figures(open_page):
    circles, shades = (payload(open_page("map", style=style))["provinces"] for style in ("circles", "shades"))
    assert {code: facts["tip"] for code, facts in circles.items()} == {
        code: facts["tip"] for code, facts in shades.items()
    }
    assert any("radius" in facts for facts in circles.values())
    assert not any("radius" in facts for facts in shades.values())


def test_back_to_the_whole_country(open_page):
    app = open_page("map", place="KH-18")
    app.button(key="close_detail").click().run()
    assert app.subheader.values[-1] == "Cambodia"
    assert app.query_params == {}


def test_a_site_from_the_list_opens(open_page, snapshot):
    app = open_page("map", place="KH-18")
    site = snapshot.of("compound").set_index("compound_id").query("province_code == 'KH-18'").iloc[0]
    app.selectbox(key="open_site").select(site.name).run()
    assert not app.exception
    assert app.query_params["compound"] == site.name
    assert site["name"] in app.text.values
    assert "not a finding of guilt" in app.caption.values[-1]


@pytest.mark.parametrize(
    "address",
    [
        {"measure": "{{7*7}}"},
        {"place": "KH-99"},
        {"from": "2022-13-01", "to": "x"},
        {"from": "2023-01-01", "to": "2022-01-01"},
        {"compound": "<script>"},
        {"compound": "no such site"},
        {"style": "' OR 1=1--", "grain": "century"},
    ],
    ids=str,
)
def test_nonsense_in_the_address_is_left_out(open_page, address):
    app = open_page("map", **address)
    assert not app.exception
    assert app.title.values == ["Map"]
    assert app.selectbox(key="choose_measure").value == "stated:complaints_received"
    assert app.subheader.values[-1] == "Cambodia"


def test_records_of_two_kinds_may_have_the_same_identifier(open_page, data_folder):
    from data.ingest import ingest
    from data.store import Store

    event = b"event_id,event_type,event_date_edtf,province_codes,description\n1,raid,2022-09-01,KH-21,Two events\n"
    claim = (
        b"claim_id,metric,best,period_edtf,province_code,geography,speaker\n"
        b"1,complaints_received,3,2022-08-19/2022-09-18,KH-21,province,Somebody\n"
    )
    with Store.open(data_folder / "atlas.sqlite") as store:
        for kind, content in (("event", event), ("claim", claim)):
            store.commit(ingest(content, f"{kind}.csv", kind), actor="test", content=content)
    app = open_page("map", place="KH-21", **MONTH)
    assert app.subheader.values[-1] == "Takeo"
    assert "Two events" in app.text.values
    assert "What we do not know" in " ".join(app.markdown.values)


def test_records_without_a_province_are_counted_and_listed(open_page):
    app = open_page("map", measure="recorded:raid", **{"from": "2022-10-01", "to": "2023-01-01"})
    assert "3 records; 1 names a province (Preah Sihanouk), 2 name none." in app.text[0].value
    assert "10" in app.text.values
    assert any("Nikkei Asia" in text and text.startswith("Source: ") for text in app.text.values)


def test_an_installed_set_of_districts_shades_recorded_rows(open_page, data_folder):
    from data.ingest import ingest
    from data.store import Store
    from geo.districts import load_districts, use_districts
    from tests.data.boundary_files import SOURCE, synthetic_set

    found = synthetic_set(level=2)
    district = found.checked.shapes.iloc[7]
    point = district.geometry.representative_point()
    rows = f"a,2023-01-02,{point.y},{point.x},\nb,2023-01-03,,,Kampot\n"
    content = f"complaint_id,received_date,latitude,longitude,place_text\n{rows}".encode()
    with Store.open(data_folder / "atlas.sqlite") as store:
        store.commit(ingest(content, "synthetic.csv", "complaint"), actor="T", content=content)
        revision = store.revision()
        store.install_boundaries(found, SOURCE, actor="T", reason="official", expected_revision=revision)
    try:
        app = open_page("map", measure="recorded:complaint", level="district", place=district["province_code"])
        assert not app.exception
        told = payload(app)
        assert told["districts"]["areas"].keys() == {district["district_code"]}
        assert told["districts"]["areas"][district["district_code"]]["n"] == 1
        assert told["legend"]["classes"][-1]["n"] == len(load_districts()) - 1
        assert told["legend"]["footnotes"][0].startswith("1 record is placed only to its province")
        assert not any("radius" in facts for facts in told["provinces"].values())
        assert any("By district: 1 record is" in caption.value for caption in app.caption)
        assert app.dataframe[0].value["Code"].tolist() == [district["district_code"]]
        app.selectbox(key="choose_measure").select("stated:complaints_received").run()
        assert payload(app)["districts"] is None
    finally:
        use_districts(None)
