from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import PROVINCE_CODES, aliases, province_name, provinces
from geo.resolve import MAX_LENGTH, Ambiguous, Match, NoMatch, resolve, resolve_values

PROVINCE_ALIASES = [(row["alias"], row["code"]) for row in aliases().to_dict("records") if row["level"] == "province"]
NAMES = [
    *((province_name(code), code) for code in PROVINCE_CODES),
    *((province_name(code, "km"), code) for code in PROVINCE_CODES),
    *PROVINCE_ALIASES,
]
LATIN_NAMES = [(name, code) for name, code in NAMES if name[0] < "\u1000"]
names = st.sampled_from(NAMES)
latin_names = st.sampled_from(LATIN_NAMES)


def code_of(text: str) -> str:
    answer = resolve(text)
    assert isinstance(answer, Match), f"{text}: {answer}"
    return answer.province_code


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_every_name_and_alias_of_a_province_is_that_province(name, code):
    answer = resolve(name)
    assert isinstance(answer, Match)
    assert (answer.province_code, answer.level, answer.text) == (code, "province", name)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Banteay Mean Chey", 1),
        ("Bantey Meanchey", 1),
        ("Bat Dambang", 2),
        ("Bătdâmbâng", 2),
        ("Kompong Cham", 3),
        ("Kompong Speu", 5),
        ("Kâmpóng Spœ", 5),
        ("Kaoh Kong", 9),
        ("Krachéh", 10),
        ("Kratié", 10),
        ("Mondul Kiri", 11),
        ("Phnum Penh", 12),
        ("金边市", 12),
        ("Prey Vêng", 14),
        ("Pouthisat", 15),
        ("Ratanak Kiri", 16),
        ("Rotanah Kiri", 16),
        ("Ratanakiri Province", 16),
        ("Siemreab", 17),
        ("Siem-Réap", 17),
        ("Kompong Som", 18),
        ("Krong Preah Sihanouk", 18),
        ("Sihanoukville province", 18),
        ("西港", 18),
        ("Stoeng Treng", 19),
        ("Svay Riĕng", 20),
        ("Takéo", 21),
        ("Oddar Mean Chey", 22),
        ("Otdar Meanchey", 22),
        ("ឧត្តរមានជ័យ", 22),
        ("Krong Kep", 23),
        ("Krong Pailin", 24),
        ("Tboung Khmum", 25),
    ],
)
def test_spellings_in_use(text, number):
    assert code_of(text) == f"KH-{number}"


@pytest.mark.parametrize("code", PROVINCE_CODES)
def test_level_words_do_not_change_a_province(code):
    english, khmer = province_name(code), province_name(code, "km")
    for text in (
        f"{english} province",
        f"{english} Province, Cambodia",
        f"province of {english}",
        f"Province de {english}",
        f"ខេត្ត{khmer}",
        f"ខេត្ត {khmer}",
        f"ខេត្ត\u200b{khmer}",
    ):
        assert code_of(text) == code


@given(latin_names, st.data())
def test_case_spaces_and_hyphens_do_not_matter(case, data):
    name, code = case
    changed = "".join(
        data.draw(st.sampled_from(["", " ", "-", "  ", "'", "\u200b"])) if character in " -'" else character
        for character in name
    )
    changed = data.draw(st.sampled_from([changed, changed.upper(), changed.lower(), changed.title(), f" {changed} "]))
    assert code_of(changed) == code


@given(names, st.data())
def test_invisible_characters_do_not_matter(case, data):
    name, code = case
    at = data.draw(st.integers(0, len(name)))
    invisible = data.draw(st.sampled_from(["\u200b", "\u200c", "\u2060", "\ufeff", "\u202e", "\u200f"]))
    assert code_of(name[:at] + invisible + name[at:]) == code


@given(st.text(max_size=60))
def test_any_text_gets_an_answer_and_is_kept(text):
    answer = resolve(text)
    assert isinstance(answer, Match | Ambiguous | NoMatch)
    assert answer.text == text
    if isinstance(answer, Ambiguous):
        assert len({candidate.province_code for candidate in answer.candidates}) > 1


