"""Where a confirmation waits, the pages of the complaint offer to send it now, without a script."""

import re
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import clock, go_to, settle
from tests.local_run import LocalRun
from tests.pages.form_client import FORM, Sender, words
from tests.pages.public.form.test_complain_form import settled

SHOW = "Show my confirmation here"
OFFER, LEAVES, LATER = "Send my confirmation now", "is on its way", "again in five minutes"
TURN = timedelta(minutes=5)


def a_turn_begins(run: LocalRun) -> None:
    """What is held in this turn waits until the next one at least."""
    now = clock(run)
    begun = now - timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)
    go_to(run, begun + TURN + timedelta(seconds=1))


def waiting(run: LocalRun) -> Sender:
    """Whoever complained while the site held letters back: it does not any more, and the letter waits for its
    turn."""
    a_turn_begins(run)
    sender = Sender(run, "demo-gb")
    with settled(run, holds_letters=True):
        sent = sender.send()
        sender.path = urlsplit(str(sent.headers["Location"])).path
        sender.page = sender.follow(sent)
        settle(run)
    return sender


@pytest.mark.iso10002("7.4 acknowledgement: flood")
def test_s67_a_confirmation_that_waits_leaves_once_somebody_asks(local_run: LocalRun) -> None:
    sender = waiting(local_run)
    assert OFFER not in words(sender.page), "held back by an administrator, for all"
    go_to(local_run, clock(local_run) + timedelta(minutes=1))
    assert local_run.mails(sender.email) == []
    shown = sender.look(sender.path)
    assert OFFER in words(shown)
    answer = pressed(sender, shown)
    assert LEAVES in words(answer)
    assert OFFER not in words(answer)
    settle(local_run)
    assert len(local_run.mails(sender.email)) == 1
    assert LEAVES in words(pressed(sender, shown)), "pressed twice"
    settle(local_run)
    go_to(local_run, clock(local_run) + 3 * TURN)
    settle(local_run)
    assert len(local_run.mails(sender.email)) == 1


def test_s67_where_an_administrator_holds_letters_back_nobody_goes_ahead(local_run: LocalRun) -> None:
    sender = waiting(local_run)
    go_to(local_run, clock(local_run) + timedelta(minutes=1))
    shown = sender.look(sender.path)
    with settled(local_run, holds_letters=True):
        assert LATER in words(pressed(sender, shown))
        settle(local_run)
        assert local_run.mails(sender.email) == []
        held = sender.look(sender.path)
        assert OFFER not in words(held)
        assert "Your complaint is confirmed" in words(pressed(sender, held, "show_here"))
    go_to(local_run, clock(local_run) + 3 * TURN)
    settle(local_run)
    assert local_run.mails(sender.email) == [], "it was read"


@pytest.mark.iso10002("7.4 acknowledgement: flood")
def test_s67_whoever_finds_no_place_reads_the_confirmation_on_the_page(local_run: LocalRun) -> None:
    sender = waiting(local_run)
    go_to(local_run, clock(local_run) + timedelta(minutes=1))
    assert SHOW not in words(sender.look(sender.path)), "first it is asked for"
    page = sender.look(f"{sender.path}?lang=en&done=send_later")
    assert SHOW in words(page)
    answer = pressed(sender, page, "show_here")
    assert "Your complaint is confirmed" in words(answer)
    assert OFFER not in words(answer)
    (link,) = re.findall(r'href="([^"]*/letters/[^"]*)"', answer.text)
    assert "We have received your complaint" in words(sender.look(link))
    later = sender.look(sender.path)
    assert re.findall(r'href="([^"]*/letters/[^"]*)"', later.text) == [link], "also on a later visit"
    assert "Your complaint is confirmed" in words(pressed(sender, page)), "the other button of another tab"
    go_to(local_run, clock(local_run) + 3 * TURN)
    settle(local_run)
    assert local_run.mails(sender.email) == []


def pressed(sender: Sender, page: Answer, action: str = "send_now") -> Answer:
    """The page after a button of this one was pressed."""
    fields = next(fields for fields in forms_of(page) if fields.get("action") == action)
    answer = sender.run.call("POST", sender.path, urlencode(fields).encode(), Content_Type=FORM)
    return sender.follow(answer)


def forms_of(page: Answer) -> list[dict[str, str]]:
    """What each form of a page brings along."""
    forms: list[dict[str, str]] = []
    for tag, attributes in Reading(page.text).elements:
        if tag == "form":
            forms.append({})
        elif tag == "input" and forms and attributes.get("type") == "hidden":
            forms[-1][attributes["name"] or ""] = attributes["value"] or ""
    return forms
