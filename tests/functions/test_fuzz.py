"""Whatever the API's own description makes of it, and whatever breaks it: an answer, and never a 5xx."""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import sampled_from
from schemathesis import APIOperation, Case, GenerationMode

from tests.journeys.steps import Complaint, Staff, complain, proof, settle
from tests.local_run import LocalRun

AnyCase = Case[Any]
IN_CI, IN_A_SOAK = 4, 200
"""Cases of each operation and kind; there are some fifty of both together."""


class Fuzzer:
    """Sends generated cases, half of them to a real complaint with credentials that open it."""

    def __init__(self, run: LocalRun) -> None:
        self.run = run
        self.schema = schemathesis.openapi.from_url(f"{run.url}/openapi.json")
        self.answered: Counter[int] = Counter()
        self._token = Staff(run, "Robin", "reviewer").token()

    def fuzz(self, examples: int) -> None:
        for found in self.schema.get_all_operations():
            operation: APIOperation[Any, Any, Any, Any] = found.ok()  # type: ignore[union-attr]  # our own is valid
            for mode in GenerationMode:
                if mode is GenerationMode.NEGATIVE and operation.path == "/health":
                    continue  # there is nothing in it that could be wrong
                self._try(operation.as_strategy(generation_mode=mode), complain(self.run), examples)

    def _try(self, cases: Any, complaint: Complaint, examples: int) -> None:
        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=examples == IN_CI,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases, known=sampled_from([True, False]))
        def answered(case: AnyCase, known: bool) -> None:
            if known:
                self._let_in(case, complaint)
            got = case.call(base_url=self.run.url)
            self.answered[got.status_code] += 1
            assert got.status_code < 500, (case.as_curl_command(), got.text)
            if got.status_code >= 400:
                assert got.json()["status"] == got.status_code

        answered()

    def _let_in(self, case: AnyCase, complaint: Complaint) -> None:
        """Gives a case what opens the door, so that what is behind it is tried too."""
        headers: dict[str, Any] = {}
        if "/desk/" in case.path:
            settle(self.run)  # else the marks of many letters race the command
            path = f"/v1/desk/complaints/{complaint.reference}"
            headers["Authorization"] = f"Bearer {self._token}"
            headers["If-Match"] = self.run.call("GET", path, **headers).headers["ETag"]
        elif case.path.startswith("/v1/complaints/"):
            headers["Authorization"] = f"Bearer {complaint.access}"
        elif case.path == "/v1/complaints" and isinstance(case.body, dict):
            headers["Idempotency-Key"] = "fuzz"
            case.body = case.body | {"site": "demo", "proof": proof(self.run)}
        if "reference" in case.path_parameters:
            case.path_parameters["reference"] = complaint.reference
        case.headers.update(headers)


def test_s1_s4_no_generated_request_is_answered_with_a_5xx(local_run: LocalRun) -> None:
    fuzzer = Fuzzer(local_run)
    fuzzer.fuzz(IN_CI)
    assert fuzzer.answered.total() > 200
    assert {200, 401, 404, 422} <= set(fuzzer.answered)


@pytest.mark.soak
def test_s1_s4_of_ten_thousand_generated_requests_none_is_answered_with_a_5xx(local_run: LocalRun) -> None:
    fuzzer = Fuzzer(local_run)
    fuzzer.fuzz(IN_A_SOAK)
    assert fuzzer.answered.total() >= 10_000
