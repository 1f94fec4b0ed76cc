"""An older release beside a newer one, or after it: what it can read it reads, and of the rest it says so."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from chalice.app import Response

from complaints.adapters.container import container
from complaints.adapters.dynamodb.key_schema import head_key
from complaints.adapters.dynamodb.models import Head
from complaints.adapters.stores.lists.due_items import AGAIN_AFTER
from complaints.audit_trail import hash_chain
from complaints.case.complaint import Complaint
from complaints.case.correspondence.messages import NoteAdded
from complaints.reporting.list_rows import Filter
from complaints.values.errors import WrittenByNewerRelease
from functions.desk.queue.queues import item
from functions.desk.queue.rows import rows
from functions.http import request
from functions.http.request import Request
from functions.http.responses import refusals_as_problems
from functions.serializers.parts.complaint import opened_facts
from tests.builders import ADA, MONDAY, a_member
from tests.functions.workers.test_schedule import A_MINUTE, shelve_due
from tests.installation import Installation, opened

NOTE = NoteAdded(at=MONDAY, by=ADA, text="Called.")


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def state_with(installation: Installation, reference: str, **fields: object) -> None:
    """The head as a release has it that knows more."""
    head = Head.get(*head_key(reference))
    head.update(actions=[Head.state.set(json.dumps(json.loads(head.state) | fields))])


def row_with(reference: str, **fields: object) -> None:
    """What a queue shows of the case, as a release has it that knows more."""
    head = Head.get(*head_key(reference))
    head.update(actions=[Head.row.set(json.dumps(json.loads(head.row) | fields))])


def entry_with(*others: dict[str, Any]) -> tuple[bytes, hash_chain.Private]:
    """An entry of a note, and of facts as a later release writes them."""
    link = hash_chain.link(Complaint(reference="C-0"), [NOTE], ADA, bytes)
    entry = json.loads(link.data)
    return hash_chain.encode(entry | {"facts": [*entry["facts"], *others]}), link.private


def test_s75_what_a_later_release_added_to_a_case_is_left_out(installation: Installation) -> None:
    (name,) = shelve_due(installation, 1)
    before = installation.complaint(name)
    state_with(installation, name, mediated_at="2031-01-01T00:00:00Z")
    assert installation.complaint(name) == before


def test_s75_a_fact_of_a_kind_that_only_a_later_release_knows_is_left_out() -> None:
    data, private = entry_with({"fact": "Mediated", "at": MONDAY.isoformat(), "by": {"kind": "machine"}})
    assert list(opened_facts(7, data, private)) == [(7, NOTE)]


def test_s75_a_fact_in_a_shape_that_only_a_later_release_knows_is_no_unexpected_error() -> None:
    data, private = entry_with({"fact": "Closed", "at": "in the morning"})
    with pytest.raises(WrittenByNewerRelease):
        list(opened_facts(7, data, private))


def test_s75_a_case_that_only_a_later_release_can_read_is_a_calm_answer_and_waits(
    installation: Installation,
) -> None:
    (name,) = shelve_due(installation, 1)
    state_with(installation, name, stage="mediating")

    @refusals_as_problems
    def entrance() -> Response:
        installation.complaint(name)
        raise AssertionError

    request.set_current_request(Request("GET", "/", {}, {}, b""))
    answer = entrance()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert json.loads(answer.body)["type"] == "/problems/unavailable"
    # Set aside, so that it starves no other; looked at again when that release may be here.
    assert installation.run_schedule()["failed"] == 1
    assert installation.run_schedule(A_MINUTE)["failed"] == 0
    state_with(installation, name, stage="received")
    assert installation.run_schedule(AGAIN_AFTER)["done"] == 1


def test_s75_a_queue_shows_a_case_in_a_stage_that_only_a_later_release_knows(
    installation: Installation,
) -> None:
    later, known = shelve_due(installation, 2)
    row_with(later, stage="mediating", clock="mediate", mediator="kim")
    request.set_current_request(Request("GET", "/desk", {}, {}, b""))
    page = installation.world.queues.by_urgency(("demo",), ("open",), Filter(), after=None, limit=50)
    shown = {row.reference: (row.stage, row.clock) for row in rows(container(), "en", page, (), a_member())}
    assert shown == {later: ("later", None), known: ("received", "acknowledge")}
    assert [item(listed).stage for listed in page.items] == ["mediating", "received"]
