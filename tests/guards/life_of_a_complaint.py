"""A complaint from its receipt to the end, with all that can happen beside it.

So every function does whatever it ever does, and is seen to ask AWS for it.
"""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from complaints.adapters.dynamodb.models import TallyItem
from complaints.adapters.stores.counters import adding, items_of
from complaints.reporting.metrics.case_measures import Added
from complaints.reporting.metrics.measures import CounterKey, Measure
from complaints.reporting.trends.watch import month_of, months_earlier
from functions.workers.checkpoints import VERIFIED_AT
from functions.workers.schedule import LAWS_AT, READING_AT, TRENDS_AT
from infrastructure.local.aws.ses_events import SIMULATOR
from infrastructure.local.seed import STAFF, enrolment, sites, surroundings
from tests.attachments.samples import PNG
from tests.guards.installation import House
from tests.inbound_mail.hostile_mails import multipart, part
from tests.own_packs import clock, file_of, version

OWN = "shop-week"
LEAFLETED = clock(
    letter_blocks=["uk.fos_leaflet"],
    escalates=[
        {
            "when": "before",
            "share_left": 0.1,
            "to": "holding_letter",
            "after": {"amount": 4, "unit": "weeks"},
        },
        {"when": "missed", "to": "team"},
    ],
)
SITE = replace(sites()[0], proof_wanted=False, packs=(*sites()[0].packs, OWN), seen=(OWN,))
AGENT, LEAVES = STAFF[:2]
COMPLAINT = {
    "site": SITE.key,
    "complainant": {"name": "Ada", "email": f"bounce@{SIMULATOR}"},
    "subject": "Broken cups",
    "description": "The parcel arrived broken.",
    "consent": True,
}
LEAFLET = b"%PDF-1.7 Your complaint and the ombudsman"
FILE = part("the receipt", "text/plain; name=receipt.txt", Content_Disposition="attachment")


def live_through(installation: House) -> None:
    """A complaint is taken, given to somebody who leaves, and late; of its letters one comes back, and one is
    lost.
    """
    taken = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-1")
    reference, access = taken["reference"], taken["access"]
    installation.run_stream()
    answer_the_last_letter(installation)
    installation.run_mail_events()
    installation.ask("GET", f"/v1/complaints/{reference}", authorization=f"Bearer {access}")
    upload_a_file(installation, reference, access)
    case = f"/v1/desk/complaints/{reference}"
    installation.ask("GET", "/v1/desk/complaints?queue=open")
    installation.ask("GET", f"{case}/audit")
    version = installation.ask("GET", case)["version"]
    installation.ask(
        "POST", f"{case}/commands/assign", {"to": LEAVES}, if_match=f'"{version}"', idempotency_key="k-2"
    )
    installation.ask("GET", "/v1/desk/complaints?queue=mine")
    installation.ask(
        "POST",
        f"/v1/desk/settings/member/{LEAVES}/commands/deactivate",
        {"reason": "Has left."},
        authorization=f"Bearer {installation.token('admin')}",
        if_match='"1"',
    )
    installation.ask(
        "POST",
        f"/v1/desk/settings/calendar/{SITE.key}/commands/change",
        {"days": [], "reason": "Nothing is decreed."},
        authorization=f"Bearer {installation.token('admin')}",
        if_match='"0"',
    )
    invite(installation, "not-reached", f"bounce@{SIMULATOR}")
    enclose_a_leaflet(installation)
    leave_to_a_digest(installation)
    redact_a_complaint(installation)
    post_a_letter(installation)
    make_a_complaint_of_a_mail(installation)
    move_promises(installation)
    invite(installation, "late", "late@shop.example")
    name_who_answers_for_it(installation)
    call_it_a_flood(installation)
    let_time_pass(installation)
    let_a_cause_rise(installation)
    look_at_what_was_read(installation)
    ask_by_rules(installation)
    connect_a_directory(installation)
    bring_another_law(installation)
    tell_a_system(installation)
    open_a_case_by_mail(installation)
    seal_who_complains(installation)
    erase_somebody(installation)
    seal_it_all(installation)
    order_the_evidence(installation)
    keep_no_longer(installation)


