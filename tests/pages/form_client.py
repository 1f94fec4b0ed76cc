"""Somebody at the form of a website, with a browser that runs no scripts."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

from functions.public import timestamp_proof
from functions.public.timestamp_proof import TimestampProof
from infrastructure.local.aws.secrets import LocalSecrets
from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import address, clock
from tests.local_run import LocalRun

FORM = "application/x-www-form-urlencoded"
A_WHILE = timedelta(minutes=2)
WAIT = {"advance": "PT3S"}
"""What moves the clock of a run by the time that a person takes at least."""

_AREA = re.compile(r'<textarea [^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', re.DOTALL)


class Sender:
    """The form of a site, as somebody has had it open for a while: what it brings along is sent back.

    `page` is what the browser shows now; typing replaces what stands in it. `cookie` opens the complaint.
    """

    def __init__(self, run: LocalRun, site: str = "demo", language: str = "en") -> None:
        self.run, self.site, self.path = run, site, f"/complain?site={site}&lang={language}"
        self.email = address()
        self.cookie = ""
        self.page = run.call("GET", self.path)

    def stamp(self, ago: timedelta = A_WHILE, key: str = "") -> dict[str, str]:
        """The stamp of a form that was opened some time ago, as this run makes it."""
        made = TimestampProof.new(clock(self.run) - ago)
        made = made._replace(key=key) if key else made
        secret = LocalSecrets(self.run.data / "keys").ring("proof")
        return {"stamp": timestamp_proof.write(made, secret, self.site)}

    def send(self, **typed: str) -> Answer:
        """Sends a form that is whole, but for what is typed otherwise."""
        whole = {"email": self.email, "description": "The lamp came in pieces.", "consent": "yes"}
        return self.post(fields_of(self.page) | self.stamp() | whole | typed)

    def send_again(self, shown: Answer, **typed: str) -> Answer:
        """Sends the form of an answer as it is shown, but for what is typed otherwise."""
        return self.post(fields_of(shown) | typed)

    def post(self, fields: dict[str, str]) -> Answer:
        """Sends these fields and no others."""
        return self.run.call("POST", self.path, urlencode(fields).encode(), Content_Type=FORM)

    def follow(self, answer: Answer) -> Answer:
        """Goes where an answer leads."""
        assert answer.status == 303, answer.text
        self.cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]
        return self.run.follow(answer)

    def look(self, path: str) -> Answer:
        """Goes to a page of the complaint that was sent."""
        return self.run.call("GET", path, Cookie=self.cookie)


def fields_of(page: Answer) -> dict[str, str]:
    """What a browser would send of a page as it stands."""
    fields = {name: unescape(text) for name, text in _AREA.findall(page.text)}
    list_name = ""
    for tag, attributes in Reading(page.text).elements:
        if tag == "select":
            list_name = attributes["name"] or ""
        if tag == "input" and (attributes["type"] not in ("radio", "checkbox") or "checked" in attributes):
            fields[attributes["name"] or ""] = attributes.get("value") or ""
        if tag == "option" and "selected" in attributes:
            fields[list_name] = attributes["value"] or ""
    return fields


def field(page: Answer, name: str) -> dict[str, str | None]:
    """The element of a page that has this id."""
    found = [attributes for _, attributes in Reading(page.text).elements if attributes.get("id") == name]
    assert len(found) == 1, name
    return found[0]


def words(page: Answer) -> str:
    """What a page says, in one line."""
    return " ".join(Reading(page.text).words.split())
