"""Somebody at the desk, in a browser without scripts: it keeps cookies, and sends the forms of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.html import Reading
from tests.http import Answer
from tests.local_run import LocalRun

FORM_TYPE = "application/x-www-form-urlencoded"
AUTHORIZE = "/_local/provider/authorize"
SITES = ("demo", "demo-tr", "demo-gb", "demo-au")
Fields = list[tuple[str, str]]


@dataclass
class Desk:
    """A browser of one person; `cookies` are what it holds, by name."""

    run: LocalRun
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        """Opens an address, and follows nothing."""
        return self._call("GET", path, None, headers)

    def post(self, path: str, fields: Fields, **headers: str) -> Answer:
        """Sends a form as our own pages do; other `headers` are those of a stranger's."""
        sent = {"Content_Type": FORM_TYPE, "Sec_Fetch_Site": "same-origin", "Origin": "null"}
        return self._call("POST", path, urlencode(fields).encode(), sent | headers)

    def sign_in(
        self, name: str = "Deniz", role: str = "reviewer", to: str = "/desk", sites: Sequence[str] = SITES
    ) -> Answer:
        """Goes to the provider, says who it is, and comes back; the answer is where it leads then.

        `sites` are those of somebody new.
        """
        asked = self.get(f"/desk/sign-in?{urlencode({'to': to})}")
        wish = urlsplit(asked.headers["Location"])
        choice = [*parse_qsl(wish.query), ("name", name), ("role", role)]
        choice += [("site", site) for site in sites]
        chosen = self.post(wish.path, choice)
        assert chosen.status == 303, chosen.text
        return self.get(below(self.run, chosen.headers["Location"]))

    def sign_out(self) -> Answer:
        """Presses "Sign out"."""
        fields, action = form_of(self.get("/desk"), "/desk/sign-out")
        return self.post(action, fields)

    def token(self) -> str:
        """What every form of this session sends."""
        return dict(form_of(self.get("/desk"), "/desk/sign-out")[0])["form"]

    def _call(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        got = self.run.call(method, path, body, Cookie=pairs, Accept="text/html", **headers)
        for line in got.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return got


def signed_in(run: LocalRun, name: str = "Deniz", role: str = "reviewer") -> Desk:
    """A browser of somebody who is signed in."""
    desk = Desk(run)
    got = desk.sign_in(name, role)
    assert got.status == 303, got.text
    return desk


def listed(page: Answer) -> str:
    """The text of a page that is there."""
    assert page.status == 200, page.text
    return page.text


def form_of(page: Answer, action: str) -> tuple[Fields, str]:
    """The hidden fields of the first form that is sent to an address that ends so, and that address."""
    fields: Fields = []
    found = None
    for tag, attributes in Reading(page.text).elements:
        if tag == "form":
            if found is not None:
                break
            sent_to = attributes.get("action") or ""
            found = sent_to if sent_to.endswith(action) else None
        elif tag == "input" and found is not None and attributes.get("type") == "hidden":
            fields.append((attributes["name"] or "", attributes["value"] or ""))
    assert found is not None, page.text
    return fields, found


def below(run: LocalRun, address: str) -> str:
    """An address of this run without its host."""
    return address.removeprefix(run.url)
