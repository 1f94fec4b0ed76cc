"""`/_local/mail`: sent and received mail, for programs and people; `?to=` asks for mail to some addresses.
`/_local/inbound` takes a mail."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from infrastructure.local.aws.ses import LocalSes
from infrastructure.local.aws.ses_inbound import LocalInboundSes
from infrastructure.local.dev_api.bodies import Refused
from infrastructure.local.dev_api.routes import Call
from infrastructure.local.gateway.http import NO_STORE, Answer, Request, json_answer

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# A mail's own styles are wanted, but nothing in it may run, load, or take part in this origin.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"


def calls(post: LocalSes, mail_in: LocalInboundSes) -> dict[str, dict[str, Call]]:
    """The calls that show the mails of this post, and take one in."""

    def taken(request: Request, _: dict[str, str]) -> Answer:
        if not request.body:
            raise Refused(422, "invalid", "There is no mail.")
        return json_answer({"id": mail_in.take(request.body)}, 202)

    def listed(request: Request, _: dict[str, str]) -> Answer:
        mails = post.sent(parse_qs(request.query).get("to", [""])[0])
        if "text/html" not in request.headers.get("accept", ""):
            return json_answer({"items": mails})
        return _text(_page(mails, mail_in.came()), "text/html", PAGE_POLICY)

    def shown(_: Request, parameters: dict[str, str]) -> Answer:
        mail = post.find(parameters["id"])
        if mail is None:
            raise Refused(404, "not-found", "There is no such mail.")
        return _text(mail["html"], "text/html", MAIL_POLICY)

    def style(_: Request, __: dict[str, str]) -> Answer:
        return _text((Path(__file__).parent / "mail.css").read_text(), "text/css", PAGE_POLICY)

    return {
        "/_local/mail": {"GET": listed},
        "/_local/mail.css": {"GET": style},
        "/_local/mail/{id}": {"GET": shown},
        "/_local/inbound": {"POST": taken},
    }


def _text(content: str, kind: str, policy: str) -> Answer:
    headers = (("Content-Type", f"{kind}; charset=utf-8"), ("Content-Security-Policy", policy), *NO_STORE)
    return Answer(200, headers, content.encode())


def _page(mails: list[dict[str, Any]], came: list[dict[str, Any]]) -> str:
    # Imported lazily: a run should answer before it loads a template engine.
    from jinja2 import Environment, FileSystemLoader

    pages = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    return pages.get_template("mail.html").render(mails=reversed(mails), came=reversed(came))
