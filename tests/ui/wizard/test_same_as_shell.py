"""The page and the shell make the same of every file: the same rows, reasons and totals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.options import ImportOptions
from data.samples import samples
from data.seed import SEED_FILES, SEED_FOLDER
from data.templates import template
from tests.attacks.messy_file import MESSY, messy_complaints
from tests.shell.commands import run
from ui.wizard.reading import examine

MESSY_OPTIONS = ImportOptions(
    header_row=MESSY.header_row, day_first=True, columns=dict(MESSY.columns), places=dict(MESSY.places)
)
FILES = {
    **{one.file_name: (one.kind, one.read, one.options) for one in samples()},
    "messy-synthetic.csv": ("complaint", messy_complaints, MESSY_OPTIONS),
    **{
        f"template-{kind}.csv": (kind, lambda kind=kind: template(kind), ImportOptions())
        for kind in ("source", "compound", "event", "complaint", "claim")
    },
    **{name: (name.removesuffix("s.csv"), (SEED_FOLDER / name).read_bytes, ImportOptions()) for name in SEED_FILES},
    "odd-synthetic.csv": (
        "complaint",
        lambda: (
            b"complaint_id,received_date,place_text,latitude,longitude,people_affected\n"
            b"a,03/04/2024,Takeo,,,1\nb,2566-01-05,Atlantis,103.5,10.6,many\nc,2024-13-01,,0,0,-1\nd,1,2\n"
        ),
        ImportOptions(),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_every_file(keep, tmp_path: Path, name):
    kind, read, options = FILES[name]
    content = read()
    draft = keep(content, kind, name=name, step="review", **vars(options))
    page = examine(draft)
    assert page is not None

    (tmp_path / name).write_bytes(content)
    (tmp_path / "options.json").write_text(options.to_json(), encoding="utf-8")
    report = tmp_path / "report.csv"
    shell = run(
        *("import", tmp_path / name, "--kind", kind, "--dry-run", "--options", tmp_path / "options.json"),
        *("--report", report, "--format", "json"),
    )
    told = json.loads(shell.stdout)
    assert [told[f"rows_{what}"] for what in ("read", "accepted", "rejected", "duplicate")] == [
        page.rows_read,
        page.rows_accepted,
        page.rows_rejected,
        page.rows_duplicate,
    ]
    assert page.rows_read == page.rows_accepted + page.rows_rejected + page.rows_duplicate == len(page.rows)
    assert report.read_bytes() == page.report()
    assert {(one["code"], one["rows"]) for one in told["issues"]} == {
        (code, rows) for code, rows in page.issues.groupby("code")["row_number"].nunique().items()
    }
    assert shell.exit_code == (1 if page.rows_rejected else 0)
