"""Everything that a browser gets from static/ is ours, unchanged, licensed, and asks for nothing elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
INDEX = json.loads((STATIC / "vendor/index.json").read_text(encoding="utf-8"))
CODE = sorted(path for path in STATIC.rglob("*") if path.suffix in {".css", ".html", ".js", ".svg"})

# Addresses that a browser would fetch by itself; the names of XML namespaces and links to click on are none.
FETCHED = re.compile(
    r"""url\(\s*["']?(?:https?:)?//        # style sheets: images, fonts
      | @import
      | sourceMappingURL
      | \b(?:src|srcset|poster)\s*=\s*\\?["']?(?:https?:)?//
      | <link\b[^>]*\bhref\s*=\s*\\?["']?(?:https?:)?//
      | (?:fetch|importScripts|import|EventSource|WebSocket|sendBeacon)\(\s*["'`](?:https?:|wss?:)?//
      | \.open\(\s*["'`]\w+["'`]\s*,\s*["'`](?:https?:)?//
    """,
    re.IGNORECASE | re.VERBOSE,
)
LINK = re.compile(r"https?://[^\s\"'`)<>\\]+")
NAMED_ONLY = {  # in vendored files: namespaces, attribution links, comments
    "http://www.w3.org/2000/svg",
    "https://leafletjs.com",
    "https://bugs.chromium.org/p/chromium/issues/detail?id=600120",
    "https://bugzilla.mozilla.org/show_bug.cgi?id=888319",
}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(STATIC)))
def test_nothing_is_fetched_from_elsewhere(path):
    code = path.read_text(encoding="utf-8")
    assert FETCHED.findall(code) == []
    assert set(LINK.findall(code)) <= NAMED_ONLY


@pytest.mark.parametrize(
    "code",
    [
        "a{background:url(https://x.example/a.png)}",
        "a{background:url('//x.example/a.png')}",
        '@import "other.css";',
        "//# sourceMappingURL=a.js.map",
        '<script src="https://x.example/a.js"></script>',
        '<link rel=stylesheet href="https://x.example/a.css">',
        "fetch('https://x.example/a.json')",
        "r.open('GET', 'http://x.example')",
    ],
)
def test_the_check_can_fail(code):
    assert FETCHED.search(code)


@pytest.mark.parametrize("package", INDEX, ids=lambda package: package["npm"])
def test_vendored_files_are_unchanged_and_licensed(package):
    assert set(package) == {"name", "npm", "version", "licence", "licence_file", "files"}
    assert package["licence_file"] in package["files"]
    for path, checksum in package["files"].items():
        assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == checksum, path


def test_every_vendored_file_is_in_the_index():
    listed = {path for package in INDEX for path in package["files"]} | {"vendor/index.json"}
    present = {
        str(path.relative_to(STATIC)) for folder in ("vendor", "fonts") for path in (STATIC / folder).rglob("*.*")
    }
    assert present == listed


def test_every_file_that_a_style_sheet_names_is_there():
    for sheet in STATIC.rglob("*.css"):
        for name in re.findall(r"url\(\s*[\"']?([^\"')#]+)", sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / name).is_file(), f"{sheet.name}: {name}"


def test_only_libraries_fonts_and_geometry_are_public():
    assert {path.name for path in STATIC.iterdir()} <= {"README.md", "fonts", "frame", "geo", "icon.png", "vendor"}
