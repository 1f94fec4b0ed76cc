"""The page of a task for the outside unit that was asked: what it is, what is shown of the case, the answer.

It is opened by the link of our mail, and by nothing else; there is no account. Once the task has ended or is
somebody else's, the link opens nothing.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chalice.app import Response

from complaints.case.record.attachments import FileType
from complaints.case.workflow.tasks import Task, TaskAssigned, TaskState
from complaints.casework.workflow.tasks import AnswerTask
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, MistypedReference, NotFound
from complaints.values.people import UNIT
from functions.forms.file_offer import file_offer
from functions.forms.inputs import FormError
from functions.forms.urlencoded import form_of_request
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.public.own_case import link_exchange
from functions.rendering.page import PRIVATE, as_page, leading_to, page
from functions.serializers.parts.entries_with_texts import opened_facts_of
from functions.use_cases.files.staff_files import announced, offered

_WRONG_TEXT = ("missing", "too-long")


class OpenedTask(NamedTuple):
    """What the token of a task opens."""

    case: Case
    task: Task
    token: str

    @property
    def address(self) -> str:
        return f"/tasks/{self.case.complaint.reference}/{self.task.id}"


@as_page
def show(visit: Visit, reference: str, task: str) -> Response:
    """What is asked for, with the form of the answer; or thanks for it."""
    opened = _opened(visit, link_exchange.token_of(visit.request), reference, task)
    if opened is None:
        return _over(visit)
    if link_exchange.is_link(visit.request):
        return link_exchange.exchanged(visit.deps.settings, visit.request, opened.address, opened.token)
    return _page(visit, opened)


@as_page
def answer(visit: Visit, reference: str, task: str) -> Response:
    """Takes the answer, and leads back to the page."""
    form = form_of_request(visit.request)
    opened = _opened(visit, form.get("t", ""), reference, task)
    if opened is None:
        return _over(visit)
    text = form.get("text", "").strip()
    try:
        command = read(AnswerTask, {"task": opened.task.id, "answer": text})
    except Invalid as refusal:
        wrong = [each.code for each in refusal.errors if each.code in _WRONG_TEXT]
        if not wrong:
            raise
        visit.request.note(problem=refusal.code)
        errors = [FormError("answer", f"pages.errors.answer.{code}") for code in wrong]
        return _page(visit, opened, status=422, errors=errors, typed=text)
    terms = visit.deps.sites.terms(opened.case.complaint.site)
    try:
        visit.deps.casework.carry_out(
            opened.case, command, Context(now=visit.deps.now(), by=UNIT, terms=terms)
        )
    except NotFound:
        # It has ended meanwhile, or this is the answer once more: the page says which.
        visit.request.note(problem=NotFound.code)
    query = {"lang": form.get("lang", "")}
    return link_exchange.leading_to_page(visit.deps.settings, opened.address, opened.token, query)


@as_page
def offer_file(visit: Visit, reference: str, task: str) -> Response:
    """Gives a script of the page the place for one file."""
    form = form_of_request(visit.request)
    opened = _open_task(visit, form, reference, task)
    once = visit.request.sending(
        visit.request.raw, idempotency_key=form.get("once") or secrets.token_urlsafe(12)
    )
    return json_response(offered(visit._replace(request=once), opened.case, UNIT, file_offer(form)), 201)


@as_page
def announce_file(visit: Visit, reference: str, task: str, attachment: str) -> Response:
    """Looks at what was uploaded, and says what became of it."""
    opened = _open_task(visit, form_of_request(visit.request), reference, task)
    return json_response(announced(visit.deps, opened.case, UNIT, attachment))


def _open_task(visit: Visit, form: Mapping[str, str], reference: str, id: str) -> OpenedTask:
    """A task that is not answered yet. Raises `NotFound`."""
    opened = _opened(visit, form.get("t", ""), reference, id)
    if opened is None or not opened.task.is_open:
        raise NotFound
    return opened


def _opened(visit: Visit, token: str, typed: str, id: str) -> OpenedTask | None:
    """The task that a token opens: one that can be answered, or was answered by this link."""
    try:
        reference = auth.reference_in(typed)
    except MistypedReference:
        return None
    case = visit.deps.cases.load(reference)
    # Without a task a token is made all the same: the time must not tell that there is none.
    none = Task(id=id, entry=0, given=0, asked_by="", due=visit.deps.now().date())
    tasks = case.complaint.tasks if case else ()
    task = next((each for each in tasks if each.id == id and each.outside), none)
    opens = visit.deps.casework.opens_task(case or visit.deps.casework.missing_case(reference), task, token)
    if not opens or case is None or task is none:
        return None
    visit.request.note(caller="unit", reference=reference, site=case.complaint.site)
    today = visit.deps.sites.terms(case.complaint.site).today(visit.deps.now())
    is_there = task.is_answerable(today) or task.state is TaskState.COMPLETED
    return OpenedTask(case, task, token) if is_there else None


def _page(
    visit: Visit,
    opened: OpenedTask,
    *,
    status: int = 200,
    errors: Sequence[FormError] = (),
    typed: str = "",
) -> Response:
    """A page that holds what was typed offers no other language: it would be lost."""
    complaint, task = opened.case.complaint, opened.task
    site = visit.deps.sites.terms(complaint.site).site
    language = visit.deps.catalogues.spoken(visit.request.query.get("lang", ""), site.language)
    facts = (
        opened_facts_of(visit.deps, complaint.reference, {task.entry}, language)
        if task.state is TaskState.OPEN
        else []
    )
    asked = next((fact for _, fact in facts if isinstance(fact, TaskAssigned)), None)
    return page(
        visit.deps,
        "task.html" if asked else "task-over.html",
        language=language,
        address=opened.address,
        owner=site.name,
        letterhead=site.texts.letterhead,
        zone=site.zone,
        offered=() if typed else None,
        status=status,
        headers=PRIVATE | leading_to(visit.deps.files.origin, uploads=asked is not None),
        site=site,
        token=opened.token,
        own=opened.address,
        asked=asked,
        task=task,
        file_types=",".join(FileType),
        words="answered",
        errors=errors,
        typed={"answer": typed},
    )


def _over(visit: Visit) -> Response:
    """One page for a task that has ended, another one's token and a wrong one."""
    visit.request.note(problem=NotFound.code)
    return page(
        visit.deps,
        "task-over.html",
        language=visit.language,
        address="/",
        status=404,
        headers=PRIVATE,
        words="over",
    )
