"""Who complains in a sealed category is known to nobody at the desk, until a custodian opens it for a reason.

Threat 119: whoever works on a complaint looks for who made it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest

import app
from complaints.adapters.dynamodb.key_schema import identity_pk
from complaints.adapters.dynamodb.models import Item
from complaints.values.people import Role
from infrastructure.local import engine
from tests import local_run as local_runs
from tests.attachments.steps import add
from tests.http import Answer
from tests.inbound_mail.hostile_mails import mail
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import (
    Complaint,
    Staff,
    clock,
    complain,
    facts_in,
    go_to,
    keep_midnight_away,
    local_date,
    new_word,
    settle,
)
from tests.local_run import TABLE, LocalRun
from tests.pages.desk_client import FORM_TYPE, signed_in
from tests.pages.form_client import field, words
from tests.stored.stored_bytes import compact, encodings_of
from tests.stored.stored_items import looking_into

SEALED = "conduct.unequal_treatment"
WHY = "The prosecutor asks for the witness."
NAMES = {
    "name": "Quuxoglu",
    "address": "zuebeyde.qfourseven",
    "telephone": "5550104799",
    "post": "Wolpertingerweg",
    "order number": "AC-KALEIDOSKOP",
    "joint": "Bartholomaeus",
    "joint address": "bartholo.mq",
    "proposed address": "formerly.qeight",
    "sender": "elsewhere.qnine",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of its own: all that it stores is looked through, and a category of it is sealed."""
    with local_runs.running(tmp_path_factory.mktemp("sealed") / "data") as run:
        Office(run).does("codes", "demo", {"put": [{"list": "categories", "code": SEALED, "sealed": True}]})
        yield run


@pytest.fixture(scope="module")
def complaint(run: LocalRun) -> Complaint:
    """A sealed complaint with all that can name who made it."""
    complaint = complain(
        run,
        category=SEALED,
        complainant={
            "name": f"Zübeyde {NAMES['name']}",
            "email": f"{NAMES['address']}@example.org",
            "phone": f"+90 {NAMES['telephone']}",
            "post": f"{NAMES['post']} 4",
        },
        order_number=NAMES["order number"],
        subject="Somebody is treated badly",
        description="I saw it on Monday.",
    )
    deniz = Staff(run)
    complaint.say("contact", {"email": f"{NAMES['proposed address']}@example.org"})
    joint = {"name": NAMES["joint"], "email": f"{NAMES['joint address']}@example.org", "letters": "all"}
    deniz.does(complaint, "add_complainant", joint)
    deniz.does(complaint, "message", {"text": "We look into it."})
    settle(run)
    add(complaint, b"What I saw.\n" * 9, name="notes.txt", type="text/plain")
    answered(complaint, complaint.email, "It was the second time.")
    answered(complaint, f"{NAMES['sender']}@example.org", "I write from elsewhere.")
    name = next(
        item["id"]
        for item in deniz.call("GET", "/mail?site=demo").json["items"]
        if item["outcome"] == "from_another"
    )
    assert deniz.call("POST", f"/mail/{name}/join?site=demo", {}).status == 200
    settle(run)
    assert run.mails(f"{NAMES['proposed address']}@example.org")
    return complaint


@pytest.mark.iso10002("4 confidentiality")
@pytest.mark.parametrize(
    ("site", "language", "sealed", "said"),
    [
        ("demo", "en", [SEALED], "your name and contact details are sealed: Unequal treatment."),
        ("demo", "tr", [SEALED], "adınız ve iletişim bilgileriniz mühürlenir: "),
        ("demo-tr", "tr", [], ""),
    ],
)
def test_the_form_says_which_categories_are_sealed_before_anything_is_sent(
    run: LocalRun, site: str, language: str, sealed: list[str], said: str
) -> None:
    asked = run.call("GET", f"/v1/form?site={site}&lang={language}").json
    assert [each["code"] for each in asked["categories"] if each["sealed"]] == sealed
    chosen = next(
        each for group in asked["details"] for each in group["fields"] if each["name"] == "category"
    )
    labels = {each["code"]: each["label"] for each in asked["categories"]}
    differing = [each["code"] for each in chosen["choices"] if each["label"] != labels[each["code"]]]
    assert differing == sealed
    page = run.call("GET", f"/complain?site={site}&lang={language}")
    assert said in words(page)
    assert field(page, "category").get("aria-describedby") == ("category-hint" if sealed else None)
    assert ('id="category-hint"' in page.text) is bool(sealed)


