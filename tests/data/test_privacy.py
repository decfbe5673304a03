from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from charts.classes import classify
from charts.labels import format_figure
from charts.map_payload import build_payload, describe_legend, describe_provinces
from charts.ranking_chart import tabulate_ranking
from charts.sentences import count_note, lead_sentence
from charts.site_payload import describe_sites
from data.answers import answer_public
from data.backing import backing_records
from data.belief import believe
from data.export import export_csv, export_geojson
from data.measures import MEASURES, WITHHELD, available_measures, count_measure
from data.periods import Period, split_period
from data.presets import default_period, preset_periods
from data.privacy import EMBARGO_DAYS, Withheld, embargoed, public_snapshot, withheld
from data.schema import KINDS, empty_records, record_dtypes
from data.snapshot import Snapshot
from geo.gazetteer import PROVINCE_CODES

SECRET = b"k" * 32
TODAY = date(2026, 1, 15)
THEIRS = 99
CANARY = "canary"
WHOLE_2024 = Period(date(2024, 1, 1), date(2025, 1, 1))
COMPLAINTS = MEASURES["recorded:complaint"]


def uploaded(snapshot: Snapshot, kind: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    """The records of a kind with uploaded ones behind them."""
    frame = empty_records(KINDS[kind]).reindex(range(len(rows)))
    for column in {name for row in rows for name in row}:
        values = [row.get(column) for row in rows]
        dtype = frame[column].dtype
        frame[column] = pd.array(pd.to_datetime(values) if "datetime" in str(dtype) else values, dtype=dtype)
    start = 10_000
    frame = frame.assign(row_id=range(start, start + len(rows)), batch_id=THEIRS, row_number=range(2, 2 + len(rows)))
    frame = frame.assign(rev_in=9, extra=json.dumps({"Officer": f"{CANARY}-extra"}))
    return pd.concat([snapshot.of(kind), frame], ignore_index=True)[snapshot.of(kind).columns]


def complaint(number: int, code: str | None, day: date) -> dict[str, object]:
    return {
        "complaint_id": f"{CANARY}-hotline-{number}",
        "received_date": day.isoformat(),
        "date_start": day,
        "date_end": day + timedelta(days=1),
        "date_precision": "day",
        "province_code": code,
        "place_text": f"{CANARY} street",
        "latitude": 11.123456,
        "longitude": 104.654321,
        "location_precision": "exact",
        "compound_id": f"{CANARY}-site",
        "outcome": f"{CANARY} outcome",
        "note": f"{CANARY} note",
        "source_ids": f"src-{CANARY}",
    }


@pytest.fixture(scope="module")
def internal(snapshot: Snapshot) -> Snapshot:
    """The seed with uploads full of marks that must never come out."""
    chance = np.random.default_rng(3)
    logged = []
    for place, code in enumerate((*PROVINCE_CODES, None)):
        rate = [80, 30, 9, 2, 0.3][place % 5]
        for month in range(1, 13):
            logged += [(code, date(2024, month, 1 + int(day))) for day in chance.integers(0, 28, chance.poisson(rate))]
    sources = [
        {"source_id": f"src-{CANARY}", "title": f"{CANARY} log", "publisher": f"{CANARY} shelter",
         "source_type": "hotline", "author": f"{CANARY} author",
         "url": f"https://{CANARY}.example", "note": f"{CANARY} note"},
        {"source_id": f"src-{CANARY}-paper", "title": "A newspaper", "source_type": "media",
         "author": f"{CANARY} writer", "url": "https://paper.example"},
    ]  # fmt: skip
    sites = [
        {"compound_id": f"{CANARY}-site", "name": "Open name", "listing": "suspected", "province_code": "KH-12",
         "place_text": f"{CANARY} street 5", "district": f"{CANARY} district", "latitude": 11.556789,
         "longitude": 104.917654, "location_precision": "exact", "coordinate_uncertainty_m": 10.0,
         "operator_as_reported": f"{CANARY} owner", "quote": f"{CANARY} words", "note": f"{CANARY} note",
         "source_ids": f"src-{CANARY};src-{CANARY}-paper", "status": "alleged_active"},
        {"compound_id": f"{CANARY}-later", "name": f"{CANARY} embargoed", "listing": "suspected",
         "province_code": "KH-12", "publish_after": TODAY, "source_ids": f"src-{CANARY}-paper"},
    ]  # fmt: skip
    events = [
        {"event_id": f"{CANARY}-raid-{n}", "event_type": "raid", "event_date_edtf": "2024-05-02",
         "date_start": date(2024, 5, 2), "date_end": date(2024, 5, 3), "date_precision": "day",
         "province_codes": "KH-18", "place_text": f"{CANARY} place", "description": f"{CANARY} words",
         "compound_id": f"{CANARY}-site", "actor": f"{CANARY} unit", "note": f"{CANARY} note",
         "source_ids": f"src-{CANARY}"}
        for n in range(5)
    ]  # fmt: skip
    claims = [
        {"claim_id": f"{CANARY}-told", "metric": "people_rescued", "best": 3.0, "speaker": f"{CANARY} survivor",
         "speaker_type": "testimony", "quote": f"{CANARY} words", "source_ids": f"src-{CANARY}"},
        {"claim_id": f"{CANARY}-published", "metric": "people_rescued", "best": 7.0, "speaker": "Example Ministry",
         "speaker_type": "government", "quote": f"{CANARY} words", "note": f"{CANARY} note",
         "place_text": f"{CANARY} x", "geography": "province", "province_code": "KH-12",
         "compound_id": f"{CANARY}-site", "event_id": f"{CANARY}-raid-1",
         "period_start": date(2024, 5, 1), "period_end": date(2024, 6, 1),
         "source_ids": f"src-{CANARY}-paper"},
    ]  # fmt: skip
    records = {
        "source": uploaded(snapshot, "source", sources),
        "compound": uploaded(snapshot, "compound", sites),
        "event": uploaded(snapshot, "event", events),
        "complaint": uploaded(snapshot, "complaint", [complaint(n, *one) for n, one in enumerate(logged)]),
        "claim": uploaded(snapshot, "claim", claims),
    }
    return Snapshot(snapshot.revision + 1, records, seed=snapshot.seed)


@pytest.fixture(scope="module")
def public(internal: Snapshot) -> Snapshot:
    return public_snapshot(internal, SECRET, today=TODAY)


def steps() -> list[Period]:
    return [step for grain in ("month", "quarter", "year") for step in split_period(WHOLE_2024, grain)]


def everything_made_of(snapshot: Snapshot) -> str:
    """Payloads, tables, sentences and files of every measure in several periods, as one text."""
    made = []
    sites, badges = describe_sites(snapshot.of("compound"), {})
    for measure in available_measures(snapshot):
        for period in (WHOLE_2024, Period(date(2022, 1, 5), date(2024, 9, 3))):
            counts = count_measure(snapshot, measure, period)
            for style in ("circles", "shades"):
                classes = classify(counts.rows["rate_best"].fillna(counts.rows["rate_low"]), "quantiles", 5, ())
                largest = float(counts.rows["low"].fillna(0).max())
                provinces = describe_provinces(counts, style, classes=classes, largest=largest, sources=[])
                legend = describe_legend(counts, style, classes=classes, largest=largest, sites=sites)
                made.append(build_payload(provinces=provinces, sites=sites, badges=badges, dots=[], legend=legend,
                                          selected=None))  # fmt: skip
            made += [counts.rows.to_csv(), tabulate_ranking(counts).to_csv(), count_note(counts)]
            made += [lead_sentence(counts, [], records=counts.records), backing_records(snapshot, counts).to_csv()]
            made += [answer_public(counts)]
    made += [[str(period) for measure in available_measures(snapshot) for period in preset_periods(snapshot, measure)]]
    files = [export_csv(snapshot.of(kind), kind).decode("utf-8-sig") for kind in KINDS]
    files += [export_geojson(snapshot.of(kind), kind).decode() for kind in ("compound", "event", "complaint")]
    return json.dumps(made, default=str) + "".join(files) + "".join(snapshot.of(kind).to_csv() for kind in KINDS)


MARKS = (CANARY, "11.1234", "104.6543", "11.5567", "104.9176")


def test_no_mark_of_the_internal_store_comes_out(public):
    made = everything_made_of(public)
    assert [mark for mark in MARKS if mark in made] == []
    assert "Open name" in made  # what is public is there


def test_the_marks_would_be_seen(internal):
    made = everything_made_of(internal)
    assert [mark for mark in MARKS if mark not in made] == []


def test_nothing_kept_beside_the_records_tells_more(public):
    reachable = repr(public.published) + repr(public.whole) + repr(public.kept.keys())
    assert [mark for mark in MARKS if mark in reachable] == []
    assert public.whole is None


def test_records_keep_their_columns_and_dtypes(public):
    for kind in KINDS:
        dtypes = {name: str(public.of(kind)[name].dtype) for name in record_dtypes(KINDS[kind])}
        assert dtypes == record_dtypes(KINDS[kind])


def test_references_between_public_records_hold(public):
    claim = public.of("claim").iloc[-1]
    site = public.find("compound", claim["compound_id"])
    assert site["name"] == "Open name"
    assert pd.isna(claim["event_id"])
    assert public.sources_of(pd.DataFrame([claim]))["title"].tolist() == ["A newspaper"]
    assert "Confidential source" in public.sources_of(pd.DataFrame([site]))["title"].tolist()


def test_claims_that_a_speaker_published_stay(snapshot, public):
    assert set(snapshot.of("claim")["claim_id"]) <= set(public.of("claim")["claim_id"])
    assert public.of("claim").iloc[-1]["best"] == 7
    measure = MEASURES["stated:complaints_received"]
    period = default_period(snapshot, measure)
    rows = [count_measure(one, measure, period).rows for one in (snapshot, public)]
    pd.testing.assert_frame_equal(*rows)


def test_the_profile_is_part_of_the_version(internal, public):
    assert public.profile == "public"
    assert internal.version[:2] == public.version[:2]
    assert internal.version != public.version
    assert public_snapshot(public, SECRET) is public


def test_a_part_of_the_records_cannot_be_made_public(internal):
    with pytest.raises(ValueError, match="choose whom to believe"):
        public_snapshot(replace(internal, believed=("ngo",), kept={}), SECRET)


def test_of_those_who_are_believed_no_uploaded_row_is_counted(public):
    part = believe(public, ("government", "media"))
    assert part.profile == "public"
    rows = count_measure(part, COMPLAINTS, WHOLE_2024).rows
    assert (rows["basis"] == WITHHELD).all()
    assert rows[["low", "best", "high"]].isna().all(axis=None)


def read_everything(public: Snapshot) -> list[tuple[int, Period, float]]:
    """Every number on complaints that can be had: place (25 provinces, 26 the country), period, value."""
    found = []
    for period in steps():
        counts = count_measure(public, COMPLAINTS, period)
        payload = describe_provinces(counts, "circles", classes=classify(counts.rows["rate_best"], "quantiles", 5, ()),
                                     largest=float(counts.rows["best"].fillna(0).max()), sources=[])  # fmt: skip
        for place, row in enumerate(counts.rows.to_dict("records")):
            shown = row["best"]
            drawn = payload[row["province_code"]]
            if pd.notna(shown):
                found.append((place, period, float(shown)))
            else:  # not by a radius, a label or a word either
                assert not {"radius", "label"} & set(drawn)
                assert drawn["withheld"]
                assert row["basis"] == WITHHELD
                assert pd.isna(row["rate_low"])
                assert format_figure(row) == format_figure(row, rate=True) == "withheld"
        if counts.unlocated:
            found.append((25, period, float(counts.unlocated)))
        if counts.records is not None:
            found.append((26, period, float(counts.records)))
    return found


def test_small_counts_cannot_be_worked_out_from_all_that_is_offered(internal, public):
    """An attacker who has every table, sum, rank, radius and file still allows 0 to 10 for every small count."""
    offered = read_everything(public)
    assert len(offered) > 40
    month_of = {period: [step.start.month for step in split_period(period, "month")] for period in steps()}

    def row(place: int, period: Period) -> np.ndarray:
        table = np.zeros((26, 12))
        for month in month_of[period]:
            table[slice(None) if place == 26 else place, month - 1] = 1
        return table.ravel()

    known = np.array([row(place, period) for place, period, _ in offered])
    values = np.array([value for *_, value in offered])
    theirs = internal.of("complaint")
    small = []
    for period in steps():
        inside = theirs[(theirs["date_start"] >= str(period.start)) & (theirs["date_start"] < str(period.end))]
        tally = inside["province_code"].value_counts()
        counts = [int(tally.get(code, 0)) for code in PROVINCE_CODES] + [int(inside["province_code"].isna().sum())]
        small += [(place, period) for place, count in enumerate(counts) if count < 11]
        for place, period_, value in offered:
            if period_ == period:
                assert value == (len(inside) if place == 26 else counts[place])
                assert value >= 11
    assert len(small) > 50
    for place, period in [small[i] for i in np.random.default_rng(5).permutation(len(small))[:60]]:
        goal = row(place, period)
        least = linprog(goal, A_eq=known, b_eq=values, method="highs")
        most = linprog(-goal, A_eq=known, b_eq=values, method="highs")
        assert least.fun <= 1e-6, (place, period)
        assert most.status == 3 or -most.fun >= 10 - 1e-6, (place, period)


@pytest.mark.parametrize(
    "period", [Period(date(2024, 1, 1), date(2024, 12, 31)), Period(date(2024, 3, 1), date(2024, 5, 1)),
               Period(date(2023, 1, 1), date(2025, 1, 1))],
)  # fmt: skip
def test_another_period_gives_no_count_of_uploaded_rows(public, period):
    counts = count_measure(public, COMPLAINTS, period)
    assert counts.rows[["low", "best", "high"]].isna().all(axis=None)
    assert counts.withheld == 25
    assert counts.records is None
    assert "withheld" in lead_sentence(counts, [])
    assert "withheld" in count_note(counts)


def test_public_records_are_a_least_where_uploaded_ones_are_withheld(snapshot, public):
    measure, period = MEASURES["recorded:raid"], Period(date(2022, 1, 1), date(2023, 1, 1))
    ours = count_measure(snapshot, measure, period).rows
    theirs = count_measure(public, measure, period).rows
    assert (theirs["basis"] == WITHHELD).all()
    known = ours["low"].notna() & (ours["low"] > 0)
    assert known.any()
    assert theirs["low"][known].tolist() == ours["low"][known].tolist()
    assert theirs["low"][~known].isna().all()
    assert theirs["high"].isna().all()


def test_without_uploads_public_counts_are_those_of_the_seed(snapshot):
    public = public_snapshot(snapshot, SECRET, today=TODAY)
    for name in ("recorded:raid", "recorded:complaint", "listed:compound"):
        period = Period(date(2022, 3, 5), date(2023, 7, 1))
        pd.testing.assert_frame_equal(
            count_measure(snapshot, MEASURES[name], period).rows, count_measure(public, MEASURES[name], period).rows
        )
    assert available_measures(public) == available_measures(snapshot)


def test_the_measure_of_uploads_is_offered_with_a_period_that_may_be_asked(public):
    assert COMPLAINTS in available_measures(public)
    assert default_period(public, COMPLAINTS) == WHOLE_2024
    assert WHOLE_2024 in preset_periods(public, COMPLAINTS).values()


def test_embargo(internal):
    def event(**more: object) -> pd.DataFrame:
        row = {"event_id": "e", "event_type": "raid", "date_start": date(2026, 1, 1), "date_end": date(2026, 1, 2)}
        return uploaded(internal, "event", [row | more]).tail(1)

    def is_late(rows: pd.DataFrame, today: date) -> bool:
        return bool(embargoed(rows, "event", internal.seed, today).iloc[0])

    free = date(2026, 1, 1) + timedelta(days=EMBARGO_DAYS)
    assert is_late(event(), free)
    assert not is_late(event(), free + timedelta(days=1))
    assert not is_late(event(event_type="closure"), TODAY)
    assert not is_late(event(publish_after=date(2026, 1, 2)), date(2026, 1, 3))
    assert is_late(event(publish_after=date(2026, 1, 2)), date(2026, 1, 2))
    assert is_late(event(event_type="closure", publish_after=date(2030, 1, 1)), TODAY)
    assert is_late(event(date_start=None, date_end=None), TODAY)
    assert not is_late(event().assign(batch_id=min(internal.seed)), date(2026, 1, 2))


def test_what_is_under_embargo_is_absent_from_totals_too(internal):
    late = internal.of("complaint").assign(publish_after=pd.Timestamp(TODAY))
    hidden = public_snapshot(
        replace(internal, records=internal.records | {"complaint": late}, kept={}), SECRET, today=TODAY
    )
    assert COMPLAINTS not in available_measures(hidden)
    assert count_measure(hidden, COMPLAINTS, WHOLE_2024).records == 0
    after = public_snapshot(
        replace(internal, records=internal.records | {"complaint": late}, kept={}),
        SECRET,
        today=TODAY + timedelta(days=1),
    )
    assert COMPLAINTS in available_measures(after)


def test_withheld_says_how_much_and_its_sentence_never_how_many_rows(internal, public):
    counts = count_measure(public, COMPLAINTS, WHOLE_2024)
    found = withheld(internal, public, counts)
    assert found.cells == counts.withheld > 0
    assert found.records == len(internal.of("complaint")) + 5
    assert found.embargoed == 1
    assert found.names >= 2
    assert found.notes > 0
    located = internal.of("compound")["latitude"].notna()
    assert found.coordinates == located.sum()
    sentence = found.sentence()
    assert sentence.startswith("Withheld in the public profile: ")
    assert "single uploaded rows" in sentence
    assert str(found.records) not in sentence.replace(",", "")


def test_nothing_withheld_is_said_too():
    assert Withheld().sentence() == "Withheld in the public profile: nothing."


def test_operators_stay_where_an_official_source_stands_behind_the_site(snapshot):
    public = public_snapshot(snapshot, SECRET, today=TODAY)
    kept = public.of("compound")["operator_as_reported"].dropna()
    assert 0 < len(kept) < snapshot.of("compound")["operator_as_reported"].notna().sum()
    sources = snapshot.of("source")
    official = set(sources.loc[sources["source_type"].isin(["government", "court"]), "source_id"])
    for cell in public.of("compound").loc[kept.index, "source_ids"]:
        assert official.intersection(cell.split(";"))
