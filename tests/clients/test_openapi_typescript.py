"""Types by openapi-typescript: the compiler takes a program that is right by them, and no other."""

from pathlib import Path

import pytest

from tests.clients.generators import openapi_typescript, type_check
from tests.local_run import LocalRun

PROGRAM = """
import type { components, paths, webhooks } from "./api";

type Form = components["schemas"]["Form"];
type Receipt = paths["/v1/complaints"]["post"]["responses"][201]["content"]["application/json"];
type Event = webhooks["complaint"]["post"]["requestBody"]["content"]["application/json"];

export const form: Form = { site: "demo", complainant: {}, description: "It broke.", consent: %s };
export const shown = (receipt: Receipt): string => receipt.reference;
export const heard = (event: Event): string => event.data.reference;
"""


@pytest.fixture(scope="module")
def folder(local_run: LocalRun, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the types were made."""
    folder = Path(tmp_path_factory.mktemp("openapi-typescript"))
    openapi_typescript(local_run, folder)
    return folder


def test_a_program_that_is_right_passes_the_type_check(folder: Path) -> None:
    assert type_check(PROGRAM % "true", folder) == ""


def test_a_program_that_is_wrong_does_not(folder: Path) -> None:
    assert "Type 'string' is not assignable to type 'boolean'" in type_check(PROGRAM % '"yes"', folder)
