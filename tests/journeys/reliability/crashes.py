"""A run that may be killed at any call, and whoever uses it does not give up: they come back and repeat."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

from infrastructure.local import engine
from tests.faults.injector import environment
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, form, moment, proof, settle, submit
from tests.local_run import Ended, LocalRun

GRACE = timedelta(minutes=30)
"""By then whatever was cut off has been taken up again."""

FIRED = "fired"
"""The file that a fault leaves."""


@contextmanager
def mortal(folder: Path, fault: str) -> Iterator[LocalRun]:
    """A run that dies of `fault` once; the engine is another process, and lives on.

    Sites and members are there before anything is counted: the first calls are those of the story.
    """
    once = {"FAULT_ONCE": str(folder / FIRED)}
    with engine.running(folder / "cases.db") as endpoint:
        seeding = LocalRun(folder / "data", environment={"DYNAMODB_ENDPOINT": endpoint})
        seeding.start()
        seeding.stop()
        settings = environment(folder / "calls.log", fault) | once | {"DYNAMODB_ENDPOINT": endpoint}
        run = LocalRun(folder / "data", environment=settings)
        try:
            _start(run)
            yield run
        finally:
            if run.process.poll() is None:
                run.stop()


def _start(run: LocalRun) -> None:
    """Starts it, and once more if it dies while it starts."""
    try:
        run.start()
    except Ended:
        assert run.wait() == -9, run.said
        run.start()


def insist(run: LocalRun, ask: Callable[[], Answer]) -> Answer:
    """Asks, and if the run dies of it or has died before, starts it and asks again."""
    for _ in range(5):
        try:
            got = ask()
        except (OSError, HTTPException):
            assert run.wait() == -9, run.said
            _start(run)
            continue
        if got.status != 503:
            break
    return got


class Survivor:
    """A story that is told to its end, whatever dies on the way."""

    def __init__(self, run: LocalRun) -> None:
        self.run = run
        self.body = form()

    def tell(self) -> Complaint:
        """A complaint, somebody who looks after it and asks, an answer, and a promise that is broken."""
        self.body["proof"] = insist(self.run, lambda: _proven(self.run)).text
        taken = insist(self.run, lambda: submit(self.run, self.body, "story"))
        assert taken.status == 201, taken.text
        complaint = Complaint(self.run, self.body["complainant"]["email"], taken.json)
        self._settle()
        self._command(complaint, "assign", {"to": "Deniz"})
        self._command(complaint, "ask", {"text": "Which one?"})
        self._settle()
        fields = {"text": "The red one."}
        insist(self.run, lambda: complaint.call("POST", "/messages", fields, Idempotency_Key="said"))
        promises = insist(self.run, lambda: complaint.call("GET")).json["promises"]
        due = next(moment(each["due"]) for each in promises if each["clock"] == "respond")
        self.reach(due.isoformat())
        self.reach((due + timedelta(days=14)).isoformat())
        return complaint

    def recover(self) -> None:
        """Lets the time go by after which what was cut off is taken up again."""
        for _ in range(2):
            now = insist(self.run, lambda: self.run.call("GET", "/_local/clock")).json["now"]
            self.reach((moment(now) + GRACE).isoformat())

    def was_killed(self, fired: Path) -> bool:
        """Whether the fault has left its file by now. One that has not does not come any more: what follows
        only looks."""
        try:
            fired.touch(exist_ok=False)
        except FileExistsError:
            return True
        finally:
            self._settle()
        return False

    def reach(self, when: str) -> None:
        """Moves the clock to a moment, unless an earlier try got there."""
        got = insist(self.run, lambda: self.run.call("POST", "/_local/clock", {"now": when}))
        assert got.status in (200, 422), got.text

    def _settle(self) -> None:
        insist(self.run, lambda: self.run.call("POST", "/_local/settle"))

    def _command(self, complaint: Complaint, verb: str, body: dict[str, str]) -> None:
        deniz = Staff(self.run)
        got = insist(self.run, lambda: deniz.tries(complaint, verb, body, Idempotency_Key=verb))
        assert got.status == 200, got.text


def _proven(run: LocalRun) -> Answer:
    solved = proof(run)
    return Answer(200, run.call("GET", "/health").headers, solved.encode())


def letters(run: LocalRun) -> Counter[str]:
    """How often each letter left, by its own id (`Message-ID`): a second sending says the same bytes."""
    settle(run)
    return Counter(mail["headers"]["Message-ID"] for mail in run.call("GET", "/_local/mail").json["items"])


def figures(run: LocalRun) -> dict[str, int]:
    """What a report of the whole story counts."""
    settle(run)
    now = moment(run.call("GET", "/_local/clock").json["now"])
    period = f"from={now.date() - timedelta(days=90)}&to={now.date() + timedelta(days=1)}"
    got = Staff(run, "Quinn", "quality").call("GET", f"/reports/volume?{period}").json
    shown = ("received", "closed", "open")
    return {
        each["figure"]: each["count"] for each in got["figures"] if each["figure"] in shown and not each["by"]
    }


def doubtful(case: dict[str, Any]) -> set[str]:
    """The letters of a case that may have been sent twice, as the desk is shown them."""
    return {fact["letter"] for fact in case["facts"] if fact["fact"] == "LetterSent" and fact.get("doubtful")}