def answered(complaint: Complaint, sender: str, words: str) -> None:
    raw = mail(
        f"{words}\n\n> Dear Zübeyde {NAMES['name']},\n> we look into it.\n",
        From=f"Zübeyde {NAMES['name']} <{sender}>",
        To=str(complaint.letters()[-1]["headers"]["Reply-To"]),
        Subject="My complaint",
        Message_ID=f"<1@{sender}>",
    )
    assert complaint.run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822").status == 202
    settle(complaint.run)


def told(text: str) -> list[str]:
    """What an answer says of who complains."""
    return [what for what, word in NAMES.items() if word.casefold() in text.casefold()]


def values(run: LocalRun, complaint: Complaint) -> dict[str, list[str]]:
    """What can stand in the place of each parameter of an address."""
    deniz, case = Staff(run), f"/complaints/{complaint.reference}"
    letters = [each["id"] for each in deniz.call("GET", f"{case}/letters").json["items"]]
    mails = [each["id"] for each in deniz.call("GET", "/mail?site=demo").json["items"]]
    files = [each["id"] for each in deniz.case(complaint)["attachments"]]
    return {
        "reference": [complaint.reference],
        "letter": letters,
        "mail": mails,
        "attachment": files,
        "verb": ["correct_contact", "message", "respond", "represent", "add_complainant", "open_identity"],
        "kind": ["codes"],
        "name": ["demo", "volume"],
        "id": ["none"],
    }


def addresses(run: LocalRun, complaint: Complaint, below: str) -> Iterator[str]:
    """Every address of the desk that is read, with what it may be asked for."""
    known = values(run, complaint)
    today = local_date(run)
    asked = urlencode(
        {
            "site": "demo", "case": complaint.reference, "q": "qfourseven", "queue": "open", "on": today,
            "from": today, "to": today, "limit": 50, "lang": "en",
        }
    )  # fmt: skip
    for path in app.app.routes:
        if path.startswith(below) and "GET" in app.app.routes[path]:
            filled = [path]
            for name in re.findall(r"{(\w+)}", path):
                filled = [
                    each.replace(f"{{{name}}}", value)
                    for each in filled
                    for value in known.get(name, ["none"])
                ]
            yield from (f"{each}?{asked}" for each in filled)


def looked_at(
    run: LocalRun, addresses: Iterable[str], read: Callable[[str], Answer]
) -> tuple[dict[str, list[str]], set[str]]:
    """What is said at these addresses of who complains, and those that were answered."""
    found, met = dict[str, list[str]](), set[str]()
    for address in addresses:
        got = read(address)
        path = address.partition("?")[0]
        if got.status in (200, 303):
            met.add(path)
        if said := told(f"{got.text} {got.headers}"):
            found[path] = said
    return found, met


@pytest.mark.iso10002("4 confidentiality")
def test_no_answer_of_the_desk_says_who_complains(run: LocalRun, complaint: Complaint) -> None:
    """To a member who has every role but that of a custodian."""
    roles = [role.value for role in Role if role is not Role.CUSTODIAN]
    bearer = f"Bearer {Staff(run, 'Deniz').token(roles=roles)}"
    found, met = looked_at(
        run,
        addresses(run, complaint, "/v1/desk"),
        lambda address: run.call("GET", address, Authorization=bearer),
    )
    assert found == {}
    case = f"/v1/desk/complaints/{complaint.reference}"
    assert {case, f"{case}/audit", f"{case}/letters", f"{case}/person"} <= met
    assert {"/v1/desk/mail", "/v1/desk/complaints", "/v1/desk/export/cases", "/v1/desk/search"} <= met


