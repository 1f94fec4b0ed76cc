"""The letter that tells of a date that a law gives an answer, once it is known that the law holds."""

from datetime import timedelta

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.casework.outcome.classification import Classify
from complaints.values.codes import Codes
from tests.builders import ADA, MONDAY, TUESDAY, Story, a_complaint
from tests.complaints.clocks.test_classified_clocks import PRIVACY, SOON, about, received
from tests.complaints.clocks.test_promises_by_law import selling

PAYMENT = "billing.double_charge"


def told(story: Story) -> list[Letter]:
    return [each for each in story.cases.letters if each.kind is LetterKind.RECLASSIFICATION]


def british(*packs: str, codes: Codes | None = None) -> Story:
    """A firm of the United Kingdom that keeps these rules."""
    return a_complaint(
        zone="Europe/London",
        holidays="GB-ENG",
        country="GB",
        sector="financial",
        packs=packs,
        codes=codes or selling("payment_service", PAYMENT),
    )


def test_whoever_was_promised_a_later_date_is_told_the_nearer_one_once() -> None:
    story = about(received(), PRIVACY)
    (letter,) = told(story)
    assert (letter.called_for, letter.due) == (TUESDAY, story.build().clock(SOON).due)
    assert letter.to == "complainant"
    assert len(told(about(about(story, "delivery.late"), PRIVACY))) == 1


def test_whoever_was_promised_nothing_is_told_the_first_date() -> None:
    """DISP 1.6.1R(1)(b)(i): fifteen business days, or thirty-five."""
    story = british("uk-fca-psd").received()
    assert [letter.next_news for letter in story.cases.letters] == [None]
    story.does(ADA, Classify(category=PAYMENT), MONDAY)
    (letter,) = told(story)
    assert [block.words for block in letter.blocks] == ["uk.psd_time_limits"]
    assert letter.due == next(each.due for each in story.build().clocks if each.purpose == "respond")


def test_what_the_receipt_tells_and_what_comes_later_is_told_no_second_time() -> None:
    assert told(received(PRIVACY)) == []
    slow = british("uk-fca-psd", "iso10002-default", codes=selling("mortgage", PAYMENT)).received()
    assert told(slow.does(ADA, Classify(category=PAYMENT), MONDAY + timedelta(days=2))) == []
