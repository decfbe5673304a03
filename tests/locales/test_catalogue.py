from __future__ import annotations

import os

from locales import catalogue

_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n\n'
_TEXT = """
msgid "Map"
msgstr "{map}"

msgid "{{n}} site"
msgid_plural "{{n}} sites"
msgstr[0] "ទីតាំង {{n}}"

msgctxt "frame"
msgid "Layers"
msgstr "ស្រទាប់"

msgid "Untranslated"
msgstr ""

#, fuzzy
msgid "Doubtful"
msgstr "សង្ស័យ"
"""


def test_the_file_is_read_again_when_it_has_changed(tmp_path, monkeypatch):
    file = tmp_path / "km.po"
    monkeypatch.setattr(catalogue, "FILE", file)
    file.write_text(_HEAD + _TEXT.format(map="ផែនទី"), encoding="utf-8")
    found = catalogue.khmer()
    assert found.texts == {"Map": "ផែនទី", "{n} site": "ទីតាំង {n}"}
    assert found.frame == {"Layers": "ស្រទាប់"}
    assert catalogue.khmer() is found
    file.write_text(_HEAD + _TEXT.format(map="ប្លង់"), encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert catalogue.khmer().texts["Map"] == "ប្លង់"
