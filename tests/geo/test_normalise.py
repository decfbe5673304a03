from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.normalise import clean, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kampong Cham", "KAMPONG-CHAM"),
        ("Kampong Cham", " kampong  cham "),
        ("Kâmpóng Cham", "Kampong Cham"),
        ("Takéo", "Takeo"),
        ("Tuek L'ak", "Tuek L’ak"),
        ("O'Smach", "O Smach"),
        ("Siem\u200bReap", "Siem Reap"),
        ("\u202eKep\u202c", "Kep"),
        ("\ufeffKep", "Kep"),
        ("Ｋｅｐ", "Kep"),
        ("កណ្ដាល", "កណ្តាល"),
        ("កំពង់\u200bចាម", "កំពង់ចាម"),
        ("១២", "12"),
    ],
)
def test_same_name(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kampot", "Kampong"), ("កែប", "កែបា"), ("កំពត", "កំពង"), ("ក", "កា"), ("កី", "កិ"), ("O Smach", "Osmash")],
)
def test_different_name(one, other):
    assert fold(one) != fold(other)


def test_khmer_vowels_and_signs_stay():
    assert fold("ពោធិ៍សាត់") == "ពោធិ៍សាត់"


def test_clean_keeps_what_is_seen():
    assert clean("  Svay\tRieng\r\n\u200b(Bavet) ") == "Svay Rieng (Bavet)"
    assert clean("a\ud800b\x00c") == "abc"


@given(st.text())
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_nothing_invisible_is_left(text):
    assert not {unicodedata.category(character) for character in clean(text)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
