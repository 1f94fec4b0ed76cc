"""Handlers for complainants: their own case, opened by the access token that they were given."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.case.complaint import Complaint
from complaints.case.correspondence.messages import RECENT
from complaints.case.record.redaction import COMPLAINT_ITSELF
from complaints.casework.command import Command
from complaints.casework.correspondence.messages import Add
from complaints.casework.outcome.feedback import Insist
from complaints.casework.outcome.remedies import DeclineOwnRemedy
from complaints.casework.outcome.survey import AnswerSurvey, DeclineSurvey
from complaints.casework.people.adjustments import AdjustOwn
from complaints.casework.people.conflicts_of_interest import nobody_could_review
from complaints.casework.people.contact_details import CorrectOwnContact
from complaints.casework.process.closing import Withdraw
from complaints.casework.process.escalation import Answer
from complaints.context.case import AlreadyUsed, Case
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import allowed_commands
from complaints.values.errors import NotFound, PartOfAnother
from complaints.values.field_types import Stage
from complaints.values.people import COMPLAINANT
from functions.http import auth, cursors, idempotency
from functions.http.auth import OpenedCase
from functions.http.formats.response_size import first_that_fit
from functions.http.parsing import query_params
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.complainant import public_view as public_serializer
from functions.serializers.complainant.public_view import PublicView
from functions.serializers.parts import files as files_serializer
from functions.serializers.parts import merged_timeline
from functions.serializers.parts.entries_with_texts import all_opened_facts
from functions.serializers.parts.messages import Messages, MessageShown, messages

if TYPE_CHECKING:
    from complaints.context.stores import CaseStore, Sites


C = TypeVar("C", bound=Command)


def show_complaint(visit: Visit, reference: str) -> Response:
    """The public view of a complaint, with its last messages."""
    opened = auth.own_case(visit.deps.cases, visit.deps.casework, visit.request, reference)
    return json_response(public_view(visit.deps, opened, opened.case.complaint.language))


def show_data(visit: Visit, reference: str) -> Response:
    """All that is held of a complaint and whoever made it, as far as the person may see it."""
    from functions.public.own_case import data_export

    return data_export.answer(
        visit.deps, auth.own_case(visit.deps.cases, visit.deps.casework, visit.request, reference)
    )


def show_messages(visit: Visit, reference: str) -> Response:
    """A page of messages, older than those that a cursor has shown."""
    case = auth.own_case(visit.deps.cases, visit.deps.casework, visit.request, reference).case
    limit = query_params.limit_of(visit.request.query)
    name = case.complaint.reference
    place = cursors.read_cursor(visit.deps, visit.request.query.get("cursor"), name)
    before = [int(number) for number in place.split(",")] if place else []
    page = merged_timeline.page_before(
        visit.deps,
        merged_timeline.parts_of(visit.deps.cases, visit.deps.sites, case),
        before,
        limit,
        _zone(visit.deps.sites, case),
        case.complaint.language,
    )
    more = ",".join(map(str, page.next)) if page.next else None
    return json_response(
        Messages(
            items=page.items,
            next=cursors.make_cursor(visit.deps.secrets, visit.deps.now(), more, name) if more else None,
        )
    )


def add_message(visit: Visit, reference: str) -> Response:
    """Takes a message of the complainant: 202."""
    return _done(visit, reference, Add, 202)


def answer_decision(visit: Visit, reference: str) -> Response:
    """Takes the complainant's answer to the decision."""
    return _done(visit, reference, Answer, 200)


def convert(visit: Visit, reference: str) -> Response:
    """Says that the feedback is a complaint: its promises begin."""
    return _done(visit, reference, Insist, 200)


def withdraw(visit: Visit, reference: str) -> Response:
    """Takes the complaint back."""
    return _done(visit, reference, Withdraw, 200)


def correct_contact(visit: Visit, reference: str) -> Response:
    """Corrects contact details; a mail address is proposed until it is confirmed."""
    return _done(visit, reference, CorrectOwnContact, 200)


def adjust(visit: Visit, reference: str) -> Response:
    """Takes what the person needs: an adjustment, or that one is no longer needed."""
    return _done(visit, reference, AdjustOwn, 200)


def decline_remedy(visit: Visit, reference: str) -> Response:
    """Takes that the person wants none of one remedy; the decision stays."""
    return _done(visit, reference, DeclineOwnRemedy, 200)


def answer_survey(visit: Visit, reference: str) -> Response:
    """Takes what the complainant says about the handling, once."""
    return _done(visit, reference, AnswerSurvey, 200)


def decline_survey(visit: Visit, reference: str) -> Response:
    """Takes down that the complainant does not want to be asked."""
    return _done(visit, reference, DeclineSurvey, 200)


