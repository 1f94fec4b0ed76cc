"""Every address that takes a body, with credentials that it lets in."""

from typing import NamedTuple

from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.people import Role
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff
from tests.local_run import LocalRun


class Write(NamedTuple):
    """One address, and the headers with which a body is looked at."""

    run: LocalRun
    path: str
    headers: dict[str, str]

    def send(self, body: object, **headers: str) -> Answer:
        """Sends a body, with further headers or other ones."""
        return self.run.call("POST", self.path, body, **(self.headers | headers))


def intake(run: LocalRun) -> Write:
    """Where complaints are taken."""
    return Write(run, "/v1/complaints", {"Idempotency_Key": "k"})


def own(complaint: Complaint) -> list[Write]:
    """What a complainant may send about the complaint."""
    path = f"/v1/complaints/{complaint.reference}"
    headers = {"Authorization": f"Bearer {complaint.access}"}
    return [Write(complaint.run, f"{path}/{what}", headers) for what in ("messages", "answer", "withdrawal")]


def commands(complaint: Complaint) -> list[Write]:
    """Every command of the desk, by somebody who may give it."""
    reviewer, privacy = Staff(complaint.run, "Robin", "reviewer"), Staff(complaint.run, "Paula", "privacy")
    custodian = Staff(complaint.run, "Cora", "custodian")
    version = reviewer.case(complaint)["version"]
    tokens = {
        Role.REVIEWER: reviewer.token(),
        Role.PRIVACY: privacy.token(),
        Role.CUSTODIAN: custodian.token(),
    }
    path = f"/v1/desk/complaints/{complaint.reference}/commands"
    return [
        Write(
            complaint.run,
            f"{path}/{verb}",
            {
                "Authorization": f"Bearer {next(tokens[role] for role in tokens if role in declared.roles)}",
                "If_Match": f'"{version}"',
            },
        )
        for verb, declared in STAFF_COMMANDS.items()
    ]


def every_write(complaint: Complaint) -> list[Write]:
    return [intake(complaint.run), *own(complaint), *commands(complaint)]
