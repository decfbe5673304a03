from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from locales import Voice, ask_for_voice, language, use_language, voice


def test_english_is_spoken_until_another_language_is_asked_for():
    with ThreadPoolExecutor(1) as other:
        assert other.submit(voice).result() == Voice("en")


def test_a_language_is_spoken_in_its_own_run_only():
    use_language("km", "km")
    assert (language(), voice()) == ("km", Voice("km", "km"))
    with ThreadPoolExecutor(1) as other:
        assert other.submit(language).result() == "en"


def test_where_none_is_set_the_named_function_is_asked():
    ask_for_voice(lambda: Voice("km"))
    try:
        with ThreadPoolExecutor(1) as other:
            assert other.submit(language).result() == "km"
    finally:
        ask_for_voice(Voice)


def test_english_has_latin_digits():
    use_language("en", "km")
    assert voice() == Voice("en")


@pytest.mark.parametrize(("name", "digits"), [("fr", ""), ("km", "roman"), ("", "")])
def test_an_unknown_voice_is_refused(name, digits):
    with pytest.raises(ValueError, match="No voice"):
        use_language(name, digits)
