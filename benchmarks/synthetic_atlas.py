"""A store with the seed and any number of synthetic complaints: nobody complained, and the name of the file says so.

Making a large one takes minutes, so each is made once, through the same `ingest` and `Store.commit` as any upload, and
kept in the machine's folder for temporary files under a name that changes with everything that it is made of.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import synthetic_complaints
from data import schema, tables
from data.database import FILE_NAME
from data.ingest import ingest
from data.seed import SEED_FILES, SEED_FOLDER, prepare

FOLDER = Path(tempfile.gettempdir()) / "compound-atlas-synthetic"


def synthetic_folder(n_rows: int) -> Path:
    """Return a data folder whose store holds the seed and `n_rows` rows of synthetic complaints; never write to it.

    About one row in a hundred cannot be used, so the store holds somewhat fewer records.
    """
    made_of = hashlib.sha256(str(n_rows).encode())
    modules = [Path(str(module.__file__)) for module in (synthetic_complaints, schema, tables)]
    for path in (*modules, *(SEED_FOLDER / name for name in SEED_FILES)):
        made_of.update(path.read_bytes())
    folder = FOLDER / f"synthetic-{n_rows}-{made_of.hexdigest()[:16]}"
    if not folder.is_dir():
        FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as new:
            make_atlas(Path(new), n_rows)
            shutil.copytree(new, folder)
    return folder


def make_atlas(folder: Path, n_rows: int) -> None:
    """Make a store in `folder` with the seed and `n_rows` rows of synthetic complaints."""
    content = synthetic_complaints.make_complaints(n_rows)
    os.environ["ATLAS_MAX_MB"] = str(len(content) // 2**20 + 1)
    result = ingest(content, f"synthetic-complaints-{n_rows}.csv", "complaint")
    with prepare(folder / FILE_NAME) as store:
        store.commit(result, actor="benchmark", content=content, note="Synthetic: nobody complained")


def copy_atlas(n_rows: int, target: Path) -> Path:
    """Copy a synthetic data folder to `target`, which must not be there yet, for a server of its own; return it."""
    return Path(shutil.copytree(synthetic_folder(n_rows), target))


if __name__ == "__main__":
    for number in sys.argv[1:]:
        print(synthetic_folder(int(number)))
