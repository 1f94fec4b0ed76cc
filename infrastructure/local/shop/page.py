"""`/_local/shop`: the page of the shop, in the reader's language, and its style sheet."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

import msgspec
from msgspec import Struct

from infrastructure.local.dev_api.routes import Call
from infrastructure.local.gateway.http import NO_STORE, Answer, Request

SHOP = "/_local/shop"
SITE = "demo"
USUAL = "en"
_HERE = Path(__file__).parent


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """What the page says in one language: `things` are for sale, `tries` are what a shopper may try."""

    language: str
    direction: str
    title: str
    lead: str
    languages: str
    things: dict[str, str]
    wrong: str
    wrong_lead: str
    complain: str
    without_scripts: str
    trying: str
    trying_lead: str
    one_line: str
    tries: list[str]
    mails: str
    desk: str
    procedure: str
    product: str


@cache
def words() -> dict[str, Words]:
    """The words by language tag."""
    return msgspec.json.decode(_HERE.joinpath("words.json").read_bytes(), type=dict[str, Words])


def calls(product: str, shop: str) -> dict[str, dict[str, Call]]:
    """The calls of the shop at the origin `shop`; it embeds the widget of the installation at `product`."""

    def shown(request: Request, _: dict[str, str]) -> Answer:
        language = _language(request)
        if not shop.endswith(f"//{request.headers.get('host', '')}"):
            return Answer(303, (("Location", f"{shop}{SHOP}?lang={language}"), *NO_STORE), b"")
        html = _page(language=language, product=product)
        headers = (("Content-Type", "text/html; charset=utf-8"), *_policy(product), *NO_STORE)
        return Answer(200, headers, html.encode())

    def styled(*_: object) -> Answer:
        headers = (("Content-Type", "text/css; charset=utf-8"), *NO_STORE)
        return Answer(200, headers, _HERE.joinpath("shop.css").read_bytes())

    return {SHOP: {"GET": shown}, f"{SHOP}.css": {"GET": styled}}


def _policy(product: str) -> tuple[tuple[str, str], ...]:
    """As strict as a website may be: it names our one address, and nothing writes markup."""
    rules: Mapping[str, str] = {
        "default-src": "'none'",
        "script-src": product,
        "connect-src": f"'self' {product}",
        "style-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return (("Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in rules.items())),)


def _language(request: Request) -> str:
    asked = parse_qs(request.query).get("lang", [USUAL])[-1]
    return asked if asked in words() else USUAL


def _page(*, language: str, product: str) -> str:
    # Imported lazily: a run should answer before it loads a template engine.
    from jinja2 import Environment, FileSystemLoader

    pages = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True)
    return pages.get_template("shop.html").render(
        language=language, words=words()[language], all_words=words(), product=product, site=SITE, shop=SHOP
    )