@pytest.mark.parametrize("number", range(1, 26))
def test_codes(number):
    code = f"KH-{number}"
    hasc = provinces().set_index("province_code")["hasc"][code]
    for text in (code, code.lower(), f"KH{number:02}", f"{number:02}", hasc):
        answer = resolve(text)
        assert isinstance(answer, Match)
        assert (answer.province_code, answer.level, answer.method) == (code, "province", "code")


def test_khmer_digits_are_digits():
    assert code_of("១២") == "KH-12"


@pytest.mark.parametrize("text", ["00", "26", "99", "KH-0", "KH-26", "KH26", "012", "1806", "12.5", "-2"])
def test_numbers_that_are_no_codes(text):
    assert isinstance(resolve(text), NoMatch)


def test_a_single_digit_is_no_code_but_the_code_is_suggested():
    assert resolve("2") == NoMatch("2", ("Battambang (province), if KH-2 is meant",))
    assert resolve("0") == NoMatch("0", ())


def test_a_number_within_an_address_is_no_code():
    assert code_of("12, Kandal") == "KH-8"


def test_codes_of_districts_and_communes():
    assert resolve("KH0203") == Match("KH0203", "KH-2", "Battambang", "district", "code")
    assert code_of("KH010201") == "KH-1"


@pytest.mark.parametrize(
    ("text", "code", "place", "level", "method"),
    [
        ("Bavet", "KH-20", "Bavet", "town", "name"),
        ("Poipet city", "KH-1", "Poipet", "town", "name"),
        ("波贝", "KH-1", "Poipet", "town", "alias"),
        ("Koh Thom", "KH-8", "Koh Thom", "town", "name"),
        ("Bokor", "KH-7", "Bokor", "zone", "name"),
        ("Bokor mountain", "KH-7", "Bokor", "zone", "alias"),
        ("O'Smach", "KH-22", "O Smach", "town", "name"),
        ("Chrey Thom", "KH-8", "Chrey Thom", "town", "name"),
        ("Thmor Da SEZ", "KH-15", "Thmor Da", "zone", "alias"),
        ("MDS Thmor Da SEZ", "KH-15", "Thmor Da", "zone", "alias"),
        ("Henge Thmorda SEZ", "KH-15", "Thmor Da", "zone", "alias"),
        ("Dara Sakor special economic zone", "KH-9", "Dara Sakor", "zone", "name"),
        ("Sihanoukville", "KH-18", "Preah Sihanouk", "province", "alias"),
        ("Sihanoukville city", "KH-18", "Sihanoukville", "town", "name"),
        ("西哈努克省", "KH-18", "Preah Sihanouk", "province", "alias"),
        ("Krong Kampot", "KH-7", "Kampot", "town", "name"),
        ("ក្រុងបាវិត", "KH-20", "Bavet", "town", "name"),
        ("Khan Chamkarmon", "KH-12", "Chamkar Mon", "district", "name"),
        ("Khan Toul Kork", "KH-12", "Tuol Kouk", "district", "alias"),
        ("រាជធានីភ្នំពេញ", "KH-12", "Phnom Penh", "province", "name"),
        ("Phnom Penh City", "KH-12", "Phnom Penh", "province", "alias"),
    ],
)
def test_places_below_the_province(text, code, place, level, method):
    assert resolve(text) == Match(text, code, place, level, method)


def test_an_exact_province_name_wins_over_its_namesakes():
    assert resolve("Kampong Cham") == Match("Kampong Cham", "KH-3", "Kampong Cham", "province", "name")
    assert resolve("Siem Reap").level == "province"


def test_a_stated_level_beats_the_province():
    answer = resolve("Kampong Cham commune")
    assert isinstance(answer, Ambiguous)
    assert {candidate.province_code for candidate in answer.candidates} == {"KH-3", "KH-10"}
    assert {candidate.level for candidate in answer.candidates} == {"commune"}


@pytest.mark.parametrize("text", ["Samraong", "Mean Chey", "Prasat", "សំរោង", "ស្រុកសំរោង", "Doun Kaev"])
def test_a_name_in_several_provinces_stays_ambiguous(text):
    answer = resolve(text)
    assert isinstance(answer, Ambiguous)
    assert len({candidate.province_code for candidate in answer.candidates}) > 1


