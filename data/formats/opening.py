"""Which reader takes a file that is no text."""

from __future__ import annotations

from data.formats.contents import Contents
from data.formats.detection import Format, detect_format
from data.formats.geojson import read_geojson
from data.formats.kml import read_kml
from data.formats.layer_files import read_geopackage, read_shapefile
from data.formats.workbook import read_workbook
from data.sniff import check_encoding, check_size
from errors import UnreadableFileError
from locales import say


def open_contents(
    content: bytes, file_name: str, *, encoding: str | None = None, sheet: str | None = None, crs: str | None = None
) -> Contents | None:
    """Return the rows of a workbook or a map file; None for text, and for what is neither.

    Parameters
    ----------
    content : bytes
        The whole file.
    file_name : str
        For messages.
    encoding, sheet, crs : str, optional
        What a person says, where the file does not say so itself: see the readers.

    Raises
    ------
    UploadError
        See the readers.
    """
    check_size(content, file_name)
    file_format = detect_format(content)
    if file_format == "csv":
        return None
    contents = _read(content, file_name, file_format, encoding and check_encoding(encoding), sheet, crs)
    for number, cells in contents.records:
        _check_text("".join(cells), number, file_name)
    return contents


def _read(
    content: bytes, file_name: str, file_format: Format, encoding: str | None, sheet: str | None, crs: str | None
) -> Contents:
    if file_format == "xlsx":
        return read_workbook(content, file_name, sheet)
    if file_format == "geojson":
        return read_geojson(content, file_name, crs)
    if file_format == "kml":
        return read_kml(content, file_name)
    if file_format == "gpkg":
        return read_geopackage(content, file_name, sheet, crs)
    return read_shapefile(content, file_name, sheet, crs, encoding)


def _check_text(text: str, number: int, file_name: str) -> None:
    """Refuse what no text can hold: zero bytes, and halves of characters."""
    if "\x00" in text or not (text.isascii() or _is_unicode(text)):
        raise UnreadableFileError(
            say(
                "Row {number} of “{file_name}” holds a zero byte or half a character, which text never does.",
                number=str(number),
                file_name=file_name,
            ),
            say("The file is damaged. Export it again."),
            file_name=file_name,
            line=number,
        )


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
