"""Letters to who asked about their data: refused, or not answered in time (GDPR, Article 12 (4); KVKK 13)."""

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import LetterKind
from complaints.casework.process.closing import Close
from complaints.context.decision_context import RequestRefusal
from complaints.promise_packs.schema import ExternalBody
from complaints.values.field_types import ClosingReason, Feedback, RefusalGround
from tests.builders import ADA, TUESDAY, Story
from tests.complaints.clocks.country_packs import under
from tests.mail.letters import Sample

BERLIN = ExternalBody(name="Berlin Commissioner for Data Protection", url="https://authority.example")
REASONS = "Invoices are kept for ten years."
BODIES = {
    "eu-gdpr-dsr": BERLIN.name,
    "uk-gdpr-dsr": "Information Commissioner",
    "tr-kvkk": "Kişisel Verileri Koruma Kurulu",
}
COURTS = {"tr-kvkk": "You can also claim damages in court"}


def asked(pack: str) -> Story:
    return under(pack, keeps="topic", authority=BERLIN).received(feedback=Feedback.PERSONAL_DATA)


def read(story: Story, kind: LetterKind, words: str | None = None) -> str:
    """A letter as it is sent."""
    return " ".join(Sample(kind, story.letter(kind), words).rendered(site=story.terms.site).text.split())


@pytest.mark.parametrize("pack", BODIES)
def test_a_refused_request_is_told_why_and_where_to_turn(pack: str) -> None:
    story = asked(pack)
    refusal = RequestRefusal(RefusalGround.KEPT_BY_LAW, REASONS)
    told = replace(story.context(ADA, TUESDAY, None), refusal=refusal)
    story.casework.carry_out(story.case, Close(reason=ClosingReason.HANDLED), told)
    text = read(story, LetterKind.CLOSING, REASONS)
    for said in (
        "We have looked at your request about your data, and refuse it.",
        "A law obliges us to keep the data.",
        REASONS,
        BODIES[pack],
        COURTS.get(pack, "you can go to court"),
    ):
        assert said in text
    assert "complaint" not in text.replace("complaints", "").replace("/complain", "")


@pytest.mark.parametrize("pack", BODIES)
def test_an_unanswered_request_has_its_letter_before_the_month_ends(pack: str) -> None:
    story = asked(pack)
    due = min(clock.due for clock in story.build().clocks if clock.purpose == "respond")
    while (moment := story.build().next_at) is not None and moment < due:
        story.ticked(moment)
    text = read(story, LetterKind.HOLDING)
    assert story.letter(LetterKind.HOLDING).called_for < due
    for said in (
        "We have not finished working on it.",
        BODIES[pack],
        COURTS.get(pack, "you can go to court"),
    ):
        assert said in text
    assert "your complaint" not in text
    story.ticked(due.replace(day=due.day + 5))
    late = read(story, LetterKind.SIGNPOST)
    assert "We have not answered your request about your data in time." in late
    assert "your complaint" not in late


def test_reasons_of_a_refusal_are_private_words_of_the_case() -> None:
    story = asked("eu-gdpr-dsr")
    refusal = RequestRefusal(RefusalGround.UNFOUNDED, REASONS)
    told = replace(story.context(ADA, TUESDAY, None), refusal=refusal)
    story.casework.carry_out(story.case, Close(reason=ClosingReason.HANDLED), told)
    assert REASONS.encode() not in story.cases.entries(story.reference)[-1].data
    assert any(getattr(fact, "text", None) == REASONS for fact in story.facts)
