"""Measurements; every ``bench_*.py`` has a function ``run`` that returns rows of name, milliseconds and remark."""
