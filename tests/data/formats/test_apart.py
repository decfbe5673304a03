from __future__ import annotations

import importlib
import json
import subprocess
import sys

from data.formats.apart import JOBS
from data.formats.sandbox import ROOT

PROBE = """
import json, resource, socket, sys
sys.path.insert(0, ".")
from data.formats import apart
apart._leave_network()
apart._bound_process(7, 2**30, 2**20)
found = {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[0] for name in ("CPU", "AS", "FSIZE", "CORE")}
print(json.dumps(found))
"""


def test_every_job_is_there():
    for where in JOBS.values():
        module, function = where.split(":")
        assert callable(getattr(importlib.import_module(module), function))


def test_the_process_bounds_itself():
    ended = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, check=True)
    assert json.loads(ended.stdout) == {"CPU": 7, "AS": 2**30, "FSIZE": 2**20, "CORE": 0}


def test_a_job_writes_its_answer_beside_its_files(tmp_path):
    order = {
        "bounds": {"seconds": 20, "memory": 2**31, "result": 2**20},
        "file_name": "x",
        "arguments": {"sheet": None},
    }
    (tmp_path / "arguments.json").write_text(json.dumps(order))
    (tmp_path / "workbook.xlsx").write_bytes(b"no workbook")
    command = [sys.executable, "-m", "data.formats.apart", "workbook", str(tmp_path)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    refused = json.loads((tmp_path / "result.json").read_text())["refused"]
    assert (refused["error"], refused["message"]) == ("UnreadableFileError", "“x” is a damaged workbook.")
