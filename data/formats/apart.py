"""The process in which a file is read that could be hostile: ``python -m data.formats.apart JOB FOLDER``.

It bounds itself before it loads anything that reads the file.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from errors import UploadError

JOBS = {
    "workbook": "data.formats.workbook_cells:read_cells",
    "geopackage": "data.formats.layers:read_geopackage",
    "shapefile": "data.formats.layers:read_shapefile",
    "areas": "data.formats.areas:read_areas",
}
"""What may be asked for: a function that takes the folder of the files, the file's name and further arguments."""

_NOT_NEEDED = ("pandas", "geopandas")
"""What pyogrio would load because it is there: several times the rest of the work."""
_ARGUMENTS, _RESULT = "arguments.json", "result.json"
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER and CLONE_NEWNET of Linux


def main(job: str, folder: Path) -> None:
    """Do one job with the files of a folder and write what comes of it, or why it is refused, beside them."""
    order = json.loads((folder / _ARGUMENTS).read_text(encoding="utf-8"))
    _leave_network()
    _bound_process(**order["bounds"])
    module, function = JOBS[job].split(":")
    answer: dict[str, Any]
    for name in _NOT_NEEDED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    try:
        read = getattr(importlib.import_module(module), function)
        answer = {"result": read(folder, order["file_name"], **order["arguments"])}
    except UploadError as error:
        refused = {"message": error.message, "hint": error.hint, "context": error.context}
        answer = {"refused": {"error": type(error).__name__, **refused}}
    (folder / _RESULT).write_text(json.dumps(answer), encoding="utf-8")


def _bound_process(seconds: int, memory: int, result: int) -> None:
    """Set what the system stops this process at; where it knows no such bounds, the caller's time limit remains."""
    if sys.platform == "win32":
        return
    import resource

    bounds = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: result,
        resource.RLIMIT_CORE: 0,
    }
    for bound, value in bounds.items():
        with contextlib.suppress(ValueError, OSError):  # an outer bound that is lower holds anyway
            resource.setrlimit(bound, (value, value))


def _leave_network() -> None:
    """Go where there is no network, if the system lets an ordinary process do so; no driver here needs one."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
