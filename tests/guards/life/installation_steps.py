"""What managers, administrators and machines do beside the cases: settings, records, mails and long work."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Any

from complaints.adapters.dynamodb.models import TallyItem
from complaints.adapters.stores.counters import adding, items_of
from complaints.reporting.metrics.case_measures import Added
from complaints.reporting.metrics.measures import CounterKey, Measure
from complaints.reporting.trends.watch import month_of, months_earlier
from functions.workers.checkpoints import VERIFIED_AT
from functions.workers.schedule import LAWS_AT, READING_AT, TRENDS_AT
from infrastructure.local.seed import enrolment, surroundings
from tests.guards.installation import House
from tests.guards.life.complaint_steps import (
    AGENT,
    COMPLAINT,
    LEAFLET,
    LEAFLETED,
    OWN,
    SITE,
)
from tests.guards.life.data_protection_steps import (
    order_the_data_of_a_person,
)
from tests.inbound_mail.hostile_mails import multipart, part
from tests.own_packs import file_of, version


def invite(installation: House, name: str, address: str) -> None:
    """Somebody is invited to become a member."""
    installation.ask(
        "POST",
        f"/v1/desk/settings/invitation/{name}/commands/send",
        {
            "name": "Ada",
            "email": address,
            "roles": ["agent"],
            "sites": [SITE.key],
            "letter_language": "en",
            "reason": "New.",
        },
        **installation.as_role("admin"),
        if_match='"0"',
    )


def connect_a_directory(installation: House) -> None:
    """A directory gets a token and asks what there is."""
    made = installation.ask(
        "POST",
        "/v1/desk/directory/token",
        {"reason": "Connected."},
        **installation.as_role("admin"),
    )
    installation.ask("GET", "/scim/v2/Users", authorization=f"Bearer {made['token']}")


def bring_another_law(installation: House) -> None:
    """A new version of the promises of the site comes, and its administrators are written of it."""
    enrolment(installation.world).site(SITE, surroundings(installation.world), "It is agreed.")
    now = installation.clock.now()
    first = version(OWN, 1, LEAFLETED, ends=str(now.date() + timedelta(days=9)))
    second = version(OWN, 2, LEAFLETED, begins=str(now.date() + timedelta(days=10)))
    enrolment(installation.world).pack(
        OWN, file_of(first, second), surroundings(installation.world), "The law changes."
    )
    installation.clock.move_to(now.replace(minute=LAWS_AT) + timedelta(hours=1))
    installation.run_schedule()
    installation.run_stream()


def tell_a_system(installation: House) -> None:
    """The site has a webhook, and something happens at it."""
    admin = installation.as_role("admin")
    version = installation.ask("GET", f"/v1/desk/settings/site/{SITE.key}", **admin)["version"]
    installation.ask(
        "POST",
        f"/v1/desk/settings/site/{SITE.key}/commands/change",
        {"webhook": "https://shop.example/hook", "reason": "They asked for it."},
        if_match=f'"{version}"',
        **admin,
    )
    installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-told")
    for _ in range(2):
        installation.run_stream()


def ask_by_rules(installation: House) -> None:
    """Automation rules ask about kettles, when one comes in and when it waits, and link them to a theme."""
    reason = {"reason": "Agreed."}
    installation.ask(
        "POST",
        f"/v1/desk/records/theme/{SITE.key}.kettles/commands/open",
        {"title": "Kettles", "owner": AGENT, **reason},
        if_match='"0"',
    )
    text: dict[str, Any] = {
        "title": "Photograph",
        "use": "question",
        "texts": {"en": "Could you send a photograph?"},
    }
    rule: dict[str, Any] = {
        "title": "Kettles",
        "words": ["kettle"],
        "ask": "photograph",
        "assign": AGENT,
        "state": "on",
    }
    for name, body in {
        f"standard_text/{SITE.key}.photograph": text,
        f"automation/{SITE.key}.kettles": rule,
        f"automation/{SITE.key}.linked": rule | {"theme": "kettles"},
        f"automation/{SITE.key}.silent": rule | {"when": "waits", "wait_days": 1, "task": "Ring."},
    }.items():
        installation.ask(
            "POST",
            f"/v1/desk/settings/{name}/commands/change",
            body | reason,
            **installation.as_role("admin"),
            if_match='"0"',
        )
    kettle = COMPLAINT | {"description": "The kettle leaks."}
    installation.ask("POST", "/v1/complaints", kettle, idempotency_key="k-kettle")
    installation.run_stream()
    installation.clock.move_to(installation.clock.now() + timedelta(days=2))
    installation.run_schedule()


def enclose_a_leaflet(installation: House) -> None:
    """The site brings a file that goes with letters; one of them explains a delay."""
    admin = installation.as_role("admin")
    texts = f"/v1/desk/settings/texts/{SITE.key}"
    wish = {"name": "leaflet.pdf", "type": "application/pdf", "size": len(LEAFLET)}
    place = installation.ask("POST", f"{texts}/files", wish, **admin)
    installation.upload(place, LEAFLET)
    said = {"block": "uk.fos_leaflet", "language": "en", "name": "Leaflet", "file": place["id"]}
    brought = said | {"reason": "The law asks for it."}
    version = installation.ask("GET", texts, **admin)["version"]
    put = f"{texts}/commands/put_enclosure"
    installation.ask("POST", put, brought, if_match=f'"{version}"', **admin)
    taken = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-9")
    expected = str((installation.clock.now() + timedelta(days=40)).date())
    delay = {"text": "The courier has not answered.", "expected_on": expected}
    command = f"/v1/desk/complaints/{taken['reference']}/commands/explain_delay"
    installation.ask("POST", command, delay, if_match='"1"', idempotency_key="k-10")
    installation.run_stream()
    assert installation.last_letter()["files"]


def name_who_answers_for_it(installation: House) -> None:
    """A record of the management system is begun, read and due in a while."""
    admin = installation.as_role("admin")
    today = installation.clock.now().date()
    body = {
        "duty": "process_owner",
        "member": AGENT,
        "since": today.isoformat(),
        "until": (today + timedelta(days=35)).isoformat(),
        "reason": "It was agreed.",
    }
    record = f"/v1/desk/records/responsibility/{SITE.key}.owner"
    installation.ask(
        "POST", f"{record}/commands/assign", body, if_match='"0"', idempotency_key="k-owner", **admin
    )
    installation.ask("GET", record, **admin)
    installation.ask("GET", f"/v1/desk/records?kind=responsibility&site={SITE.key}", **admin)


def let_a_cause_rise(installation: House) -> None:
    """Months pass, complaints of a kind become many, and the schedule raises an alarm of it."""
    now = installation.clock.now()
    month = month_of(now.date())
    tallies = Counter(
        {
            CounterKey(
                SITE.key, months_earlier(month, back), Measure.RECEIVED, "category:delivery.late"
            ): number
            for back, number in ((0, 9), (4, 1))
        }
    )
    for key, numbers in items_of(Added(tallies, Counter(), Counter())).items():
        TallyItem(*key).update(actions=adding(numbers))
    looked_on = datetime.combine(months_earlier(month, -1), time(12, TRENDS_AT), UTC) + timedelta(days=2)
    installation.clock.move_to(looked_on)
    installation.run_schedule()
    installation.run_schedule()
    installation.run_stream()


def look_at_what_was_read(installation: House) -> None:
    """A day is over, and the schedule looks at the access log of it."""
    next_day = installation.clock.now() + timedelta(days=1)
    installation.clock.move_to(next_day.replace(hour=1, minute=READING_AT))
    installation.run_schedule()
    installation.run_stream()


def seal_it_all(installation: House) -> None:
    """What happened is sealed and verified, and a day later what happened since."""
    for _ in range(2):
        tomorrow = installation.clock.now() + timedelta(days=1)
        installation.clock.move_to(tomorrow.replace(hour=VERIFIED_AT, minute=5))
        installation.seal()
        installation.ask("GET", "/v1/desk/proof", **installation.as_role("admin"))


def order_the_evidence(installation: House) -> None:
    """An auditor has the evidence of these months made, with names, and fetches it."""
    auditor = installation.as_role("auditor")
    today = installation.clock.now().date()
    order_the_data_of_a_person(installation)
    record = f"/v1/desk/records/evidence_pack/{SITE.key}.walk"
    wish = {
        "since": (today - timedelta(days=360)).isoformat(),
        "until": today.isoformat(),
        "size": 500,
        "people": "sample",
        "reason": "The audit reads letters.",
    }
    installation.ask("POST", f"{record}/commands/order", wish, if_match='"0"', **auditor)
    installation.make_evidence()
    assert installation.ask("POST", f"{record}/commands/fetch", {}, if_match='"1"', **auditor)["file"]


def open_a_case_by_mail(installation: House) -> None:
    """The site takes complaints by mail, and one comes in."""
    admin = installation.as_role("admin")
    site = f"/v1/desk/settings/site/{SITE.key}"
    version = installation.ask("GET", site, **admin)["version"]
    wish = {"takes_mail": True, "reason": "Many write to us."}
    installation.ask("POST", f"{site}/commands/change", wish, if_match=f'"{version}"', **admin)
    before = len(installation.ask("GET", "/v1/desk/complaints?queue=open")["items"])
    to = f"{SITE.key}@in.example.org"
    installation.receive(multipart(part("The kettle leaks."), To=to, Message_ID="<3@x>"))
    assert len(installation.ask("GET", "/v1/desk/complaints?queue=open")["items"]) == before + 1


def call_it_a_flood(installation: House) -> None:
    """Somebody complains on whom nobody has worked, and is taken for a robot: the schedule counts."""
    since = installation.clock.now()
    installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-flood")
    installation.clock.move_to(since + timedelta(minutes=1))
    admin = installation.as_role("admin")
    flood = {
        "since": (since - timedelta(minutes=1)).isoformat(),
        "until": installation.clock.now().isoformat(),
        "reason": "All have the same words.",
    }
    record = f"/v1/desk/records/flood_closing/{SITE.key}.walk"
    installation.ask(
        "POST", f"{record}/commands/propose", flood, if_match='"0"', idempotency_key="k-walk", **admin
    )
    installation.run_schedule()
