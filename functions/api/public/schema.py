"""The form of a complaint as a website sends it, and what must be true of it beside its types."""

from datetime import datetime
from typing import Any, Literal, TypeVar

from msgspec import Struct

from complaints.adapters.container import world
from complaints.delivery.email_address import mail_address
from complaints.values.errors import Invalid, Wrong
from complaints.values.values import Category, ComplainantKind, Feedback, LongText, ShortText, Text
from functions.http.date_params import day_of
from functions.http.validation import cleaned, read_into

_STANDARD = frozenset(Category)
LIMITS = {"description": 20_000, "subject": 200, "product": 200, "name": 200, "other": 2_000}


class Person(Struct, kw_only=True):
    """Who complains, and how the person can be reached."""

    name: ShortText | None = None
    email: str | None = None
    phone: ShortText | None = None
    post: Text | None = None
    kind: ComplainantKind | None = None


class Represented(Struct, kw_only=True):
    """For whom somebody complains, and by what right."""

    name: ShortText
    relation: ShortText | None = None
    authority: Text | None = None


class Matter(Struct, kw_only=True):
    """What somebody has to say, wherever it was said first."""

    site: ShortText
    feedback: Feedback = Feedback.COMPLAINT
    language: ShortText | None = None
    complainant: Person
    on_behalf_of: Represented | None = None
    subject: ShortText | None = None
    description: LongText
    category: ShortText | None = None
    product: ShortText | None = None
    occurred_on: str | None = None
    remedy_sought: Text | None = None
    special_needs: Text | None = None


class Told(Matter, kw_only=True):
    """What is asked of everybody who has something to say here, however it is said."""

    consent: bool


class Form(Told, kw_only=True):
    """`POST /v1/complaints`. `website` is a trap: people do not see it, robots fill it in."""

    proof: str | None = None
    website: str | None = None


class ToldForm(Told, kw_only=True, forbid_unknown_fields=True):
    """`POST /v1/desk/complaints`. `consent` says that the notice was read out, or was with the letter."""

    channel: Literal["telephone", "letter", "in_person", "cfpb_portal"]
    received_at: datetime


class ImportedForm(Matter, kw_only=True, forbid_unknown_fields=True):
    """`POST /v1/desk/imports`: `ended_at` says that it ended where it comes from, `acknowledge` that it is
    acknowledged here."""

    received_at: datetime
    ended_at: datetime | None = None
    acknowledge: bool = False


F = TypeVar("F", bound=Matter)


def read(body: dict[str, Any]) -> Form:
    """The form in `body`, which may still not suit its site. Raises `Invalid` with every wrong field."""
    return _read(Form, body)


def read_told(body: dict[str, Any]) -> ToldForm:
    """As `read`, for what was told to staff."""
    return _read(ToldForm, body)


def read_imported(body: dict[str, Any]) -> ImportedForm:
    """As `read`, for what another system took."""
    return _read(ImportedForm, body)


def _read(kind: type[F], body: dict[str, Any]) -> F:
    errors: list[Wrong] = []
    form = read_into(kind, body, errors)
    errors.extend(_wrong_beside(body, errors))
    if errors or form is None:
        errors.extend(_wrong_at_the_site(body, errors))
        raise Invalid(*sorted(errors, key=lambda wrong: wrong.pointer))
    return form


def _wrong_at_the_site(body: dict[str, Any], errors: list[Wrong]) -> list[Wrong]:
    """What only the site knows to be wrong beside `errors`.

    It is asked about codes that are not standard and days that may be to come: most refusals look nothing up.
    """
    named = {wrong.pointer for wrong in errors}
    site, category, day = (
        "" if f"/{name}" in named else cleaned(body.get(name) or "").strip()
        for name in ("site", "category", "occurred_on")
    )
    is_own = category and category not in _STANDARD
    may_be_to_come = day and day >= world().now().date().isoformat()
    if not site or not (is_own or may_be_to_come):
        return []
    # Needs the rules, which the other refusals do without: see intake.
    from functions.api.public import to_command

    return to_command.known_to_be_wrong(site, category, day)


def _wrong_beside(body: dict[str, Any], errors: list[Wrong]) -> list[Wrong]:
    """What is wrong beside the types; a field that is named already is not named twice."""
    named = {wrong.pointer for wrong in errors}
    found = [*_wrong_person(body.get("complainant"))]
    if body.get("consent") is False:
        found.append(Wrong("/consent", "consent"))
    if body.get("website"):
        found.append(Wrong("/website", "trap"))
    occurred_on = body.get("occurred_on")
    if isinstance(occurred_on, str) and occurred_on and not day_of(occurred_on):
        found.append(Wrong("/occurred_on", "not-a-date"))
    return [wrong for wrong in found if wrong.pointer not in named]


def _wrong_person(person: object) -> list[Wrong]:
    if not isinstance(person, dict):
        return []
    email = person.get("email")
    if not any(_is_said(person.get(way)) for way in ("email", "phone", "post")):
        return [Wrong("/complainant/email", "no-way-to-reach")]
    if isinstance(email, str) and email and mail_address(email) is None:
        return [Wrong("/complainant/email", "not-a-mail-address")]
    return []


def _is_said(value: object) -> bool:
    return bool(cleaned(value).strip()) if isinstance(value, str) else value is not None
