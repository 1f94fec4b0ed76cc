"""The entries that hold the data of one of several people of a case: what its erasure is decided on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from complaints.audit_trail.hash_chain import Passage
from complaints.case.complaint import Complaint
from complaints.casework.command import Command
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import decide
from complaints.lazy_imports import lazy_imports
from functions.serializers.parts.complaint import opened_facts
from functions.use_cases.cases.mails_of_entries import brought_by

if TYPE_CHECKING:
    from complaints.adapters.container import Container


with lazy_imports():
    from complaints.casework.record import party_erasure


def passages_of(deps: "Container", party: str, complaint: Complaint) -> Iterator[Passage]:
    """The entries that hold data of this person. One read, of the whole case.

    The case is looked at before: what is written to it meanwhile makes the command stale.
    """
    entries = deps.cases.entries(complaint.reference, with_identity=complaint.sealed)
    addresses = party_erasure.addresses_of(entries, party)
    numbers = {each.number for each in entries if party_erasure.places(each, party, addresses)}
    letters = [
        state
        for state in deps.outbox.of_case(complaint.reference)
        if party_erasure.is_to(state, party, numbers)
    ]
    is_on_its_way = any(state.is_on_its_way for state in letters)
    known: set[tuple[str, int]] = set()
    for entry in entries:
        facts = [fact for _, fact in opened_facts(entry.number, entry.data, entry.private)]
        holds_data = entry.number in numbers
        if not holds_data and not party_erasure.may_be_mail_of(party, facts):
            continue
        wrote = party_erasure.may_have_written(party)
        # Two entries may come of one mail: it goes with the first.
        found = brought_by(deps.inbound_mail, complaint, facts) if wrote else ()
        new = {key: each for each in found if (key := (each.id, each.place)) not in known}
        mails, known = tuple(new.values()), known | new.keys()
        if holds_data or mails:
            yield Passage(
                entry=entry,
                letters=tuple(state.letter.id for state in letters if not state.letter.on_paper),
                is_on_its_way=is_on_its_way,
                mails=mails,
            )


def remove_letters(deps: "Container", complaint: Complaint, command: Command, context: Context) -> None:
    """Removes the letters to the person as they were rendered, before the person is said to be erased: what
    dies in between is asked for again. Raises what the rule raises."""
    if context.passages and decide(complaint, command, context):
        ids = {id for each in context.passages for id in each.letters}
        deps.outbox.forget(complaint.reference, ids, is_sealed=complaint.sealed)
