"""What a workbook holds besides the sheet that was read: it is kept with the file, so it is looked through as well."""

from __future__ import annotations

from itertools import chain

from data.formats.opening import open_contents
from data.personal_data import name_personal_data
from data.read import Reading
from errors import EmptyFileError, PersonalDataError
from locales import say


def refuse_hidden_sheets(content: bytes, file_name: str, reading: Reading, *, crs: str | None = None) -> None:
    """Refuse a workbook, or a file with several layers, of which another part holds personal data.

    Parameters
    ----------
    content : bytes
        The whole file.
    file_name : str
        For messages.
    reading : Reading
        How it was read: which parts there are, and which was taken.
    crs : str, optional
        What a person says of its coordinates.

    Raises
    ------
    PersonalDataError
        Naming the part, never what stands in it.
    """
    for sheet in reading.sheets:
        if sheet == reading.sheet:
            continue
        try:
            contents = open_contents(content, file_name, sheet=sheet, crs=crs)
        except EmptyFileError:
            continue
        cells = chain.from_iterable(row for _, row in contents.records) if contents is not None else ()
        found = next((what for cell in set(cells) if (what := name_personal_data(cell)) is not None), None)
        if found is not None:
            raise PersonalDataError(
                say(
                    "The part “{sheet}” of “{file_name}”, which is not read, seems to hold {found}.",
                    sheet=sheet,
                    file_name=file_name,
                    found=found,
                ),
                say("Files are kept as they came: take that part out, or keep only the one that is read."),
                sheet=sheet,
            )
