"""The launcher with a clock: each run of a page writes the milliseconds of processor time that its thread took.

Started by `bench_map` and `bench_sessions` with ``streamlit run``, never by people. ``ATLAS_BENCH_LOG`` names the file,
``ATLAS_BENCH_SCRIPT`` another script than the app.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from ui.server import MIDDLEWARE, ROUTES

_LOG = Path(os.environ["ATLAS_BENCH_LOG"])
_run_script = ScriptRunner._run_script


def _run_timed(self: ScriptRunner, rerun_data: Any) -> None:
    began = time.thread_time()
    try:
        _run_script(self, rerun_data)
    finally:
        with _LOG.open("a", encoding="utf-8") as log:
            log.write(f"{(time.thread_time() - began) * 1000:.2f}\n")


ScriptRunner._run_script = _run_timed  # type: ignore[method-assign]

app = st.App(os.environ.get("ATLAS_BENCH_SCRIPT", "app.py"), middleware=MIDDLEWARE, routes=ROUTES)
