"""Everything that people read can be said in Khmer: wrapped, translated, with the same places for what changes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from locales.catalogue import FILE, FRAME
from locales.collect import FOLDERS, collect_texts

ROOT = Path(__file__).resolve().parents[2]
SHOWN = {
    "title", "header", "subheader", "caption", "markdown", "text", "button", "selectbox", "multiselect", "radio",
    "pills", "segmented_control", "toggle", "checkbox", "text_input", "text_area", "number_input", "date_input",
    "file_uploader", "metric", "tabs", "expander", "popover", "info", "warning", "error", "success", "page_link",
    "download_button", "form_submit_button", "Page", "progress", "download", "show_head", "Tooltip",
}  # fmt: skip
"""Functions whose first text a person reads."""
WORDS = {"help", "placeholder", "title", "label", "message", "hint", "text"}
"""Keywords whose text a person reads, in calls of Streamlit and Altair."""
NOT_YET: set[str] = {
    "data/migrations/versions/0001_first_tables.py",
    "data/migrations/versions/0004_fewer_indexes.py",
}
"""Files whose texts are for the database, not for people; the list must not grow."""

_LETTERS = re.compile(r"[A-Za-z]{2,}")
_MARKUP = re.compile(r":material/\w+:|\*\*|<[^>]*>")
_PLACE = re.compile(r"\{(\w+)\}")


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _bare(node: ast.expr) -> Iterator[str]:
    """Yield the words of an expression that stand outside `say`."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and _LETTERS.search(_MARKUP.sub("", node.value)):
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            if isinstance(part, ast.Constant):
                yield from _bare(part)
    elif isinstance(node, ast.BinOp):
        yield from _bare(node.left)
        yield from _bare(node.right)
    elif isinstance(node, ast.IfExp):
        yield from _bare(node.body)
        yield from _bare(node.orelse)
    elif isinstance(node, ast.List | ast.Tuple):
        for part in node.elts:
            yield from _bare(part)


def unsaid(code: str) -> list[str]:
    """Return the texts that a module shows without `say`, in order.

    Parameters
    ----------
    code : str
        The module. Names of pages, icons and columns that are no words are left out.
    """
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "logger":
            continue
        name = _name(node)
        if name in SHOWN and node.args:
            first = node.args[1] if name in ("Page", "page_link", "Tooltip") and len(node.args) > 1 else node.args[0]
            if name not in ("Page", "page_link", "Tooltip") or len(node.args) > 1:
                found += _bare(first)
        if name in SHOWN or name.endswith("Column"):
            for word in node.keywords:
                if word.arg in WORDS:
                    found += _bare(word.value)
        if name.endswith("Error") and name not in ("ValueError", "TypeError", "KeyError", "RuntimeError"):
            for argument in node.args[:2]:
                found += _bare(argument)
    return found


def _modules() -> list[Path]:
    return sorted([ROOT / "app.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))])


def _entries() -> dict[tuple[str | tuple[str, ...], str | None], str]:
    with FILE.open("rb") as file:
        messages = [message for message in read_po(file, locale="km", charset="utf-8") if message.id]
    return {
        (message.id if isinstance(message.id, str) else tuple(message.id), message.context): (
            message.string if isinstance(message.string, str) else message.string[0]
        )
        for message in messages
    }


def _said() -> set[tuple[str | tuple[str, ...], str | None]]:
    return {(text, context) for _, text, context in collect_texts(ROOT)}


def test_every_text_that_is_said_has_its_khmer():
    entries = _entries()
    assert sorted(str(text) for text in _said() if not entries.get(text)) == []


def test_no_entry_is_unused():
    assert sorted(str(text) for text in set(_entries()) - _said()) == []


def test_both_sides_have_the_same_places():
    wrong = {}
    for (english, _), khmer in _entries().items():
        forms = (english,) if isinstance(english, str) else english
        places = {place for form in forms for place in _PLACE.findall(form)}
        allowed = places | ({"n"} if len(forms) > 1 else set())
        if khmer and not places <= set(_PLACE.findall(khmer)) <= allowed:
            wrong[forms[0]] = khmer
    assert wrong == {}


def test_khmer_sentences_end_as_khmer_does():
    ends = {khmer: english for (english, context), khmer in _entries().items() if not context and khmer}
    latin = [khmer for khmer, english in ends.items() if khmer.rstrip().endswith(".") and "…" not in khmer]
    assert latin == []


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_what_people_read_is_wrapped(path):
    name = path.relative_to(ROOT).as_posix()
    found = unsaid(path.read_text(encoding="utf-8"))
    if name in NOT_YET:
        pytest.skip(f"{name}: {len(found)} texts are not wrapped yet")
    assert found == []


def test_the_list_of_files_not_yet_wrapped_is_still_needed():
    wrapped = [name for name in sorted(NOT_YET) if not unsaid((ROOT / name).read_text(encoding="utf-8"))]
    assert wrapped == []


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('st.title("Map")', ["Map"]),
        ('st.title(say("Map"))', []),
        ('st.button(f"Show {n}", help="Why")', ["Show ", "Why"]),
        ('st.markdown(":material/error: **" + say("No") + "**")', []),
        ('st.Page("pages/map.py", title="Map")', ["Map"]),
        ('raise UploadError("Bad file.", say("Do this."))', ["Bad file."]),
        ('st.text("Yes" if x else say("No"))', ["Yes"]),
        ('raise ValueError("for programmers")', []),
        ('st.text(name); f("not shown")', []),
    ],
)
def test_a_bare_text_is_found(code, texts):
    assert unsaid(code) == texts


def test_scripts_of_the_frame_are_among_what_is_said():
    assert any(context == FRAME for _, context in _said())
