"""In which mail a reader of very many notices gets a further one."""

from datetime import datetime, timedelta

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.letters.notices.digest import MAILS_AHEAD, notices_together
from tests.builders import MONDAY, a_complaint

TERMS = a_complaint().terms
TEN_MINUTES = timedelta(minutes=10)


def moments(due: datetime | None, now: datetime = MONDAY, *, late: bool = False) -> list[datetime]:
    """When the mails leave in which a notice may come."""
    letter = Letter(
        id="000001.1",
        kind=LetterKind.ESCALATION,
        reference="C-7K3M9-QX2HT-7",
        site="demo",
        language="en",
        to="team",
        called_for=now,
        received_at=now,
        due=due,
        late=late,
    )
    mails = list(notices_together(letter, None, TERMS, now))
    assert len({mail.id for mail in mails}) == len(mails)
    return [mail.called_for for mail in mails]


def test_s67_one_leaves_each_ten_minutes_for_some_hours() -> None:
    found = moments(due=None)
    assert found == [MONDAY + TEN_MINUTES * (1 + number) for number in range(MAILS_AHEAD)]


def test_s67_a_warning_comes_in_none_that_leaves_when_its_date_is_over() -> None:
    assert moments(due=MONDAY + timedelta(minutes=25)) == [MONDAY + TEN_MINUTES, MONDAY + 2 * TEN_MINUTES]
    assert moments(due=MONDAY + timedelta(minutes=9)) == []


def test_s67_what_is_late_already_waits_as_long_as_what_has_no_date() -> None:
    assert moments(due=MONDAY - TEN_MINUTES, late=True) == moments(due=None)
