"""Many at once: whoever comes second is told so, and nothing is lost or done twice."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from tests.concurrency import at_once
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, complain, form, pages, proof, submit
from tests.local_run import LocalRun

MANY = 20


def write(complaint: Complaint, text: str) -> Answer:
    """Sends a message, and sends it again under its key as long as the answer asks for it."""
    for _ in range(MANY):
        got = complaint.call("POST", "/messages", {"text": text}, Idempotency_Key=text)
        if got.status != 503:
            break
    return got


def test_s39_twenty_submissions_with_one_key_are_one_complaint(local_run: LocalRun) -> None:
    body = form()
    proofs = [proof(local_run) for _ in range(MANY)]
    got = at_once([partial(submit, local_run, body | {"proof": each}, "s39") for each in proofs])
    assert {answer.status for answer in got} == {201}
    assert len({answer.body for answer in got}) == 1
    assert Counter(answer.headers["Idempotent-Replayed"] for answer in got) == {None: 1, "true": MANY - 1}
    assert len(local_run.mails(body["complainant"]["email"])) == 1
    listed = [item["reference"] for item in Staff(local_run).queue("open")]
    assert listed.count(got[0].json["reference"]) == 1


def test_s39_twenty_submissions_with_one_key_and_one_proof_are_one_complaint(local_run: LocalRun) -> None:
    body = form(proof=proof(local_run))
    got = at_once([lambda: submit(local_run, body, "s39-one-proof")] * MANY)
    assert {answer.status for answer in got} == {201}
    assert len({answer.body for answer in got}) == 1
    assert len(local_run.mails(body["complainant"]["email"])) == 1


def test_s39_one_proof_is_spent_on_one_of_twenty_complaints(local_run: LocalRun) -> None:
    spent = proof(local_run)
    got = at_once([lambda: submit(local_run, form(proof=spent))] * MANY)
    assert Counter(answer.status for answer in got) == {201: 1, 422: MANY - 1}
    refused = [answer.json["errors"][0]["pointer"] for answer in got if answer.status == 422]
    assert set(refused) == {"/proof"}
    assert submit(local_run, form(proof=spent)).status == 422


@pytest.mark.parametrize("with_keys", [True, False], ids=["each with a key", "without keys"])
def test_s40_of_twenty_commands_on_one_version_one_is_taken(local_run: LocalRun, with_keys: bool) -> None:
    deniz, complaint = Staff(local_run), complain(local_run)
    token = {"Authorization": f"Bearer {deniz.token()}"}

    def command(number: int) -> Answer:
        key = {"Idempotency_Key": f"s40-{number}"} if with_keys else {}
        return deniz.tries(complaint, "note", {"text": f"Note {number}"}, 1, **token, **key)

    got = at_once([partial(command, number) for number in range(MANY)])
    assert Counter(answer.status for answer in got) == {200: 1, 412: MANY - 1}
    case = deniz.case(complaint)
    assert case["version"] == 2
    assert [fact["fact"] for fact in case["facts"]].count("NoteAdded") == 1


def test_s40_twenty_repetitions_of_one_command_are_one(local_run: LocalRun) -> None:
    deniz, complaint = Staff(local_run), complain(local_run)
    got = at_once(
        [lambda: deniz.tries(complaint, "message", {"text": "Once"}, 1, Idempotency_Key="s40-one")] * MANY
    )
    assert {(answer.status, answer.json["version"]) for answer in got} == {(200, 2)}
    assert len(complaint.letters()) == 2


def test_s41_the_complainant_writes_while_staff_decide_and_both_are_kept(local_run: LocalRun) -> None:
    deniz, complaint = Staff(local_run), complain(local_run)
    deniz.decides(complaint)
    decision = {"outcome": "partly_upheld", "reasons": "Half of it."}

    def decide() -> Answer:
        for _ in range(2 * MANY):
            got = deniz.tries(complaint, "decide", decision)
            if got.status not in (412, 503):
                break
        return got

    works: list[Callable[[], Answer]] = [decide]
    works += [partial(write, complaint, f"Message {number}") for number in range(9)]
    decided, *written = at_once(works)
    assert (decided.status, {answer.status for answer in written}) == (200, {202})
    case = deniz.case(complaint)
    assert {message["text"] for message in case["messages"]} == {f"Message {number}" for number in range(9)}
    assert (case["decision"]["outcome"], case["has_news"]) == ("partly_upheld", True)
    assert deniz.call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"]


def test_no_accepted_command_is_lost_under_load(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    sent = [f"Message {number}" for number in range(MANY)]
    got = at_once([partial(write, complaint, text) for text in sent])
    assert {answer.status for answer in got} == {202}
    found = pages(lambda cursor: complaint.call("GET", f"/messages?{cursor}"))
    assert sorted(message["text"] for page in found for message in page) == sorted(sent)
    audit = Staff(local_run).call("GET", f"/complaints/{complaint.reference}/audit")
    assert audit.json["verifies"]


def test_s41_what_staff_and_complainant_end_at_once_ends_once(local_run: LocalRun) -> None:
    deniz, complaint = Staff(local_run), complain(local_run)
    deniz.decides(complaint)
    deniz.does(complaint, "respond")
    complaint.view()
    version = deniz.case(complaint)["version"]
    got = at_once(
        [
            lambda: complaint.call("POST", "/answer", {"accepts": True}),
            lambda: complaint.call("POST", "/withdrawal", {}),
            lambda: deniz.tries(complaint, "close", {"reason": "accepted"}, version),
        ]
    )
    assert sorted(answer.status for answer in got)[0] == 200
    assert [answer.status for answer in got].count(200) == 1
    assert {answer.status for answer in got} <= {200, 409, 412}
    assert deniz.case(complaint)["version"] == version + 1
