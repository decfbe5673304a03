from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import drafts
from data.database import data_dir
from data.drafts import Draft, discard, discard_old, load, new_draft, open_drafts, save
from data.options import Edit, ImportOptions
from data.source_entry import SourceEntry
from errors import StoreError

CONTENT = "ថ្ងៃ,place\n2023-04-01,Kampot\n".encode()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATLAS_DATA_DIR", str(tmp_path / "var"))
    return tmp_path / "var" / "drafts"


def test_a_draft_is_there_again_for_whoever_has_its_token() -> None:
    draft = new_draft(CONTENT, "ប្រចាំខែ.csv", "complaint")
    assert load(draft.token) == draft
    assert draft.content() == CONTENT
    assert (draft.kind, draft.size, draft.step) == ("complaint", len(CONTENT), "read")
    assert draft.created_at == draft.changed_at
    assert datetime.now(UTC) - draft.created_at < timedelta(minutes=5)


def test_every_draft_has_a_token_of_its_own() -> None:
    tokens = {new_draft(CONTENT, "a.csv").token for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) == 32 and int(token, 16) >= 0 for token in tokens)


def test_what_was_decided_is_kept() -> None:
    draft = new_draft(CONTENT, "a.csv")
    options = ImportOptions(day_first=True, columns={"name": ("A", "B")}, edits=(Edit(2, "A", "x"),))
    for source in (SourceEntry("Log", publisher="ខេត្ត"), "src-known", None):
        saved = save(replace(draft, kind="event", options=options, source=source, step="review"))
        assert load(draft.token) == saved
        assert (saved.options, saved.source, saved.step) == (options, source, "review")
        assert saved.changed_at > draft.changed_at
        assert saved.created_at == draft.created_at


@pytest.mark.skipif(os.name == "nt", reason="rights to files are another matter there")
def test_nobody_else_may_look_into_a_draft(folder: Path) -> None:
    before = os.umask(0)
    try:
        draft = save(new_draft(CONTENT, "a.csv"))
    finally:
        os.umask(before)
    for path in (folder, folder / draft.token):
        assert path.stat().st_mode & 0o777 == 0o700
    files = list((folder / draft.token).iterdir())
    assert {path.name for path in files} == {"content", "draft.json"}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_drafts_lie_where_no_server_hands_them_out(folder: Path) -> None:
    draft = new_draft(CONTENT, "a.csv")
    assert (folder / draft.token).is_relative_to(data_dir())
    assert "static" not in (folder / draft.token).parts


ODD_TOKENS = ["", "..", "../atlas", "a" * 31, "a" * 33, "A" * 32, "g" * 32, "a" * 32 + "\n", "/etc/passwd", "0" * 32]


@pytest.mark.parametrize("token", ODD_TOKENS)
def test_what_is_no_token_is_no_draft(token: str, folder: Path) -> None:
    (folder / "..").resolve().mkdir()
    (folder.parent / "draft.json").write_text("{}")
    assert load(token) is None
    discard(token)
    assert (folder.parent / "draft.json").exists()


@given(st.text())
def test_no_text_leads_out_of_the_folder(text: str) -> None:
    assert load(text) is None


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"{}",
        json.dumps({"file_name": "a"}).encode(),
        {"kind": "victim"},
        {"options": {"day_first": "yes"}},
        {"options": []},
        {"changed_at": "yesterday"},
        {"size": "1"},
        {"source": {"titel": "x"}},
        {"source": 5},
        {"file_name": None},
    ],
)
def test_a_draft_that_cannot_be_read_is_none_and_is_cleared_away(
    written: bytes | dict[str, object], folder: Path
) -> None:
    draft = new_draft(CONTENT, "a.csv")
    path = folder / draft.token / "draft.json"
    path.write_bytes(
        written if isinstance(written, bytes) else json.dumps(json.loads(path.read_bytes()) | written).encode()
    )
    assert load(draft.token) is None
    assert open_drafts() == []
    assert discard_old() == 0
    os.utime(path.parent, (0, 0))
    assert discard_old() == 1
    assert not path.parent.exists()


def test_bytes_that_have_changed_are_not_handed_out(folder: Path) -> None:
    draft = new_draft(CONTENT, "a.csv")
    (folder / draft.token / "content").write_bytes(CONTENT[:-1])
    with pytest.raises(StoreError, match="no longer there as it was") as caught:
        draft.content()
    assert caught.value.hint == "Upload the file again."
    (folder / draft.token / "content").unlink()
    with pytest.raises(StoreError, match="no longer there"):
        draft.content()


def test_a_draft_that_was_discarded_is_gone_and_does_not_come_back(folder: Path) -> None:
    draft = new_draft(CONTENT, "a.csv")
    discard(draft.token)
    discard(draft.token)
    assert list(folder.iterdir()) == []
    assert load(draft.token) is None
    with pytest.raises(StoreError, match="no longer there"):
        save(draft)
    assert list(folder.iterdir()) == []


def test_a_save_that_fails_keeps_what_was_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = new_draft(CONTENT, "a.csv")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(drafts.os, "fsync", fail)
        with pytest.raises(StoreError, match="cannot be kept"):
            save(replace(draft, step="review"))
        with pytest.raises(StoreError, match="cannot be kept"):
            new_draft(CONTENT, "b.csv")
    assert load(draft.token) == draft
    assert [path.name for path in folder.iterdir()] == [draft.token]
    assert {path.name for path in (folder / draft.token).iterdir()} == {"content", "draft.json"}


def age(draft: Draft, hours: float) -> None:
    path = data_dir() / "drafts" / draft.token / "draft.json"
    changed = draft.changed_at - timedelta(hours=hours)
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"changed_at": changed.isoformat()}))


def test_old_drafts_are_cleared_away_and_the_others_listed() -> None:
    assert open_drafts() == []
    assert discard_old() == 0
    old, middle, new = (new_draft(CONTENT, name) for name in ("old.csv", "middle.csv", "new.csv"))
    age(old, 49)
    age(middle, 47)
    assert [draft.file_name for draft in open_drafts()] == ["new.csv", "middle.csv", "old.csv"]
    assert discard_old() == 1
    assert [draft.token for draft in open_drafts()] == [new.token, middle.token]
    assert discard_old(hours=24) == 1
    assert load(old.token) is load(middle.token) is None
