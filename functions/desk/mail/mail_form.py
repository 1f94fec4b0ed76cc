"""The forms of a mail that no case took: what is asked before it becomes a complaint or joins a case."""

from collections.abc import Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from complaints.case.correspondence.mail import MOST_SHOWN, ReceivedMail
from complaints.casework.correspondence.messages import JoinMail
from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid
from functions.desk.intake import form as intake_form
from functions.desk.mail.inbound_mail_actions import MailComplaint, MailJoining
from functions.forms.fields import FormField, fields_of
from functions.forms.input_errors import input_errors
from functions.forms.inputs import Choice, Input
from functions.forms.own_fields import own_fields
from functions.forms.to_json import body_of
from functions.forms.urlencoded import FormData
from functions.forms.widgets import Widget

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


REFERENCE = "reference"
OWN = "fields"
"""Own fields of the site, each of which has an input of its own."""

Form = Mapping[str, str]
NOTHING: Form = {}


def asked_of_complaint(
    catalogues: "Catalogues", language: str, mail: ReceivedMail, terms: SiteTerms, typed: Form, wrong: Form
) -> list[Input]:
    """What a complaint says that is made of the mail: what was typed, or else what the mail says."""
    found = _said_by(mail, terms) | dict(typed)
    groups = intake_form.inputs(catalogues, terms, language, found, wrong)
    known = {*MailComplaint.__struct_fields__, *(each.name for each in own_fields(terms.site))}
    inputs = [each for group in groups.values() for each in group if each.name in known]
    return [
        _with_addresses(catalogues, language, each, mail) if each.name == "email" else each for each in inputs
    ]


def asked_of_joining(mail: ReceivedMail, typed: Form, wrong: Form) -> list[Input]:
    """Which case it is, where the mail names none."""
    if mail.reference:
        return []
    called = f"{JoinMail.verb}.{REFERENCE}"
    value = typed.get(REFERENCE, "")
    return [Input(REFERENCE, REFERENCE, called, Widget.LINE, True, value, wrong.get(REFERENCE))]


def complaint_body(form: FormData, terms: SiteTerms | None) -> dict[str, Any]:
    """What was typed, as a body of the call that makes a complaint of a mail, at a site if it came to one."""
    return body_of(_fields_at(terms), form)


def wrong_in(
    catalogues: "Catalogues", language: str, refusal: Invalid, form: Form, terms: SiteTerms | None
) -> dict[str, str]:
    """What is said beside each input, by its name."""
    return input_errors(_fields_at(terms), refusal, form, partial(catalogues.text, language))


def _fields_at(terms: SiteTerms | None) -> tuple[FormField, ...]:
    return (*_fields(), *(own_fields(terms.site) if terms else ()))


@cache
def _fields() -> tuple[FormField, ...]:
    plain = (each for each in fields_of(MailComplaint) if each.name != OWN)
    return (*plain, *fields_of(MailJoining))


def _said_by(mail: ReceivedMail, terms: SiteTerms) -> dict[str, str]:
    return {
        "email": mail.sender,
        "name": mail.name,
        "subject": mail.subject,
        "description": mail.all_words[:MOST_SHOWN],
        "language": terms.site.language,
    }


def _with_addresses(catalogues: "Catalogues", language: str, asked: Input, mail: ReceivedMail) -> Input:
    """Who wrote by a contact form stands in `Reply-To`, where anybody may write anything: staff choose."""
    if not mail.reply_to:
        return asked._replace(required=True)
    named = {"from": mail.sender, "reply_to": mail.reply_to}
    choices = (
        Choice(address, catalogues.text(language, f"case.mail.address.{header}", address=address))
        for header, address in named.items()
        if address
    )
    return asked._replace(required=True, widget=Widget.CHOICE, options=tuple(choices))
