"""What an official set of boundaries must be before it is installed: what is refused, and what is only told.

Official sets are drawn by many hands: rings touch themselves, neighbours overlap by a few metres or leave slivers. So
much is told and tolerated; what would put a record into the wrong province is refused. Measured on the plane of UTM
zone 48 north, which is true to 0.1 % in Cambodia.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from geo.boundaries import EXTENT, PROVINCE_COUNT, load_outline, load_provinces
from geo.boundary_names import Finding, Naming, name_districts, name_provinces
from geo.gazetteer import PROVINCE_CODES, districts, province_name

Level = Literal[1, 2]

SLIVER_WIDTH_M = 200.0
"""Overlaps and gaps that are nowhere wider than this are tolerated: borders are drawn to about so much."""
SLIVER_AREA_KM2 = 10.0
"""… if those between two neighbours do not add up to more than this."""
REPAIR_SHARE = 0.001
"""Share of a shape's area that repairing its rings may change."""
LARGEST_LOSS_M = 10_000.0
"""Width of a place that Natural Earth gives to Cambodia and no province covers; the two differ by a few kilometres."""
WITHIN_SHARE = 0.95
"""Share of a district's area that lies in one province; with less, the two sets do not belong together."""
DECIMALS = 7
"""Of a degree: a centimetre."""

_PLANE = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:32648", always_xy=True)
_WIDEST = 25  # of so many slivers the width is measured, the largest in area
_SHOWN = 8
_CRUMB_M2 = 1.0


