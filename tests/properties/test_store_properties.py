"""Whatever happens to a store, every earlier revision stays what it was, and undoing restores exactly."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from data.source_entry import SourceEntry
from data.store import Store
from errors import DuplicateFileError, StoreError
from tests.data.store_files import make_file

IDS = st.lists(st.sampled_from([f"c-{number}" for number in range(6)]), unique=True, max_size=4)
PEOPLE = st.none() | st.integers(0, 3)


class StoreHistory(RuleBasedStateMachine):
    """Random imports, reverts, re-applications and corrections, beside a plain model of what is live."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.hashes: dict[int, str] = {}
        self.model: dict[str, tuple[int | None, int]] = {}
        self.models: dict[int, dict[str, tuple[int | None, int]]] = {}
        self.n_batches = 0

    @initialize()
    def open(self) -> None:
        self.store = Store.open(Path(self.folder.name, "atlas.sqlite"))
        self.remember()

    def teardown(self) -> None:
        with self.folder:
            for revision, model in self.models.items():
                assert self.live(revision) == model
                assert self.store.snapshot_hash(revision) == self.hashes[revision]
            assert self.store.revisions()["revision"].tolist() == list(range(1, self.store.revision() + 1))
            batches = self.store.batches()
            counted = batches[["rows_accepted", "rows_rejected", "rows_duplicate"]].sum(axis=1)
            assert (batches["rows_read"] == counted).all()
            self.store.verify()

    def remember(self) -> None:
        """Note what the latest revision says; it must say so for ever."""
        revision = self.store.revision()
        assert revision not in self.hashes
        self.hashes[revision] = self.store.snapshot_hash()
        self.models[revision] = dict(self.model)

    def live(self, revision: int | None = None) -> dict[str, tuple[int | None, int]]:
        """What the store says is live: the people of each complaint and the batch it is from."""
        frame = self.store.read("complaint", revision=revision)
        people = [None if pd.isna(cell) else int(cell) for cell in frame["people_affected"]]
        return dict(zip(frame["complaint_id"], zip(people, frame["batch_id"], strict=True), strict=True))

    @rule(ids=IDS, people=PEOPLE, rejected=st.integers(0, 2), duplicate=st.integers(0, 1), data=st.data())
    def commit(self, ids: list[str], people: int | None, rejected: int, duplicate: int, data: st.DataObject) -> None:
        result, content = make_file(
            "complaint", ids, rejected=rejected, duplicate=duplicate, people_affected=people, source_ids=None
        )
        taken = bool(self.store.find_upload(result.sha256))
        known = sorted(self.store.record_ids("source"))
        source = data.draw(st.sampled_from([None, SourceEntry("Log", publisher="NGO"), *known]))
        try:
            batch = self.store.commit(result, actor="Dara", content=content, source=source)
        except DuplicateFileError:
            assert taken
            return
        assert not taken
        assert batch.rows_read == len(ids) + rejected + duplicate
        assert isinstance(source, SourceEntry) or batch.source_id == source
        self.n_batches += 1
        self.model |= dict.fromkeys(ids, (people, batch.batch_id))
        self.remember()

    @precondition(lambda self: self.model)
    @rule(data=st.data(), people=PEOPLE)
    def correct(self, data: st.DataObject, people: int | None) -> None:
        record_id = data.draw(st.sampled_from(sorted(self.model)))
        before, batch_id = self.model[record_id]
        try:
            self.store.correct("complaint", record_id, {"people_affected": people}, actor="Sok", reason="recount")
        except StoreError:
            assert before == people
            return
        assert before != people
        self.model[record_id] = (people, batch_id)
        self.remember()

    @precondition(lambda self: self.n_batches)
    @rule(data=st.data())
    def revert_or_reapply(self, data: st.DataObject) -> None:
        batches = self.store.batches().set_index("batch_id")
        batch_id = data.draw(st.sampled_from(batches.index.tolist()))
        live = batches.loc[batch_id, "status"] == "live"
        revision, snapshot = self.store.revision(), self.store.snapshot_hash()
        try:
            (self.store.revert if live else self.store.reapply)(batch_id, actor="Maly")
        except StoreError:
            assert (self.store.revision(), self.store.snapshot_hash()) == (revision, snapshot)
            return
        self.model = self.live()
        own = [origin for _, origin in self.model.values() if origin == batch_id]
        assert len(own) == (0 if live else batches.loc[batch_id, "rows_accepted"])
        self.remember()

    @precondition(lambda self: self.n_batches)
    @rule()
    def undo_the_last_import(self) -> None:
        """An import that nothing followed can always be reverted, and leaves exactly what was before it."""
        last = self.store.revisions().iloc[-1]
        if last["action"] != "import":
            return
        self.store.revert(int(last["batch_id"]), actor="Maly")
        self.model = dict(self.models[int(last["revision"]) - 1])
        self.remember()
        assert self.store.snapshot_hash() == self.hashes[int(last["revision"]) - 1]

    @invariant()
    def every_source_that_stands_behind_a_live_batch_is_there(self) -> None:
        batches = self.store.batches()
        behind = set(batches.loc[batches["status"] == "live", "source_id"].dropna())
        named = set(self.store.read("complaint")["source_ids"].dropna())
        assert named <= behind <= self.store.record_ids("source")

    @invariant()
    def what_is_live_is_what_the_model_says(self) -> None:
        assert self.live() == self.model


StoreHistory.TestCase.settings = settings(
    max_examples=15, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)
TestStoreHistory = StoreHistory.TestCase
