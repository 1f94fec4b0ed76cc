"""What the retention rules of a site would remove on a day, and what they did (clause 4: confidentiality).

The index of ended cases says which may be due, the case itself whether it is, and what keeps it. One answer
looks at so many of the index, and at so many cases; `next` leads on.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from chalice.app import Response
from msgspec import Struct
from msgspec.structs import replace

from complaints.adapters.container import Container
from complaints.casework.record import retention
from complaints.values.casework.retention import KeptData, RetentionRule, RetentionRun, name_of
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Member
from functions.http import auth, cursors
from functions.http.parsing import query_params
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor, Moment, Reference
from functions.serializers.parts.complaint import local_time
from functions.use_cases.cases.waiting_mails import is_kept_unread

READ = "read_retention"
MOST_OF_INDEX = 2_000
"""How many ended cases one answer goes through; each is some bytes of the index."""
MOST_CASES = 50
"""How many cases one answer reads."""
RUNS = 31
MOST_LOOKED_UP = 100
"""How many of the cases that runs name are looked up for a member from whom some may be hidden."""


class RuleInForce(Struct, frozen=True, kw_only=True):
    """A rule, and the `name` by which cases and runs name it."""

    name: str
    rule: RetentionRule


class DueCase(Struct, frozen=True, kw_only=True):
    """What is over its time: a case, or one kind of `data` of it; `kept` says what keeps it: a hold, a
    restriction, a remedy owed."""

    reference: Reference
    ended_at: Moment
    rule: str
    data: KeptData
    kept: str | None


class ShownRun(Struct, frozen=True, kw_only=True):
    """What was done on a day; without `ended_at` it is still under way. `erased` counts by rule the cases
    that were erased, or of which one kind of data was removed, `kept` by reason; `cases` are the first 200 of
    the former. Who may not see all cases of the site is told of those alone that are not hidden, and of the
    last 100 in all runs."""

    day: date
    began_at: Moment
    ended_at: Moment | None
    erased: dict[str, int]
    kept: dict[str, int]
    cases: tuple[Reference, ...]


class RetentionView(Struct, frozen=True, kw_only=True):
    """The rules of a site, what is due `on` a day, and the last runs.

    `erased` counts by rule what of this answer would be erased; where `next` leads on, there is more. Until
    `notice_until` what earlier rules kept is still kept.
    """

    site: str
    on: date
    rules: list[RuleInForce]
    notice_until: date | None
    items: list[DueCase]
    erased: dict[str, int]
    runs: list[ShownRun]
    next: Cursor


class AskedRetention(NamedTuple):
    """Of which site it is asked, for which day, and after which place of its index."""

    me: Member
    site: str
    on: date
    cursor: str | None


def show(visit: Visit) -> Response:
    """What would be erased, and what was."""
    _, me = auth.authenticate(visit, auth.claims(visit, READ), READ)
    return json_response(listed(visit.deps, asked_for(visit.deps, me, visit.request.query)))


def asked_for(deps: Container, me: Member, query: Mapping[str, str]) -> AskedRetention:
    """What an address asks for: today, at the first site of the member, unless it says otherwise.

    Raises `Invalid`.
    """
    wrong: list[Wrong] = []
    site = query.get("site") or next(iter(me.sites), "")
    if site not in me.sites:
        wrong.append(Wrong("/site", "not-your-site"))
    on = query_params.day(query, "on", wrong)
    if wrong:
        raise Invalid(*wrong)
    today = deps.sites.terms(site).today(deps.now())
    return AskedRetention(me, site, max(on, today) if on else today, query.get("cursor"))


def listed(deps: Container, asked: AskedRetention) -> RetentionView:
    """What was asked for. Cases that are hidden from the member are left out. Raises `Unavailable`."""
    terms = deps.sites.terms(asked.site)
    items, place = _due(deps, asked)
    binding = f"retention|{asked.site}|{asked.on}|{asked.me.id}"
    erased = [each.rule for each in items if each.kept is None]
    notices = [each.until for each in terms.site.former_retention if asked.on <= each.until]
    return RetentionView(
        site=asked.site,
        on=asked.on,
        rules=[RuleInForce(name=name_of(rule), rule=rule) for rule in terms.site.retention],
        notice_until=max(notices, default=None),
        items=items,
        erased={name: erased.count(name) for name in dict.fromkeys(erased)},
        runs=_runs(deps, asked),
        next=cursors.make_cursor(deps.secrets, deps.now(), place, binding) if place else None,
    )


def _due(deps: Container, asked: AskedRetention) -> tuple[list[DueCase], str | None]:
    """The cases of one answer, and the place after which the next one goes on."""
    terms = deps.sites.terms(asked.site)
    first = retention.first_due(terms.site, asked.on)
    if first is None:
        return [], None
    after = cursors.read_cursor(deps, asked.cursor, f"retention|{asked.site}|{asked.on}|{asked.me.id}")
    found = deps.retention.ended(asked.site, datetime.combine(first, time(), UTC), after)
    maybe: list[str] = []
    place, is_cut = None, False
    for number, candidate in enumerate(found):
        if number >= MOST_OF_INDEX or len(maybe) >= MOST_CASES:
            is_cut = True
            break
        place = candidate.place
        if retention.may_be_due(candidate, terms.site, asked.on):
            maybe.append(candidate.reference)
    cases = deps.cases.load_all(maybe)
    merged = {part for each in cases.values() for part in each.complaint.parts}
    all_parts = deps.cases.load_all(merged) if merged else {}
    items = []
    for complaint in (cases[each].complaint for each in maybe if each in cases):
        parts = [all_parts[each].complaint for each in complaint.parts if each in all_parts]
        of_parts = retention.categories_of(parts)
        rules = retention.due_rules(complaint, terms.site, asked.on, of_parts)
        ended_at = complaint.ended_at
        if not rules or ended_at is None or complaint.erasure or complaint.stage.is_open:
            continue
        if not all(auth.sees(deps.sites, asked.me, each) for each in (complaint, *parts)):
            continue
        why = retention.why_kept(complaint, asked.on)
        kept = retention.in_short(why) if why else None
        if why is None and is_kept_unread(deps, complaint, rules, asked.on, terms.zone):
            kept = retention.UNREAD
        items += [
            DueCase(
                reference=complaint.reference,
                ended_at=local_time(ended_at, terms.zone),
                rule=name_of(rule),
                data=rule.data,
                kept=kept,
            )
            for rule in rules
        ]
    return items, place if is_cut else None


def _runs(deps: Container, asked: AskedRetention) -> list[ShownRun]:
    """The last runs, without the cases that are hidden from the member, and the rules of their categories."""
    runs = deps.retention.runs(asked.site, RUNS)
    hidden = auth.hidden_from(deps, asked.me, [asked.site]).get(asked.site, frozenset())
    if not hidden:
        return [_shown(run, deps, asked.site) for run in runs]
    named = [reference for run in runs for reference in run.cases][:MOST_LOOKED_UP]
    cases = deps.cases.load_all(named) if named else {}
    seen = {key for key, case in cases.items() if auth.sees(deps.sites, asked.me, case.complaint)}
    secret = {f"{data}/{code}" for data in KeptData for code in hidden}
    return [
        _shown(
            replace(
                run,
                cases=tuple(reference for reference in run.cases if reference in seen),
                erased={name: number for name, number in run.erased.items() if name not in secret},
            ),
            deps,
            asked.site,
        )
        for run in runs
    ]


def _shown(run: RetentionRun, deps: Container, site: str) -> ShownRun:
    zone = deps.sites.terms(site).zone
    return ShownRun(
        day=run.day,
        began_at=local_time(run.began_at, zone),
        ended_at=local_time(run.ended_at, zone) if run.ended_at else None,
        erased=run.erased,
        kept=run.kept,
        cases=run.cases,
    )
