"""What a person decided about a file, checked and carried out on its cells before they are cleaned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from data.limits import current_limits
from data.options import CRS, DEGREES, NOWHERE, Edit, ImportOptions
from data.personal_data import name_personal_data
from data.read import Table
from data.schema import Kind
from errors import UploadError
from geo.normalise import fold
from geo.place_codes import find_place
from locales import say


def check_decisions(options: ImportOptions, kind: Kind) -> None:
    """Refuse decisions that no file of this kind can be read with.

    Raises
    ------
    UploadError
        Naming the decision: a projection, column, choice or place that there is not; a text that is too long, no
        Unicode, or seems to hold personal data.
    """
    try:
        options.to_json().encode()
    except UnicodeEncodeError as error:
        raise UploadError(say("A decision about the file holds broken characters."), say("Type it again.")) from error
    known = (*CRS, DEGREES)
    if options.crs is not None and options.crs not in known:
        raise UploadError(
            say("“{crs}” is no projection that we know (crs).", crs=options.crs),
            say("Say one of: {names}.", names=", ".join(known)),
        )
    for column, given in options.values.items():
        choices = kind.field(column).choices if column in kind.columns else ()
        if not choices:
            raise UploadError(
                say("“{column}” is no column with values to choose from (values).", column=column),
                say("Say what texts mean where one is."),
            )
        if wrong := [text for text in given.values() if text and text not in choices]:
            raise UploadError(
                say("“{wrong}” is no value of “{column}” (values).", wrong=wrong[0], column=column),
                say("Say one of: {names}.", names=", ".join(choices)),
            )
    if wrong := [code for code in options.places.values() if code != NOWHERE and find_place(code) is None]:
        raise UploadError(
            say("“{wrong}” is no code of a place (places).", wrong=wrong[0]),
            say("Say the code of a province (KH-20), district, commune or town."),
        )
    longest = current_limits().cell_characters
    for column, text in options.constants.items():
        if len(text) > longest or (what := name_personal_data(text)):
            found = (
                say("is too long") if len(text) > longest else say("seems to hold personal data ({what})", what=what)
            )
            raise UploadError(
                say("The text for all rows of “{column}” {found} (constants).", column=column, found=found),
                say("Give another one."),
            )
    if any(len(edit.text) > longest for edit in options.edits):
        raise UploadError(
            say("A rewritten cell is longer than {longest} characters (edits).", longest=longest), say("Shorten it.")
        )


def edit_cells(table: Table, edits: Collection[Edit]) -> Table:
    """Return the table with the cells that a person has rewritten.

    Raises
    ------
    UploadError
        There is no such row or header, or the row has not one cell for each header.
    """
    if not edits:
        return table
    numbers, broken = set(table.rows.index.tolist()), set(table.findings["row_number"].tolist())
    texts: dict[str, dict[int, str]] = {}
    for edit in edits:
        _check_row(edit.row_number, numbers, "edits")
        if edit.header not in table.reading.columns:
            raise UploadError(
                say("The file has no column “{header}” (edits).", header=edit.header),
                say("Say a header as it stands there."),
            )
        if edit.row_number in broken:
            raise UploadError(
                say(
                    "Row {row_number} has not one cell for each header, or is a total: it cannot be rewritten cell by "
                    "cell (edits).",
                    row_number=str(edit.row_number),
                ),
                say("Correct the row in the file, and upload the file again."),
            )
        texts.setdefault(edit.header, {})[edit.row_number] = edit.text
    rows = table.rows.copy()
    for header, cells in texts.items():
        rows.loc[list(cells), header] = list(cells.values())
    return replace(table, rows=rows.astype("str"))


def check_left_out(rows: pd.DataFrame, leave_out: Collection[int]) -> list[int]:
    """Return the rows that a person leaves out, in the file's order; UploadError when one is not in the file."""
    numbers = set(rows.index.tolist())
    for number in leave_out:
        _check_row(number, numbers, "leave_out")
    return sorted(set(leave_out))


def choose_values(fields: pd.DataFrame, values: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Return text cells with each written text that a person has explained replaced by what it means.

    Parameters
    ----------
    fields : DataFrame
        str columns named as in the schema.
    values : mapping
        Column → text as written → choice, or "" for "not known". White space around the text does not count.
    """
    for column, given in values.items():
        if column in fields:
            known = {text.strip(): meaning for text, meaning in given.items()}
            codes, distinct = pd.factorize(fields[column])
            meant = pd.Series([known.get(text.strip(), text) for text in distinct], dtype="str")
            fields = fields.assign(**{column: meant.take(codes).set_axis(fields.index)})
    return fields


class PlaceDecisions:
    """Which place a person means by a text: of this file before those remembered of others.

    Parameters
    ----------
    places : mapping of str to str
        Text as written → code, or ``options.NOWHERE``.
    aliases : mapping of str to str
        The same of earlier imports; codes that are no more are left out, so that a person is asked again.
    """

    def __init__(self, places: Mapping[str, str], aliases: Mapping[str, str]) -> None:
        known = {text: code for text, code in aliases.items() if code == NOWHERE or find_place(code)}
        self._tiers: list[Mapping[str, str]] = []
        for given in (places, known):
            if given:
                exact = {text.strip(): code for text, code in given.items()}
                self._tiers += [exact, {key: code for text, code in exact.items() if (key := fold(text))}]

    def code_of(self, text: str) -> str | None:
        """Return the code that is meant; `NOWHERE` for a place that cannot be known; None where nobody has decided.

        Case, accents, spaces and hyphens do not count, as they do not where places are looked up.
        """
        if not self._tiers:
            return None
        spellings = (text.strip(), fold(text))
        found = (tier.get(spellings[number % 2]) for number, tier in enumerate(self._tiers))
        return next((code for code in found if code is not None), None)


def _check_row(number: int, numbers: Collection[int], said: str) -> None:
    if number not in numbers:
        raise UploadError(
            say("The file has no row {number} ({said}).", number=str(number), said=said),
            say("Say the number of a row as the report shows it."),
        )
