"""Requests that the API's own description makes, and breaks, each held against what it says of the answer."""

from collections import Counter
from enum import Enum, auto
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import sampled_from
from requests import Session
from schemathesis import APIOperation, Case, GenerationMode, openapi
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from complaints.values.people import Role
from tests.journeys.steps import Complaint, Staff, complain, proof, settle
from tests.local_run import LocalRun

AnyCase = Case[Any]
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
IN_GOOD_PART = {"site": "demo-gb", "member": "Fay", "pack": "fuzz"}
"""Whose settings are changed: nobody's that the other requests stand on."""

NOTHING_WRONG_IN_IT = ("/health",)
LONG = ("/v1/desk/packs/{pack}/dry-run", "/v1/desk/settings/pack/{name}/commands/change")
AT_MOST_OF_LONG = 4
"""Whole files of promises are made slowly: fewer are."""


class Examples(NamedTuple):
    """How many requests of an operation are tried: of one that is for anybody, and of one that is for staff
    or their programs alone, which a stranger cannot reach."""

    anybody: int
    signed_in: int

    def of(self, path: str) -> int:
        """Those of the operations at a path."""
        return self.signed_in if "/desk/" in path or path.startswith("/scim/") else self.anybody


class Known(Enum):
    """With what a generated request is sent beside what was generated."""

    UP_TO_DATE = auto()
    SIGNED_IN = auto()
    NOBODY = auto()


class Fuzzer:
    """Sends generated requests, most of them with credentials that open a real complaint.

    `steady` are the same ones each time; others are drawn by the seed of the test run.
    """

    def __init__(self, run: LocalRun, *, steady: bool = True) -> None:
        self.run = run
        self._steady, self._session = steady, Session()
        self.schema = openapi.from_url(f"{run.url}/openapi.json")
        self.answered: Counter[int] = Counter()
        self.opened: set[str] = set()
        """The operations that were taken: what they lead to was tried."""
        self._token = Staff(run, "Robin").token(roles=list(Role))
        self._tag = ""

    def fuzz(self, mode: GenerationMode, examples: Examples) -> None:
        """Tries every operation with so many requests as they must be, or as they must not."""
        complaint = complain(self.run)
        for found in self.schema.get_all_operations():
            operation: APIOperation[Any, Any, Any, Any] = found.ok()  # type: ignore[union-attr]  # our own is valid
            if mode is GenerationMode.NEGATIVE and operation.path in NOTHING_WRONG_IN_IT:
                continue
            of_this = examples.of(operation.path)
            of_this = min(of_this, AT_MOST_OF_LONG) if operation.path in LONG else of_this
            self._try(operation.as_strategy(generation_mode=mode), complaint, of_this)
            if operation.method == "post" and "{reference}" in operation.path:
                complaint = complain(self.run)

    def _try(self, cases: Any, complaint: Complaint, examples: int) -> None:
        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=self._steady,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases, known=sampled_from(Known))
        def answered(case: AnyCase, known: Known) -> None:
            if known is not Known.NOBODY:
                self._let_in(case, complaint)
            if known is Known.UP_TO_DATE and case.method == "POST" and "/commands/" in case.path:
                case.headers["If-Match"] = self._version(case)
            got = case.call(base_url=self.run.url, session=self._session)
            self.answered[got.status_code] += 1
            case.validate_response(got, checks=CHECKS)
            if got.status_code < 300:
                self.opened.add(case.operation.label)
                self._tag = ""

        answered()

    def _let_in(self, case: AnyCase, complaint: Complaint) -> None:
        """Gives a case what lets an operation in, so that what it leads to is tried too."""
        headers: dict[str, Any] = {}
        if "/desk/" in case.path:
            headers["Authorization"] = f"Bearer {self._token}"
        elif case.path.startswith("/v1/complaints/"):
            headers["Authorization"] = f"Bearer {complaint.access}"
        elif case.path == "/v1/complaints" and isinstance(case.body, dict):
            headers["Idempotency-Key"] = "fuzz"
            case.body = case.body | {"site": "demo", "proof": proof(self.run)}
        if "reference" in case.path_parameters:
            case.path_parameters["reference"] = complaint.reference
        if "/settings/" in case.path and "name" in case.path_parameters:
            kind = case.path_parameters.get("kind") or case.path.split("/")[4]
            case.path_parameters["name"] = IN_GOOD_PART.get(str(kind), IN_GOOD_PART["site"])
        case.headers.update(headers)

    def _version(self, case: AnyCase) -> str:
        """The version in force of what a command is for; looked at again after each that was taken."""
        if not self._tag:
            settle(self.run)  # else the marks of many letters race the command
            path = case.formatted_path.partition("/commands/")[0]
            got = self.run.call("GET", path, Authorization=f"Bearer {self._token}")
            self._tag = got.headers["ETag"] or '"0"'
        return self._tag
