"""Who works here, at the pages of the desk: added, changed and deactivated by forms, without scripts."""

import uuid

import pytest

from tests.html import Reading
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun
from tests.pages.case_page_client import attributes_of, words
from tests.pages.settings_client import OfficeDesk, standing

MEMBERS = "?kind=member"
NEW = "/settings/new/member"
REASON = "She starts on Monday."


@pytest.fixture
def administration(local_run: LocalRun) -> OfficeDesk:
    return OfficeDesk(local_run)


def added(administration: OfficeDesk, *roles: str, sites: tuple[str, ...] = ("demo", "demo-gb")) -> str:
    """The name of somebody new, who was added by the form."""
    name = f"new-{uuid.uuid4().hex[:12]}"
    got = administration.send(
        administration.page("/new/member"),
        NEW,
        id=name,
        name="Ayşe Kaya",
        roles=list(roles or ("agent",)),
        sites=list(sites),
        reason=REASON,
    )
    text = administration.follow(got)
    assert "Member: Ayşe Kaya" in text
    assert "The change is saved." in text
    return name


def test_members_are_listed_with_who_changed_them_last(administration: OfficeDesk) -> None:
    name = added(administration)
    row = next(part for part in administration.listed("member").split("<tr") if name in part)
    assert "Ayşe Kaya" in row
    assert "Sam" in row
    assert "<time datetime=" in row


def test_somebody_who_is_added_works_at_once_and_the_page_says_who_added_her(
    administration: OfficeDesk,
) -> None:
    name = added(administration, "agent")
    assert Staff(administration.run, name).call("GET", "/me").json["name"] == "Ayşe Kaya"
    page = administration.setting("member", name)
    assert REASON in words(page)
    for value in ("Ayşe Kaya", "demo", "demo-gb"):
        assert f'<bdi class="said">{value}</bdi>' in page.text
    assert '<bdi class="said">demo-tr</bdi>' not in page.text


def test_a_form_that_says_what_stands_there_changes_nothing_else(administration: OfficeDesk) -> None:
    name = added(administration, "agent", "reviewer")
    got = administration.send(
        administration.setting("member", name), "/commands/change", email="a@example.org", reason="Mail."
    )
    administration.follow(got)
    record = Office(administration.run).setting("member", name)["record"]
    assert record["email"] == "a@example.org"
    assert (record["roles"], record["sites"]) == (["agent", "reviewer"], ["demo", "demo-gb"])


def test_what_is_wrong_is_said_beside_it_and_every_word_is_kept(administration: OfficeDesk) -> None:
    name = added(administration)
    page = administration.setting("member", name)
    got = administration.send(
        page, "/commands/change", name="", email="<b>nobody", roles=["auditor"], reason="Why & how"
    )
    assert got.status == 422
    text = words(got)
    assert "Name: Enter a value." in text
    assert {"#change-name"} <= set(Reading(got.text).links)
    assert attributes_of(got, "change-name")["aria-invalid"] == "true"
    assert attributes_of(got, "change-email")["value"] == "<b>nobody"
    assert ("roles", "auditor") in standing(got, "/commands/change")
    assert ("roles", "agent") not in standing(got, "/commands/change")
    assert ("reason", "Why & how") in standing(got, "/commands/change")
    assert "<title>Error: " in got.text


def test_an_absence_is_three_plain_inputs_and_what_is_wrong_is_said_beside_each(
    administration: OfficeDesk,
) -> None:
    name = added(administration)
    absence = {"away.from": "2026-12-24", "away.until": "2026-12-23", "away.stand_in": name}
    page = administration.setting("member", name)
    got = administration.send(page, "/commands/change", reason="On leave.", **absence)
    assert got.status == 422
    for part, text in (("until", "This ends before it begins."), ("stand_in", "Choose somebody else")):
        assert text in words(got)
        assert attributes_of(got, f"change-away.{part}")["aria-invalid"] == "true"
    assert set(absence.items()) <= set(standing(got, "/commands/change"))
    half = administration.send(page, "/commands/change", reason="On leave.", **absence | {"away.until": ""})
    assert attributes_of(half, "change-away.until")["aria-invalid"] == "true"
    right = absence | {"away.until": "2027-01-02", "away.stand_in": "Robin"}
    text = administration.follow(administration.send(got, "/commands/change", **right))
    assert "2 January 2027" in text, text
    record = Office(administration.run).setting("member", name)["record"]
    assert record["away"] == {"from": "2026-12-24", "until": "2027-01-02", "stand_in": "Robin"}
    back = dict.fromkeys(absence, "")
    administration.follow(
        administration.send(
            administration.setting("member", name), "/commands/change", reason="Back.", **back
        )
    )
    assert Office(administration.run).setting("member", name)["record"]["away"] is None


