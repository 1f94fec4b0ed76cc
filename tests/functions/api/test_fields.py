"""Values: each wrong one is pointed at, all in one answer, and none is repeated to the sender."""

from typing import Any

import pytest

from complaints.handling.staff_commands import STAFF_COMMANDS
from tests.functions.endpoints import Write, commands, intake, own
from tests.functions.http.parsing.test_json_body import is_problem
from tests.journeys.steps import SCALES, complain, form, proof, submit
from tests.local_run import LocalRun

TEXTS = ["site", "language", "subject", "description", "category"]
OTHER_TEXTS = [
    "product",
    "occurred_on",
    "remedy_sought",
    "special_needs",
    "order_number",
    "place",
    "earlier_reference",
]
OTHER_TEXTS += ["taken_elsewhere"]
PERSONAL = ["name", "email", "phone", "post", "kind", "preferred_way"]
BEHALF = ["name", "relation", "authority"]
WRONG: dict[str, Any] = {
    "a number": 7_654_321,
    "a fraction": 76.54,
    "true": True,
    "a list": ["zebra"],
    "an object": {"zebra": 1},
}
POINTERS = [
    *(f"/{name}" for name in TEXTS + OTHER_TEXTS),
    *(f"/complainant/{name}" for name in PERSONAL),
    *(f"/on_behalf_of/{name}" for name in BEHALF),
]


def with_value(pointer: str, value: object) -> dict[str, Any]:
    """A form with one value replaced."""
    body = form(on_behalf_of={"name": "Ayşe"})
    *parents, name = pointer.split("/")[1:]
    holder = body
    for parent in parents:
        holder = holder[parent]
    holder[name] = value
    return body


def pointers(run: LocalRun, body: object) -> list[str]:
    """What the answer to this form points at."""
    got = intake(run).send(body)
    assert is_problem(got, 422, "invalid"), got.text
    return [error["pointer"] for error in got.json["errors"]]


@pytest.mark.parametrize("pointer", POINTERS)
def test_s4_a_value_of_any_wrong_type_is_pointed_at(local_run: LocalRun, pointer: str) -> None:
    for value in WRONG.values():
        assert pointers(local_run, with_value(pointer, value)) == [pointer]


@pytest.mark.parametrize("pointer", ["/complainant", "/on_behalf_of"])
def test_s4_a_part_of_any_wrong_type_is_pointed_at(local_run: LocalRun, pointer: str) -> None:
    for value in (7, True, "text", ["x"], [{"name": "x"}]):
        assert pointers(local_run, form() | {pointer[1:]: value}) == [pointer]


@pytest.mark.parametrize("value", ["true", "yes", 1, 0, 1.0, [], {}, None, False, ""])
def test_s4_consent_is_true_and_nothing_else(local_run: LocalRun, value: object) -> None:
    assert pointers(local_run, form(consent=value)) == ["/consent"]


@pytest.mark.parametrize("name", ["site", "complainant", "description", "consent"])
def test_s4_what_is_required_is_asked_for(local_run: LocalRun, name: str) -> None:
    body = form()
    del body[name]
    assert pointers(local_run, body) == [f"/{name}"]


def test_s4_somebody_without_any_way_to_be_reached_is_asked_for_one(local_run: LocalRun) -> None:
    for nothing in ({}, {"email": ""}, {"phone": " "}, {"post": "\n\x07"}):
        assert pointers(local_run, form(complainant={"name": "Ada"} | nothing)) == ["/complainant/email"]


def test_s4_all_wrong_values_are_named_at_once(local_run: LocalRun) -> None:
    body = form(
        subject=7, description="", occurred_on="soon", consent=1, complainant={"email": "@", "kind": "king"}
    )
    assert pointers(local_run, body) == [
        "/complainant/email",
        "/complainant/kind",
        "/consent",
        "/description",
        "/occurred_on",
        "/subject",
    ]


def test_s4_what_only_the_site_knows_is_named_with_the_rest(local_run: LocalRun) -> None:
    """A code that it does not offer, a day to come there, that there is no such site, and the proof."""
    at_site = {"category": "parking", "occurred_on": "2999-01-01"}
    known = ["/category", "/occurred_on"]
    assert pointers(local_run, form(description="", **at_site)) == [
        "/category",
        "/description",
        "/occurred_on",
    ]
    assert pointers(local_run, form(proof=proof(local_run), **at_site)) == known
    assert pointers(local_run, form(proof="x", **at_site)) == [*known, "/proof"]
    assert pointers(local_run, form(site="nowhere", description="", **at_site)) == ["/description", "/site"]
    assert pointers(local_run, form(description="", category="  ", occurred_on="2001-01-01")) == [
        "/description"
    ]


