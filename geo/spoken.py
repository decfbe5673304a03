"""Names as they are heard: one key for spellings that sound alike, to suggest a place, never to decide on one.

Khmer names reach a file through the ears of those who write them down: Bavet as “Pavit”, Poipet as “Poy Pet”,
Sihanoukville as “Sihanukvil”. The rules below are general knowledge of how Khmer is romanised, from no source: there
is no one standard, breathed and plain consonants (ph and p, th and t) are mixed up, as are voiced and voiceless ones
(b and p, d and t, g and k) and vowels of one colour (e and i, o and u). Different names may well share a key.
"""

from __future__ import annotations

import re

from geo.normalise import fold

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "p"), ("th", "t"), ("kh|gh|ck|q", "k"), ("ch|tj|tch", "c"), ("sh|z", "s"), ("nh|ng|ny|gn", "n"),
        ("w", "v"), ("b", "p"), ("d", "t"), ("g", "k"), ("j", "i"), ("x", "ks"), (r"c(?=[aou]|$)", "k"),
        ("(?<=ll)e$", ""),  # the French -ville, of which the last letter is not heard
        ("[eiy]+|a[ey]|ea|ie", "i"), ("[ouw]+|ao|au|oa", "u"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


def sound_of(name: str) -> str:
    """Return the key that spellings of one sound share; empty for a name that is not in Latin letters.

    Examples
    --------
    >>> sound_of("Poy Pet") == sound_of("Poipet")
    True
    """
    key = fold(name)
    if not key.isascii():
        return ""
    for pattern, sound in _SOUNDS:
        key = pattern.sub(sound, key)
    return key
