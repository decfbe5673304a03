"""Which province or district each shape of a boundary file is: by its codes and names, never by guessing.

A column of the file counts as naming the shapes when it means a place of the wanted level for at least half of them
(``ADM1_PCODE``, ``shapeISO``, ``NAME_1`` …). All columns that name a shape must agree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.gazetteer import Entry, districts, name_index, province_name
from geo.normalise import fold
from geo.resolve import Match, resolve

_SHOWN = 8
_P_CODE = re.compile(r"KH ?-?(\d{4})", re.IGNORECASE)
_CODE_COLUMN = re.compile(r"code|_id$|^id$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of boundaries has found: a plain sentence, and whether the set is refused for it."""

    refuses: bool
    message: str


@dataclass(frozen=True, slots=True)
class Naming:
    """What the shapes are.

    Attributes
    ----------
    codes : tuple of str or None
        Per shape its code; None where nothing names it.
    labels : tuple of str
        Per shape what the file calls it, for messages.
    columns : tuple of str
        The columns that name the shapes.
    findings : tuple of Finding
    """

    codes: tuple[str | None, ...]
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    findings: tuple[Finding, ...]


def name_provinces(properties: Sequence[Mapping[str, str]]) -> Naming:
    """Say which province each shape is: by ISO 3166-2, P-code (of COD-AB and NCDD), HASC, or name.

    Parameters
    ----------
    properties : sequence of mapping
        Per shape its attributes, column → text.
    """
    columns, found = _name(properties, _province_of)
    labels = _label(properties, columns)
    findings = []
    if disputed := [label for label, codes in zip(labels, found, strict=True) if len(codes) > 1]:
        findings.append(Finding(True, f"Their columns name different provinces: {_list(disputed)}."))
    if lost := [label for label, codes in zip(labels, found, strict=True) if not codes]:
        findings.append(Finding(True, f"No code or name of a province that we know: {_list(lost)}."))
    codes = tuple(min(each) if len(each) == 1 else None for each in found)
    for code in sorted({code for code in codes if code and codes.count(code) > 1}, key=lambda one: int(one[3:])):
        shapes = [label for label, own in zip(labels, codes, strict=True) if own == code]
        findings.append(Finding(True, f"{len(shapes)} shapes are {province_name(code)} ({code}): {_list(shapes)}."))
    return Naming(codes, labels, columns, tuple(findings))


def name_districts(properties: Sequence[Mapping[str, str]], within: Sequence[str]) -> Naming:
    """Say which district each shape is: by its official number or P-code, or by a name in the province it lies in.

    Parameters
    ----------
    properties : sequence of mapping
        Per shape its attributes, column → text.
    within : sequence of str
        Per shape the province (ISO 3166-2) that most of it lies in.

    Notes
    -----
    Districts are founded and divided more often than lists of them are revised. A shape that nothing names is therefore
    told and kept, without a code.
    """
    names = dict(zip(districts()["district_code"], districts()["province_code"], strict=True))

    def district_of(column: str, text: str, number: int) -> str | None:
        match = _P_CODE.fullmatch(text.strip())
        digits = match[1] if match else text.strip().zfill(4)
        if digits in names and (match or (_CODE_COLUMN.search(column) and text.strip().isdigit())):
            return digits
        entries = [entry for entry in name_index().get(fold(text), ()) if _is_district(entry, within[number])]
        return entries[0].code if len(entries) == 1 else None

    columns, found = _name(properties, district_of)
    labels = _label(properties, columns)
    findings = []
    if disputed := [label for label, codes in zip(labels, found, strict=True) if len(codes) > 1]:
        findings.append(Finding(True, f"Their columns name different districts: {_list(disputed)}."))
    codes = [min(each) if len(each) == 1 else None for each in found]
    if lost := [label for label, each in zip(labels, found, strict=True) if not each]:
        findings.append(
            Finding(False, f"{len(lost)} districts are not in our list; they keep their own names: {_list(lost)}.")
        )
    for code in sorted({code for code in codes if code and codes.count(code) > 1}):
        shapes = [label for label, own in zip(labels, codes, strict=True) if own == code]
        findings.append(Finding(True, f"{len(shapes)} shapes are the district {code}: {_list(shapes)}."))
    misplaced = [label for label, code, lies in zip(labels, codes, within, strict=True) if code and names[code] != lies]
    if misplaced:
        findings.append(Finding(False, f"In another province than our list says lie: {_list(misplaced)}."))
    return Naming(tuple(codes), labels, columns, tuple(findings))


def _is_district(entry: Entry, province: str) -> bool:
    return entry.level == "district" and entry.province_code == province and entry.method != "code"


def _province_of(_column: str, text: str, _number: int) -> str | None:
    if text.strip().isdigit():  # a running number of the file looks like the two digits of the government
        return None
    answer = resolve(text)
    return answer.province_code if isinstance(answer, Match) and answer.level == "province" else None


def _name(properties: Sequence[Mapping[str, str]], place_of: object) -> tuple[tuple[str, ...], list[set[str]]]:
    """Return the columns that name the shapes, and per shape the codes that they give it."""
    assert callable(place_of)
    columns = list(dict.fromkeys(name for each in properties for name in each))
    meant = {
        column: [
            place_of(column, each[column], number) if each.get(column) else None
            for number, each in enumerate(properties)
        ]
        for column in columns
    }
    naming = tuple(
        column for column in columns if 2 * sum(code is not None for code in meant[column]) >= len(properties)
    )
    found = [{code for column in naming if (code := meant[column][number])} for number in range(len(properties))]
    return naming, found


def _label(properties: Sequence[Mapping[str, str]], columns: Sequence[str]) -> tuple[str, ...]:
    """Return per shape what the file calls it: what stands in the columns that name shapes, else its first text."""
    labels = []
    for number, each in enumerate(properties, start=1):
        texts = [each[column] for column in columns if each.get(column)] or [text for text in each.values() if text]
        labels.append(f"shape {number} ({' · '.join(dict.fromkeys(text[:60] for text in texts[:3]))})")
    return tuple(labels)


def _list(labels: Sequence[str]) -> str:
    return ", ".join(labels[:_SHOWN]) + (f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else "")