@pytest.mark.iso10002("4 confidentiality")
def test_no_page_of_the_desk_says_who_complains(run: LocalRun, complaint: Complaint) -> None:
    pages = [each for each in addresses(run, complaint, "/desk") if "/desk/sign" not in each]
    case = f"/desk/cases/{complaint.reference}"
    found, met = looked_at(run, pages, signed_in(run, "Robin", "reviewer").get)
    assert found == {}
    assert {case, f"{case}/audit", f"{case}/letters", f"{case}/person", f"{case}/case-file"} <= met
    assert {"/desk/mail", "/desk/queue", "/desk/search"} <= met
    of_case = [each for each in pages if each.startswith((f"{case}?", f"{case}/person"))]
    for role in ("privacy", "custodian"):
        found, met = looked_at(run, of_case, signed_in(run, "Paula", role).get)
        assert (found, met) == ({}, {case, f"{case}/person"})


def test_letters_greet_nobody_by_name(run: LocalRun, complaint: Complaint) -> None:
    """Answers quote them, and staff read the answers."""
    letters = [*complaint.letters(), *run.mails(f"{NAMES['joint address']}@example.org")]
    told_of = [each["text"] for each in letters if "We look into it." in each["text"]]
    assert len(told_of) == 2
    assert not any(NAMES["name"] in each or NAMES["joint"] in each for each in told_of)


def test_who_wrote_is_not_learnt_by_letting_the_mail_join_another_case(run: LocalRun) -> None:
    sender, words = f"{new_word()}@example.org", new_word()
    sealed, other = complain(run, category=SEALED), complain(run)
    answered(sealed, sender, words)
    deniz = Staff(run)
    waiting = deniz.call("GET", "/mail?site=demo").json["items"]
    name = next(item["id"] for item in waiting if item["text"].startswith(words))
    page = signed_in(run, "Robin", "reviewer").get(f"/desk/mail/{name}?site=demo")
    assert (page.status, f"/mail/{name}/raw" in page.text) == (200, False)
    joined = deniz.call("POST", f"/mail/{name}/join?site=demo", {"reference": other.reference})
    assert joined.status == 200
    case = deniz.case(other)
    assert any(words in (fact.get("text") or "") for fact in case["facts"] if fact["fact"] == "MailJoined")
    assert sender not in f"{case} {joined.text}"


@pytest.mark.iso10002("4 confidentiality")
def test_a_custodian_opens_it_with_a_reason_and_that_is_on_record(
    run: LocalRun, complaint: Complaint
) -> None:
    cora, deniz = Staff(run, "Cora", "custodian"), Staff(run)
    person = f"/complaints/{complaint.reference}/person"
    assert cora.call("GET", person).json["identity"] is None
    assert deniz.tries(complaint, "open_identity", {"reason": WHY}).status == 403
    assert pointers(cora.tries(complaint, "open_identity", {})) == ["/reason"]
    cora.does(complaint, "open_identity", {"reason": WHY})
    opened = cora.call("GET", person).json["identity"]
    assert (opened["name"], opened["email"]) == (f"Zübeyde {NAMES['name']}", complaint.email)
    assert opened["order_number"] == NAMES["order number"]
    assert [each["name"] for each in opened["joint"]] == [NAMES["joint"]]
    assert opened["senders"] == [f"{NAMES['sender']}@example.org"]
    page = signed_in(run, "Cora", "custodian").get(f"/desk/cases/{complaint.reference}/person?lang=en")
    assert complaint.email in page.text
    for other in (deniz, Staff(run, "Carl", "custodian")):
        assert other.call("GET", person).json["identity"] is None
    assert told(str(cora.case(complaint))) == []
    paula = Staff(run, "Paula", "privacy")
    audit = paula.call("GET", f"/complaints/{complaint.reference}/audit").json
    assert (audit["verifies"], audit["flaws"]) == (True, [])
    opening = next(fact for fact in facts_in(audit) if fact["fact"] == "IdentityOpened")
    assert opening["by"]["id"] == "Cora"
    shown = next(fact for fact in paula.case(complaint)["facts"] if fact["fact"] == "IdentityOpened")
    assert shown["reason"] == WHY
    log = paula.call("GET", f"/access?case={complaint.reference}").json["items"]
    assert {(each["member"], each["kind"]) for each in log} >= {("Cora", "identity")}
    go_to(run, clock(run) + timedelta(minutes=16))
    assert cora.call("GET", person).json["identity"] is None


