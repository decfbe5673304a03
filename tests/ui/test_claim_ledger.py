from __future__ import annotations

from data.claims import read_ledger
from ui.claim_ledger import tabulate_ledger


def test_the_table_has_one_row_a_claim_with_words_in_every_cell(snapshot):
    rows = read_ledger(snapshot.of("claim"), snapshot.of("source"))
    table = tabulate_ledger(snapshot, rows)
    assert len(table) == len(rows)
    assert int(table["No."].max()) == rows["entry"].nunique()
    for column in ("Says who", "Stance", "Figure", "Of what", "Where", "For which period", "Speaker is", "Source"):
        assert table[column].notna().all(), column
        assert table[column].ne("").all(), column


def test_a_repeat_out_of_sight_of_its_original_has_a_number(snapshot):
    rows = read_ledger(snapshot.of("claim"), snapshot.of("source"))
    alone = tabulate_ledger(snapshot, rows[rows["claim_id"] == "clm-202309-voa-some-100000"])
    assert alone["No."].to_list() == [1]
    assert alone["Says who"].to_list() == ["UN OHCHR"]
    assert alone["Contested by"].str.contains("Chou Bun Eng").all()
