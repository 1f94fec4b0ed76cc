"""Eight weeks pass without an answer in British finance: a lawful letter leaves before they end, with the
reason that a person wrote, else with none (DISP 1.6.2R(2))."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from tests.html import Reading
from tests.journeys.clocks.test_promises_by_rule import run_from
from tests.journeys.steps import SCALES, Complaint, Staff, complain, go_to, moment
from tests.local_run import LocalRun

RESPOND = "uk-fca-disp/respond/1"
REASON = "The laboratory has not answered yet."
BODY = ("Financial Ombudsman Service", "https://www.financial-ombudsman.org.uk")
DUE = moment("2026-04-27T23:59:59+01:00")
"""The last second of the eight weeks of what came on Monday, 2 March."""


class Words(NamedTuple):
    """What the letter says in one language; where nobody wrote, `unwritten` is the reason, and
    `usual` the day on which an answer is expected, in place of the one that a person `promised`."""

    language: str
    title: str
    unwritten: str
    promised: str
    usual: str


ENGLISH = Words(
    "en",
    "We cannot answer your complaint in time",
    "We have not finished looking into what happened.",
    "18 May 2026",
    "25 May 2026",
)
TURKISH = Words(
    "tr",
    "Şikâyetinizi zamanında yanıtlayamıyoruz",
    "Ne olduğunu incelemeyi henüz bitirmedik.",
    "18 Mayıs 2026",
    "25 Mayıs 2026",
)
LANGUAGES = (ENGLISH, TURKISH)
in_each_language = pytest.mark.parametrize("words", LANGUAGES, ids=["English", "Turkish"])


@pytest.fixture(scope="module")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    yield from run_from(tmp_path_factory.mktemp("gb"), "2026-03-02T10:00:00+00:00")


class Waiting(NamedTuple):
    """Two complaints in one language, of which a person explained one, after the eight weeks."""

    explained: Complaint
    unexplained: Complaint


@pytest.fixture(scope="module")
def ruth(spring: LocalRun) -> Staff:
    return Staff(spring, "Ruth", "reviewer")


@pytest.fixture(scope="module")
def waiting(spring: LocalRun, ruth: Staff) -> dict[str, Waiting]:
    """By language."""
    found = {}
    for words in LANGUAGES:
        pair = Waiting(*(complain(spring, site="demo-gb", language=words.language) for _ in range(2)))
        for complaint in pair:
            ruth.does(complaint, "assess", SCALES)
        found[words.language] = pair
    go_to(spring, DUE - timedelta(days=5))
    for pair in found.values():
        ruth.does(pair.explained, "explain_delay", {"text": REASON, "expected_on": "2026-05-18"})
        assert "explain_delay" in ruth.case(pair.unexplained)["allowed_commands"]
    go_to(spring, DUE + timedelta(days=3))
    return found


def eight_weeks(case: dict[str, Any]) -> dict[str, Any]:
    return next(dict(clock) for clock in case["clocks"] if clock["id"] == RESPOND)


def says_in_time(complaint: Complaint, *words: str) -> str:
    """Both forms of the only letter behind the acknowledgement say these words, and where to go now; it left
    before the last moment. Its text."""
    _, letter = complaint.letters()
    assert moment(letter["sent_at"]) < DUE
    for text in (letter["text"], Reading(letter["html"]).words):
        assert [each for each in (*words, *BODY) if each not in " ".join(text.split())] == []
    return str(letter["text"])


@in_each_language
def test_a_letter_with_the_reason_that_a_person_wrote_leaves_before_the_last_moment(
    waiting: dict[str, Waiting], words: Words
) -> None:
    complaint = waiting[words.language].explained
    text = says_in_time(complaint, words.title, REASON, words.promised)
    assert words.unwritten not in text
    assert REASON in [message["text"] for message in complaint.view()["messages"]]


@in_each_language
def test_where_nobody_wrote_it_one_without_a_reason_leaves_before_the_last_moment(
    waiting: dict[str, Waiting], words: Words
) -> None:
    text = says_in_time(waiting[words.language].unexplained, words.title, words.unwritten, words.usual)
    assert REASON not in text


@in_each_language
def test_the_team_was_asked_in_time_and_the_letter_is_no_answer(
    ruth: Staff, waiting: dict[str, Waiting], words: Words
) -> None:
    for complaint in waiting[words.language]:
        found = [mail for mail in ruth.run.mails("team@demo-gb") if complaint.reference in mail["text"]]
        asked = [mail for mail in found if "explain the delay to the complainant now" in mail["text"]]
        assert asked
        assert moment(asked[0]["sent_at"]) < DUE - timedelta(days=5)
        case = ruth.case(complaint)
        clock = eight_weeks(case)
        assert (moment(clock["due"]), clock["missed"]) == (DUE, True)
        assert "explain_delay" not in case["allowed_commands"]
