"""Somebody at the page of a case: what it says, which forms it has, and what comes back when one is sent."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import Complaint
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, form_of, signed_in


@dataclass
class CaseDesk:
    """One member of staff in front of one case."""

    run: LocalRun
    complaint: Complaint
    name: str = "Kim"
    role: str = "reviewer"

    @cached_property
    def desk(self) -> Desk:
        return signed_in(self.run, self.name, self.role)

    @property
    def path(self) -> str:
        return f"/desk/cases/{self.complaint.reference}"

    def page(self, below: str = "") -> Answer:
        """The page of the case, or one below it."""
        got = self.desk.get(f"{self.path}{below}")
        assert got.status == 200, got.text
        return got

    def form(self, verb: str) -> Answer:
        """The page that has the form of a command: that of the case, or one of its own."""
        page = self.page()
        return self.page(f"/forms/{verb}") if verb in linked(page) else page

    def send(self, verb: str, page: Answer | None = None, **typed: str) -> Answer:
        """Sends the form of a command as it stands on a page, with what was typed."""
        hidden, action = form_of(page or self.form(verb), f"/commands/{verb}")
        return self.desk.post(action, [*hidden, *typed.items()])

    def confirm(self, asked: Answer, step: str = "do") -> Answer:
        """Presses one of the buttons of the page that asks once more."""
        assert asked.status == 200, asked.text
        [verb] = verbs(asked)
        hidden, action = form_of(asked, f"/commands/{verb}")
        return self.desk.post(action, [*hidden, ("step", step)])

    def does(self, verb: str, **typed: str) -> str:
        """Carries a command out, also where it is asked for twice; what the page says then."""
        got = self.send(verb, None, **typed)
        if got.status == 200:
            got = self.confirm(got)
        assert got.status == 303, got.text
        return self.follow(got)

    def follow(self, got: Answer) -> str:
        """What the page says to which an answer leads."""
        address = urlsplit(got.headers["Location"])
        assert not address.netloc
        return words(self.desk.get(f"{address.path}?{address.query}"))


def words(page: Answer) -> str:
    """What a page says, in one line."""
    return " ".join(Reading(page.text).words.split())


def verbs(page: Answer) -> set[str]:
    """The commands that have a form on a page."""
    sent = (
        attributes.get("action") or "" for tag, attributes in Reading(page.text).elements if tag == "form"
    )
    return {action.rpartition("/")[2] for action in sent if "/commands/" in action}


def linked(page: Answer) -> set[str]:
    """The commands whose forms have pages of their own, to which a page leads."""
    led = (attributes.get("href") or "" for tag, attributes in Reading(page.text).elements if tag == "a")
    return {urlsplit(address).path.rpartition("/")[2] for address in led if "/forms/" in address}


def attributes_of(page: Answer, id: str) -> dict[str, str | None]:
    """The attributes of the element with this id."""
    found = [attributes for _, attributes in Reading(page.text).elements if attributes.get("id") == id]
    assert len(found) == 1, (id, page.text)
    return found[0]


def options_of(page: Answer, id: str) -> list[str]:
    """The values that can be chosen in the select with this id."""
    is_in, found = False, []
    for tag, attributes in Reading(page.text).elements:
        if tag in ("select", "button"):
            is_in = attributes.get("id") == id
        elif tag == "option" and is_in:
            found.append(attributes.get("value") or "")
    return found
