"""Section F of the attacks: texts that want to be code, on their way from a file to the files, the map and the charts.

What the pages send to the browser is tested in tests/pages, what the browser makes of it in tests/browser.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import openpyxl
import pytest

from charts.claims_chart import draw_ladder, tabulate_ladder
from charts.site_payload import describe_sites
from charts.timeline_chart import draw_claims, tabulate_claims
from data.claims import read_ledger
from data.export import export_csv, export_geojson, export_xlsx
from data.ingest import ingest
from data.periods import parse_period
from data.schema import KINDS, split_list
from data.snapshot import Snapshot, read_snapshot
from data.store import Store
from tests.attacks.attack_files import bring_in, conserved
from tests.attacks.hostile_text import (
    ATTACKS,
    COMPUTED,
    MARK,
    TEXTS,
    by_attack,
    hostile_file,
    hostile_id,
    store_hostile_records,
)

COLUMN = f"{MARK} column {TEXTS[0]}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("hostile")
    store_hostile_records(folder)
    with Store.open(folder / "atlas.sqlite") as store:
        yield store


@pytest.fixture(scope="module")
def snapshot(store: Store) -> Snapshot:
    return read_snapshot(store)


def text_fields(kind: str) -> list[str]:
    """The columns of a kind in which a hostile file has its texts as they are."""
    first = next(csv.DictReader(io.StringIO(hostile_file(kind).decode())))
    return [name for name, cell in first.items() if cell == f"{MARK} {name} {TEXTS[0]}"]


def written(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_every_attack_has_a_text():
    assert {line for line, _ in ATTACKS} == {f"F{number:02}" for number in range(1, 13)}
    assert all(len(text_fields(kind)) >= 3 for kind in KINDS)
    assert len(TEXTS[-1]) > 9_000
    assert len(TEXTS[-1].split()) == 1


@pytest.mark.parametrize("number", by_attack())
def test_the_store_holds_what_the_file_says(store, number):
    for kind in KINDS:
        record = store.read(kind).set_index(KINDS[kind].id_field).loc[hostile_id(kind, number)]
        for name in text_fields(kind):
            wanted = f"{MARK} {name} {TEXTS[number]}"
            if next(field.dtype for field in KINDS[kind].fields if field.name == name) == "list":
                assert split_list(record[name]) == split_list(wanted)
            else:
                assert record[name] == wanted
        assert json.loads(record["extra"])[COLUMN] == f"{MARK} {TEXTS[number]}"


@pytest.mark.parametrize("number", by_attack())
def test_a_column_and_a_file_named_so_are_imported(tmp_path, number):
    text, name = f"{MARK} {TEXTS[number]}", f"{TEXTS[number][:200]}.csv"
    content = written({"name": "A", "province": "Kampot", text: "x"})
    result = ingest(content, name, "compound")
    assert result.rows_accepted == 1
    (header,) = json.loads(result.accepted["extra"].iloc[0])
    assert header == text.replace("\u202e", "")  # nothing invisible stays in the name of a column
    with Store.open(tmp_path / "atlas.sqlite") as store:
        batch = store.commit(result, actor=text, content=content, note=text)
        stored = store.batches().set_index("batch_id").loc[batch.batch_id]
    assert stored[["file_name", "actor", "note"]].tolist() == [name, text, text]
    assert COMPUTED not in result.report().decode()


@pytest.mark.parametrize("number", by_attack())
def test_a_place_of_that_name_is_asked_about_and_kept(number):
    text = TEXTS[number]
    result = bring_in(written({"date": "2023-04-01", "province": text}))
    assert conserved(result)
    assert result.rows_accepted == 0
    assert result.rejected["province"].tolist() == [text]
    (question,) = result.questions()
    assert (question.kind, question.text) == ("place", text)
    (row,) = csv.DictReader(io.StringIO(result.report().decode("utf-8-sig")))
    assert text in row["province"]


@pytest.mark.parametrize("number", by_attack())
def test_a_source_of_that_address_stays_text(number):
    content = written({"source_id": "s-1", "title": "A", "url": TEXTS[number]})
    (address,) = ingest(content, "sources.csv", "source").accepted["url"]
    assert address == TEXTS[number]


@pytest.mark.parametrize("number", by_attack())
@pytest.mark.parametrize("kind", list(KINDS))
def test_exports_hold_the_text_and_nothing_but_the_text(snapshot, kind, number):
    records = snapshot.of(kind)
    records = records[records[KINDS[kind].id_field] == hostile_id(kind, number)]
    wanted = {name: records[name].iloc[0] for name in text_fields(kind)} | {COLUMN: f"{MARK} {TEXTS[number]}"}

    (row,) = csv.DictReader(io.StringIO(export_csv(records, kind).decode("utf-8-sig")))
    assert {name: row[name] for name in wanted} == wanted

    sheet = openpyxl.load_workbook(io.BytesIO(export_xlsx(records, kind))).active
    header, cells = sheet.iter_rows()
    found = {name.value: cell for name, cell in zip(header, cells, strict=True)}
    assert {name: found[name].value for name in wanted} == wanted
    assert {found[name].data_type for name in wanted} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink or cell.data_type == "f"]

    (feature,) = json.loads(export_geojson(records, kind))["features"]
    properties = feature["properties"] | feature["properties"]["extra"]
    assert {name: properties[name] for name in wanted} == {
        name: list(split_list(text)) if isinstance(properties[name], list) else text for name, text in wanted.items()
    }


@pytest.mark.parametrize("number", by_attack())
def test_the_map_says_the_name_word_for_word(snapshot, number):
    compounds = snapshot.of("compound")
    sites, _ = describe_sites(compounds[compounds["compound_id"] == hostile_id("compound", number)], {})
    (site,) = sites
    assert site["tip"][0] == f"{MARK} name {TEXTS[number]}"


@pytest.mark.parametrize("draw", ["ladder", "timeline"])
def test_charts_carry_texts_as_data_and_never_as_expressions(snapshot, draw):
    ledger = read_ledger(snapshot.of("claim"), snapshot.of("source"))
    if draw == "ladder":
        spec = draw_ladder(tabulate_ladder(ledger, most=len(TEXTS)), "complaints_received").to_dict()
    else:
        period = parse_period("2022-08-19", "2022-09-19")
        spec = draw_claims(tabulate_claims(snapshot.of("claim"), period), period).to_dict()
    data = json.dumps(spec.pop("datasets"), ensure_ascii=False)
    for number in range(len(TEXTS)):
        assert json.dumps(f"{MARK} speaker {TEXTS[number]}", ensure_ascii=False)[1:40] in data
    # What is left is read by Vega as expressions, formats and field names.
    assert MARK not in json.dumps(spec)
    assert COMPUTED not in data
