"""Duplicates are merged over HTTP: one case goes on, and everything of both is in it."""

from itertools import product

import pytest

from tests.attachments.samples import PNG
from tests.attachments.steps import announce, offer, request, upload
from tests.journeys.linked_cases.duplicates import audits, files, filled, merge, texts, try_to_merge, twins
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, complain, pages, settle
from tests.local_run import LocalRun

MESSAGES = [f"{who} in the {which}" for which, who in product(("older", "newer"), ("Mine", "Ours"))]


@pytest.fixture
def deniz(local_run: LocalRun) -> Staff:
    return Staff(local_run)


@pytest.fixture
def pair(local_run: LocalRun) -> tuple[Complaint, Complaint]:
    return filled(local_run)


def test_a_merge_keeps_every_message(deniz: Staff, pair: tuple[Complaint, Complaint]) -> None:
    """S44: and every letter, file and fact, for both sides."""
    source, target = pair
    facts = [fact | {"of": source.reference} for fact in deniz.case(source)["facts"]]
    facts += deniz.case(target)["facts"]
    merge(deniz, source, target)
    for view in (target.view(), source.view(), deniz.case(target)):
        assert (texts(view), sorted(files(view))) == (MESSAGES, ["newer.png", "older.png"])
        of_source = [message for message in view["messages"] if message.get("of") == source.reference]
        assert len(of_source) == 2
    case = deniz.case(target)
    assert [fact for fact in facts if fact not in case["facts"]] == []
    assert case["absorbed"][0]["description"] == "The zebra-striped lamp arrived in four pieces."
    assert audits(deniz, source, target)


def test_the_record_says_what_came_with_the_source(deniz: Staff, pair: tuple[Complaint, Complaint]) -> None:
    source, target = pair
    merge(deniz, source, target)
    [came] = [fact for fact in deniz.case(target)["facts"] if fact["fact"] == "Absorbed"]
    assert came["source"] == source.reference
    assert came["brings"] == {"messages": 2, "letters": 2, "attachments": 1}
    [left] = [fact for fact in deniz.case(source)["facts"] if fact["fact"] == "Merged"]
    assert left["into"] == target.reference


def test_the_source_stands_in_no_queue_and_can_be_found(deniz: Staff, local_run: LocalRun) -> None:
    source, target = twins(local_run)
    shown = merge(deniz, source, target)
    assert (shown["stage"], shown["ended_because"], shown["merged_into"]) == (
        "closed",
        "merged",
        target.reference,
    )
    everywhere = [row["reference"] for name in ("open", "closed", "unassigned") for row in deniz.queue(name)]
    assert target.reference in everywhere
    assert source.reference not in everywhere
    assert deniz.case(source)["allowed_commands"] == []


def test_the_old_link_opens_the_case_that_goes_on(deniz: Staff, pair: tuple[Complaint, Complaint]) -> None:
    source, target = pair
    merge(deniz, source, target)
    old, own = source.view(), target.view()
    assert (old["reference"], old["opened_as"], own["opened_as"]) == (
        target.reference,
        source.reference,
        None,
    )
    assert old | {"opened_as": None} == own
    assert own["parts"] == [source.reference]
    for name in ("links", "absorbed", "merged_into"):
        assert name not in own


def test_what_is_written_to_the_source_lands_in_the_target(
    deniz: Staff, pair: tuple[Complaint, Complaint]
) -> None:
    source, target = pair
    merge(deniz, source, target)
    first, again = (
        source.call("POST", "/messages", {"text": "And the lid."}, Idempotency_Key="k") for _ in range(2)
    )
    assert (first.status, again.status, again.headers["Idempotent-Replayed"]) == (202, 202, "true")
    assert texts(target.view())[4:] == ["And the lid."]
    assert deniz.case(target)["has_news"]


def test_a_message_that_is_repeated_after_the_merge_is_one_message(
    deniz: Staff, pair: tuple[Complaint, Complaint]
) -> None:
    source, target = pair
    for do in (lambda: None, lambda: merge(deniz, source, target)):
        do()
        sent = source.call("POST", "/messages", {"text": "And the lid."}, Idempotency_Key="k")
        assert sent.status == 202
    assert texts(target.view()).count("And the lid.") == 1


def test_files_are_fetched_by_either_link_and_by_staff(
    deniz: Staff, pair: tuple[Complaint, Complaint]
) -> None:
    source, target = pair
    merge(deniz, source, target)
    for file in target.view()["attachments"]:
        path = f"/attachments/{file['id']}"
        answer = [each.call("GET", path) for each in pair]
        answer.append(deniz.call("GET", f"/complaints/{target.reference}{path}"))
        assert [request(each.json["url"], "GET").body for each in answer] == [PNG] * 3


