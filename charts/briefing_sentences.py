"""The words of a briefing, drafted by rules from the records: hedged, with who says so, never beyond what is there.

A person may change every one of them; the caveats inside the pictures stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from charts.change_words import change_sentence
from charts.claim_sentences import DISPUTED, claim_figure, claim_period, claim_place, ledger_sentence
from charts.figure_text import finding
from charts.hedged_words import describe_months, during, hedged, tidy
from charts.history_chart import describe_after_raid, step_date
from charts.labels import format_number, format_range, known, place_label, term
from charts.sentences import join_names, lead_sentence
from data.backing import speakers_of
from data.briefing import LONGEST_HEADLINE, LONGEST_TEXT, LONGEST_TITLE, Briefing, Item
from data.briefing_templates import outline
from data.briefing_views import events_of, happened, ledger_of, sites_in_view
from data.change import Change, compare_counts
from data.claims import count_ledger, select_claims
from data.comparing import second_period
from data.lifecycle import after_raid
from data.measures import WITHHELD, MeasureCounts, count_measure, find_measure
from data.metrics import METRICS
from data.periods import Period
from data.permalink import Choices
from data.slices import find_provinces, select_records
from data.snapshot import Snapshot
from locales import language, later, say, say_many, write_digits

_TITLES = {
    "monthly": later("{place}, {period}: what is alleged, and who says so"),
    "province": later("{place}, {period}: what is alleged, and who says so"),
    "compound": later("{site}: what is reported, and who says so"),
    "before_after": later("{place}, before and after: {before} and {period}"),
    "who_says_what": later("{place}, {period}: who says what"),
}
_SAID = {
    "complaints_received": later("{figure} complaints were reported for {place} {when}"),
    "intervention_requests": later("{figure} requests for intervention were reported for {place} {when}"),
    "people_in_requests": later("{figure} people were named in requests for help from {place} {when}"),
    "people_released": later("{figure} people were reported released in {place} {when}"),
    "people_rescued": later("{figure} people were reported rescued in {place} {when}"),
    "people_repatriated": later("{figure} people were reported repatriated from {place} {when}"),
    "people_escaped": later("{figure} people were reported to have escaped in {place} {when}"),
    "people_arrested": later("{figure} people were reported arrested in {place} {when}"),
    "suspects_detained": later("{figure} suspects were reported detained in {place} {when}"),
    "suspects_to_court": later("{figure} suspects were reported sent to court in {place} {when}"),
    "people_held_estimate": later("{figure} people were estimated to be held in {place} {when}"),
    "sites_raided": later("{figure} sites were reported raided in {place} {when}"),
}
"""How the number of a metric is reported; other metrics, and a single one, are told by their names."""
_MOST_KINDS = 5
_MOST_SPEAKERS = 3
_MOST_PLACES = 5


def draft_briefing(
    template: str,
    snapshot: Snapshot,
    period: Period,
    *,
    place: str = "",
    compound: str = "",
) -> Briefing:
    """Return a briefing drafted from the records, in the language of this run and the profile of the snapshot.

    Parameters
    ----------
    template : str
        A key of `data.briefing_templates.TEMPLATES`.
    snapshot : Snapshot
    period : Period
        What it is about.
    place : str
        Code of a province; needed by the template of one.
    compound : str
        Identifier of a site; needed by the template of one.

    Raises
    ------
    ExportError
        As `data.briefing_templates.outline`.
    """
    items = outline(template, snapshot, period, place=place, compound=compound)
    before = next((item.view.against for item in items if item.view.against), None)
    site = snapshot.find("compound", compound) if compound else None
    title = say(
        _TITLES[template],
        place=place_label(place) if place else say("Cambodia"),
        period=describe_months(period),
        before=describe_months(before) if before else "",
        site=site["name"] if site is not None else "",
    )
    drafted = tuple(draft_item(snapshot, item, period) for item in items)
    return Briefing(title[:LONGEST_TITLE], language(), snapshot.profile, period, drafted)


def draft_item(snapshot: Snapshot, item: Item, period: Period) -> Item:
    """Return an item with headline and text drafted; `period` is that of the briefing, for a view without its own."""
    view = item.view if item.view.period else replace(item.view, period=period)
    headline, text = _DRAFTS[item.figure](snapshot, view)
    return replace(item, headline=headline[:LONGEST_HEADLINE], text=text[:LONGEST_TEXT])


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _draft_measure(snapshot: Snapshot, view: Choices) -> tuple[str, str]:
    counts, change = _read_measure(snapshot, view)
    speakers = speakers_of(snapshot, change or counts)
    headline = tidy(finding(counts, speakers, change, place=view.place))
    if change is not None:
        return headline, change_sentence(change, speakers)
    said = _say_stated(snapshot, counts, view.place) if counts.measure.basis == "stated" else ""
    opening = said or lead_sentence(counts, speakers, records=counts.records, claims=snapshot.of("claim"))
    if view.place and not said:
        opening = f"{headline}."
    rows = counts.rows
    silent = int(rows[["low", "best", "high"]].isna().all(axis=1).sum() - (rows["basis"] == WITHHELD).sum())
    rest = (
        say_many("For {n} province there is no report; that is not the same as none.",
                 "For {n} provinces there is no report; that is not the same as none.", silent)
        if silent and not view.place
        else ""
    )  # fmt: skip
    return headline, " ".join(part for part in (opening, rest) if part)


def _draft_table(snapshot: Snapshot, view: Choices) -> tuple[str, str]:
    counts, change = _read_measure(snapshot, view)
    if change is not None:
        return _draft_measure(snapshot, view)
    rows = counts.rows.assign(drawn=counts.rows["best"].fillna(counts.rows["low"]).fillna(counts.rows["high"]))
    rows = rows[rows["drawn"].notna()].sort_values("drawn", ascending=False, kind="stable")
    headline = say("{what}: {n} of 25 provinces with a figure", what=counts.measure.label, n=len(rows))
    if rows.empty:
        return headline, say("No report by province. This is not the same as none.")
    first = [
        f"{place_label(str(row['province_code']))} ({format_range(row['low'], row['best'], row['high'])})"
        for row in rows.head(_MOST_PLACES).to_dict("records")
    ]
    return headline, say("The largest figures: {list}. Where no figure stands there is no report; that is not zero.",
                         list=", ".join(first))  # fmt: skip


def _read_measure(snapshot: Snapshot, view: Choices) -> tuple[MeasureCounts, Change | None]:
    measure = find_measure(view.measure)
    assert view.period is not None
    counts = count_measure(snapshot, measure, view.period)
    against = second_period(view, measure, view.period)
    if against is None:
        return counts, None
    tables = sorted((counts, count_measure(snapshot, measure, against)), key=lambda one: one.period)
    return counts, compare_counts(*tables)


def _say_stated(snapshot: Snapshot, counts: MeasureCounts, place: str) -> str:
    """Return the largest number that was stated of a province for exactly this period, and by whom; or nothing."""
    rows = counts.rows[counts.rows["basis"] == "stated"]
    rows = rows[rows["province_code"] == place] if place else rows
    drawn = rows["best"].fillna(rows["low"]).fillna(rows["high"])
    if not drawn.notna().any():
        return ""
    top = rows.iloc[int(drawn.fillna(-1).to_numpy().argmax())]
    claims = snapshot.of("claim")
    names = join_names(claims.loc[claims["claim_id"].isin(top["claim_ids"]), "speaker"].dropna().tolist())
    figure, where = hedged(top["low"], top["best"], top["high"]), place_label(str(top["province_code"]))
    form, metric = _SAID.get(counts.measure.subject), METRICS[counts.measure.subject]
    if form and figure != format_number(1):
        told = say(form, figure=figure, place=where, when=during(counts.period))
    else:
        told = say("{metric}: {figure} for {place} {when}",
                   metric=metric.label, figure=figure, place=where, when=during(counts.period))  # fmt: skip
    told = _sentence(told)
    return say("{told}, according to {names}.", told=told, names=names) if names else f"{told}."


def _draft_timeline(snapshot: Snapshot, view: Choices) -> tuple[str, str]:
    found, place = happened(snapshot, view), place_label(view.place) if view.place else say("Cambodia")
    assert view.period is not None
    if found.empty:
        none = say("No event is recorded for {place} {when}", place=place, when=during(view.period))
        return none, say("{none}. That does not mean that nothing happened.", none=none)
    headline = say_many("{n} event is recorded for {place} {when}", "{n} events are recorded for {place} {when}",
                        len(found), place=place, when=during(view.period))  # fmt: skip
    kinds = found["event_type"].value_counts(sort=True)
    named = [f"{term(name)} ({write_digits(str(n))})" for name, n in list(kinds.items())[:_MOST_KINDS]]
    more = len(kinds) - len(named)
    rest = say_many(" and {n} other kind", " and {n} other kinds", more) if more > 0 else ""
    listed = ", ".join(named) + rest
    undated = len(select_records(events_of(snapshot, view), "event", view.period).undated)
    parts = [say("Kinds of events: {list}.", list=listed)]
    if not view.place:
        placed = find_provinces(found, "event")["position"].nunique()
        parts.append(say_many("{n} of them names a province.", "{n} of them name a province.", placed))
    if undated:
        parts.append(say_many("{n} undated event stands in no period.", "{n} undated events stand in no period.",
                              undated))  # fmt: skip
    parts.append(say("Each is recorded because a source reports it; fewer reports are not fewer events."))
    return headline, " ".join(parts)


def _draft_claims(snapshot: Snapshot, view: Choices) -> tuple[str, str]:
    metric = view.measure.partition(":")[2]
    rows = select_claims(ledger_of(snapshot), view.period, metric=metric, place=view.place).rows
    about = METRICS[metric].label if metric in METRICS else find_measure(view.measure).label
    where = place_label(view.place) if view.place else ""
    counted = count_ledger(rows)
    sentence = ledger_sentence(counted, about=about, where=where)
    if rows.empty:
        return tidy(sentence.partition(". ")[0]), sentence
    headline = say_many("{about}: one speaker gives a number", "{about}: {n} speakers give numbers",
                        counted.speakers, about=about)  # fmt: skip
    if counted.contested:
        headline = say_many("{headline}, and {n} of them is contested", "{headline}, and {n} of them are contested",
                            counted.contested, headline=headline)  # fmt: skip
    heads = rows[~rows["entry"].duplicated()]
    said = [
        say("{speaker}: {figure} for {place}, {period}",
            speaker=claim["speaker"] if known(claim["speaker"]) else say("An unnamed speaker"),
            figure=claim_figure(claim), place=claim_place(claim), period=claim_period(claim))
        for claim in heads[~heads["stance"].isin(DISPUTED)].to_dict("records")[:_MOST_SPEAKERS]
    ]  # fmt: skip
    parts = [
        sentence,
        *([f"{'; '.join(said)}."] if said else []),
        say("Numbers of different speakers are never added."),
    ]
    return headline, " ".join(parts)


def _draft_lanes(snapshot: Snapshot, view: Choices) -> tuple[str, str]:
    steps, members = sites_in_view(snapshot, view)
    found = after_raid(steps)
    where = place_label(view.place) if view.place else ""
    if not view.compound:
        text = describe_after_raid(len(set(members)), found, where=where)
        if not found.n_raided:
            return tidy(text.partition(". ")[0]), text
        headline = (
            say("Later signs of activity are reported at {n} of {total} sites of which a raid is reported",
                n=found.n_with_later_activity, total=found.n_raided)
            if found.n_with_later_activity
            else say_many("A raid is reported at {n} site of {total}", "A raid is reported at {n} sites of {total}",
                          found.n_raided, total=len(set(members)))
        )  # fmt: skip
        return headline, say("{told} That no later sign is reported does not mean that activity stopped.", told=text)
    site = snapshot.find("compound", view.compound)
    name = site["name"] if site is not None else view.compound
    dated = steps[steps["start"].notna() | steps["end"].notna()]
    if dated.empty:
        none = say("{site}: no dated report", site=name)
        return none, say("{none}. That does not mean that nothing happened.", none=none)
    last = dated.iloc[-1]
    headline = say("{site}: the latest dated report is “{step}”, {date}",
                   site=name, step=term(last["step"]), date=step_date(last))  # fmt: skip
    kinds = dated.groupby("step")["record_id"].nunique().sort_values(ascending=False)
    named = ", ".join(f"{term(step)} ({write_digits(str(n))})" for step, n in kinds.items())
    text = say("Records by what they report: {list}. They are allegations until a court or an authority has found them "
               "so; what is not reported may still have happened.", list=named)  # fmt: skip
    return headline, text


_DRAFTS: dict[str, Callable[[Snapshot, Choices], tuple[str, str]]] = {
    "map": _draft_measure,
    "multiples": _draft_measure,
    "table": _draft_table,
    "timeline": _draft_timeline,
    "claims": _draft_claims,
    "lanes": _draft_lanes,
}
