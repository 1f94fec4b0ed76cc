"""A site is told by its webhook what happens, and verifies it as the handbook says; the desk sees it too."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from infrastructure.package.build import ROOT
from tests.http import Answer
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Staff, complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import words
from tests.pages.desk_client import signed_in
from tests.pages.settings_client import OfficeDesk, sent_as_they_stand
from tests.webhooks.receivers import Receiver, listening

SITE = "demo-au"


@pytest.fixture
def administration(local_run: LocalRun) -> Office:
    return Office(local_run)


@pytest.fixture
def receiver(administration: Office) -> Iterator[Receiver]:
    """What the site tells goes there while a test lasts: others share the site."""
    with listening() as receiver:
        administration.does("site", SITE, {"webhook": receiver.url})
        try:
            yield receiver
        finally:
            administration.does("site", SITE, {"webhook": None})


def is_genuine() -> Callable[..., bool]:
    """What the handbook tells receivers to do."""
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/webhooks.md").read_text("utf-8"), re.DOTALL)
    known: dict[str, Any] = {}
    exec(code, known)  # noqa: S102  # our own handbook
    return known["is_genuine"]  # type: ignore[no-any-return]


def secret(administration: Office) -> str:
    got = administration.staff.call("POST", f"/settings/site/{SITE}/secret", {})
    assert (got.status, got.headers["Cache-Control"]) == (200, "no-store"), got.text
    return str(got.json["secret"])


def test_what_happens_to_a_case_is_told_and_verified_as_the_handbook_says(
    administration: Office, receiver: Receiver
) -> None:
    genuine, first = is_genuine(), secret(administration)
    reference = complain(administration.run, site=SITE).reference
    of_it = [got for got in receiver.got if reference.encode() in got.body]
    assert [json.loads(got.body)["type"] for got in of_it] == ["complaint.received", "complaint.acknowledged"]
    for got in of_it:
        at = int(got.headers["webhook-timestamp"])
        assert genuine(first, got.headers, got.body, now=lambda at=at: at)
        assert not genuine(first, got.headers, got.body + b" ", now=lambda at=at: at)
        assert not genuine(first, got.headers, got.body, now=lambda at=at: at + 301)
    administration.does("site", SITE, {}, verb="rotate")
    second = secret(administration)
    settle(administration.run)
    later = complain(administration.run, site=SITE).reference
    got = next(got for got in receiver.got if later.encode() in got.body)
    at = int(got.headers["webhook-timestamp"])
    assert second != first
    assert all(genuine(each, got.headers, got.body, now=lambda: at) for each in (first, second))


def test_the_desk_sees_what_was_told_and_the_complainant_no_letter_of_it(
    administration: Office, receiver: Receiver
) -> None:
    # Tried again in two hours: not while this test looks, nor in the place of another's message.
    receiver.answers_next(503, Retry_After="7200")
    complaint = complain(administration.run, site=SITE)
    desk = Staff(administration.run)
    letters = desk.call("GET", f"/complaints/{complaint.reference}/letters").json["items"]
    expected = {each["event"]: each for each in letters if each["kind"] == "webhook"}
    assert expected["complaint.received"]["state"] == "waiting"
    assert expected["complaint.received"]["waits_until"]
    assert expected["complaint.acknowledged"]["state"] == "sent"
    agent = signed_in(administration.run, "Deniz", "agent")
    assert "The site’s own system was told" in words(agent.get(f"/desk/cases/{complaint.reference}"))
    page = agent.get(f"/desk/cases/{complaint.reference}/letters")
    assert "complaint.received" in words(page)
    assert "trying again" in words(page)
    assert f"/letters/{expected['complaint.received']['id']}" not in page.text
    shown = f"/complaints/{complaint.reference}/letters/{expected['complaint.received']['id']}"
    assert desk.call("GET", shown).status == 404
    assert {each["kind"] for each in complaint.call("GET", "/data").json["letters"]} == {"acknowledgement"}


def test_an_administrator_finds_the_secret_on_the_page_of_the_site_and_only_by_asking(
    administration: Office, receiver: Receiver
) -> None:
    admin = OfficeDesk(administration.run)
    page = admin.setting("site", SITE)
    known = secret(administration)
    assert known not in page.text
    got = admin.send(page, "/secret")
    assert (got.status, got.headers["Cache-Control"]) == (200, "no-store")
    assert known in words(got)
    assert known.removeprefix("whsec_") not in administration.run.said
    assert administration.staff.call("POST", "/settings/site/demo/secret", {}).status == 404
    assert administration.staff.call("POST", f"/settings/team/{SITE}/secret", {}).status == 404


def test_an_administrator_tries_the_webhook_reads_what_was_answered_and_sends_a_failed_one_again(
    administration: Office, receiver: Receiver
) -> None:
    admin, run = OfficeDesk(administration.run), administration.run
    page = f"/site/{SITE}/webhook"
    genuine, known = is_genuine(), secret(administration)
    tested = admin.follow(admin.send(admin.page(page), "/webhook"))
    assert "Your system accepted the message." in tested
    [got] = [each for each in receiver.got if b"webhook.test" in each.body]
    at = int(got.headers["webhook-timestamp"])
    assert genuine(known, got.headers, got.body, now=lambda: at)
    assert json.loads(got.body)["data"] == {"site": SITE}
    receiver.answers_next(500)
    assert "answered with status 500" in admin.follow(admin.send(admin.page(page), "/webhook"))
    receiver.answers_next(410)
    reference = complain(run, site=SITE).reference
    failed = admin.page(page)
    assert "complaint.received" in words(failed)
    assert "wants no more messages" in words(failed)
    again = admin.send(failed, "/webhook", reference=reference, letter=letter_in(failed, reference))
    assert "It is sent again" in admin.follow(again)
    settle(run)
    assert len([each for each in receiver.got if reference.encode() in each.body]) > 2
    assert "wants no more messages" not in words(admin.page(page))


def letter_in(page: Answer, reference: str) -> str:
    """The letter that the form of a failed message names."""
    named = (dict(fields) for fields in sent_as_they_stand(page, "/webhook"))
    return next(fields["letter"] for fields in named if fields.get("reference") == reference)


def test_an_address_that_leads_inside_is_refused_at_its_place(administration: Office) -> None:
    for address in ("http://127.0.0.2/", "https://169.254.169.254/latest", "https://a:b@shop.example/"):
        assert pointers(administration.tries("site", SITE, {"webhook": address})) == ["/webhook"]
