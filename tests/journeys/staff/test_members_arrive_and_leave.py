"""A team arrives and one of it leaves, told in English and in Turkish."""

import uuid
from datetime import timedelta

import pytest

from tests.journeys.settings.administration import Office
from tests.journeys.staff.test_scim import Directory
from tests.journeys.steps import Staff, clock, complain
from tests.local_run import LocalRun
from tests.pages.case_page_client import words
from tests.pages.desk_client import Desk
from tests.pages.settings_client import OfficeDesk

CSV = "/desk/members/csv"
SAID = {
    "en": (
        "30 new, 0 changed, 0 the same, 1 refused",
        "Done: 30 invited, 0 changed, 1 refused.",
        "You are invited",
    ),
    "tr": (
        "30 yeni, 0 değişen, 0 aynı, 1 reddedilen",
        "Tamam: 30 davet edildi, 0 değişti, 1 reddedildi.",
        "davetlisiniz",
    ),
}


@pytest.mark.parametrize("language", SAID)
def test_two_are_invited_by_mail_thirty_by_csv_they_work_and_one_leaves_by_the_directory(
    local_run: LocalRun, language: str
) -> None:
    office, desk = Office(local_run), OfficeDesk(local_run)
    desk.desk.get(f"/desk/settings?lang={language}")
    preview, done, subject = SAID[language]
    team = [f"new-{uuid.uuid4().hex[:12]}" for _ in range(32)]
    addresses = [f"{name}@staff.example" for name in team]
    for number, to in enumerate(addresses[:2]):
        typed = {"name": f"Ada Öz {number}", "email": to, "letter_language": language, "reason": "Yeni."}
        got = desk.send(
            desk.page("/new/invitation"), "/new/invitation", **typed, roles=["agent"], sites=["demo"]
        )
        desk.follow(got)
    rows = [f"Ece Öz;{to};agent;demo;{language}" for to in addresses[2:]]
    text = "\r\n".join(["\ufeffname;email;roles;sites;language", *rows, "=Ece;x@staff.example;agent;demo;tr"])
    seen = desk.send(desk.desk.get(CSV), CSV, csv=text, reason="Ekip büyüyor.")
    assert preview in words(seen)
    assert done in words(desk.send(seen, CSV))
    for to in (addresses[0], addresses[-1]):
        [mail] = local_run.mails(to)
        assert subject in mail["subject"]

    browsers = {}
    for name in (team[0], team[1], team[-1]):
        browsers[name] = Desk(local_run)
        assert browsers[name].sign_in(name, "agent").status == 303
        assert browsers[name].get("/desk").status == 200

    office.does("directory", "scim", {"groups": ["Team: agent @ demo"]})
    made = office.staff.call("POST", "/directory/token", {"reason": "SCIM"})
    directory = Directory(local_run, made.json["token"])
    leaver, stays = team[0], team[1]
    user = directory.adds({"userName": addresses[0], "displayName": "Ada Öz"})
    theirs, asked = complain(local_run), complain(local_run)
    Staff(local_run, "Robin").does(theirs, "assign", {"to": leaver})
    due = (clock(local_run) + timedelta(days=3)).date().isoformat()
    Staff(local_run, "Robin").does(asked, "task", {"text": "Call the depot.", "to": leaver, "due": due})
    directory.patches(user["id"], {"op": "Replace", "path": "active", "value": "False"})
    assert browsers[leaver].get("/desk").status == 403
    assert browsers[stays].get("/desk").status == 200
    assert Staff(local_run, stays).case(theirs)["assignee"] is None
    [task] = Staff(local_run, stays).case(asked)["tasks"]
    assert (task["to"], task["state"]) == (None, "open")
    last = office.setting("member", leaver)["history"]
    assert ("MemberDeactivated", "scim") in [(each["fact"], each["by"]) for each in last]
