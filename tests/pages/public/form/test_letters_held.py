"""A site that holds automatic letters back says so: on the form, after it is sent, and to staff."""

from urllib.parse import urlsplit

from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in
from tests.pages.form_client import Sender, words
from tests.pages.public.form.test_complain_form import settled

LATE = "Our emails arrive late at the moment"


def test_s67_a_site_that_holds_letters_takes_complaints_and_says_so(local_run: LocalRun) -> None:
    before = Sender(local_run, "demo-gb")
    assert LATE not in words(before.page)
    with settled(local_run, holds_letters=True):
        sender = Sender(local_run, "demo-gb")
        assert LATE in words(sender.page)
        sent = sender.send()
        assert sent.status == 303
        assert LATE in words(sender.follow(sent))
        status = urlsplit(sent.headers["Location"]).path
        cookie = str(sent.headers["Set-Cookie"]).partition(";")[0]
        assert LATE in words(local_run.call("GET", status, cookie=cookie))
        assert local_run.mails(sender.email) == []
    assert LATE not in words(local_run.call("GET", status, cookie=cookie))


def test_staff_see_at_home_where_letters_are_held(local_run: LocalRun) -> None:
    desk = signed_in(local_run)
    assert "held back at" not in words(desk.get("/desk/home"))
    with settled(local_run, holds_letters=True):
        assert "held back at" in words(desk.get("/desk/home"))


def test_only_who_may_read_closings_of_floods_is_led_there(local_run: LocalRun) -> None:
    with settled(local_run, holds_letters=True):
        for role, is_led in (("agent", False), ("reviewer", True)):
            desk = signed_in(local_run, f"Home {role}", role)
            for page in ("/desk/home", "/desk/settings/site/demo-gb"):
                assert ("Close what robots sent" in words(desk.get(page))) == is_led
            there = desk.get("/desk/records?kind=flood_closing")
            assert there.status == (200 if is_led else 403)
