from __future__ import annotations

from data.boundary_placing import LEFT_COLUMNS, find_all, no_left
from data.boundary_sets import trying
from data.ingest import ingest
from data.store import Store
from tests.data.boundary_files import strip_of, synthetic_set


def test_every_kind_with_coordinates_is_looked_at(store: Store):
    point = strip_of().representative_point()
    files = {
        "compound": f"compound_id,name,latitude,longitude\nc,A site,{point.y},{point.x}\n",
        "event": f"event_id,event_type,event_date_edtf,latitude,longitude\ne,raid,2023-01-01,{point.y},{point.x}\n",
        "complaint": f"complaint_id,received_date,latitude,longitude\nk,2023-01-01,{point.y},{point.x}\n",
    }
    for kind, text in files.items():
        result = ingest(text.encode(), f"{kind}.csv", kind)
        assert result.rows_accepted == 1, result.issues
        store.commit(result, actor="T", content=text.encode())
    with store.reading() as connection:
        assert find_all(connection).empty
        with trying(synthetic_set()):
            found = find_all(connection)
    assert found[["kind", "record_id", "before", "after"]].to_numpy().tolist() == [
        ["compound", "c", "KH-8", "KH-12"],
        ["event", "e", "KH-8", "KH-12"],
        ["complaint", "k", "KH-8", "KH-12"],
    ]
    assert tuple(no_left().columns) == LEFT_COLUMNS