def test_a_stated_level_may_settle_it():
    assert code_of("Samraong city") == "KH-22"
    assert code_of("Khan Mean Chey") == "KH-12"


def test_another_part_may_settle_it():
    assert resolve("Samraong, Takeo") == Match("Samraong, Takeo", "KH-21", "Samraong", "district", "name")
    assert code_of("Samraong (Oddar Meanchey)") == "KH-22"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("Bavet city, Svay Rieng province", "KH-20", "Bavet"),
        ("Svay Rieng - Bavet", "KH-20", "Bavet"),
        ("Bavet\nSvay Rieng", "KH-20", "Bavet"),
        ("Svay Rieng (Bavet)", "KH-20", "Bavet"),
        ("ក្រុងបាវិត ខេត្តស្វាយរៀង", "KH-20", "Bavet"),
        ("Huang Le compound, Sihanoukville, Cambodia", "KH-18", "Preah Sihanouk"),
        ("No. 388, Sangkat Tuol Svay Prey I, Khan Boeung Keng Kang, Phnom Penh", "KH-12", "Boeng Keng Kang"),
        ("Phnom Penh (KH-12)", "KH-12", "Phnom Penh"),
    ],
)
def test_parts_that_agree(text, code, place):
    answer = resolve(text)
    assert isinstance(answer, Match)
    assert (answer.province_code, answer.place) == (code, place)


@pytest.mark.parametrize("text", ["Poipet, Kampot", "Phnom Penh and Kandal", "Bavet / Poipet", "KH-2, Kampot"])
def test_parts_that_disagree_are_ambiguous(text):
    answer = resolve(text)
    assert isinstance(answer, Ambiguous)
    assert len({candidate.province_code for candidate in answer.candidates}) == 2


@pytest.mark.parametrize(
    "text", ["Moc Bai", "Mộc Bài", "Thailand", "Bangkok, Thailand", "Moc Bai, Bavet", "ប្រទេសថៃ", "Phu Quoc", "Cambodia"]
)
def test_places_abroad_are_no_match(text):
    assert isinstance(resolve(text), NoMatch)


def test_a_province_that_does_not_exist_is_no_match():
    answer = resolve("Bavet province")
    assert isinstance(answer, NoMatch)
    assert answer.suggestions[0] == "Bavet (town, Svay Rieng)"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Battambag", "Battambang (province)"),
        ("Sihanoukvile", "Preah Sihanouk (province)"),
        ("Poippet", "Poipet (town, Banteay Meanchey)"),
        ("Kampong Chnnang province", "Kampong Chhnang (province)"),
    ],
)
def test_similar_names_are_suggested_and_never_taken(text, suggestion):
    answer = resolve(text)
    assert isinstance(answer, NoMatch)
    assert suggestion in answer.suggestions
    assert len(answer.suggestions) <= 3


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b", "?", "province", "ខេត្ត", "省", "xyz", "unknown", ",,,", "12, 13"]
)
def test_texts_without_a_place(text):
    assert resolve(text) == NoMatch(text, ())


def test_a_very_long_text_is_no_match():
    assert resolve("Kampot, " * MAX_LENGTH) == NoMatch("Kampot, " * MAX_LENGTH, ())


def test_resolve_values_answers_each_distinct_text_once():
    table = resolve_values(["Kampot", "Samraong", "Kampot", "Battambag", None, float("nan"), "kampot"])
    assert list(table["text"]) == ["Kampot", "Samraong", "Battambag", "kampot"]
    assert list(table["result"]) == ["match", "ambiguous", "no_match", "match"]
    assert list(table["province_code"]) == ["KH-7", None, None, "KH-7"]
    assert list(table["method"]) == ["name", None, None, "name"]
    assert table["candidates"][0] == []
    assert "Samraong (district, Takeo)" in table["candidates"][1]
    assert table["candidates"][2] == ["Battambang (province)"]


def test_resolve_values_of_nothing_keeps_its_columns():
    columns = ["text", "result", "province_code", "place", "level", "method", "candidates"]
    assert list(resolve_values([]).columns) == columns
    assert len(resolve_values([None])) == 0
