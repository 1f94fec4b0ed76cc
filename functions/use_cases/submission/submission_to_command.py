"""A form that was filled in: what the site must know of it, and what it asks for."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from complaints.casework.process.receipt import Receive
from complaints.delivery.email_address import mail_address
from complaints.site.site import Site, SiteTerms
from complaints.values import own_fields
from complaints.values.codes import CodeList
from complaints.values.details_told import Details, Person, Reached
from complaints.values.errors import Invalid, Unavailable, Wrong
from complaints.values.field_types import Feedback, Way
from functions.use_cases.submission import own_answers
from functions.use_cases.submission.submission_schema import Form, Matter

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def wrong_values(form: Form, terms: SiteTerms, at: datetime) -> list[Wrong]:
    """What this site does not know or take; nothing else counts where it takes nothing."""
    if not terms.site.is_open:
        return [Wrong("/site", "closed-site")]
    wrong = _wrong_values(form.category, form.occurred_on, form.fields, terms, at, is_complete=True)
    wrong += _wrong_kind(form, terms.site)
    if form.anonymous and not terms.site.anonymous:
        wrong.append(Wrong("/anonymous", "no-anonymous"))
    return wrong


def refuse_wrong_values(form: Matter, terms: SiteTerms, at: datetime) -> None:
    """Raises `Invalid` for values that cannot be right at this site."""
    wrong = _wrong_values(form.category, form.occurred_on, form.fields, terms, at)
    if wrong := [*wrong, *_wrong_kind(form, terms.site)]:
        raise Invalid(*wrong)


def _wrong_kind(form: Matter, site: Site) -> Iterator[Wrong]:
    """A request about personal data is a case only where the site wants it. What other kinds a form offers,
    the site says; it takes them all. A right over data is used by such a request alone."""
    if form.feedback is Feedback.PERSONAL_DATA and not site.takes_data_requests:
        yield Wrong("/feedback", "no-data-requests")
    if form.data_right and form.feedback is not Feedback.PERSONAL_DATA:
        # It would be promised as what it is not: whoever sends it says which of the two is meant.
        yield Wrong("/data_right", "no-data-request")


def known_to_be_wrong(
    deps: "Container",
    site: str,
    category: str | None,
    occurred_on: str | None,
    answers: Mapping[str, Any] | None = None,
    *,
    is_complete: bool = False,
) -> list[Wrong]:
    """As `wrong_values`, of a form that is refused anyhow; nothing while the site cannot be looked up."""
    try:
        terms = deps.sites.terms(site)
    except Invalid as unknown:
        return list(unknown.errors)
    except Unavailable:
        return []
    return _wrong_values(
        category,
        occurred_on,
        answers or {},
        terms,
        deps.now(),
        is_complete=is_complete and answers is not None,
    )


def _wrong_values(
    category: str | None,
    occurred_on: str | None,
    answers: Mapping[str, Any],
    terms: SiteTerms,
    at: datetime,
    *,
    is_complete: bool = False,
) -> list[Wrong]:
    wrong: list[Wrong] = []
    if category and not terms.site.codes.offers(CodeList.CATEGORIES, category):
        wrong.append(Wrong("/category", "unknown-value"))
    if occurred_on and terms.is_to_come(occurred_on, at):
        wrong.append(Wrong("/occurred_on", "future"))
    texts = own_answers.as_text(answers)
    wrong.extend(own_fields.wrong_answers(terms.site.fields, texts, category, is_complete=is_complete))
    return wrong


def command(form: Matter) -> Receive:
    """What the form asks for."""
    person, other = form.complainant, form.on_behalf_of
    return Receive(
        language=form.language or "",
        feedback=form.feedback,
        data_right=form.data_right,
        person=Person(
            **Reached.values_of(person) | {"email": mail_address(person.email or "")},
            preferred_way=Way(person.preferred_way) if person.preferred_way else None,
            represented=other.name if other else None,
            relation=other.relation if other else None,
            authority=other.authority if other else None,
        ),
        kind=person.kind,
        subject=form.subject,
        description=form.description,
        category=form.category,
        details=Details.of(form),
        own_fields=own_fields.stored(own_answers.as_text(form.fields)),
        remedy_sought=form.remedy_sought,
        special_needs=form.special_needs,
        adjustments=form.adjustments,
        danger=form.danger or form.danger_details is not None,
        anonymous=isinstance(form, Form) and form.anonymous,
    )