def test_a_colleague_who_was_faster_is_named_and_every_word_is_kept(administration: OfficeDesk) -> None:
    name = added(administration)
    page = administration.setting("member", name)
    Office(administration.run).does(
        "member", name, {"email": "faster@example.org", "reason": "I was faster."}
    )
    got = administration.send(page, "/commands/change", name="Ayşe Demir", reason="She married.")
    assert got.status == 412
    text = words(got)
    assert "Somebody else changed this first" in text
    assert "What changed in the meantime" in text
    assert "I was faster." in text
    assert attributes_of(got, "change-name")["value"] == "Ayşe Demir"
    assert "Member: Ayşe Demir" in administration.follow(administration.send(got, "/commands/change"))


def test_what_becomes_of_cases_is_said_before_somebody_is_deactivated(administration: OfficeDesk) -> None:
    name = added(administration)
    complaint = complain(administration.run)
    Staff(administration.run, "Robin").does(complaint, "assign", {"to": name})
    asked = administration.send(
        administration.setting("member", name), "/commands/deactivate", reason="She leaves."
    )
    assert asked.status == 200
    assert complaint.reference in words(asked)
    assert "become unassigned" in words(asked)
    assert Staff(administration.run, "Robin").case(complaint)["assignee"] == name
    back = administration.send(asked, "/commands/deactivate", step="back")
    assert ("reason", "She leaves.") in standing(back, "/commands/deactivate")
    text = administration.follow(administration.send(asked, "/commands/deactivate", step="do"))
    assert "This is deactivated." in text
    assert Staff(administration.run, "Robin").case(complaint)["assignee"] is None
    assert Staff(administration.run, name).call("GET", "/me").status == 403
    again = administration.send(
        administration.setting("member", name), "/commands/activate", reason="She is back."
    )
    assert "can sign in and work again" in words(again)
    assert "This is active again." in administration.follow(
        administration.send(again, "/commands/activate", step="do")
    )


def test_cases_at_a_site_that_is_taken_away_are_named_before(administration: OfficeDesk) -> None:
    name = added(administration)
    here, there = complain(administration.run), complain(administration.run, site="demo-gb")
    for complaint in (here, there):
        Staff(administration.run, "Robin").does(complaint, "assign", {"to": name})
    asked = administration.send(
        administration.setting("member", name), "/commands/change", sites=["demo-gb"], reason="She moves."
    )
    assert here.reference in words(asked)
    assert there.reference not in words(asked)
    administration.follow(administration.send(asked, "/commands/change", step="do"))
    owners = [Staff(administration.run, "Robin").case(each)["assignee"] for each in (here, there)]
    assert owners == [None, name]


def test_a_name_that_is_taken_or_left_out_is_refused_and_every_word_is_kept(
    administration: OfficeDesk,
) -> None:
    name = added(administration)
    for typed in (name, "", "sam", "Sa\u200bm"):
        got = administration.send(
            administration.page("/new/member"), NEW, id=typed, name="Other", reason="Why."
        )
        assert got.status == 422
        assert attributes_of(got, "change-id")["value"] == typed
        assert attributes_of(got, "change-id")["aria-invalid"] == "true"
        assert attributes_of(got, "change-name")["value"] == "Other"
    assert Office(administration.run).setting("member", name)["record"]["name"] == "Ayşe Kaya"


def test_a_double_press_changes_once(administration: OfficeDesk) -> None:
    name = added(administration)
    page = administration.setting("member", name)
    for _ in range(2):
        administration.follow(administration.send(page, "/commands/change", name="Ayşe D.", reason="Short."))
    assert Office(administration.run).setting("member", name)["version"] == 2


def test_an_auditor_sees_members_and_no_form(local_run: LocalRun) -> None:
    auditor = OfficeDesk(local_run, "Audrey", "auditor")
    page = auditor.setting("member", "Sam")
    assert "/commands/" not in page.text
    assert "/settings/new/" not in auditor.page(MEMBERS).text


def test_who_is_added_with_any_name_has_a_page(administration: OfficeDesk) -> None:
    name = f"auth0|a/b c?{uuid.uuid4().hex[:6]}"
    page = administration.page("/new/member")
    got = administration.send(page, NEW, id=name, name="Odd", sites=["demo"], reason="Another provider.")
    assert "Member: Odd" in administration.follow(got)
