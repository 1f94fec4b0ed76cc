"""What would leave for the complainant if a command was carried out: nothing is written."""

from typing import NamedTuple

from complaints.command import StaffCommand
from complaints.lifecycle import decide
from complaints.pairs.pair_commands import PairCommand
from complaints.refusals import Stale
from complaints.world.assemble import world
from functions.commanding import given_for
from functions.mail.writing import foresee
from functions.staffroom import AtWork


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
