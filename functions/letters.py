"""The letters of a case at the desk: which there are, and each as a page that can be printed."""

from zoneinfo import ZoneInfo

from chalice.app import Response

from complaints.refusals import NotFound
from complaints.world.assemble import world
from functions import doors, paper, shapes
from functions.answers import of_json
from functions.staffroom import at_work
from functions.visits import current


def list_letters(reference: str) -> Response:
    """All letters of a case, to the complainant and to staff, the oldest first."""
    visit = current()
    case = at_work(visit, reference, "read_case", doors.claims(visit, "read_case")).case
    here = world()
    zone = ZoneInfo(here.sites.terms(case.complaint.site).site.zone)
    items = [
        {
            "id": kept.letter.id,
            "kind": kept.letter.kind,
            "to": kept.letter.to,
            "state": kept.state,
            "called_for": shapes.local(kept.letter.called_for, zone),
        }
        for kept in here.letterbox.of_case(case.complaint.reference)
    ]
    return of_json({"items": items, "next": None})


def show_letter(reference: str, letter: str) -> Response:
    """One letter as a page to print. It opens nothing: the link of a mail is the complainant's alone."""
    from functions.writing import print_out

    visit = current()
    case = at_work(visit, reference, "read_case", doors.claims(visit, "read_case")).case
    here = world()
    kept = here.letterbox.of_case(case.complaint.reference)
    wanted = next((each.letter for each in kept if each.letter.id == letter), None)
    if wanted is None:
        raise NotFound
    return paper.sheet(print_out(wanted, here.sites.terms(case.complaint.site)))
