"""Renders the page of a case: the template with its values, whatever handler asks for it."""

import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chalice.app import Response

from complaints.case.complaint import Complaint
from complaints.casework.outcome.decision import Approve, Respond
from complaints.casework.record.attachments import AddFile, file_key
from complaints.casework.workflow.tasks import CompleteTask
from complaints.handling.lifecycle import is_possible
from complaints.values.errors import Refusal
from complaints.values.field_types import Assessment
from functions.desk.case.case_forms import forms, kept, not_now
from functions.desk.case.clocks import next_due
from functions.desk.case.view_model import CaseView
from functions.desk.case.wording.timeline import TimelineEntry
from functions.desk.queue.queue_place import address_of, position_in, queue_place, within
from functions.desk.session.layout import desk_layout
from functions.forms.inputs import FailedForm, FormError
from functions.http.visit import Visit
from functions.rendering.page import link, showing
from functions.use_cases.cases.case_access import CaseAccess
from functions.use_cases.cases.letter_preview import PreviewedLetter, called, letters_after
from functions.use_cases.files.attachments import ADDRESS_HOLDS

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def case_page(
    visit: Visit,
    seen: CaseView,
    *,
    status: int = 200,
    done: str | None = None,
    done_at: str | None = None,
    failed: FailedForm | None = None,
    examined: Mapping[str, FailedForm] | None = None,
    errors: Sequence[FormError] = (),
    changed: Sequence[TimelineEntry] = (),
    letters: Sequence[PreviewedLetter] = (),
) -> Response:
    """The page of a case: after a command was `done`, here or at the case before (`done_at`), or again with
    what `failed` and why; `examined` is what was typed for an examination.

    `changed` is what others did since the page was looked at, `letters` what the form would send.
    """
    possible = forms(seen, failed, examined)
    usual = _usual_marks(seen.complaint)
    gone = [] if possible.has_failed else [failed] if failed else [*(examined or {}).values()]
    clocks = seen.clocks
    pictures = [
        (
            file,
            visit.deps.files.preview(file_key(seen.complaint.reference, file.id), file.type, ADDRESS_HOLDS),
        )
        for file in seen.pictures
    ]
    return sheet(
        visit,
        "case-page.html",
        seen.at,
        status=status,
        headers=showing(visit.deps.files.origin) if pictures else None,
        seen=seen,
        case=seen.view,
        names=seen.options.teller.names,
        next=seen.next,
        takes=seen.can_take and not possible.has_failed,
        clocks=clocks,
        due=next_due(clocks),
        pictures=pictures,
        letters=letters or _letters_of_next(visit.deps, seen),
        done=done,
        done_at=done_at,
        errors=errors,
        changed=changed,
        forms=possible,
        not_now=not_now(seen),
        takes_files=is_possible(seen.complaint, AddFile, seen.context),
        failed=failed,
        lost=[*kept(seen, gone, {**dict(usual), "category": seen.complaint.category or ""})],
        usual=usual,
        once=secrets.token_urlsafe(12),
    )


def _letters_of_next(deps: "Container", seen: CaseView) -> list[PreviewedLetter]:
    """The letters that leave when whoever looks at a decision approves and sends it, or the one that is read
    to the person; none where that cannot be."""
    if seen.call and seen.next.verb == CompleteTask.verb:
        return called(deps, seen.at, seen.call)
    if seen.approval is None or seen.next.verb != Approve.verb:
        return []
    try:
        return letters_after(deps, seen.at, (Approve(), Respond()))
    except Refusal:
        return []


def _usual_marks(complaint: Complaint) -> tuple[tuple[str, str], ...]:
    """What an assessment mostly says; of a danger that somebody told of nothing is usual."""
    marks = dict(zip(Assessment.__struct_fields__, "100010", strict=True))
    return tuple((name, mark) for name, mark in marks.items() if not (name == "safety" and complaint.danger))


def sheet(
    visit: Visit,
    template: str,
    at: CaseAccess,
    *,
    below: str = "",
    **values: Any,
) -> Response:
    """A page about a case, in the frame of the desk; its address is `below` that of the case."""
    complaint = at.case.complaint
    place = queue_place(visit.request)
    path, query = address_of(place)
    site = visit.deps.sites.terms(complaint.site).site
    return desk_layout(
        visit,
        template,
        at.by,
        at.member,
        address=f"/desk/cases/{complaint.reference}{below}",
        query=place,
        place=place.get("queue", ""),
        in_queue=place.get("queue"),
        position=position_in(place),
        queue_address=link(visit.deps.settings, path, query),
        within=within(place),
        zone=site.zone,
        complaint=complaint,
        subject=at.case.card.subject,
        site=site,
        **values,
    )
