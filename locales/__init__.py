"""What the product says, in English and in Khmer. Every layer may use it; it uses none of them.

The English text is the key, as with gettext. A text that is said is written as a literal, with named places for what
changes, so that a translator sees the whole sentence::

    say("No report in {period}.", period=period.label())
    say_many("{n} site in {where}", "{n} sites in {where}", len(sites), where=where)

Numbers among the values are written with their thousands separated, in the digits of the reader. A text that stands in
a table of constants is marked with `later` there and said where it is used. Translations: ``locales/km.po``; terms and
what a native speaker should look at: ``locales/README.md``; ``python -m locales.collect`` brings new texts into the
catalogue.
"""

from __future__ import annotations

from locales.figures import write_date, write_digits, write_month, write_number, write_short_month
from locales.texts import frame_texts, later, say, say_many
from locales.voice import DIGITS, LANGUAGES, Voice, ask_for_voice, language, use_language, voice

__all__ = [
    "DIGITS",
    "LANGUAGES",
    "Voice",
    "ask_for_voice",
    "frame_texts",
    "language",
    "later",
    "say",
    "say_many",
    "use_language",
    "voice",
    "write_date",
    "write_digits",
    "write_month",
    "write_number",
    "write_short_month",
]
