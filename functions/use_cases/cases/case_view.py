"""A case as staff read it: what it is now, and what was said and done in it, with the words of people."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.process.receipt import Received
from complaints.casework.people.conflicts_of_interest import nobody_is_independent
from complaints.casework.people.vulnerability import may_be_told, told_to
from complaints.casework.record.details import told_in_force
from complaints.context.case import Case, last_entries
from complaints.context.decision_context import Context, RequestRefusal
from complaints.site.site import Site
from complaints.values.competence import Competence
from complaints.values.field_types import Feedback
from complaints.values.people import Actor, Member
from functions.http.formats.response_size import MOST, first_that_fit
from functions.http.visit import Visit
from functions.serializers.desk import case as case_serializer
from functions.serializers.desk import corrective_actions, tasks
from functions.serializers.desk.case_facts import facts
from functions.serializers.desk.corrective_actions import actions_view
from functions.serializers.desk.tasks import tasks_view
from functions.serializers.parts import adjustments, files, parties, points
from functions.serializers.parts import merged_timeline as parts
from functions.serializers.parts.adjustments import vulnerability_view
from functions.serializers.parts.complaint_details import classification_view, details_view
from functions.serializers.parts.merged_timeline import CasePart
from functions.serializers.parts.messages import messages
from functions.serializers.parts.points import points_view
from functions.use_cases.accounts import other_accounts

if TYPE_CHECKING:
    from complaints.adapters.container import Container


HISTORY = 25
"""How many of the last entries a case shows with their texts: one batch read holds twice that."""


class History(NamedTuple):
    """`case_parts` are the case and its parts with all entries that were read, `last` with those shown."""

    case_parts: Sequence[CasePart]
    last: Sequence[CasePart]


def case_context(
    deps: "Container", case: Case, by: Actor, members: Iterable[Member] | None = None
) -> Context:
    """What the rules are asked with when somebody looks at a case.

    Of a review that this person cannot do it is asked whether anybody can: of the `members`, or of those that
    were known within the last minute.
    """
    now, complaint = deps.now(), case.complaint
    terms = deps.sites.terms(complaint.site)
    accounts = other_accounts(deps, complaint, by, now)
    is_barred = any(complaint.is_barred(each) for each in (by.id, *accounts))
    waits = complaint.level > 1 and (is_barred or not by.is_reviewer)
    alone = waits and nobody_is_independent(complaint, members or deps.members.known(now), terms.site)
    return Context(
        now=now,
        by=by,
        terms=terms,
        nobody_independent=alone,
        competence=_competence(deps, terms.site, by, now),
        accounts=accounts,
        **_of_request(deps, complaint),
    )


def _of_request(deps: "Container", complaint: Complaint) -> dict[str, Any]:
    """What the record of a request about personal data says of it, or that it is still to be begun: one more
    read for such a case."""
    if complaint.feedback is not Feedback.PERSONAL_DATA or not complaint.stage.is_open:
        return {}
    # Imported lazily: most sites take no such requests as cases.
    from functions.use_cases.management import data_requests

    request = data_requests.request_of(deps, complaint)
    if request is None or request.outcome is None:
        return {"request_open": True}
    if request.ground is None:
        return {}
    return {"refusal": RequestRefusal(request.ground, request.refused_because)}


def _competence(deps: "Container", site: Site, by: Actor, now: datetime) -> tuple[Competence, ...]:
    """What somebody was trained in, where the site makes anything depend on it: one query a minute."""
    if not site.needs_competence:
        return ()
    # Imported lazily: most sites ask for nothing.
    from complaints.management.competences import held_by
    from complaints.management.record import RecordKind

    return held_by(by.id, deps.management_records.known(site.key, RecordKind.COMPETENCE, now))


def read_history(
    deps: "Container",
    case: Case,
    by: Actor,
    member: Member,
    language: str,
    known: Sequence[StoredEntry] = (),
) -> History:
    """The first entry and the last ones, as a member who is signed in as `by` sees them: one more read for
    those that are not `known`, and one for each part.

    In place of words that were removed a `language` says so.
    """
    seen = parts.parts_of(deps.cases, deps.sites, case, member)
    case_parts = [
        CasePart(part, told_to(by, facts))
        for part, facts in parts.read(deps, seen, _read_entries, language, known)
    ]
    last = [
        CasePart(part, [(number, fact) for number, fact in facts if number in _last(part)])
        for part, facts in case_parts
    ]
    return History(case_parts, _as_far_as_they_fit(last))


def whole_view(visit: Visit, case: Case, context: Context, history: History) -> case_serializer.Case:
    """The case with the last facts and their texts, who complains, and the files."""
    zone = context.terms.zone
    received = receipt_of(history.case_parts[0])
    return replace(
        case_serializer.case_view(visit, case, context),
        complainant=_complainant(history.case_parts[0]),
        description=received.description if received else None,
        details=details_view(received, context.terms.site, visit.language) if received else None,
        remedy_sought=received.remedy_sought if received else None,
        classification=classification_view(*history.case_parts[0]),
        actions=actions_view(visit.deps, visit.language, case.complaint, history.case_parts[0].said),
        tasks=tasks_view(visit.deps, visit.language, case.complaint, history.case_parts[0].said),
        points=points_view(case.complaint, history.case_parts[0].said),
        absorbed=[
            _absorbed(visit.deps, visit.language, part, context.terms.site) for part in history.case_parts[1:]
        ],
        facts=parts.shown(parts.timeline(history.last, zone, facts)),
        vulnerability=vulnerability_view(case.complaint, history.case_parts[0].said)
        if may_be_told(context.by)
        else UNSET,
        authority=parties.authority_view(
            case.complaint, history.case_parts[0].said, zone, context.terms.today(context.now)
        ),
        joint=parties.joint_view(case.complaint, history.case_parts[0].said),
        respondents=parties.respondents_view(case.complaint, history.case_parts[0].said, zone),
        messages=parts.shown(parts.timeline(history.last, zone, messages)),
        attachments=parts.files(history.case_parts, files.for_staff),
    )


def _as_far_as_they_fit(parts: Sequence[CasePart]) -> list[CasePart]:
    """The first entry and the latest ones, as far as an answer holds them twice: as facts and messages."""
    dated = [
        (number > 1, fact.at, place, number, fact)
        for place, part in enumerate(parts)
        for number, fact in part.said
    ]
    latest = sorted(dated, key=lambda each: (each[0], -each[1].timestamp(), each[2]))
    latest_places = {each[2:4] for each in first_that_fit(latest, MOST // 2)}
    return [
        CasePart(
            part.complaint, [(number, fact) for number, fact in part.said if (place, number) in latest_places]
        )
        for place, part in enumerate(parts)
    ]


def receipt_of(part: CasePart) -> Received | None:
    """What the complainant told first, with the contact details and the details in force."""
    return told_in_force(part.said, part.complaint)


def _complainant(part: CasePart) -> case_serializer.Complainant | None:
    received = receipt_of(part)
    if received is None:
        return None
    needed = adjustments.adjustments_view(part.complaint, part.said)
    return case_serializer.complainant_view(received, needed)


def _last(complaint: Complaint) -> set[int]:
    """The entries of which the history shows the facts: the first, and the last."""
    return last_entries(complaint.number, HISTORY)


def _read_entries(complaint: Complaint) -> set[int]:
    """Those, and the entries that hold contact details and adjustments, the names of files, details that were
    put right, what staff said that the case is about, what open tasks ask for, what actions that wait are,
    the words of points, and a decision that waits for a second person."""
    about = complaint.classification.entries if complaint.classification else ()
    person = complaint.contact.numbers | adjustments.entries(complaint) | {*complaint.vulnerability}
    others = parties.entries(complaint)
    asked = tasks.entries(complaint) | points.entries(complaint) | corrective_actions.entries(complaint)
    details = complaint.details.numbers
    decision = complaint.decision
    decided = {decision.entry} if decision and decision.awaits_approval else set()
    return {
        *_last(complaint),
        *person,
        *others,
        *files.entries(complaint),
        *asked,
        *about,
        *details,
        *decided,
    }


def _absorbed(deps: "Container", language: str, part: CasePart, site: Site) -> case_serializer.AbsorbedCase:
    complaint = part.complaint
    received = receipt_of(part)
    return case_serializer.AbsorbedCase(
        complainant=_complainant(part),
        description=received.description if received else None,
        details=details_view(received, site, language) if received else None,
        remedy_sought=received.remedy_sought if received else None,
        cause=complaint.cause,
        actions=actions_view(deps, language, complaint, part.said),
        tasks=tasks_view(deps, language, complaint, part.said),
        reference=complaint.reference,
        failed_letters=complaint.failed_letters,
    )
