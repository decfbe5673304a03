"""Where things lie: every module has its test, none grows too long, every code of an issue is in use."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

from data.issues import ISSUES

ROOT = Path(__file__).resolve().parents[2]
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["root_packages"]
PAGE_LINES, MODULE_LINES = 80, 300

LONG = {
    "data/schema.py": "the codebook as one table",
}
"""Modules that may be longer than the others, and why."""


def modules(root: Path) -> list[str]:
    """Return every module of the layers, as ``data/schema.py``; packages' own files and migrations left out."""
    found = (path.relative_to(root) for layer in LAYERS for path in (root / layer).rglob("*.py"))
    return sorted(
        str(path) for path in found if path.name not in ("__init__.py", "env.py") and "versions" not in str(path)
    )


def without_twin(root: Path) -> set[str]:
    """Return the modules whose test, ``tests/data/test_schema.py`` for ``data/schema.py``, is not there."""
    return {
        module
        for module in modules(root)
        if not (root / "tests" / Path(module).parent / f"test_{Path(module).name}").is_file()
    }


def too_long(root: Path) -> dict[str, int]:
    """Return the modules with more lines than they may have."""
    lines = {name: len((root / name).read_text(encoding="utf-8").splitlines()) for name in modules(root)}
    lines |= {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in root.glob("*.py")}
    limit = {name: PAGE_LINES if name.startswith("pages/") else MODULE_LINES for name in lines}
    return {name: count for name, count in lines.items() if count > limit[name]}


def texts_in(path: Path) -> set[str]:
    """Return every string that stands in a module."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def unused_codes(codes: set[str], folder: Path) -> set[str]:
    """Return the codes of issues that no module but ``issues.py`` names."""
    named = set().union(*(texts_in(path) for path in folder.rglob("*.py") if path.name != "issues.py"))
    return codes - named


def test_every_module_has_its_test():
    assert without_twin(ROOT) == set()


def test_the_exceptions_are_still_needed():
    assert set(LONG) == set(too_long(ROOT))


def test_no_module_is_too_long():
    assert set(too_long(ROOT)) - set(LONG) == set()


def test_every_reason_to_reject_a_row_is_in_use():
    assert unused_codes(set(ISSUES), ROOT / "data") == set()


def test_folders_have_names_that_say_something():
    vague = {"utils", "util", "helpers", "common", "misc", "core"}
    assert not [module for module in modules(ROOT) if vague & set(Path(module).with_suffix("").parts)]


def _write(root: Path, name: str, text: str = "") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_module_without_a_test_is_found(tmp_path):
    for name in ("data/__init__.py", "data/a.py", "data/b.py", "geo/files/c.py", "tests/data/test_a.py"):
        _write(tmp_path, name)
    assert without_twin(tmp_path) == {"data/b.py", "geo/files/c.py"}


def test_a_long_module_is_found(tmp_path):
    _write(tmp_path, "pages/a.py", "x = 1\n" * 81)
    _write(tmp_path, "pages/b.py", "x = 1\n" * 80)
    _write(tmp_path, "ui/a.py", "x = 1\n" * 300)
    _write(tmp_path, "top.py", "x = 1\n" * 301)
    assert too_long(tmp_path) == {"pages/a.py": 81, "top.py": 301}


def test_an_unused_code_is_found(tmp_path):
    _write(tmp_path, "issues.py", "CODES = ['used', 'unused']")
    _write(tmp_path, "validate.py", "def f():\n    return find('used')  # unused\n")
    assert unused_codes({"used", "unused"}, tmp_path) == {"unused"}
