"""An administrator at the pages of settings: forms are sent as they stand, with what was ticked and typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from tests.html import Reading
from tests.http import Answer
from tests.local_run import LocalRun
from tests.pages.case_page_client import words
from tests.pages.desk_client import Desk, Fields, form_of, signed_in

SETTINGS = "/desk/settings"


@dataclass
class OfficeDesk:
    """Somebody in front of the settings, an administrator unless another is named."""

    run: LocalRun
    name: str = "Sam"
    role: str = "admin"

    @cached_property
    def desk(self) -> Desk:
        return signed_in(self.run, self.name, self.role)

    def page(self, below: str = "") -> Answer:
        """The list of settings, or a page below it."""
        got = self.desk.get(f"{SETTINGS}{below}")
        assert got.status == 200, got.text
        return got

    def listed(self, kind: str) -> str:
        """All that is settled of a kind, page after page: others are at it in the same run."""
        pages = [self.page(f"?kind={kind}").text]
        while f"page={len(pages) + 1}" in pages[-1]:
            pages.append(self.page(f"?kind={kind}&page={len(pages) + 1}").text)
        return "".join(pages)

    def setting(self, kind: str, name: str = "demo") -> Answer:
        return self.page(f"/{kind}/{quote(name, safe='')}")

    def send(self, page: Answer, action: str, **typed: str | list[str]) -> Answer:
        """Sends the form of a page that goes to an address that ends so: as it stands, but for what is typed.

        A list is what is ticked of several.
        """
        fields = [each for each in standing(page, action, typed) if each[0] not in typed]
        expected = {name: [value] if isinstance(value, str) else value for name, value in typed.items()}
        return self.desk.post(
            form_of(page, action)[1],
            fields + [(name, each) for name, values in expected.items() for each in values],
        )

    def follow(self, got: Answer) -> str:
        """What the page says to which an answer leads."""
        assert got.status == 303, words(got)
        return words(self.desk.get(got.headers["Location"]))


def standing(page: Answer, action: str, typed: Iterable[str] = ()) -> Fields:
    """All fields of a form with what stands in them, as a browser would send them: of the first that has what
    is `typed`, where several go to one address."""
    forms = [Form(parts) for parts in Forms(page.text, action).forms]
    return next((form for form in forms if set(typed) <= form.names), forms[0]).standing


def sent_as_they_stand(page: Answer, action: str) -> list[Fields]:
    """The fields of each form of a page that goes to an address that ends so, without a reason."""
    forms = [Form(parts).standing for parts in Forms(page.text, action).forms]
    return [[field for field in form if field[0] != "reason"] for form in forms]


@dataclass
class Form:
    """The elements of a form, each with its text."""

    parts: list[tuple[str, dict[str, str | None], str]]

    @property
    def names(self) -> set[str]:
        """The names of its inputs and buttons."""
        return {name for _, attributes, _ in self.parts if (name := attributes.get("name"))}

    @property
    def standing(self) -> Fields:
        """Its fields as a browser would send them."""
        name, fields = "", []
        for tag, attributes, text in self.parts:
            value = attributes.get("value") or ""
            if tag == "input" and (attributes.get("type") != "checkbox" or "checked" in attributes):
                fields.append((attributes["name"] or "", value))
            elif tag == "textarea":
                fields.append((attributes["name"] or "", text.removeprefix("\n")))
            elif tag == "select":
                name = attributes["name"] or ""
            elif tag == "option" and "selected" in attributes:
                fields.append((name, value if "value" in attributes else text.strip()))
        return fields


class Forms(Reading):
    """The forms of a page that go to an address that ends so."""

    def __init__(self, html: str, action: str) -> None:
        self.action, self.is_in = action, False
        self.forms: list[list[tuple[str, dict[str, str | None], str]]] = []
        super().__init__(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "form":
            self.is_in = (dict(attrs).get("action") or "").endswith(self.action)
            if self.is_in:
                self.forms.append([])
        if self.is_in:
            self.forms[-1].append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        if tag == "form":
            self.is_in = False

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        if self.forms and self.is_in and self.open and self.open[-1] in ("textarea", "option"):
            tag, attributes, text = self.forms[-1][-1]
            self.forms[-1][-1] = (tag, attributes, text + data)
