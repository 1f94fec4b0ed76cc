"""What happened, for whoever complained: of each kind of fact somebody decided whether it is told."""

from typing import get_args

import pytest

from complaints.case.facts import AnyFact
from complaints.case.outcome.referral import ReferralRecorded, ReferralStep
from functions.serializers.complainant.public_events import EVENTS
from tests.mail.test_date_formats import CATALOGUES, every_language

OF_STAFF = {
    "NoteAdded", "Assigned", "Unassigned", "FindingRecorded", "DecisionProposed", "DecisionApproved",
    "DecisionReturned", "ConflictDeclared", "VulnerabilityNoted", "ClosingProposed", "Resumed",
    "EventRecorded", "Linked", "Unlinked", "ActionPlanned", "ActionDone", "ActionChecked", "ActionRaised",
    "TaskAssigned", "CallAssigned", "AttachmentShared", "TaskReassigned", "TaskCompleted", "TaskCancelled",
    "TaskRaised", "Redacted", "MailJoined", "ReminderRaised", "EscalationRaised", "Imported",
    "Classified", "DangerKnown", "ImmediateActionTaken", "PointRaised", "RemedyOverdue",
    "CaseFilePrepared", "PersonalDataPrepared", "ContactPlanned", "ContactPlanDue",
    "RepresentationRecorded", "RespondentNamed", "SideAsked", "SideRecorded", "ComplainantJoined",
    "ComplainantLeft", "StandardTextsUsed", "AutomationApplied", "PriorityRaised", "ColleaguesTold",
    "SurveyTextCleared", "RepeatFound", "ErasureProposed", "ErasureRequested", "ErasureRefused", "Erased",
    "LegalHoldSet", "PartyErased", "DataRemovalRequested", "DataRemovalBegun", "DataRemovalStopped",
    "DataRemoved",
    "LegalHoldLifted", "ProcessingRestricted", "RestrictionLifted",
    "IdentityOpened",
}  # fmt: skip
"""Among ourselves."""

SAID_OTHERWISE = {
    "ResponseIssued", "LetterSent", "LetterFailed", "LetterPrepared", "LetterPosted", "ClockStarted",
    "ClockPaused", "ClockResumed", "ClockStopped", "ExtensionRequested", "ExtensionFailed",
    "DueBroughtForward", "ClockMigrated", "PromiseTakenOver", "AttachmentOffered", "AttachmentArrived",
    "AttachmentRefused", "AttachmentSwept", "PointAnswered",
}  # fmt: skip
"""Told as what it led to: a letter, a promise, a file."""


def test_of_every_fact_somebody_decided_whether_it_is_told() -> None:
    """A new one is added to the events, or to one of the lists above."""
    expected = {kind.__name__ for kind in EVENTS}
    assert expected | OF_STAFF | SAID_OTHERWISE == {kind.__name__ for kind in get_args(AnyFact)}
    assert not expected & (OF_STAFF | SAID_OTHERWISE)


NAMES = {
    *(name for kind, name in EVENTS.items() if kind is not ReferralRecorded),
    *(f"{EVENTS[ReferralRecorded]}_{step}" for step in ReferralStep),
}


@every_language
@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_event_has_words_in_every_language(name: str, language: str) -> None:
    assert CATALOGUES.text(language, f"api.event.{name}").endswith(".")
