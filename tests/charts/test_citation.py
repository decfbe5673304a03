from __future__ import annotations

from datetime import UTC, date, datetime

from charts.citation import MOST_SOURCES, cite_view
from data.periods import parse_period

GIVEN = {
    "period": parse_period("2022-08-19", "2022-09-19"),
    "version": 4,
    "made": datetime(2026, 11, 21, 20, 0, tzinfo=UTC),
    "link": "http://127.0.0.1:8501/map?version=4",
    "today": date(2026, 11, 23),
}


def test_it_says_what_when_which_data_and_where():
    text = cite_view("Complaints received, as stated, by province", **GIVEN)
    assert text == (
        "Compound Atlas: Complaints received, as stated, by province, Cambodia, 19 August – 18 September 2022. "
        "Data version 4 of 22 November 2026. http://127.0.0.1:8501/map?version=4 (seen 23 November 2026)."
    )


def test_it_says_which_province_name_of_the_version_and_whose_word_counts():
    text = cite_view("Raids", place="Kandal", names=["March", "Final"], believed=["government", "ngo"], **GIVEN)
    assert "Raids, Kandal, Cambodia" in text
    assert "Data version 4 (“March”, “Final”)" in text
    assert "Only these speakers and sources count: Government and NGO." in text


def test_sources_are_numbered_and_none_is_dropped_in_silence(snapshot):
    sources = snapshot.of("source")
    text = cite_view("Raids", sources=sources, **GIVEN)
    assert f"[{MOST_SOURCES}] " in text
    assert f"[{MOST_SOURCES + 1}] " not in text
    assert f"and {len(sources) - MOST_SOURCES} more." in text
    assert sources["title"].iloc[0] in text
    few = cite_view("Raids", sources=sources.head(2), **GIVEN)
    assert "more" not in few
