"""Work that nobody watches tells nobody and goes on."""

from __future__ import annotations

from data.ingest import ingest
from data.progress import silent


def test_steps_are_told_in_order_and_change_nothing():
    content = b"received_date,place_text\n2023-04-01,Takeo\n"
    told: list[tuple[float, str]] = []
    watched = ingest(content, "x.csv", "complaint", progress=lambda share, doing: told.append((share, doing)))
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[0][0] == 0.0
    assert all(doing for _, doing in told)
    assert watched.accepted.equals(ingest(content, "x.csv", "complaint", progress=silent).accepted)
