"""What would leave for the complainant if a command was carried out: nothing is written."""

from typing import TYPE_CHECKING, NamedTuple, Protocol

from complaints.casework.lifecycle import decide
from complaints.commands.command import StaffCommand
from complaints.commands.linked_cases import PairCommand
from complaints.model.letter import FORMER_ADDRESS, JOINT
from complaints.values.errors import Stale
from functions.api.desk.case_access import CaseAccess
from functions.api.desk.case_command import command_context
from functions.services.letter_rendering import preview

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasLetterRenderer, HasMembers, HasSecrets, HasSettings
    from functions.api.desk.case_command import RunCommandDeps

    class LetterPreviewPageDeps(
        RunCommandDeps, HasMembers, HasSettings, HasSecrets, HasLetterRenderer, Protocol
    ):
        """The dependencies of this module: what its functions use of the container."""


class PreviewedLetter(NamedTuple):
    """One letter in words: `to` is an address, or (`on_paper`) a postal one."""

    kind: str
    on_paper: bool
    to: str
    sender: str
    subject: str
    text: str
    language: str


def letters(
    deps: "LetterPreviewPageDeps", at: CaseAccess, command: StaffCommand, version: int
) -> list[PreviewedLetter]:
    """The letters that complainants, or a former address, would get.

    Raises what carrying it out would raise. Commands that name another case are decided on both, and are not
    looked into here.
    """
    complaint = at.case.complaint
    if complaint.version != version:
        raise Stale(complaint.version)
    if isinstance(command, PairCommand):
        return []
    context = command_context(deps, at, command)
    facts = decide(complaint, command, context)
    if not facts:
        return []
    writing = deps.casework.writing(at.case, facts, context)
    coming = [(writing.case.complaint.number, fact) for fact in facts]
    called_for = [letter for letter in writing.letters if letter.to in ("complainant", FORMER_ADDRESS, JOINT)]
    previews = []
    for letter in called_for:
        rendered, reader = preview(deps, letter, writing.case.complaint, context.terms, coming)
        previews.append(
            PreviewedLetter(
                kind=letter.kind,
                on_paper=letter.on_paper,
                to=reader.address if letter.on_paper else reader.email,
                sender=deps.letter_renderer.sender_name(context.terms.site, rendered.language),
                subject=rendered.subject,
                text=rendered.text,
                language=rendered.language,
            )
        )
    return previews
