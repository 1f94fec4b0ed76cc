"""A letter in words, as it left: for archives that are handed out."""

import email
import email.policy
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter
from complaints.site.site import SiteTerms
from functions.use_cases.correspondence.letter_rendering import preview

if TYPE_CHECKING:
    from complaints.adapters.container import Container


class LetterWords(NamedTuple):
    """A letter in words; `sent_at` is the date that the mail itself names (local, ISO 8601)."""

    to: str
    subject: str
    text: str
    sent_at: str | None = None


def letter_words(deps: "Container", letter: Letter, complaint: Complaint, terms: SiteTerms) -> LetterWords:
    """A letter as it left, with the secret of its link masked; on paper, or where words were removed since,
    as it reads now."""
    stored = deps.outbox.kept(letter.reference, letter.id)
    masked = deps.ses.masked(stored[0]) if stored else None
    if masked is not None:
        mail = email.message_from_bytes(masked, policy=email.policy.default)
        body = mail.get_body(("plain",))
        if body is not None:
            sent = parsedate_to_datetime(str(mail["date"])).astimezone(terms.zone).isoformat()
            return LetterWords(str(mail["to"]), str(mail["subject"]), body.get_content(), sent)
    rendered, reader = preview(deps, letter, complaint, terms, [])
    return LetterWords(reader.address if letter.on_paper else reader.email, rendered.subject, rendered.text)
