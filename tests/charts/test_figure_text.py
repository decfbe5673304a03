from __future__ import annotations

from dataclasses import replace

import pytest

from charts.citation import MOST_SOURCES
from charts.figure_text import caveats, credit_line, default_text, finding, source_lines, view_path
from data.backing import speakers_of
from data.belief import believe
from data.change import compare_counts
from data.measures import MEASURES, count_measure
from data.permalink import Choices, read_address
from tests.charts.map_views import EMPTY, MONTH, NEXT, TODAY, YEAR, full_counts


@pytest.fixture(scope="module")
def counts(snapshot):
    return count_measure(snapshot, MEASURES["stated:complaints_received"], MONTH)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_title_states_the_finding_hedged_and_with_its_speaker(snapshot, counts):
    said = _plain(finding(counts, speakers_of(snapshot, counts)))
    assert said.startswith("Complaints received: 289 in all, 201 or more in Preah Sihanouk, according to Sar Kheng")
    assert (
        _plain(finding(counts, ["Minister"], place="KH-20"))
        == "Complaints received: 18 in Svay Rieng, according to Minister"
    )
    assert "no report from Takeo. This is not the same as none" in _plain(finding(counts, [], place="KH-21"))


def test_recorded_and_listed_measures_say_where_most_were_reported(snapshot):
    sites = count_measure(snapshot, MEASURES["listed:compound"], MONTH)
    assert _plain(finding(sites, [])) == (
        "Sites named by a source: reported from 8 of 25 provinces, most from Preah Sihanouk: 5"
    )
    raids = count_measure(snapshot, MEASURES["recorded:raid"], YEAR)
    assert _plain(finding(raids, [])) == "Raids, as recorded: reported from 2 of 25 provinces"
    nothing = count_measure(snapshot, MEASURES["recorded:death"], EMPTY)
    assert finding(nothing, []) == "Deaths, as recorded: no report by province. This is not the same as none"


def test_a_change_is_told_by_directions_that_are_certain(snapshot):
    before, after = (count_measure(snapshot, MEASURES["recorded:raid"], period) for period in (YEAR, NEXT))
    said = finding(after, [], compare_counts(before, after))
    assert said == "Raids, as recorded: no change in 1 province, 24 cannot be compared"


def test_caveats_name_what_is_open_contested_and_missing(snapshot, counts):
    notes = " ".join(caveats(snapshot, counts, Choices()))
    for words in ("10 of 25 provinces", "that is not zero", "“+”: at least so many", "1 value implied"):
        assert words in notes
    assert "≤" not in notes
    assert "per 100,000" not in notes
    every = " ".join(caveats(snapshot, full_counts(snapshot), Choices(style="shades")))
    for words in ("“≤”: at most", "“≠”: speakers contradict each other", "per 100,000", "3 claims about a place"):
        assert words in every


def test_whose_word_counts_is_said(snapshot):
    limited = believe(snapshot, ("ngo",))
    counts = count_measure(limited, MEASURES["stated:complaints_received"], MONTH)
    assert any("Only these speakers and sources count: NGO" in note for note in caveats(limited, counts, Choices()))


def test_sources_beyond_the_first_are_counted(snapshot):
    sites = count_measure(snapshot, MEASURES["listed:compound"], MONTH)
    assert len(source_lines(snapshot, sites)) == MOST_SOURCES
    assert any("more sources are not listed" in note for note in caveats(snapshot, sites, Choices()))


def test_the_credit_names_boundaries_version_profile_day_and_address(snapshot, counts):
    credit = credit_line(snapshot, TODAY, "http://127.0.0.1:8501/map?version=4")
    for words in ("ODbL 1.0", "Natural Earth", f"data version {snapshot.revision}", "internal version",
                  "22 November 2026", "/map?version=4"):  # fmt: skip
        assert words in credit
    assert "public version" in credit_line(replace(snapshot, profile="public"), TODAY, "")


def test_the_address_opens_the_same_view(snapshot, counts):
    path = view_path("map", snapshot, counts, Choices(style="shades", place="KH-18"))
    page, _, query = path.partition("?")
    choices = read_address(dict(part.split("=") for part in query.split("&")))
    assert page == "map"
    assert choices == Choices(period=MONTH, style="shades", place="KH-18", version=snapshot.revision)


def test_a_text_brings_everything(snapshot, counts):
    text = default_text(snapshot, counts, Choices(), today=TODAY, withheld="Withheld: 2 names.", with_code=True,
                        more=["One more."])  # fmt: skip
    assert text.notes[-2:] == ("Withheld: 2 names.", "One more.")
    assert text.qr.startswith("map?")
    assert text.subtitle == "Complaints received, as stated, by province, 19 August – 18 September 2022"


def test_most_is_said_only_where_the_ranges_leave_no_doubt(snapshot):
    raids = count_measure(snapshot, MEASURES["recorded:raid"], YEAR)
    rows = raids.rows.copy()

    def said(*figures):
        for side in ("low", "best", "high"):
            rows[side] = rows[side].mask(rows[side].notna())
        for i, figure in enumerate(figures):
            for side, value in zip(("low", "best", "high"), figure, strict=True):
                rows.loc[i, side] = value
        return _plain(finding(replace(raids, rows=rows), []))

    assert "most from Battambang: 5" in said((1, 1, 1), (5, 5, 5))
    assert "most" not in said((1, None, 9), (5, 5, 5))
    assert "most" not in said((1, None, None), (5, 5, 5))
    assert "most" not in said((5, 5, 5), (None, None, 90))
    assert "reported from 2 of 25 provinces" in said((None, None, 90), (5, 5, 5))
