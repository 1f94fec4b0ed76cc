"""Requests that the API's own description makes, and breaks, each held against what it says of the answer."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from requests import Session
from schemathesis import GenerationMode, openapi
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from complaints.values.people import Role
from tests.functions.drawn_requests import AnyCase, Drawn, Known, Operation, operations
from tests.journeys.steps import Complaint, Staff, complain, proof, settle
from tests.local_run import LocalRun

Requests = Callable[[Operation, GenerationMode], Sequence[Drawn]]
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
IN_GOOD_PART = {"site": "demo-gb", "member": "Fay", "pack": "fuzz"}
"""Whose settings are changed: nobody's that the other requests stand on."""


class Fuzzer:
    """Sends generated requests, most of them with credentials that open a real complaint."""

    def __init__(self, run: LocalRun) -> None:
        self.run = run
        self._session = Session()
        self.schema = openapi.from_url(f"{run.url}/openapi.json")
        self.answered: Counter[int] = Counter()
        self.opened: set[str] = set()
        """The operations that were taken: what they lead to was tried."""
        self._token = Staff(run, "Robin").token(roles=list(Role))
        self._tag = ""

    def fuzz(self, mode: GenerationMode, requests_of: Requests) -> None:
        """Tries every operation with requests as they must be, or as they must not."""
        complaint = complain(self.run)
        for operation in operations(self.schema, mode):
            for drawn in requests_of(operation, mode):
                self._send(drawn.case(operation), drawn.known, complaint)
            if operation.method == "post" and "{reference}" in operation.path:
                complaint = complain(self.run)

    def _send(self, case: AnyCase, known: Known, complaint: Complaint) -> None:
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
