"""Killed at a call and started again: what was answered is there, and every letter leaves once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from queue import Queue

import pytest

from tests.faults.injector import every_point
from tests.http import PATIENCE
from tests.journeys.reliability.crashes import FIRED, Survivor, doubtful, figures, letters, mortal
from tests.journeys.steps import Complaint, Staff, form, submit
from tests.local_run import LocalRun, running

TAKEN, MARK, FIGURES, TICK = (f"dynamodb:TransactWriteItems:{nth}" for nth in (1, 2, 4, 9))
CLAIM = "dynamodb:UpdateItem:1"
KINDS = ("kill-before", "kill-after")
SUBJECTS = 2 + 3 * 3
"""Acknowledgement and question; of assessment, news and response a reminder and two letters once late."""


def survives(folder: Path, fault: str) -> bool:
    """Tells the whole story to its end; whether the run was killed on the way."""
    with mortal(folder, fault) as run:
        story = Survivor(run)
        complaint = story.tell()
        story.recover()
        was_killed = story.was_killed(folder / FIRED)
        deniz = Staff(run)
        case = deniz.case(complaint)
        assert [item["reference"] for item in deniz.queue("open")] == [complaint.reference]
        assert [message["text"] for message in case["messages"]] == ["Which one?", "The red one."]
        assert (case["stage"], case["version"]) == ("acknowledged", 4)
        assert deniz.call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"]
        assert figures(run) == {"received": 1, "closed": 0, "open": 1}
        left = letters(run)
        assert len(left) == SUBJECTS, left
        twice = {id.partition("@")[0].partition(".")[2] for id, times in left.items() if times > 1}
        assert twice <= doubtful(case)
        assert max(left.values()) <= 2
    return was_killed


@pytest.mark.parametrize(
    "fault",
    [
        f"{TAKEN}:kill-after",
        f"{CLAIM}:kill-after",
        f"{MARK}:kill-before",
        f"{MARK}:kill-after",
        f"{FIGURES}:kill-after",
        f"{TICK}:kill-after",
    ],
)
def test_s45_nothing_is_lost_or_doubled_by_a_kill(tmp_path: Path, fault: str) -> None:
    assert survives(tmp_path, fault)


def test_s45_whatever_was_answered_when_the_run_was_killed_is_there(tmp_path: Path) -> None:
    taken: Queue[Complaint] = Queue()
    with running(tmp_path / "data") as run, ThreadPoolExecutor(4) as crowd:
        for _ in range(4):
            crowd.submit(complain_until_nobody_answers, run, taken)
        stored = [taken.get(timeout=PATIENCE) for _ in range(8)]
        run.kill()
        crowd.shutdown()
        run.start()
        while not taken.empty():
            stored.append(taken.get())
        Survivor(run).recover()
        left = Counter(mail["to"] for mail in run.mails())
        for complaint in stored:
            assert complaint.view()["stage"] == "acknowledged"
            assert left[complaint.email] == 1 or doubtful(Staff(run).case(complaint))


def complain_until_nobody_answers(run: LocalRun, taken: Queue[Complaint]) -> None:
    while True:
        body = form()
        try:
            got = submit(run, body)
        except (OSError, HTTPException):
            return
        taken.put(Complaint(run, body["complainant"]["email"], got.json))


PARTS = 16
"""Of all points, for workers beside each other; one to try again by itself."""


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_s45_nothing_is_lost_or_doubled_by_a_kill_at_any_call(tmp_path: Path, part: int) -> None:
    log = tmp_path / "calls.log"
    with mortal(tmp_path, "") as run:
        at_start = len(log.read_text().splitlines())
        Survivor(run).tell()
    points = every_point(log, KINDS, at_start)[part::PARTS]
    killed = 0
    for number, fault in enumerate(points):
        folder = tmp_path / str(number)
        folder.mkdir()
        killed += survives(folder, fault)
    assert killed > len(points) / 2
