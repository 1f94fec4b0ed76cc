"""One record of the management system as a page, and what its forms ask for."""

import secrets
from collections.abc import Mapping, Sequence

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.management.kinds import declaration
from complaints.management.record import ManagementRecord, RecordKind
from complaints.management.service import allowed
from complaints.values.errors import Forbidden, Invalid, NotFound, NotNow, Refusal, Stale, Wrong
from functions.desk.records import records
from functions.desk.records.forms import (
    CODE,
    CODE_FIELD,
    FormWords,
    body,
    carried,
    errors_in,
    form_of,
    form_words,
    input_id,
)
from functions.desk.records.parts import part_of
from functions.desk.records.records import OpenedRecord
from functions.desk.records.words import history_rows, rows_of, title_of
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.forms.inputs import FailedForm, FormError, wrong_at
from functions.forms.to_json import as_json
from functions.forms.urlencoded import FormData, form_of_request
from functions.http.request import Request
from functions.http.responses import status_of
from functions.http.visit import Visit
from functions.rendering.page import link

ADDRESS = "/desk/records"
NEW = "new"
"""In place of an id: the page on which a record is begun. No id is so called, as each has a dot."""


def address_of(kind: str, id: str) -> str:
    """The address of the page of a record."""
    return f"{ADDRESS}/{kind}/{id}"


@desk_page
def show(visit: Visit, kind: str, id: str) -> Response:
    """A record with its history, and the forms of what may be done to it; or the form that begins one."""
    if id == NEW:
        return _new_page(visit, _beginning(visit, kind, visit.request.query))
    at = records.opened_record(visit, kind, id, records.READING)
    if at.record.content is None:
        raise NotFound
    return _page(visit, at)


@desk_page
def change(visit: Visit, kind: str, id: str, verb: str) -> Response:
    """Carries out what a form asks for, and leads back to the page of the record."""
    typed = form_of_request(visit.request, MOST_FIELDS)
    named = f"{typed.get('site', '')}.{typed.get(CODE, '').strip()}" if id == NEW else id
    at = records.opened_record(visit, kind, named, records.KEEPING)
    command = records.command_called(at.record.kind, verb)
    content = body(command, typed, visit.deps.sites.terms(at.record.site).zone)
    sent = as_json(visit.request, verb, content, typed)
    try:
        if id == NEW and at.record.content and at.used is None:
            raise Invalid(Wrong(CODE_FIELD.pointer, "twice"))
        records.carried_out(visit, at, verb, sent.body, sent.version())
    except (Invalid, NotNow, Stale) as refusal:
        visit.request.note(problem=refusal.code)
        return _again(visit, at, verb, typed, refusal, is_new=id == NEW)
    address = link(visit.deps.settings, address_of(kind, named), {"done": verb})
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _beginning(visit: Visit, kind: str, asked: Mapping[str, str]) -> OpenedRecord:
    """Who begins a record of a kind. Raises `Forbidden`, `NotFound`."""
    at = records.opened_record(visit, kind, f"{asked.get('site', '')}.{NEW}", records.KEEPING)
    if not allowed(at.record, at.by):
        raise Forbidden
    return at


def _again(
    visit: Visit,
    at: OpenedRecord,
    verb: str,
    typed: FormData,
    refusal: Refusal,
    *,
    is_new: bool,
) -> Response:
    """The page again with all that was typed, as the record is now, and what is wrong."""
    words = _words(visit.deps, visit.language, at.record)
    wrong = errors_in(words, verb, refusal, typed)
    if isinstance(refusal, NotNow):
        wrong = {"": words.say(f"api.rule.{refusal.rule}")}
    errors = [FormError(None, "case.stale")] if isinstance(refusal, Stale) else []
    for name, what in wrong.items():
        label = words.say("records.code") if name == CODE else words.label(name.split(".")[0]) if name else ""
        errors.append(
            wrong_at(input_id(verb, name), label, what)
            if name
            else wrong_at(None, words.say(f"records.verb.{at.record.kind}.{verb}"), what)
        )
    failed = FailedForm(verb, typed, wrong, int(typed.get("version", "0") or 0))
    status = status_of(refusal)
    if is_new:
        return _new_page(visit, at, status=status, failed=failed, errors=errors)
    return _page(visit, at, status=status, failed=failed, errors=errors)


def _words(deps: Container, language: str, record: ManagementRecord) -> FormWords:
    terms = deps.sites.terms(record.site)
    members = [each for each in deps.members.known(deps.now()) if record.site in each.sites]
    return form_words(deps, language, record.kind, members, terms)


def _page(
    visit: Visit,
    at: OpenedRecord,
    *,
    status: int = 200,
    failed: FailedForm | None = None,
    errors: Sequence[FormError] = (),
) -> Response:
    record = at.record
    words = _words(visit.deps, visit.language, record)
    content = records.plain(record)
    brought = carried(words.declared, visit.request.query) if visit.request.method == "GET" else {}
    part = part_of(record.kind)
    shown = records.history_of(visit.deps, record)
    return desk_layout(
        visit,
        "records/record.html",
        at.by,
        at.me,
        address=address_of(record.kind, record.id),
        place="records",
        zone=visit.deps.sites.terms(record.site).site.zone,
        status=status,
        record=record,
        called=title_of(words, visit.deps.date_formats, record),
        rows=rows_of(words, visit.deps.date_formats, record),
        forms=[
            form_of(
                words,
                verb,
                record.version,
                brought if verb in words.declared.adding else content,
                failed,
            )
            for verb in allowed(record, at.by)
        ],
        brought=words.declared.adding[:1] if brought else (),
        history=list(history_rows(words, shown.entries))[::-1],
        earlier=records.SHOWN if shown.has_earlier else 0,
        back=f"{ADDRESS}?kind={record.kind}&site={record.site}",
        errors=errors,
        done=_done(record.kind, visit.request),
        once=secrets.token_urlsafe(12),
        part=f"pages/desk/records/{record.kind}.html" if part else None,
        **(part(visit.deps, at, words) if part else {}),
    )


def _done(kind: RecordKind, request: Request) -> str | None:
    verb = request.query.get("done", "")
    return verb if request.method == "GET" and verb in declaration(kind).commands else None


def _new_page(
    visit: Visit,
    at: OpenedRecord,
    *,
    status: int = 200,
    failed: FailedForm | None = None,
    errors: Sequence[FormError] = (),
) -> Response:
    record = at.record
    words = _words(visit.deps, visit.language, record)
    asked = visit.request.query if visit.request.method == "GET" else {}
    return desk_layout(
        visit,
        "records/new-record.html",
        at.by,
        at.me,
        address=address_of(record.kind, NEW),
        query={"site": record.site},
        place="records",
        zone=visit.deps.sites.terms(record.site).site.zone,
        status=status,
        kind=record.kind,
        site=record.site,
        failed=failed,
        errors=errors,
        code=asked.get(CODE, ""),
        code_id=input_id(failed.verb if failed else declaration(record.kind).begins[0], CODE),
        forms=[
            form_of(words, verb, 0, asked, failed)
            for verb in declaration(record.kind).begins
            if verb in allowed(ManagementRecord(kind=record.kind, id=record.id), at.by)
        ],
        back=f"{ADDRESS}?kind={record.kind}&site={record.site}",
        once=secrets.token_urlsafe(12),
    )
