"""The webhook of a site: a test from the desk, what became of its messages, and failed ones sent again."""

from datetime import datetime
from typing import NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container, container
from complaints.context.ports import WebhookDelayed, WebhookRefused
from complaints.delivery.webhook_log import TEST, DeliveryResult, WebhookDelivery
from complaints.delivery.webhook_signing import signed_headers
from complaints.letters.webhook_events import test_message
from complaints.settings.setting import SettingKind
from complaints.site.site import SiteRecord
from complaints.values.errors import NotFound
from functions.api.admin import settings
from functions.api.admin.settings import SettingsAccess
from functions.http import auth
from functions.http.request import Request, current_request
from functions.http.responses import reader_language
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.pages.desk.settings.page import address_of, called, place_of, zone_at
from functions.pages.forms.urlencoded import form_of_request
from functions.rendering.page import link

TESTING = "test_webhook"
ACCEPTED = "2xx"
SAID = frozenset(
    {
        ACCEPTED, "410", "address", "silent", "NotPublic", "TimeoutError", "gaierror",
        "ConnectionRefusedError", "SSLCertVerificationError",
    }
)  # fmt: skip
"""The answers that the page has words of its own for: a status, or why there was no answer."""


class Line(NamedTuple):
    """A message in the log: `says` ends the msgid of its answer."""

    delivery: WebhookDelivery
    says: str

    @property
    def can_be_sent_again(self) -> bool:
        return self.delivery.result is DeliveryResult.FAILED and bool(self.delivery.reference)


@desk_page
def show(kind: str, name: str) -> Response:
    """Whether the webhook works, and what became of the last messages. Raises `Forbidden`, `NotFound`."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    at, record = _asked(deps, request, kind, name)
    lines = [_line(each) for each in deps.webhook_log.latest(name)]
    return desk_layout(
        deps,
        request,
        language,
        "webhook.html",
        at.by,
        at.me,
        address=_address(name),
        place=place_of(at.setting.kind),
        zone=zone_at(deps.sites, at.setting),
        called=called(at.setting),
        back=address_of(kind, name),
        webhook=record.webhook,
        lines=lines,
        tried=next((each for each in lines if each.delivery.event == TEST), None),
        done=request.query.get("done") if request.query.get("done") in ("test", "again", "gone") else None,
    )


@desk_page
def act(kind: str, name: str) -> Response:
    """Sends a test, or a failed message again, and leads back to the page."""
    deps = container()
    request = current_request()
    at, record = _asked(deps, request, kind, name)
    typed = form_of_request(request)
    if "reference" in typed:
        was_wanted = deps.webhook_log.send_again(
            name, typed["reference"], typed.get("letter", ""), deps.now()
        )
        done = "again" if was_wanted else "gone"
    elif record.webhook is None:
        raise NotFound
    else:
        deps.webhook_log.note(name, _tested(deps, name, record.webhook, deps.now()))
        done = "test"
    request.note(webhook=done)
    address = link(deps.settings, _address(at.setting.id), {"done": done})
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _asked(deps: Container, request: Request, kind: str, name: str) -> tuple[SettingsAccess, SiteRecord]:
    known = settings.kind_called(kind)
    at = settings.settings_access(deps, request, auth.claims(deps, request, TESTING), known, name, TESTING)
    if known is not SettingKind.SITE or not isinstance(at.setting.record, SiteRecord):
        raise NotFound
    return at, at.setting.record


def _tested(deps: Container, site: str, address: str, now: datetime) -> WebhookDelivery:
    """One call as those of the outbox are: signed, over in seconds, and to public addresses only."""
    id, body = test_message(site, now)
    headers = signed_headers(deps.secrets.ring("webhook"), deps.sites.terms(site).site, id, body, now)
    try:
        deps.webhooks.send(address, body, headers)
    except (WebhookDelayed, WebhookRefused) as failure:
        result, answer = DeliveryResult.FAILED, str(failure)
    else:
        result, answer = DeliveryResult.SENT, ACCEPTED
    return WebhookDelivery(
        event=TEST, called_for=now, result=result, answer=answer, attempts=1, at=deps.now()
    )


def _line(delivery: WebhookDelivery) -> Line:
    if delivery.answer in SAID:
        return Line(delivery, delivery.answer)
    return Line(delivery, "status" if delivery.answer.isdigit() else "other")


def _address(site: str) -> str:
    return f"{address_of(SettingKind.SITE, site)}/webhook"
