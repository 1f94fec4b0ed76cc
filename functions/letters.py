"""The letters of a case at the desk: which there are, and each as a page that can be printed."""

from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from chalice.app import Response

from complaints.kept_letter import Kept
from complaints.refusals import NotFound
from complaints.world.assemble import world
from functions import doors, paper, parts, shapes
from functions.answers import of_json
from functions.parts import Dated
from functions.staffroom import at_work
from functions.visits import current


def list_letters(reference: str) -> Response:
    """All letters of a case and of its parts, to the complainant and to staff, the oldest first.

    Each is shown at an address of the case that it is `of`.
    """
    visit = current()
    case = at_work(visit, reference, "read_case", doors.claims(visit, "read_case")).case
    here = world()
    zone = ZoneInfo(here.sites.terms(case.complaint.site).site.zone)
    told = [
        Dated(kept.letter.called_for, place, 0, _shape(kept, zone) | origin)
        for place, complaint in enumerate(parts.all_of(case))
        for origin in [parts.origin(place, complaint)]
        for kept in here.letterbox.of_case(complaint.reference)
    ]
    return of_json({"items": parts.shown(parts.in_order(told)), "next": None})


def _shape(kept: Kept, zone: tzinfo) -> dict[str, Any]:
    """`fate` is what the mail service said of it last, `waits_until` when it is tried again: if either is."""
    letter = kept.letter
    return {
        "id": letter.id,
        "kind": letter.kind,
        "to": letter.to,
        "state": kept.state,
        "fate": kept.fate,
        "doubtful": kept.doubtful,
        "waits_until": shapes.local(kept.waits_until, zone) if kept.waits_until else None,
        "called_for": shapes.local(letter.called_for, zone),
    }


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
