from __future__ import annotations

import pytest

from locales import frame_texts, later, say, say_many, texts, use_language
from locales.catalogue import Catalogue

CATALOGUE = Catalogue(
    texts={"{n} site in {place}": "ទីតាំង {n} នៅ{place}", "25 provinces": "ខេត្ត 25"}, frame={"Layers": "ស្រទាប់"}
)


@pytest.fixture(autouse=True)
def catalogue(monkeypatch):
    monkeypatch.setattr(texts, "khmer", lambda: CATALOGUE)


def test_english_stands_as_it_is_written():
    assert say("25 provinces") == "25 provinces"
    assert say_many("{n} site in {place}", "{n} sites in {place}", 1, place="Kep") == "1 site in Kep"
    assert say_many("{n} site in {place}", "{n} sites in {place}", 1200, place="Kep") == "1,200 sites in Kep"
    assert frame_texts() == {}


def test_khmer_has_one_form_for_all_numbers():
    use_language("km")
    assert say_many("{n} site in {place}", "{n} sites in {place}", 2, place="កែប") == "ទីតាំង 2 នៅកែប"
    assert frame_texts() == {"Layers": "ស្រទាប់"}


def test_numbers_take_the_readers_digits_and_texts_stay():
    use_language("km", "km")
    assert say("25 provinces") == "ខេត្ត ២៥"
    assert say_many("{n} site in {place}", "{n} sites in {place}", 1200, place="KH-12") == "ទីតាំង ១,២០០ នៅKH-12"


def test_what_is_not_translated_is_said_in_english():
    use_language("km")
    assert say("New: {n}", n=3) == "New: 3"
    assert say("") == ""


def test_a_value_is_never_read_as_a_pattern():
    assert say("“{value}” is odd", value="{n} {value}") == "“{n} {value}” is odd"
    assert say("a {b}") == "a {b}"


def test_what_is_said_later_stays_as_it_is():
    use_language("km")
    assert later("25 provinces") == "25 provinces"
