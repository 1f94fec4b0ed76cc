"""Validation of a form: every wrong field is named at once."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from complaints.delivery.email_address import mail_address
from complaints.values.details_told import Reached
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Category, Way
from functions.http.parsing.query_params import day_of
from functions.http.parsing.validation import cleaned, read_into
from functions.use_cases.submission import own_answers
from functions.use_cases.submission.submission_schema import Form, ImportedForm, Matter, ToldForm

if TYPE_CHECKING:
    from complaints.adapters.container import Container


_STANDARD = frozenset(Category)
WAYS: Mapping[str, str] = {Way.MAIL: "email", Way.TELEPHONE: "phone", Way.POST: "post"}
"""Ways that somebody may prefer, and where the address or number for each is said."""

F = TypeVar("F", bound=Matter)


def read(deps: "Container", body: dict[str, Any]) -> Form:
    """The form in `body`, which may still not suit its site. Raises `Invalid` with every wrong field."""
    return _read(deps, Form, body)


def read_told(deps: "Container", body: dict[str, Any]) -> ToldForm:
    """As `read`, for what was told to staff."""
    return _read(deps, ToldForm, body)


def read_imported(deps: "Container", body: dict[str, Any]) -> ImportedForm:
    """As `read`, for what another system took."""
    return _read(deps, ImportedForm, body)


def _read(deps: "Container", kind: type[F], body: dict[str, Any]) -> F:
    errors: list[Wrong] = []
    form = read_into(kind, body, errors)
    errors.extend(_wrong_beside(body, errors))
    if errors or form is None:
        errors.extend(_wrong_at_the_site(deps, body, errors, is_complete=kind is Form))
        raise Invalid(*sorted(errors, key=lambda wrong: wrong.pointer))
    return form


def _wrong_at_the_site(
    deps: "Container", body: dict[str, Any], errors: list[Wrong], *, is_complete: bool
) -> list[Wrong]:
    """What only the site knows to be wrong beside `errors`.

    It is asked about codes that are not standard, days that may be to come and answers to own fields: most
    refusals look nothing up. With `is_complete` answers that are missing are wrong too.
    """
    named = {wrong.pointer for wrong in errors}
    site, category, day = (
        "" if f"/{name}" in named else cleaned(body.get(name) or "").strip()
        for name in ("site", "category", "occurred_on")
    )
    is_own = category and category not in _STANDARD
    may_be_to_come = day and day >= deps.now().date().isoformat()
    answers = None if any(pointer.startswith("/fields") for pointer in named) else body.get("fields")
    if not site or not (is_own or may_be_to_come or answers is not None):
        return []
    # Needs the rules, which the other refusals do without: see intake.
    from functions.use_cases.submission import submission_to_command

    return submission_to_command.known_to_be_wrong(
        deps, site, category, day, answers, is_complete=is_complete
    )


def _wrong_beside(body: dict[str, Any], errors: list[Wrong]) -> list[Wrong]:
    """What is wrong beside the types; a field that is named already is not named twice."""
    named = {wrong.pointer for wrong in errors}
    person = body.get("complainant")
    wrong_person = _wrong_anonymous(person) if body.get("anonymous") is True else _wrong_person(person)
    found = [*wrong_person, *own_answers.wrong_types(body.get("fields"))]
    if body.get("consent") is False:
        found.append(Wrong("/consent", "consent"))
    if body.get("website"):
        found.append(Wrong("/website", "trap"))
    found.extend(wrong_day(body))
    return [wrong for wrong in found if wrong.pointer not in named]


def wrong_day(body: Mapping[str, Any]) -> Iterator[Wrong]:
    """A day on which nothing can have happened, because it is none."""
    day = body.get("occurred_on")
    if isinstance(day, str) and day and not day_of(day):
        yield Wrong("/occurred_on", "not-a-date")


def _wrong_person(person: object) -> list[Wrong]:
    if not isinstance(person, dict):
        return []
    email, preferred = person.get("email"), person.get("preferred_way")
    if not any(_is_said(person.get(way)) for way in ("email", "phone", "post")):
        return [Wrong("/complainant/email", "no-way-to-reach")]
    if isinstance(email, str) and email and mail_address(email) is None:
        return [Wrong("/complainant/email", "not-a-mail-address")]
    if isinstance(preferred, str) and preferred in WAYS and not _is_said(person.get(WAYS[preferred])):
        return [Wrong("/complainant/preferred_way", "way-not-given")]
    return []


def _wrong_anonymous(person: object) -> list[Wrong]:
    """Who stays anonymous says nothing of who it is: not by mistake either."""
    said = person if isinstance(person, dict) else {}
    names = (*Reached.__struct_fields__, "preferred_way")
    return [Wrong(f"/complainant/{name}", "not-anonymous") for name in names if _is_said(said.get(name))]


def _is_said(value: object) -> bool:
    return bool(cleaned(value).strip()) if isinstance(value, str) else value is not None