def test_whoever_has_an_interest_or_is_not_cleared_opens_nothing(run: LocalRun) -> None:
    sealed = complain(run, category=SEALED)
    cora = Staff(run, "Cora", "custodian")
    Staff(run, "Cora", "agent").does(sealed, "recuse", {"reason": "She sits beside me."})
    refused = cora.tries(sealed, "open_identity", {"reason": WHY})
    assert (refused.status, refused.json["rule"]) == (409, "second-person")
    office = Office(run)
    reviewer, custodian = office.adds("reviewer"), office.adds("custodian")
    office.does(
        "member", reviewer.name, {"name": "Rita", "roles": ["reviewer"], "sites": ["demo"], "sensitive": True}
    )
    sensitive = {"list": "categories", "code": SEALED, "sensitive": True}
    office.does("codes", "demo", {"put": [sensitive]})
    try:
        path = f"/complaints/{sealed.reference}/commands/open_identity"
        hidden = custodian.call("POST", path, {"reason": WHY}, If_Match='"9"')
        assert hidden.status == 404
    finally:
        office.does("codes", "demo", {"put": [sensitive | {"sensitive": False}]})


def test_nobody_makes_themselves_a_custodian(run: LocalRun) -> None:
    office = Office(run)
    own = office.setting("member", office.name)["record"]
    body = {"name": own["name"], "sites": own["sites"]}
    without = [role for role in own["roles"] if role != "custodian"]
    office.does("member", office.name, body | {"roles": without})
    assert pointers(office.tries("member", office.name, body | {"roles": [*without, "custodian"]})) == [
        "/roles"
    ]


@pytest.mark.iso10002("4 confidentiality")
def test_another_category_opens_nothing_and_a_sealed_case_becomes_part_of_none(run: LocalRun) -> None:
    word = new_word()
    person = {"name": f"Ada {word}", "email": f"{word}@example.org"}
    sealed, other = complain(run, category=SEALED, complainant=person), complain(run, complainant=person)
    deniz = Staff(run)
    deniz.does(sealed, "classify", {"category": "delivery.damaged"})
    settle(run)
    assert word not in str(deniz.case(sealed))
    assert word in str(deniz.case(other))
    found = deniz.call("GET", f"/search?q={word}").json["items"]
    assert [each["reference"] for each in found] == [other.reference]
    together = deniz.call("GET", f"/complaints/{other.reference}/person").json["items"]
    assert [each["reference"] for each in together] == [other.reference]
    for case, into in ((sealed, other), (other, sealed)):
        refused = deniz.tries(case, "merge", {"into": into.reference, "reason": "The same person."})
        assert (refused.status, refused.json["rule"]) == (409, "identity-sealed")


def test_staff_give_no_address_to_which_the_link_would_go(run: LocalRun) -> None:
    sealed = complain(run, category=SEALED)
    change = {"email": "deniz@example.org", "reason": "It was told on the telephone."}
    refused = Staff(run).tries(sealed, "correct_contact", change)
    assert (refused.status, refused.json["rule"]) == (409, "identity-sealed")
    Staff(run).does(sealed, "correct_contact", {"language": "tr", "reason": "Asked on the telephone."})


