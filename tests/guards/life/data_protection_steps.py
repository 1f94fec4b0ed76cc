"""What those do who protect the data of people: cases are redacted, erased, sealed, and kept no longer."""

from datetime import timedelta

from tests.guards.installation import House
from tests.guards.life.complaint_steps import COMPLAINT, SITE, answer_the_last_letter, upload_a_file
from tests.inbound_mail.hostile_mails import multipart, part


def order_the_data_of_a_person(installation: House) -> None:
    """Somebody who protects the data of people has all made that is held in cases that are not sealed."""
    paula = installation.as_role("privacy")
    open_cases = installation.ask("GET", "/v1/desk/complaints?queue=open")["items"]
    cases = [installation.ask("GET", f"/v1/desk/complaints/{each['reference']}") for each in open_cases]
    named = [each["reference"] for each in cases if not each["complainant"]["sealed"]]
    wish = {"cases": named, "identity": "known_address", "notes": True}
    record = f"/v1/desk/records/personal_data/{SITE.key}.walk"
    installation.ask("POST", f"{record}/commands/order", wish, if_match='"0"', **paula)


def erase_somebody(installation: House) -> None:
    """Somebody who wrote by mail, too, and sent a file, takes a complaint back that another became part of,
    and is forgotten; they were in a file of all that is held of them, and in an evidence pack."""
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
    paula = installation.as_role("privacy")
    wish = {"cases": [reference], "identity": "known_address"}
    record = f"/v1/desk/records/personal_data/{SITE.key}.erased"
    installation.ask("POST", f"{record}/commands/order", wish, if_match='"0"', **paula)
    _order_a_pack_with_names(installation, "erased")
    installation.make_evidence()
    _erase(installation, reference)


def _order_a_pack_with_names(installation: House, code: str) -> None:
    today = installation.clock.now().date().isoformat()
    wish = {"since": today, "until": today, "size": 100, "people": "sample", "reason": "The audit reads it."}
    record = f"/v1/desk/records/evidence_pack/{SITE.key}.{code}"
    auditor = installation.as_role("auditor")
    installation.ask("POST", f"{record}/commands/order", wish, if_match='"0"', **auditor)


def seal_who_complains(installation: House) -> None:
    """A category is sealed. Who complains in it, and writes by mail, is forgotten; somebody else stays."""
    admin = installation.as_role("admin")
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
    _erase(installation, reference)


def keep_no_longer(installation: House) -> None:
    """The site keeps what people wrote for a month, and a case that ended is over for longer."""
    admin = installation.as_role("admin")
    site = f"/v1/desk/settings/site/{SITE.key}"
    version = installation.ask("GET", site, **admin)["version"]
    rule = {"data": "case", "months": 1, "counted_from": "closing", "basis": "own", "source": "Enough."}
    wish = rule | {"reason": "It was agreed."}
    installation.ask("POST", f"{site}/commands/put_retention", wish, if_match=f'"{version}"', **admin)
    taken = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-kept")
    own = {"authorization": f"Bearer {taken['access']}", "idempotency_key": "k-kept-back"}
    installation.ask("POST", f"/v1/complaints/{taken['reference']}/withdrawal", {"reason": "Well."}, **own)
    installation.clock.move_to(installation.clock.now() + timedelta(days=70))
    paula = installation.as_role("privacy")
    installation.ask("GET", f"/v1/desk/retention?site={SITE.key}", **paula)
    _run_erasures(installation)


def erase_one_of_several(installation: House) -> None:
    """Somebody who complained together with another person is forgotten, and put on the list of erasures; a
    pack that names them goes."""
    taken = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-several")
    case = f"/v1/desk/complaints/{taken['reference']}"
    joint = {"name": "Eve Roth", "letters": "none"}
    version = installation.ask("GET", case)["version"]
    installation.ask("POST", f"{case}/commands/add_complainant", joint, if_match=f'"{version}"')
    _order_a_pack_with_names(installation, "several")
    installation.make_evidence()
    seen = installation.ask("GET", case)
    erasure = {"party": seen["joint"][0]["id"], "ground": "objected"}
    paula = installation.as_role("privacy")
    installation.ask(
        "POST", f"{case}/commands/erase_party", erasure, if_match=f'"{seen["version"]}"', **paula
    )
    installation.run_stream()


def redact_a_complaint(installation: House) -> None:
    """What a complaint says is removed; it is no longer found by its words."""
    installation.run_stream()
    taken = installation.ask("POST", "/v1/complaints", COMPLAINT, idempotency_key="k-5")
    installation.run_stream()
    redact(installation, taken["reference"])


def redact(installation: House, reference: str) -> None:
    """The words of a complaint are removed, and the mail that brought them."""
    removal = {"message": 1, "reason": "It names somebody who asked not to be named."}
    reviewer = installation.as_role("reviewer")
    case = f"/v1/desk/complaints/{reference}"
    version = installation.ask("GET", case)["version"]
    installation.ask("POST", f"{case}/commands/redact", removal, if_match=f'"{version}"', **reviewer)


def _erase(installation: House, reference: str) -> None:
    """Whoever protects data asks for it, and it is done."""
    case, paula = f"/v1/desk/complaints/{reference}", installation.as_role("privacy")
    version = installation.ask("GET", case, **paula)["version"]
    erase = {"ground": "not_needed"}
    installation.ask("POST", f"{case}/commands/erase", erase, if_match=f'"{version}"', **paula)
    _run_erasures(installation)


def _run_erasures(installation: House) -> None:
    """Twice: what one run asks for, as of parts or by a rule, the next one does."""
    for _ in range(2):
        installation.run_erasures()
    installation.run_stream()
