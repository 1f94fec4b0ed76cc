"""The cases of a flood are counted, and closed once two people said so, batch by batch, by the schedule.

The record notes which cases the next step closes before it does, so that a run that dies is gone on with, and
counts each case once. The index of the queue says which cases may be meant, the case itself whether it is
closed. A case that moves in the queue meanwhile may be missed: it stays open.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from complaints.adapters.config import telemetry
from complaints.case.complaint import Complaint
from complaints.casework.people.contact_details import address_of
from complaints.casework.workflow.flood import CloseWithFlood, why_left_out
from complaints.context.decision_context import Context
from complaints.management.flood_closings import CloseStep, CountFlood, FloodClosing
from complaints.management.record import ManagementRecord, RecordCommand, RecordKind
from complaints.reporting.list_rows import Filter, QueueEntry
from complaints.site.site import SiteTerms
from complaints.values.casework.floods import CROWD, STEP, LeftOut
from complaints.values.errors import NotNow, Stale, Unavailable, WrittenByNewerRelease
from complaints.values.people import MACHINE
from complaints.values.text.normalization import match_key
from functions.serializers.parts.entries_with_texts import opened
from functions.use_cases.cases.iterate_cases import QUEUES, case_batches
from functions.use_cases.correspondence.known_mailboxes import name_of
from functions.use_cases.management.management_records import records_context

if TYPE_CHECKING:
    from complaints.adapters.container import Container


COUNTED_A_RUN, STEPS_A_RUN = 10, 4
"""How many steps of a hundred cases one run of the schedule takes: a quarter of its time."""

_OPEN, _END = QUEUES[0], "end"

_UNREADABLE = (WrittenByNewerRelease, msgspec.DecodeError)


class _Person(NamedTuple):
    """Who is behind a case: the mail address in force, and whether staff wrote to it before."""

    address: str | None
    is_known: bool

    @property
    def domain(self) -> str:
        """What stands after the @, where there is an address."""
        return (self.address or "").rpartition("@")[2]


class _Found(NamedTuple):
    """The next cases that may be meant, and the place after them."""

    references: tuple[str, ...]
    place: str


def go_on(deps: "Container", id: str) -> None:
    """Takes the next steps of a record. Another run may have it: then this one ends."""
    record = deps.management_records.load(RecordKind.FLOOD_CLOSING, id)
    content = record.content
    if not isinstance(content, FloodClosing):
        return
    try:
        if content.is_counting:
            _count(deps, record, content)
        elif content.is_closing:
            _close(deps, record, content)
    except (NotNow, Stale):
        # Somebody stopped it, or another run was faster.
        return


def _count(deps: "Container", record: ManagementRecord, content: FloodClosing) -> None:
    """Counts a thousand cases, and says so in one entry."""
    terms = deps.sites.terms(record.site)
    matching, closable, place = 0, list[str](), content.place
    left_out, crowds, domains = Counter[LeftOut](), Counter[str](), Counter[str]()
    for found in islice(_steps(deps, record.site, content), COUNTED_A_RUN):
        place = found.place
        complaints = _complaints(deps, found.references)
        networks = deps.outbox.networks_of(found.references)
        people = _people(deps, terms, content, complaints)
        for complaint in complaints:
            person, network = people.get(complaint.reference), networks.get(complaint.reference)
            if not _is_meant(content, person, network):
                continue
            matching += 1
            why = why_left_out(complaint, terms.site, is_known=bool(person and person.is_known))
            if why:
                left_out[why] += 1
            else:
                closable.append(complaint.reference)
                crowds.update([network] if network else ())
                domains.update([person.domain] if person and person.domain else ())
    up_to = None if place == _END else place
    _carry_out(
        deps,
        record,
        CountFlood(
            matching=matching,
            left_out=left_out,
            closable=tuple(closable),
            networks=_large(crowds),
            domains=_large(domains),
            place=up_to,
        ),
    )


def _close(deps: "Container", record: ManagementRecord, content: FloodClosing) -> None:
    """Closes some hundred cases, with an entry for each hundred."""
    for _ in range(STEPS_A_RUN):
        closed, left_out = _closed(deps, record, content)
        found = next(_steps(deps, record.site, content), _Found((), _END))
        is_over = not found.references and found.place == _END
        step = CloseStep(
            closed=closed,
            left_out=left_out,
            doing=found.references,
            place=None if is_over else found.place,
        )
        record = _carry_out(deps, record, step)
        after = record.content
        assert isinstance(after, FloodClosing)
        if after.ended_at:
            telemetry.note("flood closed", site=record.site, closed=after.closed)
            return
        content = after


def _carry_out(deps: "Container", record: ManagementRecord, command: RecordCommand) -> ManagementRecord:
    """Notes how far it is, on the version that was looked at. Raises `Stale`, `NotNow`."""
    context = records_context(deps, record, MACHINE)
    return deps.records_service.note_progress(record, command, context)


def _closed(
    deps: "Container", record: ManagementRecord, content: FloodClosing
) -> tuple[int, Counter[LeftOut]]:
    """Closes the cases of a step: how many are closed, and why others are not. Raises `Unavailable`."""
    terms = deps.sites.terms(record.site)
    closed, left_out = 0, Counter[LeftOut]()
    networks = deps.outbox.networks_of(content.doing) if content.networks else {}
    people = _people(deps, terms, content, _complaints(deps, content.doing))
    for reference in content.doing:
        person = people.get(reference)
        if not _is_meant(content, person, networks.get(reference)):
            continue
        try:
            why = _close_one(deps, record, content, reference, bool(person and person.is_known), terms)
        except Exception as error:
            if isinstance(error, Unavailable) and not isinstance(error, WrittenByNewerRelease):
                raise
            telemetry.failure("not closed with its flood", error, reference=reference)
            telemetry.count(telemetry.NOT_WORKED)
            why = LeftOut.FAILED
        if why:
            left_out[why] += 1
        else:
            closed += 1
    return closed, left_out


def _complaints(deps: "Container", references: Sequence[str]) -> list[Complaint]:
    """Those of a step, in one read, without one that cannot be read: it stops no other. Raises
    `Unavailable`."""
    if not references:
        return []
    try:
        return [case.complaint for case in deps.cases.load_all(references).values()]
    except _UNREADABLE:
        return [found for each in references if (found := _readable(deps, each))]


def _readable(deps: "Container", reference: str) -> Complaint | None:
    try:
        case = deps.cases.load(reference)
    except _UNREADABLE as error:
        telemetry.failure("not looked at with its flood", error, reference=reference)
        return None
    return case.complaint if case else None


def _close_one(
    deps: "Container",
    record: ManagementRecord,
    content: FloodClosing,
    reference: str,
    is_known: bool,
    terms: SiteTerms,
) -> LeftOut | None:
    """Closes a case as it stands now, unless an earlier try did; why not, if it is not."""
    case = deps.cases.load(reference)
    if case is None:
        return LeftOut.FAILED
    complaint = case.complaint
    if (
        complaint.is_flood
        and content.confirmed_at
        and (complaint.ended_at or deps.now()) >= content.confirmed_at
    ):
        return None
    if why := why_left_out(complaint, terms.site, is_known=is_known):
        return why
    context = Context(now=deps.now(), by=MACHINE, terms=terms)
    after = deps.casework.carry_out(case, CloseWithFlood(record=record.id, is_known=is_known), context)
    if after.complaint.is_flood:
        return None
    return why_left_out(after.complaint, terms.site, is_known=is_known)


def _steps(deps: "Container", site: str, content: FloodClosing) -> Iterator[_Found]:
    """The cases after the place that were received in the time and have the words, about a hundred each."""
    if content.place == _END:
        return
    spans = {site: (content.since, content.until)}
    matching = Filter(category=content.category, received=spans)
    for batch in case_batches(deps, site, content.place or None, STEP, matching):
        up_to = batch.up_to or _END
        if not up_to.startswith(f"{_OPEN}/"):
            up_to = _END
        yield _Found(tuple(_with_words(deps, content, batch.items)), up_to)
        if up_to == _END:
            return


def _with_words(deps: "Container", content: FloodClosing, entries: Iterable[QueueEntry]) -> Iterator[str]:
    words = match_key(content.words or "")
    for each in deps.queues.with_cards(entries) if words else entries:
        if words in match_key(each.card.subject):
            yield each.row.reference


def _people(
    deps: "Container", terms: SiteTerms, content: FloodClosing, complaints: Sequence[Complaint]
) -> dict[str, _Person]:
    """Who is behind those that nothing else keeps out, or behind all where their domain matters: a batch of
    reads, and one for each mailbox."""
    wanted = [
        each
        for each in complaints
        if content.domain or why_left_out(each, terms.site, is_known=False) is None
    ]
    texts = (
        deps.messages.of_cases({each.reference: {each.contact.email} for each in wanted}) if wanted else {}
    )
    found = {}
    for each in wanted:
        address = address_of(fact for _, fact in opened(texts.get(each.reference, ())))
        is_known = address is not None and deps.outbox.knows(name_of(deps.secrets, address))
        found[each.reference] = _Person(address, is_known)
    return found


def _is_meant(content: FloodClosing, person: _Person | None, network: str | None) -> bool:
    """Whether the mail domain is the one, where one was named, or below it; and the group of networks one of
    those, where some were."""
    if content.networks and network not in content.networks:
        return False
    if content.domain is None:
        return True
    name = person.domain if person else ""
    return name == content.domain or name.endswith(f".{content.domain}")


def _large(numbers: Counter[str]) -> dict[str, int]:
    """Those that tell of no single person."""
    return {name: cases for name, cases in numbers.items() if cases >= CROWD}