@pytest.mark.iso10002("4 confidentiality")
def test_the_person_reads_and_corrects_it_and_gets_the_link_again(run: LocalRun) -> None:
    word = new_word()
    person = {"name": f"Ada {word}", "email": f"{word}@example.org"}
    sealed = complain(run, category=SEALED, complainant=person)
    assert len(sealed.letters()) == 1
    own = sealed.call("GET", "/data").json
    assert (own["complainant"]["name"], own["complainant"]["email"]) == (person["name"], person["email"])
    page = run.open_link(f"/status/{sealed.reference}/contact?t={sealed.access}")
    assert f'value="{person["email"]}"' in page.text
    status = run.open_link(f"/status/{sealed.reference}?t={sealed.access}&lang=en")
    assert "Who you are is sealed" in status.text
    form = {"reference": sealed.reference, "email": person["email"]}
    asked = run.call("POST", "/status", urlencode(form).encode(), Content_Type=FORM_TYPE)
    assert asked.status == 303
    settle(run)
    assert len(sealed.letters()) == 2


def test_asking_for_the_link_tells_staff_of_no_address_whether_it_is_that_of_the_person(
    run: LocalRun,
) -> None:
    sealed = complain(run, category=SEALED)

    def asked(email: str) -> int:
        form = urlencode({"reference": sealed.reference, "email": email}).encode()
        assert run.call("POST", "/status", form, Content_Type=FORM_TYPE).status == 303
        settle(run)
        return [fact["fact"] for fact in Staff(run).case(sealed)["facts"]].count("LinkAsked")

    keep_midnight_away(run)
    guesses = [f"{new_word()}@example.org" for _ in range(2)]
    assert [asked(guesses[0]), asked(sealed.email), asked(guesses[1])] == [1, 2, 3]
    assert len(sealed.letters()) == 4
    assert [run.mails(guess) for guess in guesses] == [[], []]
    assert [asked(f"{new_word()}@example.org") for _ in range(3)] == [4, 5, 5]


@pytest.mark.iso10002("4 confidentiality")
def test_the_table_holds_it_nowhere_in_plain_and_an_erasure_removes_it(run: LocalRun) -> None:
    word = new_word()
    person = {"name": f"Ada {word}", "email": f"{word}@example.org"}
    sealed, other = complain(run, category=SEALED, complainant=person), complain(run, subject=f"A {word}x")
    settle(run)
    run.stop()
    compact(run.data / "cases.db")
    stored = (run.data / "cases.db").read_bytes()
    run.start()
    # What is not sealed stands in the card for queues: so a word is found where there is one.
    assert any(each in stored for each in encodings_of(f"{word}x"))
    rest = stored.replace(f"{word}x".encode(), b"")
    assert not any(each in rest for each in encodings_of(word))
    assert kept(run, sealed) == {"entry#000001", "letter#000001.1"}
    sealed.say("withdrawal", {"reason": "It is all right."})
    Staff(run, "Paula", "privacy").does(sealed, "erase", {"ground": "not_needed"})
    go_to(run, clock(run) + timedelta(hours=26))
    settle(run)
    assert kept(run, sealed) == set()
    audit = Staff(run, "Paula", "privacy").call("GET", f"/complaints/{sealed.reference}/audit").json
    assert (audit["verifies"], audit["flaws"]) == (True, [])
    assert other.view()["subject"] == f"A {word}x"


def kept(run: LocalRun, complaint: Complaint) -> set[str]:
    """The sort keys of what is sealed of a case."""
    run.stop()
    try:
        with engine.running(run.data / "cases.db") as endpoint, looking_into(endpoint, TABLE):
            return {item.sk for item in Item.query(identity_pk(complaint.reference), consistent_read=True)}
    finally:
        run.start()
