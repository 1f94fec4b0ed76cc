"""Members are invited by forms without scripts: one by one, and by a CSV file that is looked at first."""

import re
import uuid
from typing import Any

import pytest

from tests.journeys.settings.administration import Office
from tests.local_run import LocalRun
from tests.pages.case_page_client import words
from tests.pages.settings_client import OfficeDesk

CSV = "/desk/members/csv"


@pytest.fixture
def desk(local_run: LocalRun) -> OfficeDesk:
    return OfficeDesk(local_run)


def address() -> str:
    return f"new-{uuid.uuid4().hex[:12]}@staff.example"


def test_somebody_is_invited_by_a_form_that_asks_for_no_id_and_a_second_press_sends_no_second_mail(
    desk: OfficeDesk,
) -> None:
    to, page = address(), desk.page("/new/invitation")
    assert 'name="id"' not in page.text
    typed: dict[str, Any] = {
        "name": "Şebnem Öz",
        "email": to,
        "sites": ["demo"],
        "letter_language": "tr",
        "reason": "New.",
    }
    refused = desk.send(page, "/new/invitation", **typed, roles=[])
    assert refused.status == 422
    assert "Şebnem Öz" in refused.text
    got = desk.send(refused, "/new/invitation", **typed, roles=["agent"])
    again = desk.send(refused, "/new/invitation", **typed, roles=["agent"])
    assert got.headers["Location"] == again.headers["Location"]
    text = desk.follow(got)
    for each in ("The invitation is on its way.", "Invitation: Şebnem Öz", "Invited", "Türkçe", "Sam"):
        assert each in text
    assert len(desk.run.mails(to)) == 1
    address_of_it = got.headers["Location"].removeprefix(desk.run.url).partition("?")[0]
    row = next(part for part in desk.listed("invitation").split("<tr") if address_of_it in part)
    assert "Invited" in row
    assert "Demo Shop" in row


def test_a_file_is_shown_row_by_row_carried_out_when_it_was_seen_and_done_once(desk: OfficeDesk) -> None:
    kim = Office(desk.run).adds("agent", sites=("demo",)).name
    Office(desk.run).does("member", kim, {"email": f"{kim}@staff.example"})
    new = [address() for _ in range(3)]
    rows = [f"{number}. Ada;{to};agent;demo" for number, to in enumerate(new)]
    rows += [f"Ayşe;{kim}@staff.example;agent reviewer;demo", "=1+1;x@staff.example;agent;demo"]
    text = "\r\n".join(["\ufeffName;Email;Roles;Sites", *rows])
    seen = desk.send(desk.desk.get(CSV), CSV, csv=text, reason="The team grows.")
    assert "3 new, 1 changed, 0 the same, 1 refused" in words(seen)
    assert re.search(r"6\s.*A cell must not begin like a formula", words(seen), re.DOTALL)
    assert desk.run.mails(new[0]) == []
    done = desk.send(seen, CSV)
    assert "Done: 3 invited, 1 changed, 1 refused." in words(done)
    assert [len(desk.run.mails(to)) for to in new] == [1, 1, 1]
    assert Office(desk.run).setting("member", kim)["record"]["roles"] == ["agent", "reviewer"]
    again = desk.send(seen, CSV)
    assert "0 new, 0 changed, 4 the same, 1 refused" in words(again)
    assert "Something changed since you looked." in words(again)


def test_a_file_that_cannot_be_read_is_given_back_with_what_is_wrong(desk: OfficeDesk) -> None:
    got = desk.send(desk.desk.get(CSV), CSV, csv="name;mail\nAda;ada@x.example", reason="")
    assert got.status == 422
    got = desk.send(desk.desk.get(CSV), CSV, csv="name;mail\nAda;ada@x.example", reason="New.")
    assert (got.status, "There is no column mail." in words(got)) == (422, True)
    assert "Ada;ada@x.example" in got.text


def test_the_directory_is_connected_by_its_page_and_the_token_is_shown_once(desk: OfficeDesk) -> None:
    at = "/directory/scim"
    got = desk.send(desk.page(at), "/commands/change", groups="Team: agent @ demo", reason="Connected.")
    assert "Team: agent @ demo" in desk.follow(got)
    made = desk.send(desk.page(at), "/desk/directory/token", reason="Connected.")
    [token] = re.findall(r"<code[^>]*>([A-Za-z0-9_-]{43})</code>", made.text)
    assert f"{desk.run.url}/scim/v2" in words(made)
    page = desk.page(at)
    assert token not in page.text
    assert "The token has ended." in desk.follow(desk.send(page, "/commands/stop", reason="Over."))
