from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.lettering import (
    FACES,
    NO_BREAK,
    UNKNOWN_LETTER,
    drawable,
    keep_together,
    known_letters,
    line_height,
    plain,
    shorten,
    width_of,
    wrap,
    wrap_evenly,
)

# isort: split
from matplotlib import rcParams
from matplotlib.font_manager import FontProperties, fontManager

KHMER = "ខេត្តព្រះសីហនុ"


@pytest.mark.parametrize(("family", "weight"), FACES)
def test_the_bundled_fonts_are_taken_never_those_of_the_system(family, weight):
    found = fontManager.findfont(FontProperties(family=[family], weight=weight), fallback_to_default=False)
    assert str(found) == str(FACES[family, weight])


def test_no_text_is_read_as_a_formula():
    assert rcParams["text.parse_math"] is False


def test_letters_that_no_font_has_and_invisible_ones_are_seen():
    assert UNKNOWN_LETTER in known_letters()
    assert drawable("金 ok") == f"{UNKNOWN_LETTER} ok"
    assert drawable("a\u202eb") == "a[U+202E]b"
    assert drawable(" two\n\tlines ") == "two lines"
    assert plain(drawable("ក\u200bខ")) == "កខ"


def test_widths_grow_with_the_size_and_khmer_is_shaped():
    assert width_of("Phnom Penh", 20) == pytest.approx(2 * width_of("Phnom Penh", 10))
    assert width_of("Phnom Penh", 20, 600) > width_of("Phnom Penh", 20)
    # A subscript letter stands below its base: it takes no width of its own.
    assert width_of("ខ្មែ", 100) < sum(width_of(letter, 100) for letter in "ខមែ") * 1.05
    assert line_height(KHMER, 10) > line_height("Phnom Penh", 10)


def test_khmer_breaks_between_syllables_only():
    lines = wrap(KHMER * 6, 90, 16)
    assert len(lines) > 2
    assert "".join(lines) == KHMER * 6
    assert not any(line[0] in "\u17d2\u17c1\u17c2\u17c3\u17b8\u17bb" for line in lines)


def test_what_is_kept_together_stays_on_one_line():
    text = f"reported from {keep_together('Preah Sihanouk')} alone"
    assert NO_BREAK in text
    assert any("Preah\u00a0Sihanouk" in line for line in wrap(drawable(text), 130, 16))


def test_titles_are_balanced():
    text = "Complaints received in all provinces of the country and a word"
    even, greedy = wrap_evenly(text, 400, 24), wrap(text, 400, 24)
    assert len(even) == len(greedy)
    assert min(width_of(line, 24) for line in even) >= min(width_of(line, 24) for line in greedy)


def test_what_is_shortened_says_so():
    assert shorten("Phnom Penh", 500, 16) == "Phnom Penh"
    short = shorten("1 January – 31 December 2022", 80, 16)
    assert short.endswith("…")
    assert width_of(short, 16) <= 80


@given(st.text(alphabet=st.sampled_from("ab cdéក្ខា\u200b -/.?=កធម្ម"), max_size=80), st.floats(20, 300))
def test_wrapping_loses_no_letter_and_no_line_is_too_wide(text, width):
    text = drawable(text)
    lines = wrap(text, width, 12)
    assert "".join(lines).replace(" ", "").replace("\u200b", "") == text.replace(" ", "").replace("\u200b", "")
    assert all(width_of(line, 12) <= width + 2 or len(plain(line)) < 4 for line in lines)
