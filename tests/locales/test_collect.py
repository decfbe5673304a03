from __future__ import annotations

import shutil

from locales.catalogue import FILE, FRAME
from locales.collect import collect_texts, said_in, update


def test_what_is_said_is_found():
    code = """
say("One {n}", n=1)
x = later("Two " "halves")
say_many("{n} row", "{n} rows", 3)
IssueType("code", "warn", "Message.", "Hint.")
say(name)
other("Not said")
"""
    assert sorted(map(str, said_in(code))) == sorted(
        ["One {n}", "Two halves", "('{n} row', '{n} rows')", "Message.", "Hint."]
    )


def test_modules_and_scripts_are_looked_through(tmp_path):
    for name, text in (("ui/a.py", 'say("A")'), ("b.py", 'say("B")'), ("static/frame/c.js", 'x = say("C", { n: 1 });')):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert set(collect_texts(tmp_path)) == {
        ("ui/a.py", "A", None), ("b.py", "B", None), ("static/frame/c.js", "C", FRAME)
    }  # fmt: skip


def test_bringing_the_catalogue_up_to_date_keeps_translations_and_drops_what_nobody_says(tmp_path):
    file = tmp_path / "km.po"
    shutil.copy(FILE, file)
    (tmp_path / "app.py").write_text('say("Map"), say("Quite new")', encoding="utf-8")
    update(file, tmp_path)
    text = file.read_text(encoding="utf-8")
    assert 'msgid "Map"\nmsgstr "ផែនទី"' in text
    assert 'msgid "Quite new"\nmsgstr ""' in text
    assert text.count("msgid ") == 3
