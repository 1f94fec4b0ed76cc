"""A form that was filled in: what the site must know of it, and what it asks for."""

from complaints.codes import CodeList
from complaints.commands import Receive
from complaints.mail.mailbox import mail_address
from complaints.refusals import Invalid, Wrong
from complaints.site import Site
from functions.forms import Form, Matter


def must_suit(form: Form, site: Site) -> None:
    """Raises `Invalid` for what this site does not know or take."""
    if not site.is_open:
        raise Invalid(Wrong("/site", "closed-site"))
    must_be_known(form, site)


def must_be_known(form: Matter, site: Site) -> None:
    """Raises `Invalid` for a code that this site does not offer."""
    if form.category and not site.codes.offers(CodeList.CATEGORIES, form.category):
        raise Invalid(Wrong("/category", "unknown-value"))


def command(form: Matter) -> Receive:
    """What the form asks for."""
    person, other = form.complainant, form.on_behalf_of
    return Receive(
        language=form.language or "",
        feedback=form.feedback,
        name=person.name,
        email=mail_address(person.email) if person.email else None,
        phone=person.phone,
        post=person.post,
        kind=person.kind,
        represented=other.name if other else None,
        relation=other.relation if other else None,
        authority=other.authority if other else None,
        subject=form.subject,
        description=form.description,
        category=form.category,
        product=form.product,
        occurred_on=form.occurred_on,
        remedy_sought=form.remedy_sought,
        special_needs=form.special_needs,
    )
