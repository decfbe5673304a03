from __future__ import annotations

import pandas as pd
import pytest

from data.legacy_fonts import find_legacy_khmer, is_legacy_khmer


@pytest.mark.parametrize("text", ["extþkMBt", "RkugRBH sIhnu extþkMBt", "Pñ¦eBj", "s¤k«k"])
def test_text_of_a_legacy_font_is_recognised(text):
    assert is_legacy_khmer(text)


@pytest.mark.parametrize(
    "text",
    ["", "Kampot", "Café – “KK Park”", "Þórður maður", "Smørrebrød", "12×4 m", "§ 4", "© Reuters", "½ day", "កំពត",
     "Stung Treng ± 3 km", "cafÃ©s", "«Kampot»", "L'État · Phnom", "20°C–30°C"],
)  # fmt: skip
def test_other_languages_and_signs_are_none(text):
    assert not is_legacy_khmer(text)


def test_rows_of_a_column():
    texts = pd.Series(["Kampot", "extþkMBt", ""], index=[2, 5, 9], dtype="str")
    assert find_legacy_khmer(texts).tolist() == [False, True, False]
    assert find_legacy_khmer(texts[:0]).empty
