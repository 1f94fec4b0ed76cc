"""What would leave for the complainant if a command was carried out: nothing is written."""

from typing import NamedTuple

from complaints.adapters.container import world
from complaints.casework.lifecycle import decide
from complaints.commands.command import StaffCommand
from complaints.commands.two_cases import PairCommand
from complaints.values.errors import Stale
from functions.api.desk.case_access import AtWork
from functions.api.desk.run_command import given_for
from functions.services.letter_rendering import foresee


class Outgoing(NamedTuple):
    """One letter in words: `to` is an address, or (`on_paper`) a postal one."""

    kind: str
    on_paper: bool
    to: str
    sender: str
    subject: str
    text: str
    language: str


def letters(at: AtWork, command: StaffCommand, version: int) -> list[Outgoing]:
    """The letters that the complainant would get. Raises what carrying it out would raise.

    Commands that name another case are decided on both, and are not looked into here.
    """
    complaint = at.case.complaint
    if complaint.version != version:
        raise Stale(complaint.version)
    if isinstance(command, PairCommand):
        return []
    here, given = world(), given_for(at, command)
    facts = decide(complaint, command, given)
    if not facts:
        return []
    writing = here.casework.writing(at.case, facts, given)
    coming = [(writing.case.complaint.number, fact) for fact in facts]
    called_for = [letter for letter in writing.letters if letter.to == "complainant"]
    told = []
    for letter in called_for:
        rendered, reader = foresee(letter, given.terms, coming)
        told.append(
            Outgoing(
                kind=letter.kind,
                on_paper=letter.on_paper,
                to=reader.address if letter.on_paper else reader.email,
                sender=here.mailroom.sender_name(given.terms.site, rendered.language),
                subject=rendered.subject,
                text=rendered.text,
                language=rendered.language,
            )
        )
    return told
