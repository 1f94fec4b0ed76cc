"""Sends the lost links of who names a mail address alone: those of the latest complaints that have it.

Each goes as the letter of its own case, and is on record there. Where it is sealed who complains, the search
index has no address, and the reference is needed.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from complaints.casework.correspondence import lost_link
from complaints.casework.correspondence.lost_link import AskLink
from complaints.casework.people.contact_details import address_of
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.reporting.search.search_questions import read_question
from complaints.values.errors import NotNow
from complaints.values.people import MACHINE
from functions.serializers.parts.entries_with_texts import opened_facts_of_cases

if TYPE_CHECKING:
    from complaints.adapters.container import Container

MOST = 100
"""Cases in which an address stands that are looked at, the latest received."""


def look(deps: "Container", id: str) -> None:
    """Has the links sent that were asked for under an id, the latest received first, while letters are left.

    A search of all sites, the cases that it finds, and their addresses; two writes for each letter. Raises
    `Unavailable`: what is done again then sends no more letters in all.
    """
    address = deps.lost_links.address(id)
    if address is None:
        return
    for case in _cases_of(deps, address):
        context = Context(now=deps.now(), by=MACHINE, terms=deps.sites.terms(case.complaint.site))
        if lost_link.can_be_sent(case.complaint, context):
            continue
        if not deps.lost_links.take(id):
            break
        try:
            deps.casework.carry_out(case, AskLink(), context)
        except NotNow:
            continue  # Its address failed, or its link was withdrawn, since it was read.
    deps.lost_links.forget(id)


def _cases_of(deps: "Container", address: str) -> Iterator[Case]:
    """The cases whose complainant has the address, the latest received first; none that became part of
    another of them, which its link would lead to."""
    sites = [site.key for site in deps.sites.all()]
    page = deps.search.find(sites, read_question(address), after=None, limit=MOST)
    found = deps.cases.load_all([each.row.reference for each in page.items]) if page.items else {}
    known = {name: case for name, case in found.items() if not case.complaint.sealed}
    entries = {name: {case.complaint.contact.email} for name, case in known.items()}
    facts = opened_facts_of_cases(deps, entries, "en") if entries else {}
    theirs = {name for name, value in facts.items() if address_of(fact for _, fact in value) == address}
    for each in page.items:
        case = known.get(each.row.reference)
        if case and each.row.reference in theirs and case.complaint.merged_into not in theirs:
            yield case