def public_view(deps: Container, opened: OpenedCase, language: str) -> PublicView:
    """What the complainant sees, in a language: one more read, of the last messages and the decision.

    Each case that became part of it takes a further read. `opened_as` is the reference of an older link.
    """
    case = opened.case
    complaint = case.complaint
    context = context_of(deps, complaint)
    case_parts = merged_timeline.read(
        deps,
        merged_timeline.parts_of(deps.cases, deps.sites, case),
        _entries,
        language,
        with_identity=True,
    )
    return public_serializer.public_view(
        deps,
        case,
        context,
        case_parts[0].said,
        language,
        messages=merged_timeline.shown(
            merged_timeline.timeline(case_parts, _zone(deps.sites, case), messages)[-RECENT:]
        ),
        attachments=merged_timeline.files(
            case_parts,
            lambda part, found: files_serializer.for_complainant(deps.catalogues, part, found, language),
        ),
        opened_as=opened.asked if opened.asked != complaint.reference else None,
    )


def context_of(deps: Container, complaint: Complaint) -> Context:
    """What the rules are asked with when the complainant looks at the case.

    Where a review is possible or goes on, it says whether somebody who had no part in the decision can do it.
    """
    now, terms = deps.now(), deps.sites.terms(complaint.site)
    is_asked = complaint.level == 2 or complaint.stage is Stage.RESPONDED
    alone = is_asked and nobody_could_review(complaint, deps.members.known(now), terms.site)
    return Context(now=now, by=COMPLAINANT, terms=terms, nobody_independent=alone)


class LatestMessages(NamedTuple):
    """Messages, the oldest first; `earlier` are there before them."""

    shown: list[MessageShown]
    earlier: int


def every_message(deps: Container, case: Case, language: str, end: int | None = None) -> LatestMessages:
    """All that was written to and fro, or the first `end` messages: the latest of them that an answer holds.

    The whole of each chain is read for it.
    """
    case_parts = [
        merged_timeline.CasePart(
            each, all_opened_facts(deps.cases, deps.catalogues, each.reference, language)
        )
        for each in merged_timeline.parts_of(deps.cases, deps.sites, case)
    ]
    written = merged_timeline.shown(merged_timeline.timeline(case_parts, _zone(deps.sites, case), messages))[
        :end
    ]
    latest = first_that_fit(reversed(written))
    return LatestMessages(latest[::-1], len(written) - len(latest))


def _entries(complaint: Complaint) -> set[int]:
    return {
        COMPLAINT_ITSELF,
        *complaint.contact.numbers,
        *complaint.details.numbers,
        *complaint.recent,
        *public_serializer.decision_entries(complaint),
        *files_serializer.entries(complaint),
    }


def possible(sites: "Sites", now: datetime, opened: OpenedCase) -> tuple[str, ...]:
    """The verbs that the complainant may ask for now."""
    complaint = opened.case.complaint
    context = Context(now=now, by=COMPLAINANT, terms=sites.terms(complaint.site))
    return allowed_commands(complaint, context)


def run_command(
    visit: Visit,
    opened: OpenedCase,
    command: Command,
    *,
    address: str | None = None,
) -> tuple[OpenedCase, bool]:
    """The case after a complainant's command, and whether it was done before under the same key.

    `address` is what the key is for, where the route does not say it all. A key counts for the reference
    that was asked for, so that it counts the same before and after a merge.
    """
    case, asked = opened
    now = visit.deps.now()
    guard = idempotency.guard_of(visit, asked, address or visit.request.route, now)
    context = Context(now=now, by=COMPLAINANT, terms=visit.deps.sites.terms(case.complaint.site))
    if guard and idempotency.is_replay(guard, visit.deps.cases.look_up(asked, guard=guard.id).guard):
        return opened, True
    try:
        return OpenedCase(visit.deps.casework.carry_out(case, command, context, guard=guard), asked), False
    except AlreadyUsed as used:
        idempotency.is_replay(guard, used.guard)
        return OpenedCase(_again(visit.deps.cases, case), asked), True
    except PartOfAnother:
        return run_command(
            visit,
            OpenedCase(auth.whole(visit.deps.cases, _again(visit.deps.cases, case)), asked),
            command,
            address=address,
        )


def _done(visit: Visit, reference: str, kind: type[C], status: int) -> Response:
    opened = auth.own_case(visit.deps.cases, visit.deps.casework, visit.request, reference)
    command = read(kind, visit.request.body)
    after, replayed = run_command(visit, opened, command)
    view = public_view(visit.deps, after, after.case.complaint.language)
    return json_response(view, status, {"Idempotent-Replayed": "true"} if replayed else {})


def _again(cases: "CaseStore", case: Case) -> Case:
    stored = cases.load(case.complaint.reference)
    if stored is None:
        raise NotFound
    return stored


def _zone(sites: "Sites", case: Case) -> ZoneInfo:
    return sites.terms(case.complaint.site).zone
