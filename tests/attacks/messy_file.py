"""A large log of complaints with everything wrong that people's files have at once, made by code; nobody in it exists.

What is wrong stands in rows of its own, so that each number of `Facts` can be counted on the screen.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

TITLES = ("Hotline log of all offices (synthetic)", "Printed for the yearly meeting")
HEADERS = (
    "Ticket", "Day logged", "Spot", "GPS one", "GPS two", "Heads", "Came through", "Nationality", "Remarks"
)  # fmt: skip
_SPELLINGS = (
    "Bavet", "Svay Rieng", "Poipet", "Banteay Meanchey", "Sihanoukville", "Kampong Som", "ព្រះសីហនុ", "Phnom Penh",
    "Phnom-Penh", "Kampot", "Koh Kong", "Kaoh Kong", "Battambang", "Pailin", "Takeo", "Siem Reap",
)  # fmt: skip
_POINTS = {"Sihanoukville": (10.627, 103.522), "Phnom Penh": (11.562, 104.916), "Kampot": (10.611, 104.181)}
_NATIONALITIES = ("Thai", "Vietnamese", "Indonesian", "Chinese", "Indian", "Filipino", "Malaysian", "Kenyan")
_CHANNELS = ("hotline", "online", "embassy", "walk in", "referral")
_UNREADABLE = ("two or so", "a family", "many", "?3?", "5 (see file)")


@dataclass(frozen=True)
class Facts:
    """What `messy_complaints` puts into the file; each row has at most one of these faults.

    Attributes
    ----------
    rows : int
        Rows below the header, the line of the total left out.
    header_row : int
        Line of the header.
    columns : mapping of str to str
        Column of the record → header, for all headers; only two are known without asking.
    unfamiliar : tuple of str
        Headers that must be mapped by a person.
    places : mapping of str to str
        Unknown spelling of a place → code of the province that is meant.
    unknown_place_rows, swapped_rows, exact_duplicates, near_duplicates, unreadable_numbers, total_lines : int
        So many rows; exact duplicates repeat an earlier row with its identifier, near ones have no identifier.
    earliest, latest : date
        First and last day when the day comes first.
    """

    rows: int = 5_000
    header_row: int = len(TITLES) + 1
    columns: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                "complaint_id": "Ticket",
                "received_date": "Day logged",
                "place_text": "Spot",
                "latitude": "GPS one",
                "longitude": "GPS two",
                "people_affected": "Heads",
                "channel": "Came through",
                "nationality": "Nationality",
                "note": "Remarks",
            }
        )
    )
    unfamiliar: tuple[str, ...] = HEADERS[:7]
    places: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                "Bavit Krung": "KH-20",
                "Sihanookvile": "KH-18",
                "Paoy Pett Border": "KH-1",
                "Chray Tom Market": "KH-8",
                "O Smatch Hill": "KH-22",
                "Pnom Pen Town 3": "KH-12",
                "Bokorr Mount": "KH-7",
            }
        )
    )
    unknown_place_rows: int = 280
    swapped_rows: int = 60
    exact_duplicates: int = 30
    near_duplicates: int = 10
    unreadable_numbers: int = len(_UNREADABLE)
    total_lines: int = 1
    earliest: date = date(2024, 1, 2)
    latest: date = date(2024, 12, 11)

    @property
    def rows_read(self) -> int:
        """Rows as an import counts them: the line of the total is one."""
        return self.rows + self.total_lines

    @property
    def accepted(self) -> int:
        """Rows that can be added once the columns, the order of the dates and the places are said."""
        return self.rows - self.exact_duplicates - self.unreadable_numbers - self.swapped_rows


MESSY = Facts()
"""Of the file as `messy_complaints` makes it by itself."""
_LEAST = 1_000


def messy_complaints(rows: int = MESSY.rows, seed: int = 20240101) -> bytes:
    """Return the file, UTF-8 without byte order mark; the same for the same arguments.

    Parameters
    ----------
    rows : int
        Rows below the header, the line of the total left out; at least 1,000.
    seed : int
        Of the random numbers. It changes neither the number nor the places of the faults.
    """
    if rows < _LEAST:
        raise ValueError(f"fewer than {_LEAST} rows have no room for all faults")
    chance = random.Random(seed)
    plain = rows - MESSY.exact_duplicates - MESSY.near_duplicates
    table = [_make_row(number, chance) for number in range(1, plain + 1)]
    # The first 100 rows are in order, and so is what is repeated at the end.
    spellings = list(MESSY.places)
    for position in range(MESSY.unknown_place_rows):
        table[100 + 2 * position][2:5] = [spellings[position % len(spellings)], "", ""]
    for position in range(MESSY.swapped_rows):
        place = list(_POINTS)[position % len(_POINTS)]
        table[850 + position][2:5] = [place, *reversed(_point(place, chance))]
    for position, text in enumerate(_UNREADABLE):
        table[800 + 10 * position][5] = text
    again = [list(table[3 * number]) for number in range(MESSY.exact_duplicates)]
    near = [
        ["", *table[1 + 3 * number][1:8], f"synthetic: taken down twice {number}"]
        for number in range(MESSY.near_duplicates)
    ]
    out = io.StringIO()
    out.writelines(f"{title}\n" for title in TITLES)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([HEADERS, *table, *again, *near])
    writer.writerow(["TOTAL", "", "", "", "", str(2 * rows), "", "", ""])
    return out.getvalue().encode()


def _make_row(number: int, chance: random.Random) -> list[str]:
    place = chance.choice(_SPELLINGS)
    point = _point(place, chance) if place in _POINTS and chance.random() < 0.5 else ["", ""]
    return [
        f"synthetic-{number:05}",
        _write_day(number, chance),
        place,
        *point,
        str(chance.randint(1, 6)),
        chance.choice(_CHANNELS),
        chance.choice(_NATIONALITIES),
        f"synthetic: line {number}",
    ]


def _write_day(number: int, chance: random.Random) -> str:
    """Return a date of 2024 that can be read with the day or the month first, and differs by that."""
    if number <= 2:
        day = (MESSY.earliest, MESSY.latest)[number - 1]
    else:
        month = chance.randint(1, 12)
        day = date(2024, month, chance.choice([other for other in range(1, 12) if other != month]))
        day = min(max(day, MESSY.earliest), MESSY.latest)
    return f"{day:%d/%m/%Y}"


def _point(place: str, chance: random.Random) -> list[str]:
    return [f"{degrees + chance.uniform(-0.004, 0.004):.5f}" for degrees in _POINTS[place]]
