"""Tables to fill in: one per kind of record, with the header and one row that says it is an example."""

from __future__ import annotations

from pathlib import Path

from data.schema import KINDS
from locales import later

TEMPLATE_FOLDER = Path(__file__).parent / "files" / "templates"

EXPLANATIONS = {
    "complaint": later(
        "One row is one complaint or request for help. Needed: the date, and a place, a province code or "
        "coordinates. Never a name, telephone or passport number."
    ),
    "event": later(
        "One row is something that happened: a raid, a rescue, an arrest. Needed: what happened, when, and where."
    ),
    "compound": later(
        "One row is one site, named or not. Needed: a name, and a place, a province code or coordinates."
    ),
    "claim": later(
        "One row is one number that someone stated. Needed: what is counted and who states it; write the number "
        "as it was worded, such as “more than 200”."
    ),
    "source": later(
        "One row is one document, statement or page behind the records. Needed: an identifier and a title."
    ),
}
"""By kind of record: what a person who fills in the template must know, on one line."""


def template(kind: str) -> bytes:
    """Return the template of a kind as CSV, UTF-8 with byte order mark.

    Parameters
    ----------
    kind : str
        Key into ``schema.KINDS``; KeyError when there is no such kind.
    """
    return (TEMPLATE_FOLDER / f"{KINDS[kind].name}.csv").read_bytes()
