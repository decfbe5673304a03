"""Views and briefings that people keep: in the folder of the data, beside the store, each with who kept it and when.

::

    data_dir()/saved/<token>.json      one view or one briefing

They are no records: nothing is counted from them, and they may be thrown away. A view is its address
(``data/permalink.py``); the folder is nobody else's to look into.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.briefing import PAGES, Briefing, describe_briefing, read_briefing
from data.database import data_dir, make_folder
from data.permalink import Choices, read_address, write_address
from errors import ExportError, StoreError
from locales import say

LONGEST_NAME = 120
_TOKEN = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class SavedView:
    """A view that somebody kept.

    Attributes
    ----------
    token : str
        Its file's name.
    name : str
        As the person calls it.
    page : str
        The page on which it stands: ``map``, ``timeline``, ``claims``, ``compounds``.
    view : Choices
    who : str
    when : datetime
        UTC.
    """

    token: str
    name: str
    page: str
    view: Choices
    who: str
    when: datetime


@dataclass(frozen=True)
class SavedBriefing:
    """A briefing that somebody kept; attributes as of `SavedView`."""

    token: str
    briefing: Briefing
    who: str
    when: datetime


def save_view(name: str, page: str, view: Choices, *, who: str) -> SavedView:
    """Keep a view.

    Raises
    ------
    ExportError
        It has no name, or the page has no figure.
    StoreError
        The folder of the data cannot be written.
    """
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name or page not in PAGES.values():
        raise ExportError(say("A view is kept under a name."), say("Write a name."))
    saved = SavedView(secrets.token_hex(8), name, page, view, who, datetime.now(UTC))
    what = {"name": name, "page": page, "view": write_address(view)}
    _write(saved.token, {"kind": "view", **what, "who": who, "when": saved.when.isoformat()})
    return saved


def save_briefing(briefing: Briefing, *, who: str, token: str = "") -> SavedBriefing:
    """Keep a briefing; under the same `token` it takes the place of what was kept before. Errors as of `save_view`."""
    saved = SavedBriefing(token or secrets.token_hex(8), briefing, who, datetime.now(UTC))
    what = {"kind": "briefing", "briefing": describe_briefing(briefing), "who": who, "when": saved.when.isoformat()}
    _write(saved.token, what)
    return saved


def saved_views() -> list[SavedView]:
    """Return the views that were kept, the latest first; files that are none are left out."""
    found = [one for one in map(_read, _tokens()) if isinstance(one, SavedView)]
    return sorted(found, key=lambda one: one.when, reverse=True)


def saved_briefings() -> list[SavedBriefing]:
    """Return the briefings that were kept, the latest first."""
    found = [one for one in map(_read, _tokens()) if isinstance(one, SavedBriefing)]
    return sorted(found, key=lambda one: one.when, reverse=True)


def forget_saved(token: str) -> None:
    """Throw a kept view or briefing away; nothing happens when there is none. StoreError when it cannot be deleted."""
    if not _TOKEN.fullmatch(token):
        return
    try:
        _path(token).unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(_path(token)) from error


def _folder() -> Path:
    return data_dir() / "saved"


def _path(token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise ValueError("no token of anything saved")
    return _folder() / f"{token}.json"


def _tokens() -> list[str]:
    try:
        return [path.stem for path in _folder().glob("*.json") if _TOKEN.fullmatch(path.stem)]
    except OSError:
        return []


def _write(token: str, content: dict[str, Any]) -> None:
    """Write a file that only its owner may read; the old one stays until the new one is whole."""
    path = _path(token)
    make_folder(path.parent)
    new = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(json.dumps(content, ensure_ascii=False).encode())
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise _not_written(path) from error


def _read(token: str) -> SavedView | SavedBriefing | None:
    """Return what a file holds; None for anything that was not written here."""
    try:
        given = json.loads(_path(token).read_bytes())
        who, when = str(given["who"]), datetime.fromisoformat(given["when"]).astimezone(UTC)
        if given["kind"] == "briefing":
            return SavedBriefing(token, read_briefing(json.dumps(given["briefing"])), who, when)
        if given["page"] not in PAGES.values():
            return None
        view = {name: value for name, value in given["view"].items() if isinstance(value, str)}
        return SavedView(token, str(given["name"])[:LONGEST_NAME], given["page"], read_address(view), who, when)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ExportError):
        return None


def _not_written(path: Path) -> StoreError:
    return StoreError(
        say("{path} cannot be opened or written.", path=path), say("Check the rights to the folder."), path=path
    )
