"""The entry that a command names, with the letters that quote it: what `redact` is decided on."""

from complaints.chain import StoredEntry
from complaints.command import StaffCommand
from complaints.passage import Passage
from complaints.redaction_commands import Redact
from complaints.world.assemble import world


def named_by(command: StaffCommand, reference: str) -> Passage | None:
    """The entry with its private values, if the command names one that there is.

    The case is looked at before: what is written to it meanwhile makes the command stale.
    """
    if not isinstance(command, Redact):
        return None
    here = world()
    found = here.messages.of_entries(reference, {command.message})
    quoting = [
        kept for kept in here.letterbox.of_case(reference) if kept.letter.text_entry == command.message
    ]
    for written in found:
        return Passage(
            entry=StoredEntry(written.number, written.data, written.private),
            letters=tuple(kept.letter.id for kept in quoting if not kept.letter.on_paper),
            is_on_its_way=any(kept.is_on_its_way for kept in quoting),
        )
    return None
