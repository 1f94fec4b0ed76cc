"""Letters of a case as pages to print, and the files that go with them."""

from typing import TYPE_CHECKING

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.case.correspondence.letter import MAILS, Letter
from complaints.case.record.attachments import FileType
from complaints.context.case import Case
from complaints.values.errors import NotFound
from functions.rendering import page
from functions.use_cases.files.attachments import ADDRESS_HOLDS

if TYPE_CHECKING:
    from complaints.delivery.ports import Outbox


def printed(deps: Container, case: Case, letter: str) -> Response:
    """The letter of a case with this id, to print. Raises `NotFound`."""
    from functions.use_cases.correspondence.letter_rendering import render_paper

    found = _letter(deps.outbox, case, letter)
    return page.styled_page(render_paper(deps, found, case.complaint, deps.sites.terms(case.complaint.site)))


def enclosure_address(deps: Container, case: Case, letter: str, place: str) -> str:
    """Where the file in this place, counted from 1, that goes with a letter can be fetched: to print it with
    one on paper. Raises `NotFound`."""
    enclosed = _letter(deps.outbox, case, letter).enclosures
    if not (place.isascii() and place.isdigit() and 1 <= int(place[:3]) <= len(enclosed)):
        raise NotFound
    file = enclosed[int(place) - 1]
    return deps.files.address(file.key, file.name, FileType.PDF, ADDRESS_HOLDS)


def _letter(outbox: "Outbox", case: Case, letter: str) -> Letter:
    """The letter of a case with this id that is written out. Raises `NotFound`."""
    state = outbox.of_case(case.complaint.reference)
    found = next((each.letter for each in state if each.letter.id == letter), None)
    if found is None or found.kind not in MAILS:
        raise NotFound
    return found
