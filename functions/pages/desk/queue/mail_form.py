"""The forms of a mail that no case took: what is asked before it becomes a complaint or joins a case."""

from collections.abc import Mapping

from complaints.commands.inbound_mail import JoinMail
from complaints.model.inbound_mail import MOST_SHOWN, ReceivedMail
from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid
from functions.api.desk.mail_handling import MailComplaint
from functions.http.responses import reader_language, text_of
from functions.pages.desk.case.choices import Choice
from functions.pages.desk.case.fields import Widget
from functions.pages.desk.case.forms import Input, said_beside
from functions.pages.desk.intake import form

OF_A_COMPLAINT = MailComplaint.__struct_fields__
REFERENCE = "reference"

Form = Mapping[str, str]
NOTHING: Form = {}


def asked_of_complaint(mail: ReceivedMail, terms: SiteTerms, typed: Form, wrong: Form) -> list[Input]:
    """What a complaint says that is made of the mail: what was typed, or else what the mail says."""
    said = _said_by(mail, terms) | dict(typed)
    groups = form.inputs(terms, reader_language(), said, wrong)
    inputs = [each for group in groups.values() for each in group if each.name in OF_A_COMPLAINT]
    return [_with_addresses(each, mail) if each.name == "email" else each for each in inputs]


def asked_of_joining(mail: ReceivedMail, typed: Form, wrong: Form) -> list[Input]:
    """Which case it is, where the mail names none."""
    if mail.reference:
        return []
    called = f"{JoinMail.verb}.{REFERENCE}"
    value = typed.get(REFERENCE, "")
    return [Input(REFERENCE, REFERENCE, called, Widget.LINE, True, value, wrong.get(REFERENCE))]


def wrong_in(refusal: Invalid) -> dict[str, str]:
    """What is said beside each input, by its name."""
    language = reader_language()
    return {wrong.pointer.removeprefix("/"): said_beside(wrong, None, language) for wrong in refusal.errors}


def _said_by(mail: ReceivedMail, terms: SiteTerms) -> dict[str, str]:
    return {
        "email": mail.sender,
        "name": mail.name,
        "subject": mail.subject,
        "description": mail.all_words[:MOST_SHOWN],
        "language": terms.site.language,
    }


def _with_addresses(asked: Input, mail: ReceivedMail) -> Input:
    """Who wrote by a contact form stands in `Reply-To`, where anybody may write anything: staff choose."""
    if not mail.reply_to:
        return asked._replace(required=True)
    named = {"from": mail.sender, "reply_to": mail.reply_to}
    choices = (
        Choice(address, text_of(f"case.mail.address.{header}", address=address))
        for header, address in named.items()
        if address
    )
    return asked._replace(required=True, widget=Widget.CHOICE, options=tuple(choices))
