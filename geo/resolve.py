"""Which province a written place means: a match, an ambiguity, or no match; never a guess.

The rules, in this order:

1. The text is folded (`geo.normalise.fold`), so that case, accents, spaces, hyphens and invisible characters do not
   count. What is then not exactly a listed code, name or alias is no match. Similar names are suggested, never taken.
2. A level that is stated counts: "Kampong Cham commune" is a commune, "ស្រុកសំរោង" a district. "City", "krong" and
   "municipality" mean a town, or else a district, as municipalities are districts. "Bavet province" is no match, for
   there is none.
3. A text that is exactly a province's code, name or alias, with no other level stated, is the province, although a
   town, a district or a commune may bear the same name: what bears it as a town lies in the province, and people who
   mean a small namesake elsewhere say what it is.
4. Any other name that occurs in several provinces is ambiguous, and stays so.
5. A text of several parts ("Bavet city, Svay Rieng province") is a match when those parts that mean a place in
   Cambodia leave exactly one province, and then the finest of them is the place. They are an ambiguity when they
   contradict each other, and no match when a part is another country or a place abroad. Other parts (a street, a
   building) do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from rapidfuzz import fuzz, process

from geo.gazetteer import Entry, Level, Method, name_index, other_countries, province_name
from geo.normalise import clean, fold
from geo.spoken import sound_of

MAX_SUGGESTIONS = 3
MIN_SIMILARITY = 72  # of 100; below it a suggestion would rather mislead
MIN_SOUND = 85  # of 100, for names that only sound alike: different names share many sounds
_HEARD = 3  # how much less a likeness of sounds says than one of letters
_SHORTEST_SOUND = 4  # letters; shorter sounds are alike by chance
_STEP = 5  # likenesses this close are the same
MAX_LENGTH = 500  # characters; a longer text is not the name of a place

# The finest place first.
_FINENESS: tuple[Level, ...] = ("zone", "commune", "town", "district", "province")
# Which of several places of one name in one province is named: the best known first.
_PRECEDENCE: tuple[Level, ...] = ("province", "town", "zone", "district", "commune")

_PROVINCE: tuple[tuple[Level, ...], ...] = (("province",),)
_TOWN: tuple[tuple[Level, ...], ...] = (("town",), ("district",))
_DISTRICT: tuple[tuple[Level, ...], ...] = (("district",),)
_COMMUNE: tuple[tuple[Level, ...], ...] = (("commune",),)
_ZONE: tuple[tuple[Level, ...], ...] = (("zone",),)

# Each word that states a level, with the levels it may mean: the first group that bears the name counts.
_STATED = {
    **dict.fromkeys(("province", "khet", "khett", "khaet", "ខេត្ត", "省"), _PROVINCE),
    **dict.fromkeys(("capital", "capital city", "រាជធានី"), _PROVINCE),
    **dict.fromkeys(("city", "town", "municipality", "krong", "ville", "ទីក្រុង", "ក្រុង", "市"), _TOWN),
    **dict.fromkeys(("district", "srok", "khan", "ស្រុក", "ខណ្ឌ", "县", "区"), _DISTRICT),
    **dict.fromkeys(("commune", "sangkat", "khum", "ឃុំ", "សង្កាត់"), _COMMUNE),
    **dict.fromkeys(("special economic zone", "economic zone", "sez", "zone", "តំបន់សេដ្ឋកិច្ចពិសេស"), _ZONE),
}


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_LATIN = _alternatives(word for word in _STATED if word.isascii())
_KHMER = _alternatives(word for word in _STATED if "\u1780" <= word[0] <= "\u17ff")
_CHINESE = _alternatives(word for word in _STATED if word[0] > "\u3000")
_LEVEL_PATTERNS = (
    re.compile(rf"(?:the )?(?P<word>{_LATIN})\.?(?: of| de| du)? (?P<name>.+)"),
    re.compile(rf"(?:the )?(?P<name>.+?) (?P<word>{_LATIN})\.?"),
    re.compile(rf"(?P<word>{_KHMER}) ?(?P<name>.+)"),
    re.compile(rf"(?P<name>.+?) ?(?P<word>{_CHINESE})"),
)
# A Khmer address runs from the small to the large with spaces between; each part begins with its level.
_PARTS = re.compile(rf"\s*[,;/|()\[\]、；。•]\s*|\s+[-–—]+\s+|\s+(?:and|&|et|និង)\s+|\s+(?=(?:{_KHMER}))")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a text may mean."""

    province_code: str
    place: str
    level: Level

    def __str__(self) -> str:
        if self.level == "province":
            return f"{self.place} (province)"
        return f"{self.place} ({self.level}, {province_name(self.province_code)})"


