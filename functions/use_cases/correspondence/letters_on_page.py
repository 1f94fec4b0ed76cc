"""Letters that are read on the page of the case, and leave by no mail.

They are those to whoever stays anonymous, and a receipt that somebody would rather read now than wait for.
"""

from typing import TYPE_CHECKING

from complaints.case.correspondence.letter import Letter
from complaints.casework.correspondence.letters import LetterTaken
from complaints.context.case import Case, ClaimedLetter, LetterMark
from complaints.delivery.delivery_state import SENT
from complaints.delivery.letter_digest import sent_digest
from complaints.letters.first_letters import is_receipt
from complaints.site.site import SiteTerms

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def shown(
    deps: "Container", claimed: ClaimedLetter, case: Case, terms: SiteTerms
) -> tuple[LetterMark, LetterTaken]:
    """How a letter is marked that can be read on the page of the case from now on, and what says so."""
    from functions.use_cases.correspondence.letter_rendering import render_paper

    letter = claimed.letter
    digest = sent_digest(render_paper(deps, letter, case.complaint, terms).encode())
    return (
        LetterMark(letter=letter.id, attempt=claimed.attempt, state=SENT, digest=digest),
        LetterTaken(
            letter=letter.id,
            kind=letter.recorded_as,
            message_id="",
            about=letter.about,
            digest=digest,
            on_page=True,
        ),
    )


def receipts(deps: "Container", reference: str) -> list[Letter]:
    """The receipts of a case that were shown on its page: no mail of them left."""
    known = deps.outbox.of_case(reference)
    return [
        each.letter
        for each in known
        if is_receipt(each.letter) and each.state == SENT and each.message_id is None
    ]
