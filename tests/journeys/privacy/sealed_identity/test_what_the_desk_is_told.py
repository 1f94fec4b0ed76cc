"""Who complains in a sealed category is known to nobody at the desk.

Threat 119: whoever works on a complaint looks for who made it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlencode

import pytest

import app
from complaints.values.people import Role
from tests.http import Answer
from tests.inbound_mail.hostile_mails import mail
from tests.journeys.privacy.sealed_identity.sealed_case import NAMES, SEALED, answered, told
from tests.journeys.steps import (
    Complaint,
    Staff,
    complain,
    keep_midnight_away,
    local_date,
    new_word,
    settle,
)
from tests.local_run import LocalRun
from tests.pages.desk_client import FORM_TYPE, signed_in


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


@pytest.mark.iso10002("4 confidentiality: sealed")
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


def test_staff_give_no_address_to_which_the_link_would_go(run: LocalRun) -> None:
    sealed = complain(run, category=SEALED)
    change = {"email": "deniz@example.org", "reason": "It was told on the telephone."}
    refused = Staff(run).tries(sealed, "correct_contact", change)
    assert (refused.status, refused.json["rule"]) == (409, "identity-sealed")
    Staff(run).does(sealed, "correct_contact", {"language": "tr", "reason": "Asked on the telephone."})


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


@pytest.mark.parametrize("where", ["subject", "text", "quotation"])
def test_a_mail_to_the_site_that_names_a_sealed_case_says_nothing_of_its_sender(
    run: LocalRun, where: str
) -> None:
    sealed, word = complain(run, category=SEALED), new_word()
    named = sealed.reference.lower() if where == "text" else sealed.reference
    body = {"subject": word, "text": f"{word} It is {named}.", "quotation": f"{word}\n\n> {named}:\n> words"}
    raw = mail(
        body[where],
        From=f"Zübeyde {NAMES['name']} <{NAMES['sender']}@example.org>",
        To="demo@in.answerable.example",
        Subject=f"Re {named}" if where == "subject" else "Hello",
        Message_ID=f"<{word}@{NAMES['sender']}>",
    )
    assert run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822").status == 202
    settle(run)
    deniz = Staff(run)
    mails = deniz.call("GET", "/mail?site=demo").json["items"]
    [shown] = [each for each in mails if word in each["text"]]
    assert (shown["outcome"], shown["reference"], shown["sealed"]) == ("unverified", sealed.reference, True)
    assert told(str(shown)) == []
    assert deniz.call("GET", f"/mail/{shown['id']}/raw?site=demo").status == 404
    assert deniz.call("POST", f"/mail/{shown['id']}/join?site=demo", {}).status == 200
    settle(run)
    assert any(word in str(fact) for fact in deniz.case(sealed)["facts"])
    assert told(str(deniz.case(sealed))) == []


def test_a_mail_that_staff_join_to_a_sealed_case_names_nobody_by_the_letter_that_it_quotes(
    run: LocalRun,
) -> None:
    sealed, word = complain(run, category=SEALED), new_word()
    raw = mail(
        f"{word}\n\n> Dear Zübeyde {NAMES['name']},\n> we look into it.\n",
        From=f"<{NAMES['sender']}@example.org>",
        To="demo@in.answerable.example",
        Subject="Hello",
        X_SES_Spam_Verdict="FAIL",
        Message_ID=f"<{word}@{NAMES['sender']}>",
    )
    deniz = Staff(run)
    assert run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822").status == 202
    settle(run)
    [shown] = [each for each in deniz.call("GET", "/mail?site=demo").json["items"] if word in each["text"]]
    joined = deniz.call("POST", f"/mail/{shown['id']}/join?site=demo", {"reference": sealed.reference})
    assert joined.status == 200, joined.json
    settle(run)
    assert word in str(deniz.case(sealed))
    assert told(str(deniz.case(sealed))) == []