@dataclass(frozen=True, slots=True)
class Match:
    """The text means one place.

    Attributes
    ----------
    text : str
        As it was given.
    province_code : str
        ISO 3166-2.
    place : str
        English name of the place that was matched.
    level : str
        province, district, commune, town or zone.
    method : str
        code, name or alias.
    """

    text: str
    province_code: str
    place: str
    level: Level
    method: Method


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The text may mean places in several provinces; a person must choose."""

    text: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class NoMatch:
    """The text means no listed place; `suggestions` are similar names as sentences for a person, and may be empty."""

    text: str
    suggestions: tuple[str, ...]


def resolve(text: str) -> Match | Ambiguous | NoMatch:
    """Say which province a text means.

    Parameters
    ----------
    text : str
        As written in a file: a name in English, French, Khmer or Chinese, a code (``KH-2``, ``KH02``, ``02``,
        ``KH.BA``, ``KH0203``), or several of them. A two-digit number is a government code only when it is the whole
        text; a single digit is no code.

    Returns
    -------
    Match, Ambiguous or NoMatch
        See the rules at the top of this module.
    """
    if len(text) > MAX_LENGTH:
        return NoMatch(text, ())
    whole = clean(text)
    if found := _find(whole):
        return _answer(text, [found])
    if re.fullmatch(r"\d{1,2}", whole):
        return NoMatch(text, _code_hint(whole))
    parts = [part for part in _PARTS.split(clean(re.sub(r"[\r\n]+", ";", text))) if part]
    pools = [pool for part in parts if not part.isdigit() and (pool := _find(part))]
    if any(fold(part) in other_countries() for part in parts):
        return NoMatch(text, _labels(entry for pool in pools for entry in pool)[:MAX_SUGGESTIONS])
    return _answer(text, pools) if pools else NoMatch(text, _suggest(whole))


def resolve_values(values: Iterable[str]) -> pd.DataFrame:
    """Resolve each distinct text once.

    Parameters
    ----------
    values : iterable of str
        Texts as written; missing values are left out.

    Returns
    -------
    DataFrame
        One row per distinct text, in order of first appearance: ``text`` (str), ``result`` (match, ambiguous or
        no_match), ``province_code``, ``place``, ``level``, ``method`` (None unless result is match), ``candidates``
        (list of str: what an ambiguous text may mean, or what is suggested for a text without a match; else empty).
    """
    rows: list[tuple[str, str, str | None, str | None, str | None, str | None, list[str]]] = []
    for text in dict.fromkeys(value for value in values if isinstance(value, str)):
        answer = resolve(text)
        if isinstance(answer, Match):
            rows.append((text, "match", answer.province_code, answer.place, answer.level, answer.method, []))
        elif isinstance(answer, Ambiguous):
            rows.append((text, "ambiguous", None, None, None, None, [str(each) for each in answer.candidates]))
        else:
            rows.append((text, "no_match", None, None, None, None, list(answer.suggestions)))
    columns = ["text", "result", "province_code", "place", "level", "method", "candidates"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _find(part: str) -> tuple[Entry, ...]:
    """Give the places that one part means, as far as names and a stated level tell."""
    if entries := name_index().get(fold(part)):
        provinces = tuple(entry for entry in entries if entry.level == "province")
        return provinces or entries
    for pattern in _LEVEL_PATTERNS:
        if stated := pattern.fullmatch(part.casefold()):
            entries = name_index().get(fold(stated["name"]), ())
            for levels in _STATED[stated["word"]]:
                if of_level := tuple(entry for entry in entries if entry.level in levels):
                    return of_level
    return ()


def _answer(text: str, pools: Sequence[tuple[Entry, ...]]) -> Match | Ambiguous:
    common = set.intersection(*({entry.province_code for entry in pool} for pool in pools))
    if len(common) == 1:
        named = [
            min(
                (entry for entry in pool if entry.province_code in common),
                key=lambda entry: _PRECEDENCE.index(entry.level),
            )
            for pool in pools
        ]
        finest = min(named, key=lambda entry: _FINENESS.index(entry.level))
        return Match(text, finest.province_code, finest.place, finest.level, finest.method)
    left = (entry for pool in pools for entry in pool if not common or entry.province_code in common)
    candidates = dict.fromkeys(Candidate(entry.province_code, entry.place, entry.level) for entry in left)
    return Ambiguous(text, tuple(candidates))


def _labels(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(Candidate(entry.province_code, entry.place, entry.level)) for entry in entries))


def _code_hint(digits: str) -> tuple[str, ...]:
    entries = name_index().get(f"kh{int(digits)}", ())
    return tuple(f"{label}, if {entry.code} is meant" for entry, label in zip(entries, _labels(entries), strict=True))


@lru_cache(maxsize=1)
def _suggestible() -> dict[str, tuple[Entry, ...]]:
    # Communes would suggest something for almost any word; who writes one writes its district or province too.
    return {
        key: kept
        for key, entries in name_index().items()
        if (kept := tuple(entry for entry in entries if entry.level != "commune" and entry.method != "code"))
    }


@lru_cache(maxsize=1)
def _sounds() -> dict[str, tuple[str, ...]]:
    """Return the names that may be suggested by how they sound."""
    found: dict[str, list[str]] = {}
    for name in _suggestible():
        if sound := sound_of(name):
            found.setdefault(sound, []).append(name)
    return {sound: tuple(names) for sound, names in found.items()}


def _suggest(text: str) -> tuple[str, ...]:
    names = [text, *(found["name"] for pattern in _LEVEL_PATTERNS if (found := pattern.fullmatch(text.casefold())))]
    key = fold(names[-1])
    if len(key) < 3:
        return ()
    if exact := name_index().get(key):  # the name is right, the stated level is not
        return _labels(exact)[:MAX_SUGGESTIONS]
    alike: dict[Entry, float] = {}
    for name, likeness in _find_alike(key).items():
        best = min(_suggestible()[name], key=lambda entry: _PRECEDENCE.index(entry.level))
        alike[best] = max(likeness, alike.get(best, 0))
    # Nobody who writes no level means a zone or a district before the town that is as close.
    ranked = sorted(alike, key=lambda entry: (-round(alike[entry] / _STEP), _PRECEDENCE.index(entry.level)))
    return _labels(ranked)[:MAX_SUGGESTIONS]


def _find_alike(key: str) -> dict[str, float]:
    """Return names that are written or sound like a key, with how close they are, to 100."""
    found = {
        name: likeness
        for name, likeness, _ in process.extract(
            key, _suggestible().keys(), scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=5
        )
    }
    heard = sound_of(key)
    if min(len(key), len(heard)) >= _SHORTEST_SOUND:
        close = process.extract(heard, _sounds().keys(), scorer=fuzz.ratio, score_cutoff=MIN_SOUND, limit=5)
        for sound, likeness, _ in close:
            for name in _sounds()[sound]:
                found[name] = max(found.get(name, 0), likeness - _HEARD)
    return found