def seal_it_all(installation: House) -> None:
    """What happened is sealed and verified, and a day later what happened since."""
    for _ in range(2):
        tomorrow = installation.clock.now() + timedelta(days=1)
        installation.clock.move_to(tomorrow.replace(hour=VERIFIED_AT, minute=5))
        installation.seal()
        installation.ask("GET", "/v1/desk/proof", authorization=f"Bearer {installation.token('admin')}")


def open_a_case_by_mail(installation: House) -> None:
    """The site takes complaints by mail, and one comes in."""
    admin = {"authorization": f"Bearer {installation.token('admin')}"}
    site = f"/v1/desk/settings/site/{SITE.key}"
    version = installation.ask("GET", site, **admin)["version"]
    wish = {"takes_mail": True, "reason": "Many write to us."}
    installation.ask("POST", f"{site}/commands/change", wish, if_match=f'"{version}"', **admin)
    before = len(installation.ask("GET", "/v1/desk/complaints?queue=open")["items"])
    to = f"{SITE.key}@in.example.org"
    installation.receive(multipart(part("The kettle leaks."), To=to, Message_ID="<3@x>"))
    assert len(installation.ask("GET", "/v1/desk/complaints?queue=open")["items"]) == before + 1


def order_the_evidence(installation: House) -> None:
    """An auditor has the evidence of these months made, with names, and fetches it."""
    auditor = {"authorization": f"Bearer {installation.token('auditor')}"}
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


def order_the_data_of_a_person(installation: House) -> None:
    """Somebody who protects the data of people has all made that is held in some cases."""
    paula = {"authorization": f"Bearer {installation.token('privacy')}"}
    cases = installation.ask("GET", "/v1/desk/complaints?queue=open")["items"]
    wish = {"cases": [each["reference"] for each in cases], "identity": "known_address", "notes": True}
    record = f"/v1/desk/records/personal_data/{SITE.key}.walk"
    installation.ask("POST", f"{record}/commands/order", wish, if_match='"0"', **paula)


def erase_somebody(installation: House) -> None:
    """Somebody who wrote by mail, too, and sent a file, takes a complaint back that another became part of,
    and is forgotten."""
    taken = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-erased")
    reference, access = taken["reference"], taken["access"]
    installation.run_stream()
    upload_a_file(installation, reference, access)
    answer_the_last_letter(installation)
    part = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-part")["reference"]
    merge = {"into": reference, "reason": "The same parcel."}
    version = installation.ask("GET", f"/v1/desk/complaints/{part}")["version"]
    installation.ask("POST", f"/v1/desk/complaints/{part}/commands/merge", merge, if_match=f'"{version}"')
    own = {"authorization": f"Bearer {access}", "idempotency_key": "k-back"}
    installation.ask("POST", f"/v1/complaints/{reference}/withdrawal", {"reason": "All is well."}, **own)
    case = f"/v1/desk/complaints/{reference}"
    paula = {"authorization": f"Bearer {installation.token('privacy')}"}
    wish = {"cases": [reference], "identity": "known_address"}
    record = f"/v1/desk/records/personal_data/{SITE.key}.erased"
    installation.ask("POST", f"{record}/commands/order", wish, if_match='"0"', **paula)
    installation.make_evidence()
    version = installation.ask("GET", case, **paula)["version"]
    erase = {"ground": "not_needed"}
    installation.ask("POST", f"{case}/commands/erase", erase, if_match=f'"{version}"', **paula)
    for _ in range(2):
        installation.run_erasures()
    installation.run_stream()


