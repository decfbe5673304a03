"""Files to practise with: synthetic, of the kinds that people have, each with what it is and how it must be read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from data.options import ImportOptions

SAMPLE_FOLDER = Path(__file__).parent / "files" / "samples"
_NOTES = ".source.yml"


@dataclass(frozen=True)
class Sample:
    """One file to practise with.

    Attributes
    ----------
    file_name : str
    kind : str
        Key into ``schema.KINDS``.
    title, description : str
        For the person who chooses it.
    options : ImportOptions
        What must be said so that the file can be read.
    """

    file_name: str
    kind: str
    title: str
    description: str
    options: ImportOptions

    def read(self) -> bytes:
        """Return the file's bytes."""
        return (SAMPLE_FOLDER / self.file_name).read_bytes()


@cache
def samples() -> tuple[Sample, ...]:
    """Return the files to practise with, by name."""
    found = []
    for path in sorted(SAMPLE_FOLDER.glob(f"*{_NOTES}")):
        notes = yaml.safe_load(path.read_text(encoding="utf-8"))
        options = ImportOptions.from_json(json.dumps(notes["options"]))
        found.append(
            Sample(path.name.removesuffix(_NOTES), notes["kind"], notes["title"], notes["description"], options)
        )
    return tuple(found)
