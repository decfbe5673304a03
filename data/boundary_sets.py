"""A set of official boundaries: read from a file, checked, and kept in a folder of the data.

::

    boundaries/<sha256 of boundaries.geojson>/
        file.geojson | file.gpkg | file.zip     the file as it came
        boundaries.geojson                      its shapes, checked, in degrees (WGS 84)
        provinces.json, neighbours.json         provinces as the browser draws them; districts.json for districts
        source.json                             publisher, licence, who installed it, when and why

The folder's name is the checksum of what is in force, so a set that was changed is noticed when it is loaded.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import shapely

from data.database import make_folder
from data.formats.polygons import read_polygons
from errors import BoundaryError
from geo.boundaries import GEOMETRY, SOURCE, try_boundaries
from geo.boundary_checks import CheckedBoundaries, Level, check_boundaries
from geo.boundary_drawing import draw_districts, draw_provinces
from geo.boundary_names import Finding
from locales import later, say

FOLDER = "boundaries"
LEVELS: dict[int, str] = {1: later("provinces"), 2: later("districts")}
_LONGEST = 300


@dataclass(frozen=True)
class BoundarySource:
    """Whose boundaries they are, as a person says.

    Attributes
    ----------
    title, publisher, licence : str
        Required.
    url : str
        Where the file comes from (http or https); shown, never fetched.
    date : str
        Of the set, as its publisher gives it.
    """

    title: str
    publisher: str
    licence: str
    url: str = ""
    date: str = ""

    @property
    def attribution(self) -> str:
        """The credit on every map."""
        dated = f" ({self.date})" if self.date else ""
        return f"Boundaries: {self.publisher}, {self.title}{dated}; {self.licence}"


@dataclass(frozen=True)
class BoundarySet:
    """A file of boundaries that was read and checked.

    Attributes
    ----------
    file_name : str
    content : bytes
        The file as it came.
    ending : str
        What its format is called at the end of a name.
    checked : CheckedBoundaries
    notes : tuple of str
        What was done while reading.
    geometry : bytes
        The checked shapes as GeoJSON; empty for a set that is refused.
    """

    file_name: str
    content: bytes
    ending: str
    checked: CheckedBoundaries
    notes: tuple[str, ...]
    geometry: bytes

    @property
    def checksum(self) -> str:
        """SHA-256 of the geometry: the name of the set."""
        return hashlib.sha256(self.geometry).hexdigest()

    def refuse_flawed(self) -> None:
        """Raise BoundaryError when the checks refuse the set; it names all reasons."""
        reasons = [finding.message for finding in self.checked.findings if finding.refuses]
        if reasons:
            raise BoundaryError(
                say("“{file_name}” cannot be installed: {names}", file_name=self.file_name, names=" ".join(reasons)),
                say("Correct the file in a mapping program, or take another set."),
                reasons=reasons,
            )


def read_boundaries(
    content: bytes,
    file_name: str,
    level: int,
    *,
    sheet: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
) -> BoundarySet:
    """Return what a file of boundaries holds and what its checks found.

    Parameters
    ----------
    content : bytes
        GeoJSON, GeoPackage or zipped Shapefile.
    file_name : str
        For messages.
    level : {1, 2}
        Provinces or districts.
    sheet, crs, encoding : str, optional
        What a person says, where the file does not say so itself; see ``formats.polygons.read_polygons``.

    Raises
    ------
    UploadError
        The file cannot be read.
    """
    if level not in LEVELS:
        raise ValueError(f"There is no level {level}.")
    read = read_polygons(content, file_name, sheet=sheet, crs=crs, encoding=encoding)
    checked = check_boundaries(read.properties, read.shapes, cast("Level", level))
    told = (Finding(False, f"Read from the columns {', '.join(checked.columns)}."),) if checked.columns else ()
    checked = replace(checked, findings=(*checked.findings, *told))
    geometry = b"" if checked.refused else _write_geometry(checked)
    return BoundarySet(file_name, content, read.ending, checked, read.notes, geometry)


def _write_geometry(checked: CheckedBoundaries) -> bytes:
    table = checked.shapes
    columns = [name for name in table.columns if name != "geometry"]
    lines = [
        '{"type": "Feature", "properties": '
        + json.dumps({name: row[name] for name in columns}, ensure_ascii=False)
        + f', "geometry": {drawn}}}'
        for row, drawn in zip(table[columns].to_dict("records"), shapely.to_geojson(table.geometry.values), strict=True)
    ]
    return ('{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n").encode()


def check_boundary_source(source: BoundarySource) -> BoundarySource:
    """Return the entry as it is kept; BoundaryError when something is missing, too long or no web address."""
    tidy = BoundarySource(**{name: " ".join(str(text).split()) for name, text in asdict(source).items()})
    missing = [name for name in ("title", "publisher", "licence") if not getattr(tidy, name)]
    if missing:
        raise BoundaryError(
            say("The source of the boundaries lacks: {names}.", names=", ".join(missing)),
            say("Say whose they are and under which terms."),
        )
    if any(len(text) > _LONGEST for text in asdict(tidy).values()):
        raise BoundaryError(
            say("An answer about the source is longer than {longest} characters.", longest=_LONGEST), say("Shorten it.")
        )
    if tidy.url and (urlsplit(tidy.url).scheme not in ("http", "https") or not urlsplit(tidy.url).netloc):
        raise BoundaryError(
            say("The address of the boundaries is no web address."), say("It begins with https:// or http://.")
        )
    return tidy


@contextmanager
def trying(found: BoundarySet) -> Iterator[None]:
    """Take the provinces of a set that is not installed within a ``with`` block; for districts, nothing changes."""
    if found.checked.level != 1:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="atlas-") as name:
        folder = Path(name, found.checksum)
        folder.mkdir()
        (folder / GEOMETRY).write_bytes(found.geometry)
        with try_boundaries(folder):
            yield


def keep_set(root: Path, found: BoundarySet, record: dict[str, Any]) -> Path:
    """Write the folder of a set, whole or not at all, and return it; one that is there gets the new source record.

    Parameters
    ----------
    root : Path
        The folder of the data.
    found : BoundarySet
        One that its checks do not refuse.
    record : dict
        The source record.

    Raises
    ------
    StoreError
        The folder cannot be written.
    """
    sets = root / FOLDER
    make_folder(sets)
    folder = sets / found.checksum
    written = json.dumps(record, ensure_ascii=False, indent=1)
    credit = str(record["attribution"])
    draw = draw_provinces if found.checked.level == 1 else draw_districts
    with tempfile.TemporaryDirectory(prefix=".new-", dir=sets) as name:
        new = Path(name, found.checksum)
        new.mkdir(mode=0o700)
        (new / f"file.{found.ending}").write_bytes(found.content)
        (new / GEOMETRY).write_bytes(found.geometry)
        (new / SOURCE).write_text(written, encoding="utf-8")
        for file_name, text in draw(found.checked.shapes, credit).items():
            (new / file_name).write_text(text, encoding="utf-8")
        if folder.exists():  # perhaps damaged: what was written now is what was checked now
            shutil.move(folder, Path(name, "before"))
        new.rename(folder)
    return folder
