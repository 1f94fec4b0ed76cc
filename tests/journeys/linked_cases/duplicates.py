"""Somebody complains twice about one thing; what each of the two cases then holds."""

from typing import Any

from tests.attachments.steps import add
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, address, complain, form
from tests.local_run import LocalRun

REASON = "The same parcel."


def twins(run: LocalRun, **changes: Any) -> tuple[Complaint, Complaint]:
    """Two complaints of one person: the later one is the first of the two."""
    person = form()["complainant"] | {"email": address()}
    older, newer = (complain(run, complainant=person, **changes) for _ in range(2))
    return newer, older


def filled(run: LocalRun) -> tuple[Complaint, Complaint]:
    """Both hold a message of each side and a file."""
    deniz, (newer, older) = Staff(run), twins(run)
    for complaint, name in ((older, "older"), (newer, "newer")):
        complaint.say("messages", {"text": f"Mine in the {name}"})
        deniz.does(complaint, "message", {"text": f"Ours in the {name}"})
        add(complaint, name=f"{name}.png")
        pass_time(run)
    return newer, older


def pass_time(run: LocalRun) -> None:
    """Facts hold whole seconds: what happened in different cases within one has no order."""
    assert run.call("POST", "/_local/clock", {"advance": "PT1S"}).status == 200


def try_to_merge(
    staff: Staff, source: Complaint, target: Complaint, version: int | None = None, **headers: str
) -> Answer:
    """Asks for a merge of the source as it stands, or of the version that is given."""
    body = {"into": target.reference, "reason": REASON}
    return staff.tries(source, "merge", body, version, **headers)


def merge(staff: Staff, source: Complaint, target: Complaint) -> dict[str, Any]:
    """The source becomes part of the target; the source after it."""
    return staff.does(source, "merge", {"into": target.reference, "reason": REASON})


def texts(view: dict[str, Any]) -> list[str]:
    """What was written, in the order in which it is shown."""
    return [message["text"] for message in view["messages"]]


def files(view: dict[str, Any]) -> list[str]:
    return [file["name"] for file in view["attachments"]]


def audits(staff: Staff, *complaints: Complaint) -> bool:
    """Whether the chain of each of them verifies."""
    return all(
        staff.call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"]
        for complaint in complaints
    )
