"""What people read names only files that are there; what machines install is pinned."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "static/README.md"})
MADE = ("var/", ".venv/", "app/static/")
"""Folders that are made on a machine, and addresses."""

_TICKED = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)\s#]+)")
_PATH = re.compile(r"[\w.-]+(/[\w.*-]+)*/?")
_SUFFIXES = {".css", ".csv", ".geojson", ".in", ".js", ".json", ".md", ".png", ".py", ".toml", ".txt", ".yml"}


def named_files(text: str) -> set[str]:
    """Return what looks like a path of the repository: in backticks with a folder or a known ending, or a link."""
    ticked = {word for span in _TICKED.findall(text) for word in re.findall(r"[^\s,;()]+", span)}
    paths = {
        word
        for word in ticked
        if _PATH.fullmatch(word) and (word.endswith("/") or ("/" in word and "." in word) or _is_top(word))
    }
    return {path for path in paths | set(_LINK.findall(text)) if not path.startswith(MADE)}


def _is_top(word: str) -> bool:
    return Path(word).suffix in _SUFFIXES and "/" not in word and not word.startswith(".")


def missing_files(text: str, folder: Path, root: Path) -> set[str]:
    """Return the named files that are neither beside the document nor under the root; ``*`` stands for some name."""
    return {
        name
        for name in named_files(text)
        if not any(any(base.glob(name.rstrip("/"))) for base in (folder, root, root / "ui", root / "static"))
    }


def unpinned(requirements: str) -> list[str]:
    """Return what a requirements file leaves open: packages without version or hash, and addresses of indexes."""
    joined = requirements.replace("\\\n", " ")
    lines = [line.strip() for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    open_ones = [line for line in lines if not re.match(r"[\w.\[\]-]+==[^\s;]+.* --hash=sha256:[0-9a-f]{64}", line)]
    return open_ones + re.findall(r"https?://\S+|--(?:extra-)?index-url|--find-links|git\+\S+", joined)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_name_only_files_that_are_there(path):
    assert missing_files(path.read_text(encoding="utf-8"), path.parent, ROOT) == set()


def test_a_file_that_is_not_there_is_found(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "here.py").touch()
    text = (
        "See `data/here.py`, `data/gone.py`, `old.py --help`, `data/`, `lost/`, [this](docs/away.md), "
        "[that](https://a.example/b.md), `var/atlas.sqlite`, `a/b` and `KH-12`; `data/*.py`, `data/*.csv`."
    )
    assert missing_files(text, tmp_path, tmp_path) == {"data/gone.py", "old.py", "lost/", "docs/away.md", "data/*.csv"}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_its_hash(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count("==") > 20 or name != "requirements.txt"
    assert unpinned(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "pandas\n",
        "pandas==3.1.0\n",
        "pandas>=3 \\\n    --hash=sha256:" + "a" * 64 + "\n",
        "--index-url https://pypi.example/simple\n",
        "pandas @ git+https://a.example/pandas\n",
    ],
)
def test_an_open_requirement_is_found(text):
    assert unpinned(text)


def test_each_direct_requirement_is_locked_and_explained():
    reasons = (ROOT / "docs/decisions/002-dependencies.md").read_text(encoding="utf-8").lower()
    for name in ("requirements", "requirements-dev"):
        locked = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
        lines = (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()
        asked = {re.split(r"[\s<>=!~\[;#]", line.strip(), maxsplit=1)[0].lower() for line in lines}
        for package in {package for package in asked if package and not package.startswith("-")}:
            assert re.search(rf"^{re.escape(package)}==", locked, re.MULTILINE), package
            assert package in reasons or name == "requirements-dev", package


def test_integration_types_what_a_person_types():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "make test"
    assert "set -euo pipefail" in script
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
    assert re.search(r"^make test\b", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^test:.*\n\t.*pytest", makefile, re.MULTILINE)
