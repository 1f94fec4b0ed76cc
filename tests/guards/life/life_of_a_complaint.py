"""A complaint from its receipt to the end, with all that can happen beside it.

So every function does whatever it ever does, and is seen to ask AWS for it.
"""

from datetime import timedelta

from msgspec.structs import replace

from infrastructure.local.aws.ses import SIMULATOR
from infrastructure.local.seed import enrolment, sites, surroundings
from tests.guards.installation import House
from tests.guards.life.complaint_steps import (
    AGENT,
    COMPLAINT,
    FILE,
    LEAVES,
    SITE,
    answer_the_last_letter,
    upload_a_file,
)
from tests.guards.life.data_protection_steps import (
    erase_one_of_several,
    erase_somebody,
    keep_no_longer,
    redact,
    redact_a_complaint,
    seal_who_complains,
)
from tests.guards.life.installation_steps import (
    ask_by_rules,
    bring_another_law,
    call_it_a_flood,
    connect_a_directory,
    enclose_a_leaflet,
    invite,
    let_a_cause_rise,
    look_at_what_was_read,
    name_who_answers_for_it,
    open_a_case_by_mail,
    order_the_evidence,
    seal_it_all,
    tell_a_system,
)
from tests.inbound_mail.hostile_mails import multipart, part


def live_through(installation: House) -> None:
    """A complaint is taken, given to somebody who leaves, and late; of its letters one comes back, and one is
    lost.
    """
    taken = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-1")
    reference, access = taken["reference"], taken["access"]
    installation.run_stream()
    answer_the_last_letter(installation)
    installation.run_mail_events()
    installation.send_form("/status", email=f"bounce@{SIMULATOR}")
    installation.run_stream()
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
        **installation.as_role("admin"),
        if_match='"1"',
    )
    installation.ask(
        "POST",
        f"/v1/desk/settings/calendar/{SITE.key}/commands/change",
        {"days": [], "reason": "Nothing is decreed."},
        **installation.as_role("admin"),
        if_match='"0"',
    )
    invite(installation, "not-reached", f"bounce@{SIMULATOR}")
    enclose_a_leaflet(installation)
    leave_to_a_digest(installation)
    redact_a_complaint(installation)
    erase_one_of_several(installation)
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


def leave_to_a_digest(installation: House) -> None:
    """A complaint whose owner wants to be told once a day, and is not reached."""
    installation.ask(
        "POST",
        f"/v1/desk/settings/member/{AGENT}/commands/change",
        {"digest": True, "email": f"bounce@{SIMULATOR}", "reason": "Reads mail once a day."},
        **installation.as_role("admin"),
        if_match='"1"',
    )
    taken = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-3")
    command = f"/v1/desk/complaints/{taken['reference']}/commands/assign"
    installation.ask("POST", command, {"to": AGENT}, if_match='"1"', idempotency_key="k-4")


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


def move_promises(installation: House) -> None:
    """The operator changes what the promises of open cases are computed by."""
    other = replace(SITE, packs=sites()[0].packs, holidays="IE")
    enrolment(installation.world).site(other, surroundings(installation.world), "Both are agreed.")
