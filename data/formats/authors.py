"""Who a workbook says has made it: its document properties name people, and its bytes are kept as they came."""

from __future__ import annotations

from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, ElementTree

from data.formats.archive import unpack
from data.formats.detection import ZIP
from data.formats.workbook import MOST_PARTS
from errors import UploadError

_PARTS = frozenset({"docprops/core.xml", "docprops/app.xml"})
_NAMING = frozenset({"creator", "lastModifiedBy", "Manager"})
_LONGEST = 200
_PROGRAMS = frozenset(
    {"openpyxl", "xlsxwriter", "apache poi", "microsoft excel", "microsoft office user", "libreoffice"}
)
"""What programs write where nobody is named; no person is called so."""


def find_authors(content: bytes) -> tuple[str, ...]:
    """Return the people whom a workbook names as its author, last editor or their manager, each once.

    Parameters
    ----------
    content : bytes
        Of any file; one that is no workbook names nobody here.

    Returns
    -------
    tuple of str
        As written, at most 200 characters each; empty as well for properties that cannot be read.
    """
    if not content.startswith(ZIP):
        return ()
    try:
        parts = unpack(content, "", entries=MOST_PARTS, wanted=lambda name: name.lower() in _PARTS)
        elements = [
            element for part in parts.values() for element in ElementTree.fromstring(part, forbid_dtd=True).iter()
        ]
    except (UploadError, ParseError, DefusedXmlException, LookupError, ValueError):
        return ()  # whoever reads the rows says what is wrong with the file
    names = (
        " ".join((element.text or "").split())[:_LONGEST]
        for element in elements
        if str(element.tag).rpartition("}")[2] in _NAMING
    )
    return tuple(dict.fromkeys(name for name in names if name and name.lower() not in _PROGRAMS))
