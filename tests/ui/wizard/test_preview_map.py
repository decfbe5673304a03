from __future__ import annotations

import json

from tests.pages.shown import markup

CONTENT = (
    b"complaint_id,received_date,place_text,latitude,longitude\n"
    b"a,2022-09-01,Takeo,,\nb,2022-09-02,Takeo,,\nc,2022-09-03,,10.61,103.52\nd,2022-09-04,,13.75,100.50\n"
)


def _map(app):
    return json.loads(app.get("component_instance")[0].proto.json_args)["atlas"]


def test_rows_are_counted_by_province_and_drawn_as_points(keep, draw):
    app = draw("review_step", "show_review", keep(CONTENT, step="review"))
    assert not app.exception
    payload = _map(app)
    assert payload["provinces"]["KH-21"]["label"] == "2"
    assert payload["provinces"]["KH-18"]["tip"] == ["Preah Sihanouk", "1 row"]
    assert "label" not in payload["provinces"]["KH-7"]
    assert payload["provinces"]["KH-7"]["tip"] == ["Kampot", "0 rows"]
    groups = {group["label"]: group for group in payload["dots"]}
    assert groups["Would be added"]["at"] == [[10.61, 103.52]]
    assert groups["Would be added"]["ids"] == ["c"]


def test_the_account_below_the_map_adds_up(keep, draw):
    app = draw("review_step", "show_review", keep(CONTENT, step="review"))
    accepted = int(app.metric[1].value)
    (account,) = [text for text in app.caption.values if "in a province" in text]
    numbers = [int(word) for word in account.replace("(", " ").split() if word.isdigit()]
    total, placed, pointed, outside, nowhere = numbers
    assert total == accepted == placed + outside + nowhere
    assert (placed, pointed) == (3, 1 + outside)


def test_points_outside_the_country_are_a_group_of_their_own(keep, draw):
    app = draw("review_step", "show_review", keep(CONTENT, step="review"))
    groups = {group["label"]: group for group in _map(app)["dots"]}
    outside = groups.get("Outside Cambodia")
    assert outside is not None
    assert outside["hollow"]
    assert outside["ids"] == ["d"]


def test_a_kind_without_places_has_no_map(keep, draw):
    app = draw("review_step", "show_review", keep(b"source_id,title\ns-new,A report\n", "source", step="review"))
    assert "Records of this kind have no place." in app.text.values
    assert not app.get("component_instance")


def test_places_of_several_provinces_count_in_each(keep, draw):
    content = b"event_type,event_date_edtf,place_text\nraid,2022-09-01,Takeo; Kampot\n"
    app = draw("review_step", "show_review", keep(content, "event", step="review"))
    provinces = _map(app)["provinces"]
    assert (provinces["KH-21"]["label"], provinces["KH-7"]["label"]) == ("1", "1")


def test_identifiers_reach_the_map_in_its_payload_alone(keep, draw):
    content = CONTENT.replace(b"\nc,", b"\n:red[mine],")
    app = draw("review_step", "show_review", keep(content, step="review"))
    assert "mine" in json.dumps(_map(app))
    assert not [text for _, text in markup(app) if "mine" in text]
