"""Staff find a case by what they know of it."""

import uuid
from urllib.parse import urlencode

import pytest

from tests.journeys.settings.administration import Office
from tests.journeys.steps import Staff, complain, new_word, settle
from tests.local_run import LocalRun


def found(staff: Staff, question: str, **more: str) -> list[str]:
    answer = staff.call("GET", f"/search?{urlencode({'q': question} | more)}")
    assert answer.status == 200, answer.text
    return [item["reference"] for item in answer.json["items"]]


@pytest.fixture
def word() -> str:
    """A word of this test alone."""
    return new_word()


def test_a_case_is_found_by_reference_address_name_and_words_of_its_subject(
    local_run: LocalRun, deniz: Staff, word: str
) -> None:
    complaint = complain(
        local_run,
        subject=f"The {word} is broken",
        complainant={"name": f"Gül {word}", "email": f"{word}@example.org"},
    )
    other = complain(local_run, subject=f"Another {word}")
    reference = complaint.reference
    assert found(deniz, reference.lower().replace("-", " ")) == [reference]
    assert found(deniz, f"{word}@EXAMPLE.org") == [reference]
    assert found(deniz, f"gul {word}") == [reference]
    assert found(deniz, f"BROKEN {word}") == [reference]
    assert set(found(deniz, word)) == {other.reference, reference}


def test_a_case_is_found_by_what_is_written_in_it_later(local_run: LocalRun, deniz: Staff, word: str) -> None:
    complaint = complain(local_run, description=f"It leaks. {word}", order_number="AC-4711")
    complaint.say("messages", {"text": "My neighbour Featherstone saw it."})
    deniz.does(complaint, "note", {"text": "The fitter was Quackenbush."})
    settle(local_run)
    for question in ("leak", "featherstone", "quackenb", "ac 4711"):
        assert found(deniz, f"{question} {word}") == [complaint.reference]


def test_a_case_is_found_by_what_staff_say_that_it_is_about(
    local_run: LocalRun, deniz: Staff, word: str
) -> None:
    complaint = complain(local_run, description=f"It leaks. {word}")
    fields = {
        "product": "Samovar 9",
        "place": "Kadıköy",
        "tags": ["winter sale"],
        "reason": "Shown on the receipt.",
    }
    deniz.does(complaint, "classify", {"category": "product.unsafe"} | fields)
    deniz.does(complaint, "secure", {"action": "She wrapped it in a tarpaulin."})
    settle(local_run)
    for question in ("samovar", "kadikoy", "winter", "receipt", "tarpaulin"):
        assert found(deniz, f"{question} {word}") == [complaint.reference]


def test_where_no_case_has_all_words_those_with_the_number_are_found_and_said_to_be_others(
    local_run: LocalRun, deniz: Staff
) -> None:
    number = str(uuid.uuid4().int)[:12]
    reference = complain(local_run, order_number=f"AC-{number}").reference
    answer = deniz.call("GET", f"/search?q=somebody+rang+about+order+{number}").json
    assert (answer["is_partial"], [item["reference"] for item in answer["items"]]) == (True, [reference])
    assert deniz.call("GET", f"/search?q={number}").json["is_partial"] is False


def test_what_was_removed_finds_nothing_any_more(local_run: LocalRun, deniz: Staff, word: str) -> None:
    complaint = complain(local_run, subject=f"{word} is a thief")
    assert found(deniz, word) == [complaint.reference]
    deniz.does(complaint, "redact", {"message": 1, "reason": "It insults a third person."})
    settle(local_run)
    assert found(deniz, word) == []


def test_pages_of_what_was_found_follow_each_other(local_run: LocalRun, deniz: Staff, word: str) -> None:
    made = [complain(local_run, subject=word).reference for _ in range(3)]
    page = deniz.call("GET", f"/search?q={word}&limit=2").json
    rest = found(deniz, word, cursor=page["next"], limit="2")
    assert len(page["items"]) == 2
    assert sorted([*(item["reference"] for item in page["items"]), *rest]) == sorted(made)


def test_a_question_must_be_asked(deniz: Staff) -> None:
    answer = deniz.call("GET", "/search?q=%20")
    assert answer.status == 422
    assert [error["pointer"] for error in answer.json["errors"]] == ["/q"]


def test_s14_another_sites_case_is_not_found(local_run: LocalRun, word: str) -> None:
    complaint = complain(local_run, subject=word)
    stranger = Office(local_run).adds("agent", sites=("demo-gb",))
    assert found(stranger, word) == []
    # Another case may share a part of this reference, and is found by it.
    assert complaint.reference not in found(stranger, complaint.reference)
