"""The webhook of a site: a test from the desk, what became of its messages, and failed ones sent again."""

from datetime import datetime
from typing import NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.context.ports import WebhookDelayed, WebhookRefused
from complaints.delivery.webhook_log import TEST, DeliveryResult, WebhookDelivery
from complaints.delivery.webhook_signing import signed_headers
from complaints.letters.webhook_events import test_message
from complaints.settings.setting import SettingKind
from complaints.site.site import SiteRecord
from complaints.values.errors import NotFound
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.desk.settings import settings
from functions.desk.settings.page import address_of, called, place_of, zone_at
from functions.desk.settings.settings import SettingsAccess
from functions.forms.urlencoded import form_of_request
from functions.http import auth
from functions.http.visit import Visit
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
def show(visit: Visit, kind: str, name: str) -> Response:
    """Whether the webhook works, and what became of the last messages. Raises `Forbidden`, `NotFound`."""
    at, record = _asked(visit, kind, name)
    lines = [_line(each) for each in visit.deps.webhook_log.latest(name)]
    return desk_layout(
        visit,
        "webhook.html",
        at.by,
        at.me,
        address=_address(name),
        place=place_of(at.setting.kind),
        zone=zone_at(visit.deps.sites, at.setting),
        called=called(at.setting),
        back=address_of(kind, name),
        webhook=record.webhook,
        lines=lines,
        tried=next((each for each in lines if each.delivery.event == TEST), None),
        done=visit.request.query.get("done")
        if visit.request.query.get("done") in ("test", "again", "gone")
        else None,
    )


@desk_page
def act(visit: Visit, kind: str, name: str) -> Response:
    """Sends a test, or a failed message again, and leads back to the page."""
    at, record = _asked(visit, kind, name)
    typed = form_of_request(visit.request)
    if "reference" in typed:
        was_wanted = visit.deps.webhook_log.send_again(
            name, typed["reference"], typed.get("letter", ""), visit.deps.now()
        )
        done = "again" if was_wanted else "gone"
    elif record.webhook is None:
        raise NotFound
    else:
        visit.deps.webhook_log.note(name, _tested(visit.deps, name, record.webhook, visit.deps.now()))
        done = "test"
    visit.request.note(webhook=done)
    address = link(visit.deps.settings, _address(at.setting.id), {"done": done})
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _asked(visit: Visit, kind: str, name: str) -> tuple[SettingsAccess, SiteRecord]:
    known = settings.kind_called(kind)
    at = settings.settings_access(visit, auth.claims(visit, TESTING), known, name, TESTING)
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
