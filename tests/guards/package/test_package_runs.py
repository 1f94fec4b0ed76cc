"""Every function of the package starts in a bare interpreter and answers an event."""

import json
from pathlib import Path
from typing import Any

import pytest

from infrastructure.package.aws_operations import all_operations
from infrastructure.package.layers import LANGUAGES
from tests.guards.package.built_package import Built
from tests.html import Reading

CONTEXT = """
class Context:
    function_name, function_version, aws_request_id, memory_limit_in_mb = "answerable", "1", "r-1", 512
    invoked_function_arn = "arn:aws:lambda:eu-central-1:000000000000:function:answerable"
    def get_remaining_time_in_millis(self): return 20_000
"""


def answered(built: Built, handler: str, event: Any, **environment: str) -> Any:
    """What the function whose handler the template names answers to an event."""
    handlers = {made["Properties"]["Handler"] for made in functions(built)}
    assert f"app.{handler}" in handlers
    program = f"{CONTEXT}\nimport app\nprint(json.dumps(app.{handler}({event!r}, Context())))"
    return built.run(program, **environment)


def functions(built: Built) -> list[dict[str, Any]]:
    resources = built.template["Resources"].values()
    return [made for made in resources if made["Type"] == "AWS::Serverless::Function"]


def request(verb: str, route: str, body: str | None = None) -> dict[str, Any]:
    """An event of API Gateway for a route without parameters."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k-1"}
    return {
        "resource": route,
        "path": route,
        "httpMethod": verb,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "body": body,
        "isBase64Encoded": False,
        "requestContext": {
            "resourcePath": route,
            "path": f"/api{route}",
            "stage": "api",
            "httpMethod": verb,
            "requestId": "r-1",
            "identity": {"sourceIp": "203.0.113.7"},
        },
    }


def test_the_template_has_every_function(built: Built) -> None:
    handlers = {made["Properties"]["Handler"] for made in functions(built)}
    events = {
        "erase_cases",
        "escalate_overdue",
        "follow_cases",
        "make_evidence",
        "seal_checkpoints",
        "send_letters",
        "settle_letter",
        "take_mail",
    }
    assert handlers == {f"app.{name}" for name in {"app", *events}}


def test_the_api_says_that_it_is_healthy(built: Built) -> None:
    assert answered(built, "app", request("GET", "/health"))["statusCode"] == 200


def test_a_page_names_static_files_that_lie_beside_the_layer(built: Built) -> None:
    asked = request("GET", "/problems/{code}") | {"pathParameters": {"code": "stale"}}
    answer = answered(built, "app", asked)
    assert answer["statusCode"] == 200
    addresses = [address for address, _ in Reading(answer["body"]).assets]
    assert addresses
    assert [address for address in addresses if not (built.package / f"statics{address}").is_file()] == []


def test_the_api_refuses_an_empty_complaint(built: Built) -> None:
    answer = answered(built, "app", request("POST", "/v1/complaints", "{}"))
    assert answer["statusCode"] == 422
    assert json.loads(answer["body"])["type"] == "/problems/invalid"


@pytest.mark.parametrize("function", ["send_letters", "follow_cases"])
def test_who_follows_the_stream_takes_an_empty_batch(built: Built, function: str) -> None:
    assert answered(built, function, {"Records": []}) == {"batchItemFailures": []}


@pytest.mark.parametrize("function", ["settle_letter", "take_mail"])
def test_what_the_mail_service_says_is_read(built: Built, function: str) -> None:
    """A word that is none fails, as it must to be tried again: by the reader that it should have come to."""
    message: dict[str, Any] = {"Message": "{}", "Subject": None, "MessageAttributes": {}}
    program = (
        f"{CONTEXT}\nimport app, json, msgspec\n"
        f"try: app.{function}({{'Records': [{{'Sns': {message!r}}}]}}, Context())\n"
        "except msgspec.DecodeError: print(json.dumps('read'))"
    )
    assert built.run(program) == "read"


def test_the_schedule_finds_nothing_due(built: Built, table: str, engine_endpoint: str) -> None:
    event = {
        "id": "1",
        "source": "aws.events",
        "detail-type": "Scheduled Event",
        "detail": {},
        "resources": [],
    }
    event |= {"version": "0", "account": "0", "region": "eu-central-1", "time": "2026-01-01T00:00:00Z"}
    environment = {"ANSWERABLE_TABLE": table, "AWS_ENDPOINT_URL_DYNAMODB": engine_endpoint}
    found = answered(built, "escalate_overdue", event, **environment)
    assert found == {"done": 0, "failed": 0, "left": 0}


def test_every_module_of_the_product_can_be_imported(built: Built) -> None:
    modules = sorted(
        {
            *modules_below(built.folder / "task", "functions"),
            *modules_below(built.folder / "opt/python", "complaints"),
        }
    )
    assert built.run(
        f"import importlib\nfor name in {modules}: importlib.import_module(name)\nprint({len(modules)})"
    )


def modules_below(folder: Path, package: str) -> list[str]:
    paths = (path.relative_to(folder).with_suffix("") for path in (folder / package).rglob("*.py"))
    return [".".join(path.parts).removesuffix(".__init__") for path in paths]


@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1", "us-gov-west-1"])
def test_the_slimmed_data_makes_the_same_clients(built: Built, region: str) -> None:
    import botocore.session

    services = list(all_operations())
    program = f"""
import botocore.session
session = botocore.session.get_session()
print(json.dumps([session.create_client(name, {region!r}).meta.endpoint_url for name in {services!r}]))
"""
    whole = botocore.session.get_session()
    expected = [whole.create_client(name, region).meta.endpoint_url for name in services]
    assert built.run(program) == expected


def test_the_slimmed_data_knows_the_dates_of_each_language(built: Built) -> None:
    from datetime import date

    from babel.dates import format_date

    program = f"""
from datetime import date
from babel.dates import format_date
print(json.dumps([format_date(date(2026, 3, 5), "long", locale=tag) for tag in {LANGUAGES!r}]))
"""
    assert built.run(program) == [format_date(date(2026, 3, 5), "long", locale=tag) for tag in LANGUAGES]
