"""Who may use what: layers, drawing libraries, HTML, and what may be the key of a cache."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["root_packages"]
OURS = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
KEYS = {"str", "int", "bool", "Path", "tuple"}
"""What keys of a cache are made of: Streamlit hashes them whole. Of a large frame it hashes a sample, and then gives
the answer that belongs to another one."""
SHARED = {"Snapshot"}
"""Types that may be handed to a cached function unhashed, because a hashed parameter (the data version) names them."""


def imports(code: str) -> set[str]:
    """Return the packages that code imports."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def raw_html(code: str) -> list[str]:
    """Return the ways in which code puts HTML on a page."""
    tree = ast.parse(code)
    words = [node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html"]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return words + [
        f"{node.value.id}.{node.attr}"
        for node in calls
        if isinstance(node.value, ast.Name) and (node.value.id, node.attr) in {("st", "html"), ("components", "html")}
    ]


def _cached(code: str) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef) and any("st.cache_" in ast.unparse(one) for one in node.decorator_list):
            yield node


def unsafe_keys(code: str) -> list[str]:
    """Return the parameters of cached functions that must not be their keys.

    A parameter whose name begins with ``_`` is not hashed: it may only be something that another parameter names.
    """
    found = []
    for function in _cached(code):
        given = function.args
        for parameter in (*given.posonlyargs, *given.args, *given.kwonlyargs):
            names = {node.id for node in ast.walk(parameter) if isinstance(node, ast.Name)}
            attributes = any(isinstance(node, ast.Attribute) for node in ast.walk(parameter))
            if not names or attributes or not names <= (SHARED if parameter.arg.startswith("_") else KEYS):
                found.append(f"{function.name}({ast.unparse(parameter)})")
        found += [f"{function.name}(*{extra.arg})" for extra in (given.vararg, given.kwarg) if extra]
    return found


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with the contracts of a folder's ``pyproject.toml``."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_layers_hold():
    run = lint_imports(ROOT)
    assert run.returncode == 0, run.stdout
    assert "0 broken" in run.stdout


def test_a_broken_layer_is_found(tmp_path):
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    for layer in LAYERS:
        (tmp_path / layer).mkdir()
        (tmp_path / layer / "__init__.py").touch()
    (tmp_path / "data" / "bad.py").write_text("import streamlit\nimport ui.state\n", encoding="utf-8")
    (tmp_path / "ui" / "state.py").touch()
    run = lint_imports(tmp_path)
    assert run.returncode == 1
    assert "2 broken" in run.stdout


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_module_keeps_the_rules(path):
    code, name = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))
    used = imports(code)
    if name.split("/")[0] in ("data", "geo", "charts"):
        assert not used & {"streamlit", "streamlit_folium"}
    if name not in ("charts/province_map.py", "ui/map_assets.py"):
        assert not used & {"folium", "branca", "streamlit_folium"}
    if name not in ("ui/theme.py", "ui/language.py"):
        assert raw_html(code) == []
    assert unsafe_keys(code) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import folium.plugins", {"folium"}),
        ("def f():\n    from streamlit.proto import x", {"streamlit"}),
        ("from . import folium", set()),
    ],
)
def test_imports_are_found(code, found):
    assert imports(code) == found


@pytest.mark.parametrize("code", ["st.markdown(x, unsafe_allow_html=False)", "st.html(x)", "components.html(x)"])
def test_html_is_found(code):
    assert raw_html(code)


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ("folder: Path, revision: int, parts: bool, name: str", []),
        ("version: tuple[Path, tuple[int, ...], str | None]", []),
        ("versions: tuple[Snapshot, ...]", ["f(versions: tuple[Snapshot, ...])"]),
        ("revision: int, _snapshot: Snapshot", []),
        ("records: pd.DataFrame", ["f(records: pd.DataFrame)"]),
        ("revision", ["f(revision)"]),
        ("*, counts: MeasureCounts", ["f(counts: MeasureCounts)"]),
        ("revision: int, _folder: Path", ["f(_folder: Path)"]),
        ("*frames", ["f(*frames)"]),
    ],
)
def test_keys_that_are_not_hashed_whole_are_found(parameters, found):
    for decorator in ("st.cache_data", "st.cache_resource(max_entries=2)"):
        assert unsafe_keys(f"@{decorator}\ndef f({parameters}):\n    pass\n") == found
    assert unsafe_keys(f"def f({parameters}):\n    pass\n") == []
