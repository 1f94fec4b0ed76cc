"""What is known of the site besides its cases: records of the management system, settings with their changes,
indicators, the survey, and who serves it. A part is one step."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.checkpoints.verification.rounds import rounds
from complaints.evidence.pack_work import Stage
from complaints.management.evaluation.audits import Audit
from complaints.management.evaluation.evidence_packs import People
from complaints.management.hidden_records import is_hidden, is_sensitive
from complaints.management.history import RecordEntry, history
from complaints.management.kinds import declaration
from complaints.management.objectives import Objective
from complaints.management.policies import Policy
from complaints.management.record import ManagementRecord, RecordKind
from complaints.reporting.figure import Period
from complaints.reporting.indicators import ALL_REPORTS
from complaints.settings.history import history_entries
from complaints.settings.setting import OF_A_SITE, Setting
from complaints.values.casework.access_log import AccessEntry
from functions.http.formats.csv_export import Cell
from functions.use_cases.management.objective_results import objective_results
from functions.use_cases.report_numbers import ReportQuery, read, told
from functions.workers.evidence.building import PARTS, Building, trust_of
from functions.workers.evidence.sample_stage import chain_lines

FIGURE_COLUMNS = ("report", "figure", "by", "value", "count", "of", "percent", "amount", "mean", "rate")
FINDING_COLUMNS = ("audit", "id", "grade", "question", "text", "owner", "due", "settled_on", "how")
ACCESS_COLUMNS = ("day", "member", "kind", "places", "times", "is_cut")
RUN_COLUMNS = ("day", "began_at", "ended_at", "erased", "kept")
VERIFICATION_COLUMNS = ("at", "checkpoints", "chains", "letters", "files", "differences", "first")
HISTORY_COLUMNS = ("id", "number", "at", "by", "verb", "changed", "reason")

MOST_READINGS = 5_000
"""Of how many readings of a date is told; one that had more says so (`is_cut`)."""

MOST_DAYS = 400
"""How many of the last runs and verifications of the period are looked through: one a day, of a year."""


def step(building: Building) -> None:
    """Adds the next part."""
    place = int(building.work.place or 0)
    part, add = _STEPS[place]
    with building.naming("part", PARTS[part]):
        add(building)
    if place + 1 < len(_STEPS):
        building.go_on(place=str(place + 1))
    else:
        building.go_on(stage=Stage.PROOFS, place=None)


def _policies(building: Building) -> None:
    records = _add_records(building, 1, RecordKind.POLICY)
    readings = [
        (record.id, each.member, each.number, each.on.isoformat())
        for record in records
        if isinstance(record.content, Policy)
        for each in record.content.all_readings
    ]
    building.table(1, "readings", ("policy", "member", "version", "on"), readings)


def _roles(building: Building) -> None:
    _add_records(building, 2, RecordKind.RESPONSIBILITY)
    _add_records(building, 2, RecordKind.COMPETENCE)
    members = [each for each in building.deps.members.all() if building.record.site in each.sites]
    rows = [
        (each.id, each.name, " ".join(sorted(each.roles)), "yes" if each.active else "no") for each in members
    ]
    building.table(2, "members", ("id", "name", "roles", "active"), sorted(rows))


def _settings(building: Building) -> None:
    site = building.record.site
    now: list[Sequence[Cell]] = []
    changes: list[Sequence[Cell]] = []
    for kind in OF_A_SITE:
        entries = building.deps.settings_store.entries(kind, site)
        _add_chain(building, 3, f"{kind}#{site}", entries)
        after, told = Setting(kind=kind, id=site), []
        for entry in history_entries(after, entries):
            after = entry.after
            told.append(entry.changed)
            for fact in entry.facts:
                reason = _said(building, getattr(fact, "reason", None))
                at, by = fact.at.isoformat(), fact.by.id or fact.by.kind
                changed = " ".join(entry.changed)
                changes.append((kind, entry.after.number, at, by, type(fact).__name__, changed, reason))
        if after.record is not None:
            now.append((kind, after.version, _cell(as_sealed(after.record, entries, told))))
    building.table(3, "settings", ("kind", "version", "content"), now)
    building.table(3, "changes", ("kind", "number", "at", "by", "fact", "changed", "reason"), changes)
    packs = [(each.id, each.version, msgspec.json.encode(each).decode()) for each in building.terms.packs]
    building.table(3, "promise_packs", ("id", "version", "content"), packs)


def _figures(building: Building, part: int, name: str, reports: Iterable[str]) -> None:
    today = building.terms.today(building.deps.now())
    query = ReportQuery((building.record.site,), Period(building.pack.since, building.pack.until), today)
    numbers = read(building.deps, query)
    rows = [
        (report, *(getattr(each, column) for column in FIGURE_COLUMNS[1:]))
        for report in reports
        for each in (line.figure for line in told(report, numbers, query))
    ]
    building.table(part, name, FIGURE_COLUMNS, rows)


def _indicators(building: Building) -> None:
    _figures(building, 4, "indicators", sorted(ALL_REPORTS, key=lambda name: name != "indicators"))
    records = _add_records(building, 4, RecordKind.OBJECTIVE)
    objectives = {each.id: each.content for each in records if isinstance(each.content, Objective)}
    found = objective_results(building.deps, building.record.site, list(objectives.values()))
    rows = [
        (id, msgspec.json.encode(result).decode())
        for id, results in zip(objectives, found, strict=True)
        for result in results
    ]
    building.table(4, "objective_results", ("objective", "result"), rows)


def _improvement(building: Building) -> None:
    for kind in (RecordKind.ACTION, RecordKind.THEME, RecordKind.ALARM):
        _add_records(building, 8, kind)


def _survey(building: Building) -> None:
    _figures(building, 9, "survey", ["survey"])


def _audits(building: Building) -> None:
    records = _add_records(building, 10, RecordKind.AUDIT)
    findings = [
        (record.id, *(_cell(getattr(each, column)) for column in FINDING_COLUMNS[1:]))
        for record in records
        if isinstance(record.content, Audit)
        for each in record.content.findings
    ]
    building.table(10, "findings", FINDING_COLUMNS, findings)
    for kind in (RecordKind.SAMPLE, RecordKind.REVIEW):
        _add_records(building, 10, kind)


def _privacy(building: Building) -> None:
    """Who read what, by date and kind, what the retention rules did, and the packs that were made; facts of
    cases stand beside."""
    _add_records(building, 12, RecordKind.EVIDENCE_PACK)
    pack = building.pack
    days = (pack.since + timedelta(days=number) for number in range((pack.until - pack.since).days + 1))
    building.table(12, "access", ACCESS_COLUMNS, [row for day in days for row in _access(building, day)])
    runs = building.deps.retention.runs(building.record.site, MOST_DAYS, pack.until)
    told = [each for each in reversed(runs) if pack.since <= each.day <= pack.until]
    building.table(
        12,
        "retention_runs",
        RUN_COLUMNS,
        [[_cell(getattr(run, name)) for name in RUN_COLUMNS] for run in told],
    )


def _verifications(building: Building) -> None:
    """What the daily rounds found in the period, which look at all sites."""
    pack, zone = building.pack, building.terms.zone
    over = datetime.combine(pack.until + timedelta(days=1), time.min, zone)
    found = rounds(building.deps.evidence, trust_of(building.deps), MOST_DAYS, before=over)
    rows = [
        (
            each.at.isoformat(),
            *(getattr(each.new, name) + getattr(each.old, name) for name in VERIFICATION_COLUMNS[1:5]),
            each.count,
            _cell(each.differences[:1]) if each.differences else None,
        )
        for each in reversed(found)
        if pack.since <= each.at.astimezone(zone).date() <= pack.until
    ]
    building.table(11, "verifications", VERIFICATION_COLUMNS, rows)


def _access(building: Building, day: date) -> Iterator[Sequence[Cell]]:
    """A row for each member and kind of reading of a date (UTC): how many places, how often."""
    found = building.deps.access_log.of_site(building.record.site, day, MOST_READINGS)
    readings: dict[tuple[str, str], list[AccessEntry]] = {}
    for each in found:
        readings.setdefault((each.member, each.kind), []).append(each)
    for (member, kind), entries in sorted(readings.items()):
        is_cut = "yes" if len(found) == MOST_READINGS else "no"
        times = sum(each.times for each in entries)
        yield day.isoformat(), member, kind, len({each.place for each in entries}), times, is_cut


_STEPS: tuple[tuple[int, Callable[[Building], None]], ...] = (
    (1, _policies),
    (2, _roles),
    (3, _settings),
    (4, _indicators),
    (8, _improvement),
    (9, _survey),
    (10, _audits),
    (12, _privacy),
    (11, _verifications),
)


def _add_records(building: Building, part: int, kind: RecordKind) -> Sequence[ManagementRecord]:
    """The records of a kind as they stand, who changed what, and their chains: of those that are there for
    whoever ordered the pack. How many are not is told; their ids might tell of what they are."""
    of_site, site = building.deps.management_records.of_site, building.record.site
    every = of_site(site, kind)
    is_of_theme = any(getattr(each.content, "theme", None) for each in every)
    themes = of_site(site, RecordKind.THEME) if is_of_theme else ()
    records = [each for each in every if not _is_hidden(building, each, themes)]
    if withheld := len(every) - len(records):
        building.go_on(withheld_records=building.work.withheld_records | {str(kind): withheld})
    hidden = declaration(kind).unanswered
    names = [name for name in declaration(kind).content.__struct_fields__ if name not in hidden]
    rows = []
    changes: list[Sequence[Cell]] = []
    for record in records:
        stored = building.deps.management_records.entries(kind, record.id)
        entries = [each for each in stored if each.number <= record.number]
        told = tuple(history(ManagementRecord(kind=kind, id=record.id), entries))
        content = as_sealed(record.content, entries, [each.changed for each in told])
        rows.append((record.id, record.version, *(_cell(content.get(name)) for name in names)))
        changes += _history(building, record, told)
        if not hidden:
            _add_chain(building, part, f"record#{kind}#{record.id}", entries)
    building.table(part, kind, ("id", "version", *names), rows)
    building.table(part, f"{kind}_history", HISTORY_COLUMNS, changes)
    return records


def _is_hidden(building: Building, record: ManagementRecord, themes: Sequence[ManagementRecord]) -> bool:
    member, site = building.deps.members.find(building.pack.ordered_by), building.terms.site
    return is_hidden(record, member, site, themes) if member else is_sensitive(record, site)


def as_sealed(
    held: object, entries: Sequence[StoredEntry], changed: Sequence[Iterable[str]]
) -> Mapping[str, Any]:
    """What is `held`, as the last entry with all of it says: a verifier knows no default of a field
    that is younger. What `changed` since is as it is held."""
    now: Mapping[str, Any] = msgspec.to_builtins(held, builtin_types=())
    sealed: Mapping[str, Any] = now
    since: set[str] = set()
    for entry, names in zip(entries, changed, strict=True):
        for fact in msgspec.json.decode(entry.data)["facts"]:
            whole = fact.get("record") or fact.get("content")
            sealed, since = (whole, set()) if whole else (sealed, since.union(names))
    return {**sealed, **{name: now.get(name) for name in since}}


def _history(
    building: Building, record: ManagementRecord, told: Iterable[RecordEntry]
) -> Iterator[Sequence[Cell]]:
    for each in told:
        fact = each.fact
        by, changed = fact.by.id or fact.by.kind, " ".join(each.changed)
        reason = _said(building, fact.reason)
        yield record.id, each.after.number, fact.at.isoformat(), by, fact.verb, changed, reason


def _said(building: Building, reason: str | None) -> str:
    """What somebody wrote apart from the chain: it may name people, and is there with them alone."""
    return "" if building.pack.people is People.NONE else reason or ""


def _add_chain(building: Building, part: int, name: str, entries: Sequence[StoredEntry]) -> None:
    """The sealed entries of a setting or a record; the reasons, which stand apart, with people alone."""
    if entries:
        file = f"{name.replace('#', '.')}.chain.jsonl"
        of_people = building.pack.people is not People.NONE
        building.lines(part, file, chain_lines(name, entries, of_people=of_people))
        building.go_on(heads=building.work.heads | {name: len(entries)})


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return msgspec.json.encode(value).decode()