@dataclass(frozen=True)
class CheckedBoundaries:
    """A set of boundaries after its checks.

    Attributes
    ----------
    level : int
        1 for provinces, 2 for districts.
    shapes : GeoDataFrame
        Provinces: ``province_code``, ``geometry``; in ISO order. Districts: ``district_code`` (the official number, or
        the province and the file's own name), ``name_en``, ``name_km``, ``province_code``, ``geometry``. EPSG:4326,
        MultiPolygon, repaired. Empty when the set is refused before it could be told what the shapes are.
    columns : tuple of str
        The columns of the file that name the shapes.
    findings : tuple of Finding
        What was found, the reasons to refuse it first.
    """

    level: Level
    shapes: gpd.GeoDataFrame
    columns: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Whether the set must not be installed."""
        return any(finding.refuses for finding in self.findings)


def check_boundaries(
    properties: Sequence[Mapping[str, str]], shapes: Sequence[shapely.Geometry | None], level: Level
) -> CheckedBoundaries:
    """Say what a set of boundaries is, and whether it can be used.

    Parameters
    ----------
    properties : sequence of mapping
        Per shape its attributes as text.
    shapes : sequence of Geometry or None
        Longitude and latitude, EPSG:4326.
    level : {1, 2}
        Provinces or districts. Districts are compared with the provinces in use.
    """
    findings: list[Finding] = []
    drawn = _repair(shapes, findings)
    _check_extent(drawn, findings)
    nothing = gpd.GeoDataFrame(geometry=[], crs="EPSG:4326")
    if _refused(findings):
        return CheckedBoundaries(level, nothing, (), _sorted(findings))
    # Rings that touch in degrees may cross by a hair on the plane.
    plane = shapely.make_valid(shapely.transform(drawn, _to_plane))
    if level == 1:
        naming = name_provinces(properties)
        findings += naming.findings
        lost = [code for code in PROVINCE_CODES if code not in naming.codes]
        if lost:
            names = ", ".join(f"{province_name(code)} ({code})" for code in lost)
            findings.append(Finding(True, f"{len(lost)} of the {PROVINCE_COUNT} provinces are not there: {names}."))
        if _refused(findings):
            return CheckedBoundaries(level, nothing, naming.columns, _sorted(findings))
        called = [province_name(str(code)) for code in naming.codes]
        table = gpd.GeoDataFrame({"province_code": list(naming.codes)}, geometry=drawn, crs="EPSG:4326")
        order = np.argsort([PROVINCE_CODES.index(str(code)) for code in naming.codes])
    else:
        within = _place_districts(plane, findings)
        naming = name_districts(properties, within)
        findings += naming.findings
        table = _describe_districts(naming, properties, within, drawn)
        called = [str(name) for name in table["name_en"]]
        order = np.argsort(table["district_code"].to_numpy(dtype=str))
    _check_overlaps(plane, called, findings)
    _check_gaps(plane, called, findings)
    return CheckedBoundaries(level, table.iloc[order].reset_index(drop=True), naming.columns, _sorted(findings))


def _refused(findings: Sequence[Finding]) -> bool:
    return any(finding.refuses for finding in findings)


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: not finding.refuses))


def _to_plane(vertices: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(_PLANE.transform(vertices[:, 0], vertices[:, 1]))


def _repair(shapes: Sequence[shapely.Geometry | None], findings: list[Finding]) -> NDArray[np.object_]:
    """Return the shapes as valid areas; what cannot be repaired without changing it is refused."""
    repaired: list[shapely.Geometry] = []
    mended: list[str] = []
    bent: list[str] = []
    missing: list[str] = []
    for number, shape in enumerate(shapes, start=1):
        if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
            missing.append(str(number))
            repaired.append(shapely.MultiPolygon())
            continue
        plain = shapely.transform(shapely.force_2d(shape), lambda vertices: np.round(vertices, DECIMALS))
        valid = _areas(plain if plain.is_valid else shapely.make_valid(plain))
        if not shape.is_valid:
            # A figure of eight has almost no area by the rule of its rings: its outline is what make_valid keeps.
            before = max(abs(shape.area), valid.area)
            (mended if before and abs(before - abs(shape.area)) <= REPAIR_SHARE * before else bent).append(str(number))
        repaired.append(valid)
    if missing:
        findings.append(Finding(True, f"No area is drawn for shape {_list(missing)}."))
    if bent:
        findings.append(Finding(True, f"The rings cross themselves; repairing them changes the area: {_list(bent)}."))
    if mended:
        findings.append(
            Finding(False, f"Rings that cross or touch themselves were repaired (area kept to 0.1 %): {_list(mended)}.")
        )
    return np.array(repaired, dtype=object)


def _areas(shape: shapely.Geometry) -> shapely.MultiPolygon:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _check_extent(shapes: NDArray[np.object_], findings: list[Finding]) -> None:
    west, south, east, north = EXTENT
    bounds = shapely.bounds(shapes[~shapely.is_empty(shapes)])
    if not len(bounds):
        findings.append(Finding(True, "The file has no areas."))
        return
    least_x, least_y = bounds[:, :2].min(axis=0)
    most_x, most_y = bounds[:, 2:].max(axis=0)
    if least_x >= west and least_y >= south and most_x <= east and most_y <= north:
        return
    exchanged = least_y >= west and least_x >= south and most_y <= east and most_x <= north
    why = "longitude and latitude are exchanged" if exchanged else "so this is not Cambodia alone"
    findings.append(
        Finding(
            True,
            f"The shapes reach from {least_x:.2f} to {most_x:.2f}° E and {least_y:.2f} to {most_y:.2f}° N, beyond "
            f"{west}–{east}° E and {south}–{north}° N: {why}.",
        )
    )


def _place_districts(plane: NDArray[np.object_], findings: list[Finding]) -> list[str]:
    """Return per district the province that most of it lies in."""
    provinces = shapely.make_valid(shapely.transform(np.asarray(load_provinces().geometry.values), _to_plane))
    shapely.prepare(provinces)
    within, split = [], []
    for number, shape in enumerate(plane, start=1):
        shared = shapely.area(shapely.intersection(provinces, shape))
        best = int(np.argmax(shared))
        within.append(PROVINCE_CODES[best])
        if shared[best] < WITHIN_SHARE * shape.area:
            split.append(f"shape {number} ({shared[best] / shape.area:.0%} in {province_name(PROVINCE_CODES[best])})")
    if split:
        findings.append(
            Finding(
                False,
                f"{len(split)} districts lie in one province with less than {WITHIN_SHARE:.0%} of their area; they "
                f"count there all the same: {_list(split)}. Perhaps the set belongs to other provinces.",
            )
        )
    return within


def _describe_districts(
    naming: Naming, properties: Sequence[Mapping[str, str]], within: Sequence[str], drawn: NDArray[np.object_]
) -> gpd.GeoDataFrame:
    known = districts().set_index("district_code")
    codes, english, khmer = [], [], []
    for number, (code, each) in enumerate(zip(naming.codes, properties, strict=True)):
        own = next((each[name] for name in naming.columns if each.get(name) and not each[name].isdigit()), "")
        own = own or next((text for text in each.values() if text and not text.isdigit()), f"shape {number + 1}")
        codes.append(code or f"{within[number]} {own[:60]}")
        english.append(str(known["name_en"][code]) if code else own[:60])
        khmer.append(str(known["name_km"][code]) if code else "")
    table = {"district_code": codes, "name_en": english, "name_km": khmer, "province_code": list(within)}
    return gpd.GeoDataFrame(table, geometry=drawn, crs="EPSG:4326")


def _check_overlaps(plane: NDArray[np.object_], names: Sequence[str], findings: list[Finding]) -> None:
    """Find what belongs to two shapes: areas per pair, and how wide they are."""
    first, second = shapely.STRtree(plane).query(plane, predicate="intersects")
    pairs = [(one, other) for one, other in zip(first, second, strict=True) if one < other]
    total, widest, count = 0.0, 0.0, 0
    for one, other in pairs:
        parts = _polygons(shapely.intersection(plane[one], plane[other]))
        if not len(parts):
            continue
        area, width = float(shapely.area(parts).sum()) / 1e6, _width(parts)
        if width > SLIVER_WIDTH_M or area > SLIVER_AREA_KM2:
            pair = f"{names[one]} and {names[other]}"
            findings.append(Finding(True, f"{pair} overlap by {area:,.1f} km², up to {width:,.0f} m wide."))
        else:
            total, widest, count = total + area, max(widest, width), count + 1
    if count:
        findings.append(_told("Overlaps", f"between neighbours ({count})", total, widest))


def _check_gaps(plane: NDArray[np.object_], names: Sequence[str], findings: list[Finding]) -> None:
    """Find what belongs to no shape: holes between them, and large parts of the country that none covers."""
    union = shapely.union_all(plane)
    rings = [shapely.Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]
    holes = _polygons(shapely.difference(shapely.union_all(rings), union))
    tree = shapely.STRtree(plane)
    total, widest, count = 0.0, 0.0, 0
    for rank, hole in enumerate(sorted(holes, key=shapely.area, reverse=True)):
        width = _width(np.array([hole])) if rank < _WIDEST else min(2 * float(np.sqrt(hole.area / np.pi)), widest)
        if width > SLIVER_WIDTH_M or hole.area / 1e6 > SLIVER_AREA_KM2:
            around = [names[each] for each in sorted(tree.query(hole, predicate="dwithin", distance=1.0))]
            between = " and ".join(around[:4]) if len(around) > 1 else f"within {' '.join(around)}"
            findings.append(
                Finding(True, f"{hole.area / 1e6:,.1f} km² belong to nobody, up to {width:,.0f} m wide: {between}.")
            )
        else:
            total, widest, count = total + hole.area / 1e6, max(widest, width), count + 1
    if count:
        findings.append(_told("Gaps", f"between neighbours ({count})", total, widest))
    lost = _polygons(shapely.difference(shapely.make_valid(shapely.transform(load_outline(), _to_plane)), union))
    for part in lost[shapely.area(lost) > np.pi * (LARGEST_LOSS_M / 2) ** 2] if len(lost) else ():
        circle = shapely.maximum_inscribed_circle(part, tolerance=100)
        if 2 * circle.length > LARGEST_LOSS_M:
            x, y = circle.coords[0]
            longitude, latitude = _PLANE.transform(x, y, direction="INVERSE")
            size = f"{2 * circle.length / 1000:,.0f} km wide near {latitude:.2f}° N, {longitude:.2f}° E"
            findings.append(
                Finding(
                    True,
                    f"A place {size} lies in Cambodia by Natural Earth, but in no shape of the file.",
                )
            )


def _told(what: str, where: str, area: float, width: float) -> Finding:
    return Finding(
        False,
        f"{what} {where} were tolerated: {area:,.2f} km² in all, nowhere wider than {max(width, 1):,.0f} m (tolerated "
        f"are {SLIVER_WIDTH_M:,.0f} m and {SLIVER_AREA_KM2:g} km² between two).",
    )


def _polygons(shape: shapely.Geometry) -> NDArray[np.object_]:
    """Return the areas of a geometry, crumbs of rounding left out."""
    parts = np.array([part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"])
    return parts[shapely.area(parts) > _CRUMB_M2] if len(parts) else parts


def _width(parts: NDArray[np.object_]) -> float:
    """Return the width in metres of the widest of some areas: the diameter of the largest circle that fits in."""
    largest = parts[np.argsort(-shapely.area(parts))][:_WIDEST]
    return max(2 * float(shapely.length(shapely.maximum_inscribed_circle(part, tolerance=1.0))) for part in largest)


def _list(texts: Sequence[str]) -> str:
    return ", ".join(texts[:_SHOWN]) + (f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else "")
