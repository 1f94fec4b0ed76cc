"""A client by openapi-python-client carries a complaint through: every call is a function that it made."""

import sys
import uuid
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from infrastructure.local.demonstration.client import proof_of
from tests.clients.generators import openapi_python_client
from tests.journeys.steps import SCALES, Staff, settle
from tests.local_run import LocalRun

ON_A_CASE = "post_desk_complaints_reference_commands_"


class Client:
    """The package that was made, and who calls with it."""

    def __init__(self, run: LocalRun, token: str = "") -> None:
        package: Any = import_module("made_by_opc")
        self.models: Any = import_module("made_by_opc.models")
        self._made = package.AuthenticatedClient(run.url, token=token) if token else package.Client(run.url)

    def __call__(self, group: str, operation: str, *where: str, **what: Any) -> Any:
        """What the operation answers, by its type; fails for a refusal."""
        function = import_module(f"made_by_opc.api.{group}.{operation}").sync
        got = function(*where, client=self._made, **what)
        assert not isinstance(got, self.models.Problem), got
        return got


@pytest.fixture(scope="module")
def said(local_run: LocalRun, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What the generator said; what it made can be imported."""
    folder = Path(tmp_path_factory.mktemp("openapi-python-client"))
    found = openapi_python_client(local_run, folder)
    sys.path.insert(0, str(folder))
    yield found
    sys.path.remove(str(folder))


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
    function = import_module("made_by_opc.api.complaints.get_form").sync
    models: Any = import_module("made_by_opc.models")
    client = import_module("made_by_opc").Client(local_run.url)
    refused = function(client=client, site="nowhere")
    assert isinstance(refused, models.Problem)
    assert (refused.status, refused.type_) == (422, "/problems/invalid")
    assert [wrong.pointer for wrong in refused.errors] == ["/site"]
