"""A client by openapi-generator for Python: it is valid code, and its calls are answered."""

import compileall
import sys
import uuid
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from infrastructure.local.demonstration.client import proof_of
from tests.clients.generators import openapi_generator
from tests.journeys.steps import Staff, form, settle
from tests.local_run import LocalRun


@pytest.fixture(scope="module")
def folder(local_run: LocalRun, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the package was made; it can be imported."""
    folder = Path(tmp_path_factory.mktemp("openapi-generator"))
    openapi_generator(local_run, folder)
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


def test_every_module_that_is_made_compiles(folder: Path) -> None:
    made = folder / "made_by_og"
    made_of_tags = {each.stem for each in made.glob("api/*_api.py")}
    assert made_of_tags == {
        "complaints_api",
        "desk_api",
        "directory_api",
        "management_api",
        "settings_api",
    }
    assert compileall.compile_dir(made, quiet=1)


@pytest.mark.usefixtures("folder")
def test_a_made_client_files_a_complaint_and_staff_see_it(local_run: LocalRun) -> None:
    made: Any = import_module("made_by_og")
    complaints = made.ComplaintsApi(made.ApiClient(made.Configuration(host=local_run.url)))
    proof = proof_of(complaints.get_challenge().to_dict())
    found = made.Form.from_dict(form(proof=proof))
    receipt = complaints.post_complaints(idempotency_key=str(uuid.uuid4()), form=found)
    settle(local_run)
    signed_in = made.Configuration(host=local_run.url, access_token=Staff(local_run).token())
    case = made.DeskApi(made.ApiClient(signed_in)).get_desk_complaints_reference(receipt.reference)
    assert (case.reference, case.stage) == (receipt.reference, made.Stage.ACKNOWLEDGED)
