"""How many mails may leave: by mailbox and by case; notices to staff by reader, and in all."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.delivery.rate_limits import box, of_letter, of_notices

NOON = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
FIRST = Letter(
    id="000001.1",
    kind=LetterKind.ACKNOWLEDGEMENT,
    reference="C-7K3M9-QX2HT-7",
    site="demo",
    language="en",
    to="complainant",
    called_for=NOON,
    received_at=NOON,
)


def caps(letter: Letter, to: str = "ada@example.org") -> dict[str, int]:
    return {allowance.name: allowance.most for allowance in of_letter(letter, to, NOON, str.upper)}


@pytest.mark.parametrize("spelling", ["Ada@Example.org", "a.d.a@example.org", "ada+shop@example.org"])
def test_s68_one_mailbox_has_one_cap_however_it_is_spelled(spelling: str) -> None:
    assert box(spelling) == "ada@example.org"
    assert caps(FIRST, spelling) == caps(FIRST)


def test_s68_a_lost_link_counts_for_its_case_and_its_mailbox() -> None:
    link = replace(FIRST, id="000002.1", kind=LetterKind.LINK)
    assert caps(link) == {
        "case|C-7K3M9-QX2HT-7|2026-03-04": 20,
        "link|ADA@EXAMPLE.ORG|2026-03-04": 5,
    }


@pytest.mark.parametrize("kind", [LetterKind.ACKNOWLEDGEMENT, LetterKind.THANKS])
def test_a_receipt_counts_for_its_mailbox_alone(kind: LetterKind) -> None:
    assert caps(replace(FIRST, kind=kind)) == {"box|ADA@EXAMPLE.ORG|2026-03-04": 5}


def test_the_confirmation_of_an_address_counts_for_its_case_and_its_mailbox() -> None:
    """Of these one case may have many."""
    assert caps(replace(FIRST, kind=LetterKind.CONFIRM_ADDRESS, to="proposed_address")) == {
        "case|C-7K3M9-QX2HT-7|2026-03-04": 20,
        "box|ADA@EXAMPLE.ORG|2026-03-04": 5,
    }


def test_a_later_letter_counts_for_its_case_alone() -> None:
    assert list(caps(replace(FIRST, kind=LetterKind.QUESTION))) == ["case|C-7K3M9-QX2HT-7|2026-03-04"]


def test_s68_one_of_the_end_counts_for_its_mailbox_where_its_reader_had_none_before() -> None:
    ended = replace(FIRST, kind=LetterKind.CLOSING)
    found = {limit.name for limit in of_letter(ended, "ada@example.org", NOON, str.upper, is_first=True)}
    assert found == {"case|C-7K3M9-QX2HT-7|2026-03-04", "box|ADA@EXAMPLE.ORG|2026-03-04"}


def test_a_letter_to_staff_has_no_such_cap() -> None:
    assert caps(replace(FIRST, to="team")) == {}


def test_what_is_over_a_cap_waits_until_it_is_counted_anew() -> None:
    until = {allowance.until for allowance in of_letter(FIRST, "ada@example.org", NOON, str)}
    assert until == {datetime(2026, 3, 5, tzinfo=UTC)}


def test_notices_are_limited_by_reader_and_in_all() -> None:
    notice = replace(FIRST, kind=LetterKind.ESCALATION, to="owner", member="Deniz")
    limits = {limit.name: limit.most for limit in of_notices(notice, NOON, 480)}
    assert limits == {"notices|demo|Deniz|2026-03-04T12": 60, "notices|2026-03-04T12": 480}
