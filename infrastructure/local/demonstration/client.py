"""A client that uses the product from outside, by its API."""

import base64
from collections.abc import Callable
from typing import Any

import msgspec
from altcha.v1 import solve_challenge

from infrastructure.local.gateway.http import Answer, Request

Ask = Callable[[Request], Answer]

TRIES, UNAVAILABLE = 3, 503
"""How often a request is sent: the answer `unavailable` asks to send the same one again."""


class Refused(Exception):
    """The product refused the request."""


REVIEWER = "reviewer"


class ApiClient:
    """Sends requests through `ask`, as a complainant or as a member of staff."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def complain(self, form: dict[str, Any], key: str) -> dict[str, str]:
        """Sends the form with a proof of work; answers with what the complainant gets."""
        taken = self._post("/v1/complaints", form | {"proof": self._proof()}, {"idempotency-key": key})
        return {name: str(taken[name]) for name in ("reference", "access")}

    def say(self, complaint: dict[str, str], what: str, body: dict[str, Any], key: str) -> None:
        """The complainant's `messages`, `answer` or `withdrawal`."""
        headers = {"authorization": f"Bearer {complaint['access']}", "idempotency-key": key}
        self._post(f"/v1/complaints/{complaint['reference']}/{what}", body, headers)

    def command(self, complaint: dict[str, str], name: str, verb: str, body: dict[str, Any]) -> None:
        """A command of the member of staff with this name, on the case as it stands."""
        case = f"/v1/desk/complaints/{complaint['reference']}"
        signed_in = {"authorization": f"Bearer {self._token(name)}"}
        version = self._send(Request("GET", case, headers=signed_in)).header("etag")
        self._post(f"{case}/commands/{verb}", body, signed_in | {"if-match": version})

    def add_setting(self, name: str, kind: str, id: str, body: dict[str, Any], role: str = REVIEWER) -> None:
        """A setting that the member of staff with this name adds in a role."""
        signed_in = {"authorization": f"Bearer {self._token(name, role)}", "if-match": '"0"'}
        self._post(f"/v1/desk/settings/{kind}/{id}/commands/change", body, signed_in)

    def _token(self, name: str, role: str = REVIEWER) -> str:
        wish = {"role": role, "name": name}
        return str(self._post("/_local/token", wish, {"host": "127.0.0.1"})["token"])

    def _proof(self) -> str:
        return proof_of(msgspec.json.decode(self._send(Request("GET", "/v1/challenge")).body))

    def _post(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
        sent = {"content-type": "application/json", **headers}
        got: dict[str, Any] = msgspec.json.decode(
            self._send(Request("POST", path, headers=sent, body=msgspec.json.encode(body))).body or b"{}"
        )
        return got

    def _send(self, request: Request) -> Answer:
        for _ in range(TRIES):
            got = self._ask(request)
            if got.status != UNAVAILABLE:
                break
        if got.status >= 400:
            raise Refused(f"{request.method} {request.path}: {got.status} {got.body.decode()}")
        return got


def proof_of(challenge: dict[str, Any]) -> str:
    """The proof of work that a browser sends for a challenge (ALTCHA, version 1)."""
    solution = solve_challenge(
        challenge["challenge"], challenge["salt"], challenge["algorithm"], challenge["maxnumber"]
    )
    assert solution, "every challenge has a solution below its maxnumber"
    return base64.b64encode(msgspec.json.encode(challenge | {"number": solution.number})).decode()
