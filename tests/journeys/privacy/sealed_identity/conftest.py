"""A run in which a category is sealed, for the stories of this folder."""

from collections.abc import Iterator

import pytest

from tests.attachments.steps import add
from tests.journeys.privacy.sealed_identity.sealed_case import NAMES, SEALED, answered, sealing_run
from tests.journeys.steps import (
    Complaint,
    Staff,
    complain,
    settle,
)
from tests.local_run import LocalRun


@pytest.fixture(scope="package")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of its own: all that it stores is looked through, and a category of it is sealed."""
    with sealing_run(tmp_path_factory.mktemp("sealed")) as run:
        yield run


@pytest.fixture(scope="package")
def complaint(run: LocalRun) -> Complaint:
    """A sealed complaint with all that can name who made it."""
    complaint = complain(
        run,
        category=SEALED,
        complainant={
            "name": f"Zübeyde {NAMES['name']}",
            "email": f"{NAMES['address']}@example.org",
            "phone": f"+90 {NAMES['telephone']}",
            "post": f"{NAMES['post']} 4",
        },
        order_number=NAMES["order number"],
        subject="Somebody is treated badly",
        description="I saw it on Monday.",
    )
    deniz = Staff(run)
    complaint.say("contact", {"email": f"{NAMES['proposed address']}@example.org"})
    joint = {"name": NAMES["joint"], "email": f"{NAMES['joint address']}@example.org", "letters": "all"}
    deniz.does(complaint, "add_complainant", joint)
    deniz.does(complaint, "message", {"text": "We look into it."})
    settle(run)
    add(complaint, b"What I saw.\n" * 9, name="notes.txt", type="text/plain")
    answered(complaint, complaint.email, "It was the second time.")
    answered(complaint, f"{NAMES['sender']}@example.org", "I write from elsewhere.")
    name = next(
        item["id"]
        for item in deniz.call("GET", "/mail?site=demo").json["items"]
        if item["outcome"] == "from_another"
    )
    assert deniz.call("POST", f"/mail/{name}/join?site=demo", {}).status == 200
    settle(run)
    assert run.mails(f"{NAMES['proposed address']}@example.org")
    return complaint
