"""Uploads that are not finished, kept on disk: a rerun, a reconnect, a reload or a restart of the server loses nothing.

::

    data_dir()/drafts/<token>/content      the bytes of the file, as they were uploaded
    data_dir()/drafts/<token>/draft.json   what has been decided about it so far

The token is random and cannot be guessed; whoever has it may go on with the draft. The folder is nobody else's to look
into, and is none of those that a server hands out. Once the file is imported, or the person gives up, the draft goes.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from data.database import data_dir, make_folder
from data.options import AS_IT_IS, ImportOptions
from data.schema import KINDS
from data.source_entry import SourceEntry
from errors import StoreError, UploadError
from locales import say

FIRST_STEP = "read"
_TOKEN = re.compile(r"[0-9a-f]{32}")
_CONTENT, _DRAFT = "content", "draft.json"


@dataclass(frozen=True)
class Draft:
    """An upload that is not finished.

    Attributes
    ----------
    token : str
        Its name: 32 hexadecimal digits.
    file_name : str
        As the person calls the file.
    kind : str
        Key into ``schema.KINDS``, or empty while it is not chosen.
    sha256 : str
        Of the bytes (hex).
    size : int
        How many bytes.
    options : ImportOptions
        What the person has decided so far.
    source : SourceEntry or str or None
        The source behind the file: a new one, or the identifier of a stored one.
    step : str
        How far the person has come.
    answers : mapping of str to str
        Answers that are chosen but not taken yet, by the key of the question; what they mean is the page's matter.
    created_at, changed_at : datetime
        UTC.
    """

    token: str
    file_name: str
    kind: str
    sha256: str
    size: int
    created_at: datetime
    changed_at: datetime
    options: ImportOptions = AS_IT_IS
    source: SourceEntry | str | None = None
    step: str = FIRST_STEP
    answers: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> bytes:
        """Return the bytes of the file.

        Raises
        ------
        StoreError
            They are gone, or are no longer those that were uploaded.
        """
        try:
            content = (_folder(self.token) / _CONTENT).read_bytes()
        except OSError as error:
            raise _lost(self) from error
        if sha256(content).hexdigest() != self.sha256:
            raise _lost(self)
        return content


def new_draft(content: bytes, file_name: str, kind: str = "") -> Draft:
    """Keep a file that was just uploaded, and return its draft.

    Raises
    ------
    StoreError
        The folder of the data cannot be written, or the disk is full; nothing is kept then.
    """
    now = datetime.now(UTC)
    token = secrets.token_hex(16)
    draft = Draft(token, file_name, kind, sha256(content).hexdigest(), len(content), now, now)
    folder = _folder(token)
    make_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700)
        _write(folder / _CONTENT, content)
        _write(folder / _DRAFT, _to_json(draft))
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _not_kept(folder) from error
    return draft


def load(token: str) -> Draft | None:
    """Return the draft with this token; None for anything that is no draft, whatever the text is."""
    if not _TOKEN.fullmatch(token):
        return None
    try:
        return _from_json(token, (_folder(token) / _DRAFT).read_bytes())
    except (OSError, ValueError, KeyError, TypeError, UploadError):
        return None


def save(draft: Draft) -> Draft:
    """Keep what has been decided since, and return the draft with the time of the change.

    Raises
    ------
    StoreError
        The draft was discarded meanwhile, or cannot be written; what was kept before is still there.
    """
    changed = replace(draft, changed_at=datetime.now(UTC))
    folder = _folder(draft.token)
    if not folder.is_dir():
        raise _lost(draft)
    new = folder / f".{secrets.token_hex(4)}"
    try:
        _write(new, _to_json(changed))
        new.replace(folder / _DRAFT)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise _not_kept(folder) from error
    return changed


def discard(token: str) -> None:
    """Take a draft off the disk; nothing happens when there is none.

    Raises
    ------
    StoreError
        It cannot be deleted.
    """
    if not _TOKEN.fullmatch(token):
        return
    folder = _folder(token)
    try:
        (folder / _DRAFT).unlink(missing_ok=True)  # first what makes it a draft, lest half of one is found
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(
            say("The unfinished upload in {folder} cannot be deleted.", folder=folder),
            say("Check the rights to the folder."),
            path=folder,
        ) from error


def open_drafts() -> list[Draft]:
    """Return all drafts, the one that was changed last first."""
    found = [draft for draft in map(load, _tokens()) if draft is not None]
    return sorted(found, key=lambda draft: draft.changed_at, reverse=True)


def discard_old(hours: float = 48) -> int:
    """Discard drafts that nobody has changed for so long, and what is left of broken ones; return how many."""
    before = datetime.now(UTC) - timedelta(hours=hours)
    old = [token for token in _tokens() if _changed_at(token) < before]
    for token in old:
        discard(token)
    return len(old)


def _folder(token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise ValueError("no token of a draft")
    return data_dir() / "drafts" / token


def _tokens() -> list[str]:
    """Return the tokens of all drafts, whole or broken."""
    try:
        return sorted(path.name for path in (data_dir() / "drafts").iterdir() if _TOKEN.fullmatch(path.name))
    except FileNotFoundError:
        return []


def _changed_at(token: str) -> datetime:
    draft = load(token)
    if draft is not None:
        return draft.changed_at
    try:
        return datetime.fromtimestamp(_folder(token).stat().st_mtime, UTC)
    except OSError:  # gone meanwhile
        return datetime.now(UTC)


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, down to the disk."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _to_json(draft: Draft) -> bytes:
    source = asdict(draft.source) if isinstance(draft.source, SourceEntry) else draft.source
    values: dict[str, object] = {
        "file_name": draft.file_name,
        "kind": draft.kind,
        "sha256": draft.sha256,
        "size": draft.size,
        "created_at": draft.created_at.isoformat(),
        "changed_at": draft.changed_at.isoformat(),
        "options": json.loads(draft.options.to_json()),
        "source": source,
        "step": draft.step,
        "answers": dict(draft.answers),
    }
    return json.dumps(values, ensure_ascii=False, sort_keys=True).encode()


def _from_json(token: str, text: bytes) -> Draft:
    """Return a draft as it was written; one of the errors that `load` expects when it is of another form."""
    given: dict[str, Any] = json.loads(text)
    source = given["source"]
    texts = {name: given[name] for name in ("file_name", "kind", "sha256", "step")}
    if not all(isinstance(text, str) for text in texts.values()) or texts["kind"] not in {"", *KINDS}:
        raise ValueError("no draft")
    if not (source is None or isinstance(source, str | dict)) or not isinstance(given["size"], int):
        raise ValueError("no draft")
    answers = given.get("answers", {})  # drafts of earlier versions have none
    if not isinstance(answers, dict) or not all(isinstance(text, str) for text in answers.values()):
        raise ValueError("no draft")
    return Draft(
        token,
        answers=answers,
        size=given["size"],
        created_at=_time(given["created_at"]),
        changed_at=_time(given["changed_at"]),
        options=ImportOptions.from_json(json.dumps(given["options"])),
        source=SourceEntry(**source) if isinstance(source, dict) else source,
        **texts,
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _lost(draft: Draft) -> StoreError:
    return StoreError(
        say("The unfinished upload of “{file_name}” is no longer there as it was.", file_name=draft.file_name),
        say("Upload the file again."),
    )


def _not_kept(folder: Path) -> StoreError:
    return StoreError(
        say("The upload cannot be kept in {parent}.", parent=folder.parent),
        say("Free some space, or check the rights to the folder."),
        path=folder,
    )
