"""Run every measurement and print one table; a number of rows may be given for those that take one."""

from __future__ import annotations

import importlib
import inspect
import os
import sys
from pathlib import Path

for path in sorted(Path(__file__).parent.glob("bench_*.py")):
    run = importlib.import_module(f"benchmarks.{path.stem}").run
    size = {"n_rows": int(sys.argv[1])} if sys.argv[1:] and "n_rows" in inspect.signature(run).parameters else {}
    for name, milliseconds, remark in run(**size):
        print(f"{name:56} {milliseconds:10.1f} ms   {remark}", flush=True)
print(f"load of the machine in the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
