"""A briefing as files: one, or a ZIP of several with their data, a list of what is in it, and checksums."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import sha256
from importlib.metadata import version
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pandas as pd

from charts.deck import make_deck
from charts.figure import Kind
from charts.pack_document import make_document
from charts.pack_html import make_page
from charts.pack_pdf import make_pdf
from charts.plates import Context, Plate, file_stem, make_plates, speaking
from data.briefing import FORMATS, describe_briefing
from data.guard import write_csv
from data.privacy import PROFILES
from data.progress import Progress, silent
from errors import ExportError
from geo.boundaries import boundary_source
from locales import say

MIME: dict[str, str] = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
    "zip": "application/zip",
}
PICTURES: tuple[Kind, ...] = ("png", "svg")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PACKED = (".png", ".pptx", ".docx")  # compressed already


def make_files(
    context: Context,
    formats: Collection[str],
    *,
    template: bytes | None = None,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """Return the files of a briefing by name, in its language; the same bytes for the same briefing and day.

    Parameters
    ----------
    context : Context
    formats : collection of str
        Keys of `FORMATS`; ``zip`` are the pictures as PNG and SVG with their data as CSV.
    template : bytes, optional
        A presentation whose master is used.
    progress : callable, optional

    Raises
    ------
    ExportError
        A format is not known, none is asked for, or the briefing has no figure.
    """
    unknown = set(formats) - set(FORMATS)
    if unknown or not formats:
        raise ExportError(
            say("Briefings are written in these formats: {names}.", names=", ".join(FORMATS)),
            say("Choose one or several of them."),
            formats=sorted(unknown),
        )
    if not context.briefing.items:
        raise ExportError(say("The briefing has no figure."), say("Add one, or begin from a template."))
    return speaking(context.briefing.language, lambda: _make(context, set(formats), template, progress or silent))


def bundle(files: dict[str, bytes], context: Context) -> bytes:
    """Return files as one ZIP with ``manifest.json`` and ``README.txt``, the same bytes for the same files."""
    plates = speaking(context.briefing.language, lambda: [_describe(plate) for plate in make_plates(context)])
    manifest = {
        "program": "Compound Atlas",
        "briefing": describe_briefing(context.briefing),
        "profile": context.briefing.profile,
        "data_version": context.snapshot.revision,
        "made": context.today.isoformat(),
        "boundaries": boundary_source()["attribution"],
        "figures": plates,
        "made_with": {name: version(name) for name in ("matplotlib", "pandas", "python-docx", "python-pptx")},
        "files": [
            {"name": name, "bytes": len(content), "sha256": sha256(content).hexdigest()}
            for name, content in sorted(files.items())
        ],
    }
    readme = speaking(context.briefing.language, lambda: _read_me(context, sorted(files)))
    whole = dict(sorted(files.items())) | {
        "manifest.json": json.dumps(manifest, ensure_ascii=False, indent=2).encode(),
        "README.txt": readme.encode("utf-8-sig"),
    }
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in whole.items():
            entry = ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_STORED if name.endswith(_PACKED) else ZIP_DEFLATED
            archive.writestr(entry, content)
    return file.getvalue()


def _make(context: Context, formats: set[str], template: bytes | None, progress: Progress) -> dict[str, bytes]:
    plates = make_plates(context)
    stem = file_stem(context.briefing.title)
    makers: dict[str, Callable[[], Iterator[tuple[str, bytes]]]] = {
        "pptx": lambda: iter([(f"{stem}.pptx", make_deck(context, plates, template=template))]),
        "docx": lambda: iter([(f"{stem}.docx", make_document(context, plates))]),
        "pdf": lambda: iter([(f"{stem}.pdf", make_pdf(context, plates))]),
        "html": lambda: iter([(f"{stem}.html", make_page(context, plates))]),
        "zip": lambda: _pictures(plates),
    }
    wanted = [name for name in makers if name in formats]
    files: dict[str, bytes] = {}
    for number, name in enumerate(wanted):
        progress(number / len(wanted), say(FORMATS[name]))
        files |= dict(makers[name]())
    progress(1.0, say("Done"))
    return files


def _pictures(plates: Sequence[Plate]) -> Iterator[tuple[str, bytes]]:
    """Yield each figure as PNG and SVG, and its numbers as CSV."""
    for plate in plates:
        for kind in PICTURES:
            pictures = plate.pictures(kind)
            for number, picture in enumerate(pictures, 1):
                name = plate.name if len(pictures) == 1 else f"{plate.name}-{number}"
                yield f"figures/{name}.{kind}", picture
        yield f"data/{plate.name}.csv", write_values(plate.values)


def write_values(table: pd.DataFrame) -> bytes:
    """Return a table as CSV that a spreadsheet opens safely; missing values are empty."""
    numbers = [str(name) for name in table.columns if pd.api.types.is_numeric_dtype(table[name])]
    cells = {str(name): ["" if pd.isna(cell) else str(cell) for cell in table[name].tolist()] for name in table.columns}
    return write_csv(cells, plain=numbers)


def _describe(plate: Plate) -> dict[str, object]:
    text = plate.text
    return {
        "number": plate.number,
        "name": plate.name,
        "kind": plate.item.figure,
        "title": text.title,
        "shows": text.subtitle,
        "text": plate.item.text,
        "notes": list(text.notes),
        "sources": list(text.sources),
        "credit": text.credit,
        "permalink": plate.link,
        "rows": len(plate.values),
    }


def _read_me(context: Context, names: Sequence[str]) -> str:
    lines = [
        context.briefing.title,
        "",
        say("Written by Compound Atlas from data version {version}.", version=str(context.snapshot.revision)),
        say(PROFILES[context.briefing.profile]) + ".",
        say("Every picture carries its definition, notes, sources and credit; please do not cut them off."),
        say("Every figure repeats what its source says; allegations are not findings of a court."),
        say("No report is not zero."),
        "",
        say("Files:"),
        *(f"  {name}" for name in names),
        "",
        say("manifest.json lists sources, addresses of the views, versions and the SHA-256 of every file."),
        say("CSV files are UTF-8; an apostrophe before a text keeps spreadsheets from reading it as a formula."),
        boundary_source()["attribution"],
    ]
    return "\r\n".join(lines) + "\r\n"
