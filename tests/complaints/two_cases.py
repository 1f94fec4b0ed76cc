"""Two cases of one store, and commands that change both."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.audit_trail.hash_chain import inventory
from complaints.case.outcome.points import KnownPoint, PointRaised
from complaints.case.people.adjustments import AdjustmentNoted, KnownNeed
from complaints.case.record.links import Relation
from complaints.case.record.merging import MERGED
from complaints.casework.record.links import Link, PairCommand
from complaints.casework.record.merging import Merge
from complaints.context.decision_context import OtherCase
from complaints.handling.linked_case_service import CaseSide, TwoCaseService
from complaints.handling.service import Submission
from complaints.values.errors import Invalid
from complaints.values.people import COMPLAINANT, Actor
from tests.builders import ADA, MONDAY, Story, context, receive


def another(story: Story, at: datetime = MONDAY, *, key: str = "k-2", **fields: Any) -> Story:
    """A further case in the store of a story; Mrs Okafor complains again, if nothing else is said."""
    other = copy(story)
    submission = Submission(site=story.terms.site.key, key=key, body="b-2")
    taken = story.casework.receive(receive(**fields), context(COMPLAINANT, at, terms=story.terms), submission)
    other.reference = taken.case.complaint.reference
    return other


def side(story: Story, beside: Story, by: Actor, at: datetime, *, one_person: bool = True) -> CaseSide:
    """A case as a rule is given it, the other one beside it."""
    letters = [letter for letter in story.cases.letters if letter.reference == story.reference]
    entries = story.cases.entries(story.reference)
    details = {fact.kind: fact.details for fact in story.facts if isinstance(fact, AdjustmentNoted)}
    near = OtherCase(
        complaint=beside.build(),
        is_one_person=one_person,
        brings=inventory(story.build(), entries, len(letters)),
        points=tuple(
            KnownPoint(category=fact.category, text=fact.text, remedy_sought=fact.remedy_sought)
            for fact in story.facts
            if isinstance(fact, PointRaised)
        ),
        needs=tuple(KnownNeed(each.kind, details.get(each.kind)) for each in story.build().adjustments),
    )
    return CaseSide(story.case, replace(context(by, at, terms=story.terms), other_case=near))


def does(
    asked: Story,
    named: Story,
    command: PairCommand,
    *,
    by: Actor = ADA,
    at: datetime = MONDAY,
    one_person: bool = True,
    expected: int | None = None,
) -> None:
    """Somebody asks for something about both cases, at the version that stands, or at the one `expected`."""

    def look() -> tuple[CaseSide, CaseSide]:
        return (
            side(asked, named, by, at, one_person=one_person),
            side(named, asked, by, at, one_person=one_person),
        )

    version = asked.build().version if expected is None else expected
    TwoCaseService(asked.casework, asked.cases).carry_out(look, command, expected=version)


def link(asked: Story, named: Story, relation: Relation = Relation.SAME_CAUSE, **how: Any) -> None:
    does(asked, named, Link(to=named.reference, relation=relation), **how)


def merge(source: Story, target: Story, **how: Any) -> None:
    """The source becomes part of the target, which it must be able to."""
    does(source, target, Merge(into=target.reference, reason="The same parcel."), **how)
    assert source.build().ended_because == MERGED


def wrong(do: Callable[[Story, Story], None], asked: Story, named: Story) -> str:
    """What is wrong with the case that is named: the code of the one value that is pointed at."""
    with pytest.raises(Invalid) as refusal:
        do(asked, named)
    [only] = refusal.value.errors
    return only.code
