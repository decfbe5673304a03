"""What there is to translate: texts given to `say`, `say_many` and `later`, and to ``say`` in the frame's scripts.

``python -m locales.collect`` brings ``locales/km.po`` up to date: new texts come in untranslated, those that nobody
says any more go, translations stay.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from locales.catalogue import FILE, FRAME

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("geo", "data", "charts", "shell", "ui", "pages")
CALLS = {"say": (0,), "later": (0,), "IssueType": (2, 3), "Field": (2,), "Kind": (2,)}
"""Functions by name, and which of their arguments are texts; `say_many` has two forms of one text.

A column is called by the first part of what it means (``charts.labels.field_label``).
"""

Text = str | tuple[str, str]


def collect_texts(root: Path = ROOT) -> Iterator[tuple[str, Text, str | None]]:
    """Yield for each place where something is said: file, text (of `say_many`: both forms), context."""
    modules = [*root.glob("*.py"), *(path for folder in FOLDERS for path in (root / folder).rglob("*.py"))]
    for path in sorted(modules):
        for text in said_in(path.read_text(encoding="utf-8")):
            yield path.relative_to(root).as_posix(), text, None
    for path in sorted((root / "static" / "frame").glob("*.js")):
        for _, found, _, _ in extract_from_file("javascript", path, keywords={"say": None}):
            yield path.relative_to(root).as_posix(), found if isinstance(found, str) else found[0], FRAME


def said_in(code: str) -> Iterator[Text]:
    """Yield the texts that a module says, in order."""
    for node in ast.walk(ast.parse(code)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        texts = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
        if node.func.id == "say_many" and len(texts) > 1 and isinstance(texts[0], str) and isinstance(texts[1], str):
            yield texts[0], texts[1]
        for place in CALLS.get(node.func.id, ()):
            text = texts[place] if place < len(texts) else None
            if isinstance(text, str) and text:
                yield text.partition(";")[0] if node.func.id == "Field" else text


def make_catalogue(root: Path = ROOT) -> Catalog:
    """Return the catalogue of all that is said, without translations."""
    found = Catalog(locale="km", project="Compound Atlas", fuzzy=False)
    for file, text, context in collect_texts(root):
        found.add(text, locations=[(file, 1)], context=context)
    return found


def update(path: Path = FILE, root: Path = ROOT) -> None:
    """Bring the file of translations up to date."""
    wanted = make_catalogue(root)
    with path.open("rb") as file:
        kept = read_po(file, locale="km", charset="utf-8")
    for message in wanted:
        old = kept.get(message.id, message.context)
        if message.id and old is not None:
            # A text may have come to have two numbers, or to have one only.
            words = old.string if isinstance(old.string, str) else next(iter(old.string or ()), "")
            message.string = words if isinstance(message.id, str) else (words,)
            message.user_comments = old.user_comments
    written = BytesIO()  # so that the file stays whole when something fails
    write_po(written, wanted, width=120, sort_by_file=True, include_lineno=False)
    path.write_bytes(written.getvalue())


if __name__ == "__main__":
    update()
