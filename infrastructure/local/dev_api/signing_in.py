"""The local provider's page to choose who one is, and its exchange of codes (OpenID Connect Core 3.1).

`/_local/token` and the provider's published documents: signing in without a real provider.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from complaints.values.people import Role
from infrastructure.local.dev_api.bodies import MakeToken, Refused, read
from infrastructure.local.dev_api.routes import Call
from infrastructure.local.gateway.http import NO_STORE, Answer, Request, json_answer
from infrastructure.local.oidc import AUDIENCE, AuthorizationCodes, Chosen, LocalProvider

PROVIDER = "/_local/provider"


def token_calls(provider: LocalProvider, welcome: Callable[[str], None]) -> dict[str, dict[str, Call]]:
    """The calls that hand out tokens; `welcome` makes the member of that name if there is none."""

    def made(request: Request, _: dict[str, str]) -> Answer:
        wish = read(request.body, MakeToken)
        try:
            token = provider.token(wish.name, wish.role, wish.claims)
        except (TypeError, ValueError) as error:
            raise Refused(422, "invalid", "No token can hold these claims.", str(error)) from error
        welcome(wish.name)
        return json_answer({"token": token})

    def keys(*_: object) -> Answer:
        return json_answer(provider.jwks())

    def discovery(*_: object) -> Answer:
        return json_answer(provider.discovery())

    return {
        "/_local/token": {"POST": made},
        f"{PROVIDER}/jwks.json": {"GET": keys},
        f"{PROVIDER}/.well-known/openid-configuration": {"GET": discovery},
    }


AUTHORIZE, TOKEN = f"{PROVIDER}/authorize", f"{PROVIDER}/token"
ASKED = ("redirect_uri", "state", "nonce", "code_challenge")
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
PAGE = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "no-referrer"),
)
LONGEST = 200

Welcome = Callable[[str, Sequence[str]], None]


def calls(
    codes: AuthorizationCodes, back: str, staff: Sequence[str], sites: Mapping[str, str], welcome: Welcome
) -> dict[str, dict[str, Call]]:
    """The calls of a browser that signs in; `back` is the one address that it may be sent back to.

    `staff` are the names that are offered, `sites` the names of the sites by their keys; `welcome` makes
    the member of a name, at sites, if there is none. Without sites the first name is the administrator who
    adds them.
    """
    roles = list(Role) if sites else sorted(Role, key=lambda role: role is not Role.ADMIN)

    def asked(request: Request, _: dict[str, str]) -> Answer:
        wish = _asked(dict(parse_qsl(request.query)), back)
        page = _page(wish=wish, staff=staff, sites=sites, roles=roles)
        return Answer(200, (*PAGE, *NO_STORE), page.encode())

    def chosen(request: Request, _: dict[str, str]) -> Answer:
        fields = _fields(request)
        form = dict(fields)
        wish = _asked(form, back)
        name = form.get("name", "").strip()
        if not 1 <= len(name) <= LONGEST or form.get("role") not in list(Role):
            raise Refused(422, "invalid", "A name and a role are needed.")
        welcome(name, [value for field, value in fields if field == "site" and value in sites])
        proof = {"nonce": wish["nonce"], "challenge": wish["code_challenge"]}
        code = codes.give(Chosen(name=name, role=form["role"], client=AUDIENCE, back=back, **proof))
        place = f"{back}?{urlencode({'code': code, 'state': wish['state']})}"
        return Answer(303, (("Location", place), *NO_STORE), b"")

    def exchanged(request: Request, _: dict[str, str]) -> Answer:
        status, body = codes.exchange("", dict(_fields(request)), request.headers)
        return Answer(status, (("Content-Type", "application/json"), *NO_STORE), body)

    return {AUTHORIZE: {"GET": asked, "POST": chosen}, TOKEN: {"POST": exchanged}}


def _fields(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.body.decode("utf-8", "replace"))


def _asked(sent: Mapping[str, str], back: str) -> dict[str, str]:
    """What the product asked for. Raises Refused: only addresses of the product are redirected to."""
    if sent.get("client_id") != AUDIENCE or sent.get("redirect_uri") != back:
        raise Refused(422, "invalid", "The client or its address is unknown.")
    if sent.get("response_type") != "code" or sent.get("code_challenge_method") != "S256":
        raise Refused(422, "invalid", "Only the code flow with PKCE (S256) is served.")
    return {name: sent.get(name, "") for name in (*ASKED, "client_id", "response_type")} | {
        "code_challenge_method": "S256"
    }


def _page(**values: Any) -> str:
    # Imported lazily: a run should answer before it loads a template engine.
    from jinja2 import Environment, FileSystemLoader

    pages = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    return pages.get_template("sign-in.html").render(values)
