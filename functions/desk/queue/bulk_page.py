"""Doing one thing with many cases as pages: the form, and how far it is with what was refused and why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.casework.correspondence.messages import Message
from complaints.casework.outcome.classification import Classify
from complaints.casework.process.closing import Close
from complaints.casework.workflow.assignment import Assign
from complaints.values.casework.bulk_commands import DONE, MOST, PROPOSED, BulkCase, BulkCommand
from complaints.values.errors import Forbidden, Invalid, NotFound, Stale
from complaints.values.field_types import ClosingReason
from complaints.values.people import Actor, Member
from complaints.values.text import case_reference
from functions.desk.queue import bulk as bulk_commands
from functions.desk.queue import bulk_letter, queue_filters, queues
from functions.desk.session.guard import desk_page, own_address
from functions.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.forms.inputs import FormError, wrong_at
from functions.forms.urlencoded import FormData, form_of_request
from functions.http import auth
from functions.http.parsing.query_params import MOST as MOST_OF_PAGE
from functions.http.responses import status_of
from functions.http.visit import Visit
from functions.rendering.page import link

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


ADDRESS = "/desk/bulk"
MOST_FIELDS = MOST + 20
FIELDS: Mapping[str, str] = {
    Assign.verb: "to",
    Classify.verb: "category",
    Message.verb: "text",
    Close.verb: "reason",
}
"""What the form asks for, by verb: one field of the command."""

REASONS = (
    ClosingReason.ACCEPTED,
    ClosingReason.NO_ANSWER,
    ClosingReason.EXTERNAL_DECIDED,
    ClosingReason.ABUSIVE,
    ClosingReason.UNIDENTIFIABLE,
)
"""Why several cases may be ended at once; another reason needs a note about the one case."""


CODES = frozenset({Stale.code, NotFound.code, Invalid.code, Forbidden.code})
"""Refusals that are none of the state of a case."""


class RefusedCase(NamedTuple):
    """A case on which it was not carried out, and the msgid of why."""

    reference: str
    why: str


@desk_page
def choose(visit: Visit) -> Response:
    """The form of what is to be done with the chosen cases, or begins with it."""
    by, me = auth.member_who_may(visit, bulk_commands.ACTION)
    form = form_of_request(visit.request, MOST_FIELDS)
    verb = form.get("do", "")
    cases = chosen(visit.deps, form, me)
    if verb not in FIELDS:
        raise Invalid
    field = FIELDS[verb]
    is_asked = form.get("step") in (bulk_letter.LETTER, bulk_letter.INSERT)
    if "value" not in form or not cases or is_asked:
        return _form(visit, by, me, form, cases)
    try:
        texts = form.get("texts", "").split()
        begun = begin(visit.deps, me, verb, form["value"], cases, form.get("back", ""), texts)
    except Invalid as refusal:
        visit.request.note(problem=refusal.code)
        label = visit.deps.catalogues.text(visit.language, f"queues.bulk.field.{field}")
        words = visit.deps.catalogues.text(visit.language, "queues.bulk.wrong")
        errors = [wrong_at("value", label, words)]
        return _form(visit, by, me, form, cases, status=status_of(refusal), errors=errors)
    return _to(link(visit.deps.settings, f"{ADDRESS}/{begun.id}", {}))


def begin(
    deps: Container,
    me: Member,
    verb: str,
    value: str,
    cases: Sequence[BulkCase],
    back: str,
    texts: Sequence[str] = (),
) -> BulkCommand:
    """Puts on record what a form asks for, written with these standard texts. Raises `Invalid`."""
    _, _, query = own_address(back).partition("?")
    command = {FIELDS[verb]: value, **({"texts": texts} if texts and verb == Message.verb else {})}
    return bulk_commands.begin(deps, me.id, verb, command, cases, query)


@desk_page
def show(visit: Visit, bulk: str) -> Response:
    """How far it is. While cases remain, each look at the page takes the next step, and the page asks for
    itself again."""
    by, me = auth.member_who_may(visit, bulk_commands.ACTION)
    after = bulk_commands.take_step(visit, bulk_commands.load_bulk(visit.deps, me.id, bulk))
    return desk_layout(
        visit,
        "bulk-report.html",
        by,
        me,
        address=f"{ADDRESS}/{bulk}",
        place="",
        verb=after.verb,
        total=len(after.cases),
        remaining=len(after.remaining),
        done=after.number(DONE),
        proposed=after.number(PROPOSED),
        refused=[RefusedCase(case.reference, _why(after.verb, case.outcome)) for case in after.refused],
        queue=dict(parse_qsl(after.origin)),
    )


def chosen(deps: Container, form: FormData, me: Member) -> list[BulkCase]:
    """The cases that a form names, or all of the filters of the queue that it came from; at most `MOST`."""
    if "all" in form:
        return list(_all_of(deps, own_address(form.get("back", "")), me))
    named = (value.partition(".")[::2] for value in form.getlist("case")[:MOST])
    return [
        BulkCase(reference, int(version))
        for reference, version in named
        if _is_reference(reference) and version.isascii() and version.isdigit() and len(version) < 10
    ]


def _all_of(deps: Container, back: str, me: Member) -> Iterator[BulkCase]:
    """The cases of a queue with its filters, the most urgent first: a read for each page of them."""
    query = queue_filters.filter_parameters(dict(parse_qsl(back.partition("?")[2])))
    query["limit"] = str(MOST_OF_PAGE)
    query.pop("cursor", None)
    query.pop("of", None)
    wish = queues.wish(deps, query, me)
    left = MOST
    while left > 0:
        page = queues.page_of(deps.queues, deps.now(), wish)
        for listed in page.items[:left]:
            yield BulkCase(listed.row.reference, listed.row.version)
        left -= len(page.items)
        if page.next is None:
            return
        wish = queues.going_on(wish, page.next)


def _form(
    visit: Visit,
    by: Actor,
    me: Member,
    form: FormData,
    cases: Sequence[BulkCase],
    *,
    status: int = 200,
    errors: Sequence[FormError] = (),
) -> Response:
    verb = form["do"]
    back = own_address(form.get("back", ""))
    at = bulk_letter.first_of(visit, cases) if verb == Message.verb else None
    message = bulk_letter.message_of(visit.deps, visit.language, at, form) if at else None
    return desk_layout(
        visit,
        "bulk.html",
        by,
        me,
        address="/desk",
        status=status,
        errors=errors,
        verb=verb,
        field=FIELDS[verb],
        value=message.text if message else form.get("value", ""),
        message=message,
        options=list(_options(visit.deps, verb, me, visit.language)),
        cases=cases,
        most=MOST,
        back=back,
        queue=dict(parse_qsl(back.partition("?")[2])),
    )


def _options(deps: Container, verb: str, me: Member, language: str) -> Iterator[tuple[str, str]]:
    """What can be chosen: values, and the words for them."""
    if verb == Assign.verb:
        known = deps.members.known(deps.now())
        yield from ((each.id, each.name) for each in known if any(each.handles(key) for key in me.sites))
    elif verb == Classify.verb:
        yield from queue_filters.categories_of(deps, {}, me, language)
    elif verb == Close.verb:
        yield from ((reason, _text(deps.catalogues, language, reason)) for reason in REASONS)


def _text(catalogues: "Catalogues", language: str, reason: ClosingReason) -> str:
    return catalogues.text(language, f"case.reason.{reason}")


def _why(verb: str, outcome: str) -> str:
    """The msgid of why a case was left as it was: that of a code, or of the rule of a case."""
    if outcome == Invalid.code and verb != Assign.verb:
        return "queues.left.unfit"
    return f"queues.left.{outcome}" if outcome in CODES else f"api.rule.{outcome}"


def _is_reference(name: str) -> bool:
    try:
        return case_reference.read(name) == name
    except case_reference.NotAReference:
        return False


def _to(address: str) -> Response:
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})
