"""The description of the API: it is whole, its examples hold, and real answers are as it says."""

import builtins
import keyword
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from schemathesis import openapi
from schemathesis.core.failures import Failure, FailureGroup

from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.letters.webhook_events import EVENTS, message
from complaints.promise_packs.upload import faults_of
from complaints.settings.changes import (
    CHANGES,
)
from functions.openapi.document import description
from functions.openapi.examples import EXAMPLES
from functions.openapi.operations.operation_summaries import CHANGES as WHAT_CHANGES
from functions.openapi.schemas import BODIES, PUBLISHED
from tests.builders import a_complaint
from tests.functions.fuzzing import CHECKS
from tests.journeys.steps import Complaint, Staff, clock, complain, settle
from tests.local_run import LocalRun

DESCRIBED = description()


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", operation)
        for path, item in DESCRIBED["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    ]


def schema(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}", "components": DESCRIBED["components"]}


@pytest.mark.iso10002("4 charges: asked")
def test_nothing_that_a_complainant_sends_is_about_paying() -> None:
    sent = [
        body
        for label, operation in operations()
        if "/desk/" not in label
        if (body := operation.get("requestBody"))
    ]
    assert len(sent) > 5
    fields = {name for part in parts([_whole(body) for body in sent]) for name in part.get("properties", ())}
    assert "description" in fields
    assert not {name for name in fields if re.search(r"fee\b|charge|price|payment|card|iban", name)}


def _whole(schema: Any) -> Any:
    """A schema with what it refers to in place of the reference."""
    if isinstance(schema, list):
        return [_whole(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _whole(DESCRIBED["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    return {name: _whole(part) for name, part in schema.items()}


def test_no_two_types_have_one_name() -> None:
    """A name of two types would be written with the module that it comes from."""
    assert [name for name in DESCRIBED["components"]["schemas"] if "." in name] == []


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """All that has names in the description, from the whole to the smallest."""
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from parts(part)


def test_generators_of_clients_need_not_know_what_many_of_them_do_not() -> None:
    """Schemas that are true or false, quotes in patterns, and defaults of what may be left out."""
    for part in parts(DESCRIBED):
        assert not isinstance(part.get("items"), bool), part
        assert '"' not in str(part.get("pattern", "")), part
        assert part.get("default", "") is not None, part


WORDS = """
    abstract boolean break byte case catch char class const debugger default delete do double enum export
    extends final finally float for function goto if implements import instanceof int interface let long
    native new null number package private protected public record return sealed short static string
    super switch symbol synchronized this throw throws transient try typeof undefined var void volatile
    while yield
"""
"""Of TypeScript and Java; generators do not tell capitals from small letters in them."""
TYPES = """
    Array Boolean Date Error Function Map Math Number Object Promise Proxy RegExp Set String Symbol Awaited
    Exclude Extract Omit Parameters Partial Pick Readonly Record Required ReturnType Blob File FormData
    Headers Request RequestInit Response URL Character Class Comparable Double Float Integer Iterable
    List Long Module Optional Override Package Process Runtime Short System Thread Throwable UUID Void
"""


def test_no_type_has_the_name_of_what_a_language_of_clients_has_already() -> None:
    """Generators write such a type by another name, or shadow what their own code needs."""
    words = {word.lower() for word in (*keyword.kwlist, *keyword.softkwlist, *WORDS.split())}
    types = {*dir(builtins), *TYPES.split()}
    names = DESCRIBED["components"]["schemas"]
    assert {name for name in names if name.lower() in words or name in types} == set()


def test_no_operation_is_called_as_generators_call_a_variant_of_another() -> None:
    """That of TypeScript for `fetch` makes two methods of each operation: one has `Raw` behind its name."""
    ids = {operation["operationId"] for _, operation in operations()}
    assert {id for id in ids if id.removesuffix("_raw") in ids - {id}} == set()


def test_a_whole_number_of_a_list_says_its_type() -> None:
    """The generator of Java takes it for a fraction, and its code does not compile."""
    numbers = [each for each in parts(DESCRIBED) if isinstance((each.get("enum") or [None])[0], int)]
    assert numbers
    assert [each for each in numbers if each.get("type") != "integer"] == []


def test_no_choice_is_between_a_list_and_something_else() -> None:
    """The generator of Java has no class of it."""
    choices = [{part.get("type") for part in each.get("anyOf", ())} for each in parts(DESCRIBED)]
    assert [kinds for kinds in choices if "array" in kinds and kinds - {"array", "null"}] == []


def test_all_that_is_referred_to_is_there() -> None:
    named = {ref.rpartition("/")[2] for part in parts(DESCRIBED) if (ref := part.get("$ref"))}
    assert named <= {name for kind in DESCRIBED["components"].values() for name in kind}


def test_each_operation_has_an_id_of_its_own_a_group_and_problems() -> None:
    ids = [operation["operationId"] for _, operation in operations()]
    assert len(ids) == len(set(ids))
    groups = {tag["name"] for tag in DESCRIBED["tags"]}
    for label, operation in operations():
        assert set(operation["tags"]) <= groups, label
        assert ("503" in operation["responses"]) is (label != "get /health"), label


def test_each_operation_says_more_than_its_summary_and_who_may_call_it() -> None:
    for label, operation in operations():
        assert operation["description"] not in ("", operation["summary"]), label
        for needed in operation["security"]:
            assert needed.keys() <= DESCRIBED["components"]["securitySchemes"].keys(), label
    open_to_all = {label for label, operation in operations() if not operation["security"]}
    assert open_to_all == {"get /health", "get /v1/form", "get /v1/challenge", "post /v1/complaints"}
    assert DESCRIBED["webhooks"]["complaint"]["post"]["security"] == []


def test_an_operation_is_told_by_what_it_takes_and_a_trial_by_its_own_words() -> None:
    told = {label: operation["description"] for label, operation in operations()}
    of_case = "post /v1/desk/complaints/{reference}/commands"
    assert told[f"{of_case}/note"] == "Keeps an internal note: no complainant sees it."
    assert "is not made" in told["post /v1/desk/automations/{name}/dry-run"]


def test_the_description_names_the_installation_that_serves_it(local_run: LocalRun) -> None:
    served = local_run.call("GET", "/openapi.json").json
    assert served["servers"] == [{"url": local_run.url}]
    assert served["info"]["contact"]["url"] == f"{local_run.url}/"
    assert served["paths"] == DESCRIBED["paths"]


def test_each_command_and_each_change_says_what_it_does() -> None:
    assert WHAT_CHANGES.keys() == CHANGES.keys()
    summaries = [operation["summary"] for _, operation in operations()]
    assert {*(declared.summary for declared in STAFF_COMMANDS.values()), *WHAT_CHANGES.values()} <= {
        *summaries
    }


def test_each_body_has_an_example() -> None:
    assert {kind.__name__ for kind in BODIES} - EXAMPLES.keys() == set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_as_its_schema_says(name: str) -> None:
    validator = Draft202012Validator(schema(PUBLISHED.get(name, name)))
    assert [*validator.iter_errors(EXAMPLES[name])] == []


@pytest.mark.parametrize("kind", [kind for kind in BODIES if not kind.__name__.startswith("Change")])
def test_each_example_is_read(kind: type) -> None:
    """Those of changes say what changes; the rest of a setting stands beside when it is read."""
    assert msgspec.convert(EXAMPLES[kind.__name__], kind)


def test_the_example_of_a_pack_file_is_one_that_is_taken() -> None:
    assert faults_of(EXAMPLES["PackFile"], ("site",)) == ()


def test_an_answer_that_is_not_as_described_is_noticed(local_run: LocalRun) -> None:
    otherwise = description()
    otherwise["components"]["schemas"]["Health"]["properties"]["status"] = {"const": "fine"}
    case = openapi.from_dict(otherwise)["/health"]["GET"].Case()
    got = case.call(base_url=local_run.url)
    with pytest.raises((Failure, FailureGroup)):
        case.validate_response(got, checks=CHECKS)


@pytest.fixture(scope="module")
def lived(local_run: LocalRun) -> Complaint:
    """A complaint with much of what a case can have: all that there is of it is shown somewhere."""
    complaint, agent = complain(local_run), Staff(local_run)
    agent.does(complaint, "assign", {"to": "Deniz"})
    agent.does(complaint, "ask", {"text": "What is its number?"})
    complaint.say("messages", {"text": "4711."})
    agent.decides(complaint, {"kind": "refund", "amount": "10.00", "currency": "EUR"})
    agent.does(complaint, "respond")
    settle(local_run)
    due = clock(local_run) + timedelta(days=60)
    agent.does(
        complaint, "act", {"action": "training_given", "owner": "Deniz", "due": due.date().isoformat()}
    )
    return complaint


OF_STAFF = {
    "/v1/desk/complaints/{reference}",
    "/v1/desk/complaints/{reference}/audit",
    "/v1/desk/complaints/{reference}/letters",
    "/v1/desk/complaints/{reference}/letters/{letter}",
    "/v1/desk/complaints",
    "/v1/desk/members",
    "/v1/desk/packs",
    "/v1/desk/settings",
    "/v1/desk/settings/{kind}/{name}",
}
OF_COMPLAINANTS = {"/v1/complaints/{reference}", "/v1/complaints/{reference}/messages"}


@pytest.mark.parametrize("path", sorted(OF_STAFF | OF_COMPLAINANTS))
def test_a_case_that_has_lived_is_shown_as_described(lived: Complaint, path: str) -> None:
    names = {"reference": lived.reference, "letter": "000001.1", "kind": "texts", "name": "demo"}
    token = Staff(lived.run).token() if path in OF_STAFF else lived.access
    case = openapi.from_dict(DESCRIBED)[path]["GET"].Case(
        path_parameters={name: value for name, value in names.items() if f"{{{name}}}" in path},
        headers={"Authorization": f"Bearer {token}"},
    )
    got = case.call(base_url=lived.run.url)
    assert got.status_code == 200, got.text
    case.validate_response(got, checks=CHECKS)


def test_the_webhook_is_described_by_the_message_that_is_sent() -> None:
    """And each event is named: a receiver may rely on the list."""
    letter = a_complaint(webhook="https://shop.example/hook").received().letter("webhook")
    operation = DESCRIBED["webhooks"]["complaint"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator(schema | {"components": DESCRIBED["components"]})
    validator.validate(msgspec.json.decode(message(letter)))
    named = DESCRIBED["components"]["schemas"]["WebhookMessage"]["properties"]["type"]["enum"]
    assert named == list(EVENTS.values())
