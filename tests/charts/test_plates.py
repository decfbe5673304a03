from __future__ import annotations

import pytest

from charts.plates import Context, file_stem, make_plates, speaking
from data.masking import read_secret
from data.measures import count_measure, find_measure
from data.permalink import read_address
from data.privacy import public_snapshot
from locales import language
from tests.charts.briefing_case import MONTH, TODAY, WINDOW, make_briefing, make_case


def test_numbers_are_those_of_the_screen(snapshot):
    _, plates = make_case(snapshot)
    wanted = count_measure(snapshot, find_measure("stated:complaints_received"), WINDOW).rows
    for plate in plates[:2]:
        assert plate.values["low"].tolist() == wanted["low"].tolist()
        assert plate.values["high"].tolist() == wanted["high"].tolist()
        assert set(plate.words["Province"]) == set(wanted.loc[wanted["low"].notna(), "province"])


def test_each_has_a_name_of_its_own_and_a_link_to_its_view(snapshot):
    _, plates = make_case(snapshot)
    assert len({plate.name for plate in plates}) == len(plates)
    for plate in plates:
        page, _, parameters = plate.link.partition("?")
        assert page.startswith("http://atlas.test/")
        view = read_address(dict(part.split("=") for part in parameters.split("&")))
        assert (view.period, view.version, view.measure) == (
            plate.item.view.period, snapshot.revision, plate.item.view.measure
        )  # fmt: skip
        assert plate.link in plate.text.credit


def test_every_figure_has_its_caveats(snapshot):
    _, plates = make_case(snapshot)
    for plate in plates:
        assert plate.text.title == plate.item.headline
        assert plate.text.notes
        assert plate.text.sources
        assert f"data version {snapshot.revision}" in plate.text.credit
        assert "internal version" in plate.text.credit


def test_the_public_profile_says_what_it_withholds(snapshot, tmp_path):
    public = public_snapshot(snapshot, read_secret(tmp_path), today=TODAY)
    briefing = make_briefing(public)
    assert briefing.profile == "public"
    plates = make_plates(Context(public, briefing, TODAY, internal=snapshot))
    for plate in plates:
        assert any(note.startswith("Withheld in the public profile") for note in plate.text.notes)
        assert "public version" in plate.text.credit
        assert "profile=public" in plate.link


def test_a_picture_is_made_once(snapshot):
    _, plates = make_case(snapshot, kinds=("table",))
    assert plates[0].pictures("png") is plates[0].pictures("png")


def test_another_language_is_spoken_only_inside():
    assert speaking("km", language) == "km"
    assert language() == "en"


@pytest.mark.parametrize(("title", "stem"), [
    ("Cambodia, September 2022: what?", "cambodia-september-2022-what"),
    ("../../etc/passwd", "etc-passwd"),
    ("", "briefing"),
    ("<>|*", "briefing"),
    ("កម្ពុជា ២០២២", "កម្ពុជា-២០២២"),
    ("x" * 300, "x" * 60),
])  # fmt: skip
def test_a_title_becomes_a_safe_name(title, stem):
    assert file_stem(title) == stem
    assert not set(stem) & set('/\\:*?"<>|. \n')


def test_the_month_stands_in_for_a_view_without_a_period(snapshot):
    _, plates = make_case(snapshot, kinds=("lanes",))
    assert plates[0].item.view.period == MONTH
