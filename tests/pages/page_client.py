"""Somebody on the page of a complaint, with a browser that runs no scripts."""

import uuid
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import address
from tests.local_run import LocalRun

FORM = {
    "site": "demo",
    "language": "en",
    "complainant": {"email": "ada@example.org"},
    "subject": "Lamp <b>broken</b>",
    "description": "It came in pieces.",
    "consent": True,
}


class Page:
    """The page of a complaint, as who holds its receipt sees it."""

    def __init__(self, run: LocalRun, receipt: dict[str, Any]) -> None:
        self.run, self.complaint = run, receipt
        self.path = f"/status/{receipt['reference']}"

    def open(self, **query: str) -> Answer:
        """Follows the link of the mail."""
        return self.run.open_link(f"{self.path}?{urlencode({'t': self.complaint['access']} | query)}")

    @property
    def cookie(self) -> str:
        """What the browser sends along to the page, once its link was opened."""
        return f"__Secure-link={self.complaint['access']}"

    def hidden(self, action: str, page: Answer | None = None) -> dict[str, str]:
        """The fields that the form for `action` brings along. Raises `StopIteration` where there is none."""
        fields: list[dict[str, str]] = []
        for tag, attributes in Reading((page or self.open()).text).elements:
            if tag == "form":
                fields.append({})
            elif tag == "input" and "name" in attributes:
                fields[-1][attributes["name"] or ""] = attributes["value"] or ""
        return next(form for form in fields if form["action"] == action)

    def send(self, fields: dict[str, str]) -> Answer:
        """Sends a form."""
        body = urlencode(fields).encode()
        return self.run.call("POST", self.path, body, Content_Type="application/x-www-form-urlencoded")

    def follow(self, answer: Answer) -> Answer:
        """Goes where an answer leads."""
        assert not urlsplit(answer.headers["Location"]).netloc
        return self.run.follow(answer)


class OnThePage(Page):
    """A complaint of one's own, and its page."""

    def __init__(self, run: LocalRun, **form: str) -> None:
        self.api_client = run.api_client()
        own = {"complainant": {"email": address()}}
        super().__init__(run, self.api_client.complain(FORM | own | form, str(uuid.uuid4())))
        run.call("POST", "/_local/settle")

    def decide(self, outcome: str = "upheld", name: str = "Kim") -> None:
        """Staff look into it, decide and answer; at level 2 it takes somebody who did not decide before."""
        scales = ("severity", "safety", "complexity", "impact", "urgency", "immediate_action")
        decision = {
            "outcome": outcome,
            "reasons": "You are right.",
            "remedies": [{"kind": "refund", "amount": "49.90", "currency": "EUR"}],
        }
        for verb, body in (
            ("assess", dict.fromkeys(scales, 1) | {"note": "Looked at."}),
            ("find", {"finding": "Packed badly.", "root_cause": "training"}),
            ("decide", decision),
            ("respond", {}),
        ):
            self.does(verb, body, name)
        self.run.call("POST", "/_local/settle")

    def does(self, verb: str, body: dict[str, Any], name: str = "Kim") -> None:
        """A command of a reviewer."""
        self.api_client.command(self.complaint, name, verb, body)

    def refuse(self, reason: str = "I want <b>cups</b>.") -> Answer:
        """The person does not accept the response."""
        return self.send(self.hidden("refuse") | {"text": reason})

    def words(self, **query: str) -> str:
        """What the page says, in one line."""
        return " ".join(Reading(self.open(**query).text).words.split())
