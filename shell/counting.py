"""Commands that answer with numbers: counts, bounds, sums, and what does not reconcile."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from data import answers
from data.audit import audit as find_findings
from data.bounds import bound_total
from data.counts import Value, count_recorded, count_stated
from data.event_claims import date_by_events
from data.findings import answer_findings
from data.measures import count_measure, find_measure
from data.metrics import check_addable
from data.periods import Period
from data.seed import prepare as prepare_store
from data.snapshot import Snapshot
from data.sums import add_claims
from data.suppression import check_period, refuse
from errors import CountError, MetricError, PeriodError
from locales import say
from shell.console import (
    CountFormat,
    ListFormat,
    ProfileName,
    ProfileOption,
    app,
    print_json,
    print_rows,
    print_table,
    read_period,
    read_profile,
    read_records,
)

RecordKind = StrEnum("RecordKind", {"events": "events", "complaints": "complaints"})
By = StrEnum("By", {name: name for name in ("province", "day", "month", "quarter", "year")})


@app.command()
def counts(
    metric: Annotated[list[str] | None, typer.Option(help="Stated figures of this metric.")] = None,
    records: Annotated[RecordKind | None, typer.Option(help="Recorded counts of these records.")] = None,
    event_type: Annotated[str | None, typer.Option("--type", help="Only events of this type.")] = None,
    people: Annotated[bool, typer.Option("--people", help="Add up the people named instead of the records.")] = False,
    by: Annotated[By, typer.Option(help="What a row is.")] = By.province,
    start: Annotated[str | None, typer.Option("--from", help="First day, as 2022-08-19.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="The day after the last day.")] = None,
    ids: Annotated[bool, typer.Option("--ids", help="Name the records behind each number.")] = False,
    profile: ProfileOption = ProfileName.internal,
    output: Annotated[CountFormat, typer.Option("--format")] = CountFormat.json,
) -> None:
    """Count by province or by time: what was stated (--metric), or what was recorded (--records)."""
    period = read_period(start, end)
    if bool(metric) == bool(records):
        raise MetricError(
            say("Stated and recorded numbers are never mixed."), say("Give either --metric or --records.")
        )
    with prepare_store() as store:
        version = store.revision()
        if metric:
            if len(set(metric)) > 1:
                check_addable(metric)
            if by != By.province or event_type or people or ids:
                raise MetricError(
                    say("Stated figures are listed by province only."), say("Leave the other options out.")
                )
            if period is None:
                raise PeriodError(say("A stated figure belongs to a period."), say("Give --from and --to."))
            claims, events, sources = (
                read_records(store, kind, profile, revision=version) for kind in ("claim", "event", "source")
            )
            claims = date_by_events(claims, events)
            answer = answers.answer_stated(count_stated(claims, metric[0], period, sources))
        else:
            kind = str(records).removesuffix("s")
            value: Value = "people" if people else "records"
            shown = read_profile(store, profile, revision=version) if profile == ProfileName.public else None
            if shown and shown.published and kind in shown.published.kinds:
                subject = event_type if kind == "event" else kind
                answer = _count_published(shown, subject, period, by=by, people=people, ids=ids)
                _print_counts(answer, version, output)
                return
            rows = shown.of(kind) if shown else store.read(kind, revision=version)
            counted = count_recorded(rows, kind, period, by=by.value, event_type=event_type, value=value)
            answer = answers.answer_recorded(counted, with_ids=ids)
            if counted.shared and by == By.province:
                typer.echo(f"{counted.shared} of the records count once in each of several provinces.", err=True)
    _print_counts(answer, version, output)


def _count_published(
    snapshot: Snapshot, subject: str | None, period: Period | None, *, by: By, people: bool, ids: bool
) -> answers.Answer:
    """Return the counts of uploaded rows that the public gets; CountError with the reason for any others."""
    for refused, what in ((people, "people"), (ids, "records"), (by != By.province, "day")):
        if refused:
            raise CountError(refuse(what), say("Leave the option out."))
    if subject is None:
        raise MetricError(say("In the public version events are counted by type."), say("Give --type."))
    return answers.answer_public(count_measure(snapshot, find_measure(f"recorded:{subject}"), check_period(period)))


def _print_counts(answer: answers.Answer, version: int, output: CountFormat) -> None:
    if output == CountFormat.json:
        print_json(answer | {"data_version": version})
        return
    print_rows(answer["rows"], output)
    apart = ", ".join(f"{name.replace('_', ' ')}: {answer[name]}" for name in answer if isinstance(answer[name], int))
    typer.echo(f"{apart}, data version: {version}", err=True)


@app.command()
def bounds(
    metric: Annotated[str, typer.Option(help="What is counted.")],
    start: Annotated[str | None, typer.Option("--from", help="First day, as 2022-08-19; all time without.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="The day after the last day.")] = None,
    places: Annotated[str, typer.Option(help="Province codes as KH-1,KH-18, or all for the country.")] = "all",
    speakers: Annotated[str | None, typer.Option(help="Only believe these, as government,ngo.")] = None,
    output: Annotated[ListFormat, typer.Option("--format")] = ListFormat.json,
) -> None:
    """Say which totals the claims allow, which claims decide that, and which cannot all be true."""
    period = read_period(start, end)
    chosen = None if places == "all" else _split(places)
    believed = None if speakers is None else _split(speakers)
    with prepare_store() as store:
        version = store.revision()
        claims, sources = store.read("claim", revision=version), store.read("source", revision=version)
        found = bound_total(claims, metric, period, chosen, speakers=believed, sources=sources)
    answer = {
        "metric": metric,
        "from": period.start.isoformat() if period else None,
        "to": period.end.isoformat() if period else None,
        "places": chosen or "all",
        **{name: answers.plain_value(value) for name, value in asdict(found).items()},
        "data_version": version,
    }
    if output == ListFormat.json:
        print_json(answer)
    else:
        print_table([answer | {"conflicts": [" + ".join(claim_ids) for claim_ids in found.conflicts]}])


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


@app.command("sum")
def add_up(
    claim_ids: Annotated[
        list[str], typer.Argument(help="Identifiers of the claims, as `counts` and `bounds` name them.")
    ],
) -> None:
    """Add stated numbers, where that may be done; refused with the reason where it may not (exit code 2)."""
    with prepare_store() as store:
        version = store.revision()
        claims = store.read("claim", revision=version)
    unknown = sorted(set(claim_ids) - set(claims["claim_id"]))
    if unknown:
        raise MetricError(
            say("There is no claim “{unknown}”.", unknown=unknown[0]),
            say("`export --kind claim` lists them all."),
            claim_ids=unknown,
        )
    total = add_claims(claims[claims["claim_id"].isin(claim_ids)])
    sides = {side: answers.plain_value(getattr(total, side)) for side in ("low", "best", "high")}
    print_json({"claim_ids": sorted(set(claim_ids)), **sides, "basis": "implied", "data_version": version})


@app.command()
def audit(output: Annotated[ListFormat, typer.Option("--format")] = ListFormat.json) -> None:
    """List what does not reconcile in claims and events, the gravest first; a finding is no failure (exit code 0)."""
    with prepare_store() as store:
        version = store.revision()
        claims, events, sources = (store.read(kind, revision=version) for kind in ("claim", "event", "source"))
    findings = answer_findings(find_findings(claims, events, sources), claims, events)
    if output == ListFormat.json:
        print_json({"findings": findings, "data_version": version})
    else:
        print_table([{name: one[name] for name in one if name != "quotes"} for one in findings])
