"""How often AWS is called for the page of a case: counted in the fault injector's log."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.faults.injector import environment
from tests.functions.test_aws_calls import Counted
from tests.journeys.steps import complain
from tests.local_run import running
from tests.pages.case_page_client import CaseDesk
from tests.pages.desk_client import SITES, form_of, signed_in


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    folder = tmp_path_factory.mktemp("counted-cases")
    log = folder / "calls.log"
    with running(folder / "data", environment=environment(log)) as run:
        yield Counted(run, log)


@pytest.fixture
def kim(counted: Counted) -> CaseDesk:
    """Somebody who has looked at the case before."""
    kim = CaseDesk(counted.run, counted.complaint)
    kim.page()
    return kim


def test_s48_the_page_of_a_case_seen_before_is_one_call(counted: Counted, kim: CaseDesk) -> None:
    """The names of staff are known for a minute, here by the letter or by the page before."""
    again, _ = counted.calls_of(kim.page)
    assert again == ["BatchGetItem"]


def test_s48_a_command_of_a_form_is_two_calls(counted: Counted, kim: CaseDesk) -> None:
    hidden, action = form_of(kim.page(), "/commands/note")
    calls, got = counted.calls_of(lambda: kim.desk.post(action, [*hidden, ("text", "x")]))
    assert (calls, got.status) == (["BatchGetItem", "TransactWriteItems"], 303)


def test_s48_seeing_a_letter_before_it_leaves_is_two_reads(counted: Counted, kim: CaseDesk) -> None:
    hidden, action = form_of(kim.page(), "/commands/message")
    calls, got = counted.calls_of(lambda: kim.desk.post(action, [*hidden, ("text", "x")]))
    assert (calls, got.status) == (["BatchGetItem", "BatchGetItem"], 200)


def test_s48_a_task_is_given_in_two_calls_and_listed_with_its_text_in_three(
    counted: Counted, kim: CaseDesk
) -> None:
    hidden, action = form_of(kim.page("/forms/task"), "/commands/task")
    typed = [*hidden, ("text", "What did the driver note?"), ("to", "Kim"), ("due", "2031-03-04")]
    calls, got = counted.calls_of(lambda: kim.desk.post(action, typed))
    assert (calls, got.status) == (["BatchGetItem", "TransactWriteItems"], 303)
    kim.desk.get("/desk/tasks")
    calls, got = counted.calls_of(lambda: kim.desk.get("/desk/tasks"))
    assert calls == ["BatchGetItem", "Query", "BatchGetItem"]
    assert kim.complaint.reference in got.text


def test_s48_who_else_is_there_is_one_read_and_one_write_beside_the_case(
    counted: Counted, kim: CaseDesk
) -> None:
    asked = partial(kim.desk.post, f"{kim.path}/presence", [("form", kim.desk.token())])
    asked()
    calls, got = counted.calls_of(asked)
    assert (calls, got.status) == (["BatchGetItem", "UpdateItem"], 200)


def test_s48_the_home_of_the_desk_is_the_read_of_authentication_and_two_queries_for_each_site(
    counted: Counted,
) -> None:
    desk = signed_in(counted.run, "Quinn", "quality")
    for query, sites in (("", len(SITES)), ("?site=demo", 1)):
        desk.get(f"/desk/home{query}")
        calls, got = counted.calls_of(partial(desk.get, f"/desk/home{query}"))
        assert (calls, got.status) == (["BatchGetItem", *["Query"] * 2 * sites], 200)


def test_s48_the_complaints_of_a_person_are_four_reads_and_two_for_each_site(counted: Counted) -> None:
    """The caller with the case; the address of the case; what it leads to, at each site; what was found."""
    kim = CaseDesk(counted.run, complain(counted.run))
    kim.page()
    calls, got = counted.calls_of(partial(kim.desk.get, f"{kim.path}/person"))
    assert (calls.count("Query"), got.status) == (len(SITES), 200)
    assert len(calls) <= 4 + 2 * len(SITES)
