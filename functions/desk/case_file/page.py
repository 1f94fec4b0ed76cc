"""The page of the case file: what will go out, item by item, what is left out, and where it is fetched."""

import secrets
from functools import partial
from typing import NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.case.record.case_file import MOST_ITEMS, CaseFilePrepared
from complaints.casework.record.case_file import PrepareCaseFile, Selection, selection_of
from complaints.values.casework.access_log import AccessKind
from complaints.values.errors import Invalid, NotFound, Stale
from functions.desk.case.command_forms.fields import body, fields_of
from functions.desk.case.command_forms.forms import label_of
from functions.desk.case.page import sheet
from functions.desk.case_file import contents
from functions.desk.case_file.bundle import PreparedBy, handed_out
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY
from functions.forms.input_errors import input_errors
from functions.forms.inputs import FormError, wrong_at
from functions.forms.to_json import as_json
from functions.forms.urlencoded import FormData, form_of_request
from functions.http import auth
from functions.http.parsing.validation import read as read_body
from functions.http.responses import status_of
from functions.http.visit import Visit
from functions.rendering.page import link
from functions.serializers.parts.entries_with_texts import opened_facts_of
from functions.use_cases.cases.case_access import CaseAccess, open_case
from functions.use_cases.cases.case_command import run_command

VERB = PrepareCaseFile.verb
BELOW, REASON = "/case-file", "reason"
MOST_SIGNS = 1_000
"""Signs of a text that the page shows: enough to see whom it is about; the page of the case has all."""


class Asked(NamedTuple):
    """What a form that failed asked for: what was typed and chosen, and what is wrong."""

    form: FormData
    errors: list[FormError]
    wrong: str | None
    status: int


@desk_page
def show(visit: Visit, reference: str) -> Response:
    """What would be in the case file, and those that were prepared."""
    return _page(visit, _at(visit, reference))


@desk_page
def prepare(visit: Visit, reference: str) -> Response:
    """Prepares the case file, and leads to where it is fetched."""
    _at(visit, reference)
    form = form_of_request(visit.request, MOST_FIELDS)
    zone = visit.deps.sites.terms(form.get("site", "")).zone
    sent = as_json(visit.request, VERB, body(VERB, form, zone), form)
    try:
        command = read_body(PrepareCaseFile, sent.body)
        at = open_case(
            visit._replace(request=sent),
            reference,
            VERB,
            auth.claims(visit._replace(request=sent), VERB),
            command,
        )
        done = run_command(visit, at, command, sent.version())
    except (Invalid, Stale) as refusal:
        asked = _failed(visit.deps, visit.language, form, refusal)
        return _page(visit, _at(visit, reference), asked)
    address = link(visit.deps.settings, f"/desk/cases/{done.case.complaint.reference}{BELOW}", {"done": VERB})
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


@desk_page
def fetch(visit: Visit, reference: str, entry: str) -> Response:
    """Leads to the case file that an entry prepared, as it was to be: it is made anew each time."""
    at = _at(visit, reference)
    number = int(entry) if entry.isascii() and entry.isdigit() and len(entry) < 7 else 0
    made = next(iter(_prepared(visit.deps, at, visit.language, (number,))), None) if number else None
    if made is None:
        raise NotFound
    held = contents.read(visit.deps, at, visit.language, selection_of(made.fact), made.number)
    visit.request.note(case_file=number)
    address = handed_out(visit.deps, at, held, made)
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _at(visit: Visit, reference: str) -> CaseAccess:
    return open_case(visit, reference, VERB, auth.claims(visit, VERB), reads=AccessKind.CASE_FILE)


def _prepared(deps: Container, at: CaseAccess, language: str, numbers: tuple[int, ...]) -> list[PreparedBy]:
    """The case files that these entries prepared, the last one first."""
    facts = opened_facts_of(deps, at.case.complaint.reference, numbers, language)
    known = {each.id: each.name for each in deps.members.known(deps.now())}
    made = [
        PreparedBy(number, fact.at, known.get(fact.by.id, fact.by.id), fact)
        for number, fact in facts
        if isinstance(fact, CaseFilePrepared)
    ]
    return made[::-1]


def _page(
    visit: Visit,
    at: CaseAccess,
    asked: Asked | None = None,
) -> Response:
    held = contents.read(visit.deps, at, visit.language, Selection())
    entries = [each for each in held.entries if each.told.has_words or each.is_about_others]
    form = asked.form if asked else FormData()
    return sheet(
        visit,
        "case-file.html",
        at,
        below=BELOW,
        status=asked.status if asked else 200,
        errors=asked.errors if asked else [],
        wrong=asked.wrong if asked else None,
        reason=form.get(REASON, ""),
        once=secrets.token_urlsafe(12),
        left_out={*form.getlist("left_out")},
        redacted={*form.getlist("redacted")},
        done=visit.request.query.get("done") == VERB,
        made=_prepared(visit.deps, at, visit.language, at.case.complaint.case_files),
        entries=entries[-MOST_ITEMS:],
        is_cut=len(entries) > MOST_ITEMS,
        letters=held.letters,
        files=held.files,
        most=MOST_SIGNS,
    )


def _failed(deps: Container, language: str, form: FormData, refusal: Invalid | Stale) -> Asked:
    say = partial(deps.catalogues.text, language)
    if isinstance(refusal, Stale):
        return Asked(form, [FormError(None, "case.stale")], None, status_of(refusal))
    wrong = input_errors(fields_of(VERB), refusal, form, say)
    errors = [
        wrong_at(REASON if name == REASON else None, say(f"case.field.{label_of(VERB, name)}"), what)
        for name, what in wrong.items()
    ]
    return Asked(form, errors, wrong.get(REASON), status_of(refusal))
