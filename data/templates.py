"""Tables to fill in: one per kind of record, with the header and one row that says it is an example."""

from __future__ import annotations

from pathlib import Path

from data.schema import KINDS

TEMPLATE_FOLDER = Path(__file__).parent / "files" / "templates"


def template(kind: str) -> bytes:
    """Return the template of a kind as CSV, UTF-8 with byte order mark.

    Parameters
    ----------
    kind : str
        Key into ``schema.KINDS``; KeyError when there is no such kind.
    """
    return (TEMPLATE_FOLDER / f"{KINDS[kind].name}.csv").read_bytes()
