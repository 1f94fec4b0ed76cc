"""A complaint as a website sends it, through the public address of this installation."""

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

SECONDS = 25
"""A first request may wait for a cold start; API Gateway gives up at 29."""
MOST_BYTES = 64 * 1024


class IntakeClient:
    """Complains at `url` (port `OwnIntake`), which is the operator's own setting."""

    def __init__(self, url: str) -> None:
        self._url = url

    def complain(self, form: Mapping[str, Any], key: str) -> str:
        """Sends the form with a proof of work; the reference of the case. Sent again with its key, it is the
        same complaint. Raises `OSError`, `HTTPException`, `LookupError`, `ValueError`."""
        # Imported lazily: few installations complain to themselves.
        from altcha.v1 import solve_challenge

        asked = self._answer(f"/v1/challenge?site={quote(form['site'])}")
        solution = solve_challenge(asked["challenge"], asked["salt"], asked["algorithm"], asked["maxnumber"])
        if solution is None:
            raise ValueError("the challenge has no solution")
        proof = base64.b64encode(json.dumps(asked | {"number": solution.number}).encode()).decode()
        return str(self._answer("/v1/complaints", {**form, "proof": proof}, key)["reference"])

    def _answer(self, path: str, body: Mapping[str, Any] | None = None, key: str = "") -> dict[str, Any]:
        data = json.dumps(body).encode() if body else None
        headers = {"Content-Type": "application/json", "Idempotency-Key": key} if body else {}
        request = Request(self._url + path, data, headers)  # noqa: S310  # the operator's own setting
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310  # as above
            found: dict[str, Any] = json.loads(answer.read(MOST_BYTES))
            return found