def test_a_file_that_was_under_way_arrives(deniz: Staff, local_run: LocalRun) -> None:
    source, target = twins(local_run)
    place = offer(source)
    assert upload(place, PNG).status == 200
    merge(deniz, source, target)
    assert announce(source, place).json["state"] == "kept"
    assert files(target.view()) == ["lamp.png"]
    assert offer(source)["upload"]


def test_letters_of_both_are_sent_once(deniz: Staff, local_run: LocalRun) -> None:
    source, target = twins(local_run)
    for complaint in (source, target):
        deniz.does(complaint, "message", {"text": "We look into it."})
    merge(deniz, source, target)
    listed = deniz.call("GET", f"/complaints/{target.reference}/letters").json["items"]
    assert [letter.get("of") for letter in listed].count(source.reference) == 2
    subjects = [letter["subject"] for letter in target.letters()]
    assert len(subjects) == 5
    assert {subject.rpartition("[")[2].strip("]") for subject in subjects} == {
        source.reference,
        target.reference,
    }


def test_all_messages_of_both_are_found_page_by_page(deniz: Staff, local_run: LocalRun) -> None:
    target, source = pair = twins(local_run)
    written = [f"Message {number}" for number in range(24)]
    versions = [deniz.case(complaint)["version"] for complaint in pair]
    for number, text in enumerate(written):
        place = number // 12
        deniz.tries(pair[place], "message", {"text": text}, versions[place])
        versions[place] += 1
    settle(local_run)
    merge(deniz, source, target)
    found = pages(lambda cursor: source.call("GET", f"/messages?limit=20&{cursor}"))
    assert [len(page) for page in found] == [20, 4]
    assert [message["text"] for page in reversed(found) for message in page] == written
    assert texts(target.view()) == written[4:]


def test_the_earlier_promise_is_the_one_that_is_told(deniz: Staff, local_run: LocalRun) -> None:
    target, source = twins(local_run)
    assert source.promise()["due"] <= target.promise()["due"]
    due = source.promise()["due"]
    merge(deniz, source, target)
    assert target.promise()["due"] == source.promise()["due"] == due


def test_cases_of_two_people_are_linked_instead(deniz: Staff, local_run: LocalRun) -> None:
    one, other = (complain(local_run) for _ in range(2))
    refused = try_to_merge(deniz, one, other)
    assert (refused.status, refused.json["rule"]) == (409, "other-person")
    assert "link" in refused.json["allowed_commands"]
    assert deniz.case(one)["stage"] == deniz.case(other)["stage"] == "acknowledged"
    deniz.does(one, "link", {"to": other.reference, "relation": "duplicate"})


def test_what_was_answered_is_not_merged(deniz: Staff, local_run: LocalRun) -> None:
    source, target = twins(local_run)
    deniz.decides(target)
    deniz.does(target, "respond")
    refused = try_to_merge(deniz, source, target)
    assert (refused.status, refused.json["rule"]) == (409, "not-mergeable")


@pytest.mark.parametrize(
    ("into", "code"),
    [
        ("C-ZZZZZ-ZZZZZ-A", "no such case"),
        ("C-ZZZZZ-ZZZZZ-B", "not a reference"),
        (None, "value"),
        (7, "type"),
    ],
)
def test_a_case_that_is_not_there_is_pointed_at(
    deniz: Staff, local_run: LocalRun, into: object, code: str
) -> None:
    source = complain(local_run)
    refused = deniz.tries(source, "merge", {"into": into, "reason": "x"})
    assert refused.status == 422
    [wrong] = refused.json["errors"]
    assert (wrong["pointer"], code in wrong["detail"]) == ("/into", True)


def test_a_case_of_a_site_that_one_does_not_serve_is_not_there(deniz: Staff, local_run: LocalRun) -> None:
    """The answer is the same as for one that does not exist."""
    source, foreign = complain(local_run), complain(local_run, site="demo-tr", language="tr")
    only_demo = Office(local_run).adds("agent", sites=("demo",))
    answers = [
        only_demo.tries(source, "merge", {"into": name, "reason": "x"}).json
        for name in (foreign.reference, "C-ZZZZZ-ZZZZZ-A")
    ]
    assert answers[0] == answers[1]


def test_a_repeated_merge_is_the_same_merge(deniz: Staff, local_run: LocalRun) -> None:
    source, target = twins(local_run)
    first = try_to_merge(deniz, source, target, Idempotency_Key="k")
    again = try_to_merge(deniz, source, target, Idempotency_Key="k")
    assert (first.status, again.status, again.headers["Idempotent-Replayed"]) == (200, 200, "true")
    refused = try_to_merge(deniz, source, target)
    assert (refused.status, refused.json["rule"]) == (409, "part-of-another")
    assert target.view()["parts"] == [source.reference]
