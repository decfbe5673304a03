from __future__ import annotations

from charts.labels import claim_value, format_edtf
from charts.sentences import lead_sentence
from data.measures import DEFAULT_MEASURE, MEASURES, count_measure
from data.presets import default_period
from data.sites import distinct_sites
from data.slices import find_days
from ui.headline import LATEST, headline_claims
from ui.map_view import speakers_of


def test_it_says_what_is_held(open_page, snapshot):
    app = open_page("overview")
    assert not app.exception
    assert app.title.values == ["Alleged scam compounds in Cambodia: who says what"]
    sites = distinct_sites(snapshot.of("compound"))
    listed = (sites["listing"] != "context").sum()
    held = app.text[0].value
    assert held.startswith(f"{listed} sites that sources name as alleged or suspected")
    assert f"{len(snapshot.of('event'))} dated events" in held
    assert f"{len(snapshot.of('claim'))} stated numbers" in held
    assert f"{len(snapshot.of('source'))} sources" in held


def test_each_headline_figure_names_its_speaker(open_page, snapshot):
    app = open_page("overview")
    claims = [one.claim for one in headline_claims(snapshot.of("claim"))]
    assert [metric.value for metric in app.metric] == [claim_value(claim) for claim in claims]
    for claim in claims:
        said = f"by {claim['speaker']}, {format_edtf(claim['stated_date'])}"
        assert any(text.endswith(said) for text in app.text.values), said


def test_the_sentence_over_the_map_is_the_default_measure(open_page, snapshot):
    measure = MEASURES[DEFAULT_MEASURE]
    counts = count_measure(snapshot, measure, default_period(snapshot, measure))
    app = open_page("overview")
    assert lead_sentence(counts, speakers_of(snapshot, counts), claims=snapshot.of("claim")) in app.text.values


def test_the_latest_events_come_with_their_sources(open_page, snapshot):
    app = open_page("overview")
    events = snapshot.of("event")
    latest = find_days(events, "event")["start"].sort_values(ascending=False, kind="stable").index[:LATEST]
    shown = app.text.values
    for position in latest:
        assert events.loc[position, "description"] in shown
    assert sum(text.startswith("Source: ") for text in shown) == LATEST
    assert "Source: not given" not in shown


def test_an_empty_store_is_not_an_error(open_page, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path / "empty"))
    monkeypatch.setenv("ATLAS_SEED", "none")
    app = open_page("overview")
    assert not app.exception
    assert app.text[0].value.startswith("0 sites")
    assert "not the same as none" in app.text[1].value


def test_a_headline_names_who_denies_and_doubts_it(open_page):
    app = open_page("overview")
    (answers,) = (text for text in app.text.values if text.startswith("Denied by Chou Bun Eng, NCCT"))
    assert "doubted by Jason Tower" in answers
    assert "In the words of the source: “at least 100,000”" in app.text.values


def test_a_headline_leads_to_all_claims_on_it(open_page):
    app = open_page("overview", place="KH-18")
    app.button(key="claims_people_held_estimate").click().run()
    assert not app.exception
    assert app.title.values == ["Claims: who said what"]
    assert app.selectbox(key="claim_metric").value == "people_held_estimate"
    assert app.selectbox(key="choose_place").value == ""


def test_choices_made_elsewhere_do_not_change_it(open_page, snapshot):
    plain = open_page("overview").text.values
    app = open_page("overview", believe="ngo", measure="recorded:raid", **{"from": "2022-10-01", "to": "2023-01-01"})
    assert app.text.values == plain
    assert any("choices made on other pages do not change it" in text for text in app.caption.values)
