"""Records of the management system over HTTP: begun, changed, read, and told of before they end."""

import uuid
from datetime import timedelta

import pytest

from tests.http import Answer
from tests.journeys.steps import Staff, clock, go_to, settle
from tests.local_run import LocalRun

LINE = "Somebody answers for the handling of complaints."


def record(code: str | None = None) -> str:
    return f"/records/responsibility/demo.{code or uuid.uuid4().hex}"


def assign(staff: Staff, path: str, version: int = 0, **changed: object) -> Answer:
    today = clock(staff.run).date()
    body = {"duty": "process_owner", "member": "Quinn", "since": today.isoformat(), "reason": LINE} | changed
    return staff.call("POST", f"{path}/commands/assign", body, If_Match=f'"{version}"')


@pytest.fixture
def quinn(local_run: LocalRun) -> Staff:
    return Staff(local_run, "Quinn", "quality")


@pytest.mark.iso10002("5.3 responsibility and authority: record")
def test_who_answers_for_what_is_on_record_with_dates_and_reasons(quinn: Staff) -> None:
    path = record()
    quinn.call("GET", "/me")
    made = assign(quinn, path)
    assert (made.status, made.headers["ETag"]) == (200, '"1"'), made.text
    assert made.json["allowed_commands"] == ["assign", "end"]
    until = (clock(quinn.run).date() + timedelta(days=90)).isoformat()
    ended = quinn.call("POST", f"{path}/commands/end", {"until": until}, If_Match='"1"')
    assert (ended.status, ended.json["content"]["until"]) == (200, until)
    agent = Staff(quinn.run, "Deniz", "agent")
    shown = agent.call("GET", path).json
    assert shown["allowed_commands"] == []
    assert [(each["verb"], each["by"], each["reason"]) for each in shown["history"]] == [
        ("assign", "Quinn", LINE),
        ("end", "Quinn", None),
    ]
    assert shown["history"][-1]["changed"] == ["until"]
    listed = agent.call("GET", "/records?kind=responsibility&site=demo").json["items"]
    assert [each["content"]["member"] for each in listed if path.endswith(each["id"])] == ["Quinn"]


def test_of_a_long_history_the_last_fifty_entries_are_shown(quinn: Staff) -> None:
    path = record()
    for version in range(51):
        today = clock(quinn.run).date()
        assign(quinn, path, version, until=(today + timedelta(days=90 + version)).isoformat())
        if version == 49:
            assert quinn.call("GET", path).json["earlier_entries"] is False
    shown = quinn.call("GET", path).json
    assert [each["number"] for each in shown["history"]] == list(range(2, 52))
    assert (shown["history"][0]["changed"], shown["earlier_entries"]) == (["until"], True)


def test_what_is_wrong_is_named_and_nothing_is_written(quinn: Staff) -> None:
    path = record()
    got = assign(quinn, path, member="nobody", until="1999-01-01", reports_to="nobody", duty="king")
    assert (got.status, [each["pointer"] for each in got.json["errors"]]) == (422, ["/duty"])
    got = assign(quinn, path, member="nobody", until="1999-01-01", reports_to="nobody")
    pointers = {each["pointer"] for each in got.json["errors"]}
    assert (got.status, pointers) == (422, {"/member", "/until", "/reports_to"})
    assert quinn.call("GET", path).status == 404


def test_a_site_a_kind_a_code_or_a_version_that_there_is_not_is_refused(quinn: Staff) -> None:
    assert quinn.call("GET", "/records?kind=gossip&site=demo").status == 422
    assert quinn.call("GET", "/records?kind=responsibility&site=nowhere").status == 422
    assert assign(quinn, "/records/responsibility/nowhere.owner").status == 404
    assert assign(quinn, "/records/gossip/demo.owner").status == 404
    assert assign(quinn, "/records/responsibility/demo.Owner%20").status == 422
    assert assign(quinn, record(), version=7).status == 412
    assert quinn.call("POST", f"{record()}/commands/crown", {}, If_Match='"0"').status == 404


def test_a_command_that_is_sent_again_is_carried_out_once(quinn: Staff) -> None:
    path, key = record(), uuid.uuid4().hex
    body = {"duty": "manager", "member": "Quinn", "since": "2026-01-01"}
    first, again = (
        quinn.call("POST", f"{path}/commands/assign", body, If_Match='"0"', Idempotency_Key=key)
        for _ in range(2)
    )
    assert (first.status, again.status) == (200, 200)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(quinn.call("GET", path).json["history"]) == 1


def test_who_only_works_on_cases_or_audits_changes_none(quinn: Staff) -> None:
    for role in ("agent", "reviewer", "auditor"):
        assert assign(Staff(quinn.run, "Kim", role), record()).status == 403


def test_a_month_before_it_ends_quality_management_is_told_once(moving_run: LocalRun) -> None:
    quinn = Staff(moving_run, "Quinn", "quality")
    code = uuid.uuid4().hex
    until = clock(moving_run).date() + timedelta(days=60)
    assert assign(quinn, record(code), until=until.isoformat()).status == 200
    for days in (31, 1, 1):
        go_to(moving_run, clock(moving_run) + timedelta(days=days))
        settle(moving_run)
    letters = [each for each in moving_run.mails() if f"demo.{code}" in each["text"]]
    assert len({each["to"] for each in letters}) == len(letters) > 0
    verbs = [each["verb"] for each in quinn.call("GET", record(code)).json["history"]]
    assert verbs == ["assign", "remind"]