def seal_who_complains(installation: House) -> None:
    """A category is sealed. Who complains in it, and writes by mail, is forgotten; somebody else stays."""
    admin = {"authorization": f"Bearer {installation.token('admin')}"}
    codes = f"/v1/desk/settings/codes/{SITE.key}"
    version = installation.ask("GET", codes, **admin)["version"]
    put = {"list": "categories", "code": "conduct.unequal_treatment", "sealed": True}
    wish = {"put": [put], "reason": "Agreed."}
    installation.ask("POST", f"{codes}/commands/change", wish, if_match=f'"{version}"', **admin)
    sealed = COMPLAINT | {"category": put["code"]}
    installation.ask("POST", "/v1/complaints", sealed, idempotency_key="k-sealed-too")
    taken = installation.ask("POST", "/v1/complaints", sealed, idempotency_key="k-sealed")
    reference, access = taken["reference"], taken["access"]
    installation.run_stream()
    letter = installation.last_letter(reference)
    answer = part("It happened again.")
    to = letter["headers"]["Reply-To"]
    installation.receive(multipart(answer, From=letter["to"], To=to, Message_ID="<sealed@x>"))
    own = {"authorization": f"Bearer {access}", "idempotency_key": "k-sealed-back"}
    installation.ask("POST", f"/v1/complaints/{reference}/withdrawal", {"reason": "Well."}, **own)
    case = f"/v1/desk/complaints/{reference}"
    paula = {"authorization": f"Bearer {installation.token('privacy')}"}
    seen = installation.ask("GET", case, **paula)["version"]
    installation.ask(
        "POST", f"{case}/commands/erase", {"ground": "not_needed"}, if_match=f'"{seen}"', **paula
    )
    for _ in range(2):
        installation.run_erasures()
    installation.run_stream()


def keep_no_longer(installation: House) -> None:
    """The site keeps what people wrote for a month, and a case that ended is over for longer."""
    admin = {"authorization": f"Bearer {installation.token('admin')}"}
    site = f"/v1/desk/settings/site/{SITE.key}"
    version = installation.ask("GET", site, **admin)["version"]
    rule = {"data": "case", "months": 1, "counted_from": "closing", "basis": "own", "source": "Enough."}
    wish = rule | {"reason": "It was agreed."}
    installation.ask("POST", f"{site}/commands/put_retention", wish, if_match=f'"{version}"', **admin)
    taken = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-kept")
    own = {"authorization": f"Bearer {taken['access']}", "idempotency_key": "k-kept-back"}
    installation.ask("POST", f"/v1/complaints/{taken['reference']}/withdrawal", {"reason": "Well."}, **own)
    installation.clock.move_to(installation.clock.now() + timedelta(days=70))
    paula = {"authorization": f"Bearer {installation.token('privacy')}"}
    installation.ask("GET", f"/v1/desk/retention?site={SITE.key}", **paula)
    for _ in range(2):
        installation.run_erasures()
    installation.run_stream()


def tell_a_system(installation: House) -> None:
    """The site has a webhook, and something happens at it."""
    admin = {"authorization": f"Bearer {installation.token('admin')}"}
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


def connect_a_directory(installation: House) -> None:
    """A directory gets a token and asks what there is."""
    made = installation.ask(
        "POST",
        "/v1/desk/directory/token",
        {"reason": "Connected."},
        authorization=f"Bearer {installation.token('admin')}",
    )
    installation.ask("GET", "/scim/v2/Users", authorization=f"Bearer {made['token']}")


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
            authorization=f"Bearer {installation.token('admin')}",
            if_match='"0"',
        )
    kettle = COMPLAINT | {"description": "The kettle leaks."}
    installation.ask("POST", "/v1/complaints", kettle, idempotency_key="k-kettle")
    installation.run_stream()
    installation.clock.move_to(installation.clock.now() + timedelta(days=2))
    installation.run_schedule()


def let_time_pass(installation: House) -> None:
    """What was promised falls due, letters leave, and the mail service tells of them."""
    for later in (timedelta(days=40), timedelta(minutes=5), timedelta(minutes=5)):
        installation.clock.move_to(installation.clock.now() + later)
        installation.run_schedule()
    installation.run_stream()
    installation.clock.move_to(installation.clock.now() + timedelta(days=7))
    installation.run_schedule()
    installation.run_stream()
    installation.run_mail_events()


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
        authorization=f"Bearer {installation.token('admin')}",
        if_match='"0"',
    )


def name_who_answers_for_it(installation: House) -> None:
    """A record of the management system is begun, read and due in a while."""
    admin = {"authorization": f"Bearer {installation.token('admin')}"}
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


def call_it_a_flood(installation: House) -> None:
    """Somebody complains on whom nobody has worked, and is taken for a robot: the schedule counts."""
    since = installation.clock.now()
    installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-flood")
    installation.clock.move_to(since + timedelta(minutes=1))
    admin = {"authorization": f"Bearer {installation.token('admin')}"}
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


