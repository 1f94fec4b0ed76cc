"""How often AWS is called for the pages of mail: counted in the fault injector's log."""

from collections.abc import Iterator

import pytest

from tests.faults.injector import environment
from tests.functions.test_aws_calls import Counted
from tests.html import Reading
from tests.inbound_mail.hostile_mails import mail
from tests.journeys.steps import settle
from tests.local_run import running
from tests.pages.desk_client import Desk, form_of, signed_in

MAIL = "/desk/mail?site=demo"


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    folder = tmp_path_factory.mktemp("counted-mail")
    log = folder / "calls.log"
    with running(folder / "data", environment=environment(log)) as run:
        raw = mail(To="demo@in.answerable.example")
        run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822")
        settle(run)
        yield Counted(run, log)


@pytest.fixture
def kim(counted: Counted) -> Desk:
    kim = signed_in(counted.run, "Kim", "agent")
    kim.get(MAIL)
    return kim


def test_s48_the_list_of_mail_is_two_calls_and_one_mail_is_two(counted: Counted, kim: Desk) -> None:
    listed, page = counted.calls_of(lambda: kim.get(MAIL))
    (address,) = (link for link in Reading(page.text).links if "/desk/mail/" in link)
    one, _ = counted.calls_of(lambda: kim.get(address))
    assert (listed, one) == (["BatchGetItem", "Query"], ["BatchGetItem", "BatchGetItem"])


def test_s48_a_mail_joins_a_case_in_six_calls(counted: Counted, kim: Desk) -> None:
    """Who and which mail, the case, what is written to it, its data key, and what became of the mail."""
    page = kim.get(MAIL)
    (address,) = (link for link in Reading(page.text).links if "/desk/mail/" in link)
    hidden, action = form_of(kim.get(address), "/join?site=demo")
    typed = [*hidden, ("reference", counted.complaint.reference)]
    calls, got = counted.calls_of(lambda: kim.post(action, typed))
    assert got.status == 303
    read, written, kept = ["BatchGetItem"] * 3, ["TransactWriteItems"], ["BatchGetItem", "PutItem"]
    assert calls == [*read, *written, *kept]
