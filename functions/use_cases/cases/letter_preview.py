"""What would leave for the complainant if a command was carried out: nothing is written."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup
from msgspec.structs import replace

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.correspondence.letter import FORMER_ADDRESS, JOINT, Letter
from complaints.case.fact import Fact
from complaints.case.workflow.tasks import Task
from complaints.casework.command import StaffCommand
from complaints.casework.outcome.decision import Respond
from complaints.casework.record.links import PairCommand
from complaints.context.case import Case
from complaints.handling.lifecycle import decide
from complaints.letters.draft import way_of
from complaints.site.site import SiteTerms
from complaints.values.errors import Stale
from complaints.values.field_types import Way
from functions.use_cases.cases.case_access import CaseAccess
from functions.use_cases.cases.case_command import command_context
from functions.use_cases.correspondence.letter_rendering import preview

if TYPE_CHECKING:
    from complaints.adapters.container import Container


_RIGHT_TO_LEFT = ' dir="rtl">'
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_LOOK = re.compile(r' style="([^"]*)"')
_LOOKS = {"inline-block": ' class="open"', "0.875em": ' class="soft"'}
"""What tells a button and small words by their look in a mail, and the classes that they have on a page."""
_PART = re.compile(r"(</?)(h1|h2|main|header|footer|html)\b")
_PARTS = {"h1": "h2", "h2": "h3"}


class PreviewedLetter(NamedTuple):
    """One letter as it will be read: `to` is an address, or (`on_paper`) a postal one; where the person is
    `called` in its place, there is none."""

    kind: str
    on_paper: bool
    called: bool
    to: str
    sender: str
    subject: str
    language: str
    direction: str
    body: Markup


class PreviewState(NamedTuple):
    """A case as commands would make it, with their facts, which are still `coming`, by entry."""

    case: Case
    coming: tuple[tuple[int, Fact], ...] = ()


def letters(deps: "Container", at: CaseAccess, command: StaffCommand, version: int) -> list[PreviewedLetter]:
    """The letters that complainants, or a former address, would get.

    Raises what carrying it out would raise. Commands that name another case are decided on both, and are not
    looked into here.
    """
    if at.case.complaint.version != version:
        raise Stale(at.case.complaint.version)
    return [] if isinstance(command, PairCommand) else letters_after(deps, at, [command])


def letters_after(
    deps: "Container", at: CaseAccess, commands: Iterable[StaffCommand]
) -> list[PreviewedLetter]:
    """The letters that people would get if these commands were carried out one after the other.

    Entries that came with the case are not read again. Raises what carrying them out would raise.
    """
    preview = PreviewState(at.case)
    letters: list[PreviewedLetter] = []
    for command in commands:
        preview, sent = _after(deps, at, preview, command)
        letters += sent
    return letters


def called(deps: "Container", at: CaseAccess, task: Task) -> list[PreviewedLetter]:
    """The letter in whose place a person is called, to be read to them."""
    terms = deps.sites.terms(at.case.complaint.site)
    return [
        _previewed(deps, state.letter, PreviewState(at.case), terms, at.entries)
        for state in deps.outbox.of_case(at.case.complaint.reference)
        if state.letter.id == task.letter
    ]


def answer_after(
    deps: "Container", at: CaseAccess, commands: Iterable[StaffCommand]
) -> list[PreviewedLetter]:
    """The letters with the decision that these commands would make, as if a second person had agreed to it
    where one is needed. Raises as `letters_after` does."""
    preview = PreviewState(at.case)
    for command in commands:
        preview, _ = _after(deps, at, preview, command)
    complaint = preview.case.complaint
    if complaint.decision:
        agreed = replace(complaint, decision=replace(complaint.decision, needs_approval=False))
        preview = preview._replace(case=replace(preview.case, complaint=agreed))
    return _after(deps, at, preview, Respond())[1]


def _after(
    deps: "Container", at: CaseAccess, before: PreviewState, command: StaffCommand
) -> tuple[PreviewState, list[PreviewedLetter]]:
    """The case after one more command, and the letters that it calls for."""
    context = command_context(deps, replace(at, case=before.case), command)
    facts = decide(before.case.complaint, command, context)
    if not facts:
        return before, []
    writing = deps.casework.writing(before.case, facts, context)
    number = writing.case.complaint.number
    after = PreviewState(writing.case, (*before.coming, *((number, fact) for fact in facts)))
    return after, [
        _previewed(deps, letter, after, context.terms, at.entries)
        for letter in writing.letters
        if letter.to in ("complainant", FORMER_ADDRESS, JOINT)
    ]


def _previewed(
    deps: "Container",
    letter: Letter,
    state: PreviewState,
    terms: SiteTerms,
    known: Sequence[StoredEntry],
) -> PreviewedLetter:
    rendered, reader = preview(deps, letter, state.case.complaint, terms, list(state.coming), known)
    return PreviewedLetter(
        kind=letter.kind,
        on_paper=letter.on_paper,
        called=letter.on_paper
        and letter.to != JOINT
        and way_of(state.case.complaint, letter.kind) is Way.TELEPHONE,
        to=reader.address if letter.on_paper else reader.email,
        sender=deps.letter_renderer.sender_name(terms.site, rendered.language),
        subject=rendered.subject,
        language=rendered.language,
        direction="rtl" if _RIGHT_TO_LEFT in rendered.html else "ltr",
        body=as_part_of_a_page(rendered.html),
    )


def _as_class(look: re.Match[str]) -> str:
    return next((name for told, name in _LOOKS.items() if told in look[1]), "")


def as_part_of_a_page(html: str) -> Markup:
    """The body of a letter inside a page: its titles a level lower, its parts none of the page, and its look
    left to the page, whose policy takes none from an attribute. What people wrote is escaped in it."""
    found = _BODY.search(html)
    assert found is not None, "every letter has a body"
    plain = _LOOK.sub(_as_class, found[1])
    return Markup(_PART.sub(lambda part: part[1] + _PARTS.get(part[2], "div"), plain))  # noqa: S704
