"""Files for the store, as reading and checking them would leave them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pandas as pd

from data.issues import issues_frame
from data.options import AS_IT_IS, ImportOptions
from data.schema import KINDS, record_dtypes
from data.store import Batch, Store

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class CheckedFile:
    """What the store uses of an import result."""

    kind: str
    file_name: str
    sha256: str
    accepted: pd.DataFrame
    rows_rejected: int
    rows_duplicate: int = 0
    options: ImportOptions = AS_IT_IS

    @property
    def issues(self) -> pd.DataFrame:
        return issues_frame([])

    @property
    def rows_accepted(self) -> int:
        return len(self.accepted)

    @property
    def rows_read(self) -> int:
        return self.rows_accepted + self.rows_rejected + self.rows_duplicate


def make_records(kind: str, ids: Sequence[str], **values: object) -> pd.DataFrame:
    """Records with every second cell of each column empty, so that both forms of each dtype pass through."""
    examples = {
        "str": lambda row: f"ខេត្ត “{row}”, \n=1+1; x",
        "Int64": lambda row: row,
        "Float64": lambda row: 0.1 + row,
        "datetime64[us]": lambda row: date(2023, 1, 1) + timedelta(days=row),
    }
    identifier = KINDS[kind].id_field
    columns = {}
    for place, (name, dtype) in enumerate(record_dtypes(KINDS[kind]).items()):
        cells = [examples[dtype](row) if (row + place) % 2 else None for row in range(len(ids))]
        if name == identifier:
            cells = list(ids)
        elif name in values:
            cells = [values[name]] * len(ids)
        columns[name] = pd.array(pd.to_datetime(cells) if dtype.startswith("datetime") else cells, dtype=dtype)
    frame = pd.DataFrame(columns)
    frame["row_number"] = pd.Series(range(2, len(ids) + 2), dtype="int64")
    frame["extra"] = pd.Series([json.dumps({"Officer": str(row)}) for row in range(len(ids))], dtype="str")
    return frame


def make_file(
    kind: str, ids: Sequence[str], *, rejected: int = 0, duplicate: int = 0, name: str = "file.csv", **values: object
) -> tuple[CheckedFile, bytes]:
    """A checked file and its bytes; the same arguments give the same bytes."""
    content = json.dumps([kind, list(ids), rejected, {key: str(value) for key, value in values.items()}]).encode()
    records = make_records(kind, ids, **values)
    return CheckedFile(kind, name, sha256(content).hexdigest(), records, rejected, duplicate), content


def run_at_once(action: str, path: Path, *, programs: int) -> list[int]:
    """Run Python code that changes the store `path` in several processes that start together; return their codes."""
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom data.seed import prepare\nfrom data.store import Store\n"
        f"path, children = Path(sys.argv[1]), []\nfor _ in range({programs}):\n    child = os.fork()\n"
        f"    if not child:\n        {action}\n        sys.exit()\n    children.append(child)\n"
        "print(*(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))"
    )
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=120)
    return [int(each) for each in done.stdout.split()]


def commit(store: Store, kind: str, ids: Sequence[str], *, actor: str = "Dara", **more: object) -> Batch:
    result, content = make_file(kind, ids, **more)
    return store.commit(result, actor=actor, content=content)
