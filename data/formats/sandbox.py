"""Reading a file that could be hostile in a process of its own, which has little memory, little time and no network.

What the process says is plain JSON; when it dies, runs out of time or asks for too much, the file is refused.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import errors
from data.limits import MEGABYTE, current_limits
from errors import UnreadableFileError, UploadError
from locales import say

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS, RESULT = "arguments.json", "result.json"
MEMORY_BYTES = 2048 * MEGABYTE
"""Address space of the process: enough for the largest file that is allowed, with the libraries that read it."""
_LARGEST_RESULT = 512 * MEGABYTE
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
_SETTINGS = {
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    # Each thread would reserve address space of its own.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "GDAL_NUM_THREADS": "1",
    # GDAL opens what it is given, and nothing that stands in it or lies beside it.
    "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "CPL_CURL_ENABLE_VSIMEM": "NO",
    "GDAL_PAM_ENABLED": "NO",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
    "PROJ_NETWORK": "OFF",
}


def read_apart(job: str, files: Mapping[str, bytes], file_name: str, **arguments: Any) -> Any:
    """Return what a function of ``data/formats/apart.py`` makes of some files.

    Parameters
    ----------
    job : str
        Key into ``apart.JOBS``.
    files : mapping of str to bytes
        By the names under which the function finds them in its folder, which is deleted afterwards.
    file_name : str
        As the person calls the file; for messages.
    **arguments
        Further arguments that JSON can hold.

    Raises
    ------
    UploadError
        What the function raised; or `UnreadableFileError` when it was stopped or failed.
    """
    limits = current_limits()
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | _SETTINGS
    with tempfile.TemporaryDirectory(prefix="atlas-") as name:
        folder = Path(name)
        for own_name, content in files.items():
            (folder / own_name).write_bytes(content)
        bounds = {"seconds": limits.seconds, "memory": MEMORY_BYTES, "result": _LARGEST_RESULT}
        order = {"bounds": bounds, "limits": asdict(limits), "file_name": file_name, "arguments": arguments}
        (folder / ARGUMENTS).write_text(json.dumps(order), encoding="utf-8")
        environment |= {"HOME": name, "TMPDIR": name}
        try:
            ended = subprocess.run(
                [sys.executable, "-s", "-m", "data.formats.apart", job, name],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableFileError(
                say(
                    "Reading “{file_name}” takes longer than {seconds} seconds, which is the limit.",
                    file_name=file_name,
                    seconds=limits.seconds,
                ),
                say("Save what is needed of it as a CSV file."),
                file_name=file_name,
                limit=limits.seconds,
            ) from error
        result = folder / RESULT
        if ended.returncode or not result.is_file():
            raise UnreadableFileError(
                say(
                    "“{file_name}” cannot be read: it is damaged, or needs more memory or time than a file may.",
                    file_name=file_name,
                ),
                say("Open it in its own program and save the table as “CSV UTF-8”."),
                file_name=file_name,
            )
        answer: dict[str, Any] = json.loads(result.read_bytes())
    if refused := answer.get("refused"):
        raise _rebuild(refused)
    return answer["result"]


def _rebuild(refused: Mapping[str, Any]) -> UploadError:
    kind = getattr(errors, str(refused["error"]), UploadError)
    if not (isinstance(kind, type) and issubclass(kind, UploadError)):
        kind = UnreadableFileError
    return kind(refused["message"], refused["hint"], **refused["context"])
