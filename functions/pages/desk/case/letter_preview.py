"""What would leave for the complainant if a command was carried out: nothing is written."""

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from markupsafe import Markup

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


_RIGHT_TO_LEFT = ' dir="rtl">'
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_LOOK = re.compile(r' style="[^"]*"')
_PART = re.compile(r"(</?)(h1|h2|main|header|footer|html)\b")
_PARTS = {"h1": "h2", "h2": "h3"}


class PreviewedLetter(NamedTuple):
    """One letter as it will be read: `to` is an address, or (`on_paper`) a postal one."""

    kind: str
    on_paper: bool
    to: str
    sender: str
    subject: str
    language: str
    direction: str
    body: Markup


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
                language=rendered.language,
                direction="rtl" if _RIGHT_TO_LEFT in rendered.html else "ltr",
                body=_as_part_of_a_page(rendered.html),
            )
        )
    return previews


def _as_part_of_a_page(html: str) -> Markup:
    """The body of a letter inside a page: its titles a level lower, its parts none of the page, and its look
    left to the page, whose policy takes none from an attribute. What people wrote is escaped in it."""
    found = _BODY.search(html)
    assert found is not None, "every letter has a body"
    plain = _LOOK.sub("", found[1])
    return Markup(_PART.sub(lambda part: part[1] + _PARTS.get(part[2], "div"), plain))  # noqa: S704
