"""A client by openapi-python-client carries a complaint through: every call is a function that it made."""

import json
import os
import subprocess
import sys
import uuid
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from infrastructure.local.demonstration.client import proof_of
from tests.clients.generators import openapi_python_client
from tests.journeys.steps import SCALES, Staff, settle
from tests.local_run import LocalRun

EXAMPLES = Path(__file__).parents[2] / "docs/clients/python"
ON_A_CASE = "post_desk_complaints_reference_commands_"


class Client:
    """The package that was made, and who calls with it."""

    def __init__(self, run: LocalRun, token: str = "") -> None:
        package: Any = import_module("answerable_client")
        self.models: Any = import_module("answerable_client.models")
        self._made = package.AuthenticatedClient(run.url, token=token) if token else package.Client(run.url)

    def __call__(self, group: str, operation: str, *where: str, **what: Any) -> Any:
        """What the operation answers, by its type; fails for a refusal."""
        function = import_module(f"answerable_client.api.{group}.{operation}").sync
        got = function(*where, client=self._made, **what)
        assert not isinstance(got, self.models.Problem), got
        return got


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the package is made."""
    return Path(tmp_path_factory.mktemp("openapi-python-client"))


@pytest.fixture(scope="module")
def said(local_run: LocalRun, made: Path) -> Iterator[str]:
    """What the generator said; what it made can be imported."""
    found = openapi_python_client(local_run, made)
    sys.path.insert(0, str(made))
    yield found
    sys.path.remove(str(made))


def test_the_description_is_read_without_a_warning(said: str) -> None:
    assert "Warning" not in said


@pytest.mark.usefixtures("said")
def test_a_made_client_carries_a_case_from_submission_to_closed(local_run: LocalRun) -> None:
    website, desk = Client(local_run), Client(local_run, Staff(local_run).token())
    models = website.models
    challenge = website("complaints", "get_challenge", site="demo")
    form = models.Form(
        site="demo",
        complainant=models.Person(name="Ada", email=f"{uuid.uuid4().hex}@example.org"),
        description="The cup came in pieces.",
        consent=True,
        proof=proof_of(challenge.to_dict()),
    )
    receipt = website("complaints", "post_complaints", body=form, idempotency_key=str(uuid.uuid4()))
    settle(local_run)
    reference = receipt.reference
    case = desk("desk", "get_desk_complaints_reference", reference)

    remedy = models.Remedy(kind="replacement")
    for verb, body in (
        ("assign", models.Assign(to="Deniz")),
        ("assess", models.Assess(**SCALES)),
        ("find", models.Find(finding="No padding.", root_cause="procedure_not_followed")),
        ("decide", models.Decide(outcome="upheld", reasons="We packed it badly.", remedies=[remedy])),
        ("respond", models.Respond()),
    ):
        tag = f'"{case.version}"'
        case = desk("desk", ON_A_CASE + verb, reference, body=body, if_match=tag)
    settle(local_run)

    complainant = Client(local_run, receipt.access)
    found = complainant("complaints", "get_complaints_reference", reference)
    assert (found.stage, found.decision.outcome) == (models.Stage.RESPONDED, models.Outcome.UPHELD)
    agreed = complainant(
        "complaints", "post_complaints_reference_answer", reference, body=models.Answer(accepts=True)
    )
    assert agreed.stage is models.Stage.CLOSED
    closed = desk("desk", "get_desk_complaints_reference", reference)
    assert (closed.stage, closed.decision.remedies[0].kind) == (models.Stage.CLOSED, "replacement")
    assert desk("desk", "get_desk_complaints_reference_audit", reference).verifies
    owned = complainant("complaints", "get_complaints_reference_data", reference)
    assert owned.complaint.description == form.description


@pytest.mark.usefixtures("said")
def test_a_made_client_reads_a_refusal_by_its_type(local_run: LocalRun) -> None:
    function = import_module("answerable_client.api.complaints.get_form").sync
    models: Any = import_module("answerable_client.models")
    client = import_module("answerable_client").Client(local_run.url)
    refused = function(client=client, site="nowhere")
    assert isinstance(refused, models.Problem)
    assert (refused.status, refused.type_) == (422, "/problems/invalid")
    assert [wrong.pointer for wrong in refused.errors] == ["/site"]


def example(made: Path, name: str, *words: str) -> str:
    """What an example of the documents prints, in a process of its own that has the client."""
    command = [sys.executable, str(EXAMPLES / f"{name}.py"), *words]
    environment = {**os.environ, "PYTHONPATH": str(made)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.usefixtures("said")
def test_the_examples_submit_a_complaint_and_carry_it_to_its_answer(local_run: LocalRun, made: Path) -> None:
    reference = example(made, "submit", local_run.url)
    settle(local_run)
    staff = Staff(local_run)
    assert example(made, "work_case", local_run.url, staff.token(), reference) == "investigating"
    settle(local_run)
    assert staff.call("GET", f"/complaints/{reference}").json["stage"] == "responded"


SECRET = "whsec_" + b64encode(b"k" * 32).decode()
MESSAGE = json.dumps({"type": "complaint.received", "data": {"reference": "C-1"}}).encode()


@pytest.fixture
def receiver() -> "Iterator[subprocess.Popen[str]]":
    """The example that receives webhooks, ended afterwards."""
    command = [sys.executable, str(EXAMPLES / "receive_webhooks.py"), SECRET, "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.terminate()


def sent_to(port: int, signature: str, name: str) -> int:
    """The status that a message is answered with."""
    now = str(int(datetime.now(UTC).timestamp()))  # noqa: TID251 - the library asks the real clock
    good = Webhook(SECRET).sign(name, datetime.fromtimestamp(int(now), UTC), MESSAGE.decode())
    headers = {"webhook-id": name, "webhook-timestamp": now, "webhook-signature": signature or good}
    asking = HTTPConnection("127.0.0.1", port)
    asking.request("POST", "/", MESSAGE, headers)
    return asking.getresponse().status


def test_the_example_takes_each_genuine_webhook_once(receiver: "subprocess.Popen[str]") -> None:
    assert receiver.stdout
    port = int(receiver.stdout.readline())
    assert sent_to(port, "v1,AAAA", "first") == 401
    assert [sent_to(port, "", "first"), sent_to(port, "", "first"), sent_to(port, "", "second")] == [204] * 3
    assert [receiver.stdout.readline().strip() for _ in range(2)] == ["complaint.received C-1"] * 2