def enclose_a_leaflet(installation: House) -> None:
    """The site brings a file that goes with letters; one of them explains a delay."""
    admin = {"authorization": f"Bearer {installation.token('admin')}"}
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


def leave_to_a_digest(installation: House) -> None:
    """A complaint whose owner wants to be told once a day, and is not reached."""
    installation.ask(
        "POST",
        f"/v1/desk/settings/member/{AGENT}/commands/change",
        {"digest": True, "email": f"bounce@{SIMULATOR}", "reason": "Reads mail once a day."},
        authorization=f"Bearer {installation.token('admin')}",
        if_match='"1"',
    )
    taken = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-3")
    command = f"/v1/desk/complaints/{taken['reference']}/commands/assign"
    installation.ask("POST", command, {"to": AGENT}, if_match='"1"', idempotency_key="k-4")


def redact_a_complaint(installation: House) -> None:
    """What a complaint says is removed; it is no longer found by its words."""
    installation.run_stream()
    taken = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-5")
    installation.run_stream()
    redact(installation, taken["reference"])


def post_a_letter(installation: House) -> None:
    """Somebody without a mail address complains by telephone, and is written to on paper."""
    now = installation.clock.now().isoformat()
    by_post = {"name": "Ada", "post": "1 Mill Lane"}
    fields = COMPLAINT | {"complainant": by_post, "channel": "telephone", "received_at": now}
    taken = installation.ask("POST", "/v1/desk/complaints", fields, idempotency_key="k-7")
    case = f"/v1/desk/complaints/{taken['reference']}"
    (letter,) = installation.ask("GET", case)["letters_to_post"]
    posted = {"letter": letter, "at": now}
    installation.ask("POST", f"{case}/commands/posted", posted, if_match='"1"', idempotency_key="k-8")


def answer_the_last_letter(installation: House) -> None:
    """The complainant writes back, and sends a text along."""
    letter = installation.last_letter()
    installation.receive(
        multipart(part("Thank you."), FILE, From=letter["to"], To=letter["headers"]["Reply-To"])
    )


def upload_a_file(installation: House, reference: str, access: str) -> None:
    """The complainant sends a picture, staff look at it; another one is announced and never sent."""
    case, token = f"/v1/complaints/{reference}/attachments", f"Bearer {access}"
    for name in ("cup.png", "none.png"):
        fields = {"name": name, "type": "image/png", "size": len(PNG)}
        offered = installation.ask("POST", case, fields, authorization=token)
        if name == "cup.png":
            installation.upload(offered, PNG)
        status, _ = installation.tries("POST", f"{case}/{offered['id']}/arrived", authorization=token)
        assert (status < 300) is (name == "cup.png")


def make_a_complaint_of_a_mail(installation: House) -> None:
    """It is looked at as it came; its file comes along, out of that."""
    installation.receive(
        multipart(part("It broke."), FILE, To=f"{SITE.key}@in.example.org", Message_ID="<2@x>")
    )
    mails = installation.ask("GET", f"/v1/desk/mail?site={SITE.key}")["items"]
    name = next(mail["id"] for mail in mails if mail["outcome"] == "no_case")
    installation.ask("GET", f"/v1/desk/mail/{name}/raw?site={SITE.key}")
    taken = installation.ask("POST", f"/v1/desk/mail/{name}/complaint?site={SITE.key}", {})
    installation.run_stream()
    redact(installation, taken["reference"])
    installation.receive(multipart(part("It broke."), To=f"{SITE.key}@in.example.org"), is_gone=True)


def redact(installation: House, reference: str) -> None:
    """The words of a complaint are removed, and the mail that brought them."""
    removal = {"message": 1, "reason": "It names somebody who asked not to be named."}
    reviewer = {"authorization": f"Bearer {installation.token('reviewer')}"}
    case = f"/v1/desk/complaints/{reference}"
    version = installation.ask("GET", case)["version"]
    installation.ask("POST", f"{case}/commands/redact", removal, if_match=f'"{version}"', **reviewer)


def move_promises(installation: House) -> None:
    """The operator changes what the promises of open cases are computed by."""
    other = replace(SITE, packs=sites()[0].packs, holidays="IE")
    enrolment(installation.world).site(other, surroundings(installation.world), "Both are agreed.")
