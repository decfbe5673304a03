"""Run every measurement and print one table."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

for path in sorted(Path(__file__).parent.glob("bench_*.py")):
    for name, milliseconds, remark in importlib.import_module(f"benchmarks.{path.stem}").run():
        print(f"{name:56} {milliseconds:10.1f} ms   {remark}", flush=True)
print(f"load of the machine in the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