def test_s4_what_was_sent_is_not_repeated(local_run: LocalRun) -> None:
    text = "zebra-striped-secret"
    for pointer in POINTERS:
        for value in (text * 4_000, [text], {text: text}, f"{text}\x01{text * 3_000}"):
            assert text not in intake(local_run).send(with_value(pointer, value)).text


@pytest.mark.parametrize(
    ("pointer", "limit"),
    [
        ("/description", 20_000),
        ("/subject", 200),
        ("/product", 200),
        ("/complainant/name", 200),
        ("/complainant/phone", 200),
        ("/complainant/post", 2_000),
        ("/remedy_sought", 2_000),
        ("/special_needs", 2_000),
        ("/on_behalf_of/authority", 2_000),
    ],
)
def test_s4_a_text_is_as_long_as_its_limit_and_no_longer(
    local_run: LocalRun, pointer: str, limit: int
) -> None:
    assert submit(local_run, with_value(pointer, "ş" * limit)).status == 201
    got = intake(local_run).send(with_value(pointer, "ş" * (limit + 1)))
    assert [
        (error["pointer"], str(limit) in error["detail"].replace(",", "")) for error in got.json["errors"]
    ] == [(pointer, True)]


@pytest.mark.parametrize(
    "email",
    [
        "no address",
        "two@example.org, three@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\u2028b",
        "<a@example.org>",
        "a@[127.0.0.1]",
        "a@localhost",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 250}.example",
        "ş@example.org",
        "a@-example.org",
        "a@exa\u0000mple.org",
    ],
)
def test_s4_what_is_no_single_mail_address_is_refused(local_run: LocalRun, email: str) -> None:
    got = intake(local_run).send(form(complainant={"email": email}))
    assert got.status in (400, 422)
    assert email not in got.text


def test_s5_an_unknown_field_of_a_complaint_is_left_out(local_run: LocalRun) -> None:
    body = form(zebra=1, __class__="x")
    body["complainant"]["zebra"] = {"a": [1]}
    assert submit(local_run, body).status == 201


def test_s5_an_unknown_field_of_a_command_is_refused(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    for write in [*own(complaint), *commands(complaint)]:
        got = write.send({"tpyo": 1, "a/b~c": 2})
        named = [error["pointer"] for error in got.json["errors"]]
        assert is_problem(got, 422, "invalid"), write.path
        assert {"/tpyo", "/a~1b~0c"} <= set(named)


def test_s5_an_unknown_field_below_a_command_is_refused(local_run: LocalRun) -> None:
    decision = {"outcome": "upheld", "reasons": "x", "remedies": [{"kind": "refund", "ammount": "5"}]}
    got = command(local_run, "decide").send(decision)
    assert [error["pointer"] for error in got.json["errors"]] == ["/remedies/0/ammount"]


@pytest.mark.parametrize("value", [-1, 4, 1.5, "1", True, None, [], 10**29])
def test_a_scale_is_a_whole_number_from_0_to_3(local_run: LocalRun, value: object) -> None:
    got = command(local_run, "assess").send(SCALES | {"severity": value})
    assert [error["pointer"] for error in got.json["errors"]] == ["/severity"]


@pytest.mark.parametrize("verb", STAFF_COMMANDS)
def test_s4_every_field_of_a_command_is_checked(local_run: LocalRun, verb: str) -> None:
    write = command(local_run, verb)
    for name in STAFF_COMMANDS[verb].command.__struct_fields__:
        for value in ({"zebra": ["zebra"]}, [["zebra"]], 10**29, "zebra" * 40_000):
            got = write.send({name: value})
            assert got.status == 422, (name, got.text)
            assert any(error["pointer"].startswith(f"/{name}") for error in got.json["errors"])
            assert "zebra" not in got.text


def command(run: LocalRun, verb: str) -> Write:
    """One command on a complaint of its own."""
    return next(write for write in commands(complain(run)) if write.path.endswith(f"/{verb}"))
