"""Each function is allowed what it does in the life of a complaint, and nothing that it does not do."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

import pytest
from moto import mock_aws

from complaints.adapters import container
from complaints.adapters.dynamodb.table import create_table
from infrastructure.local.seed import enrolment, seed, surroundings
from infrastructure.template.functions import handlers
from infrastructure.template.intrinsics import att
from infrastructure.template.permissions.policies import POLICIES
from tests.guards.installation import House, prepare_aws
from tests.guards.life.complaint_steps import LEAFLETED, OWN, SITE
from tests.guards.life.life_of_a_complaint import live_through
from tests.guards.template.iam_calls import LEADING_KEYS, Call, allows, on_table, resolved
from tests.own_packs import file_of, version

Asked = Mapping[str, Sequence[Call]]
DONE_FOR_IT = ("kms", "logs", "sqs")
"""Services that DynamoDB, S3 and Lambda call in the name of a function."""
AFTER_TROUBLE = {
    (
        "escalate_overdue",
        "dynamodb:UpdateItem",
        "members",
    ): "a member whose cases cannot be handed over waits",
    ("escalate_overdue", "dynamodb:UpdateItem", "sites"): "a setting that cannot be seen to waits",
    ("escalate_overdue", "dynamodb:UpdateItem", "records#*"): "a record that nobody can be told of waits",
    (
        "escalate_overdue",
        "dynamodb:UpdateItem",
        "automations#*",
    ): "a rule that cannot be seen to waits",
    ("escalate_overdue", "dynamodb:BatchGetItem", "record#*"): "the outcome of a write is unknown",
    ("erase_cases", "s3:ListBucket", ""): "how far a pack was is there no more, and the pack is",
    ("escalate_overdue", "lambda:InvokeFunction", ""): "more is due than one run can work",
    ("send_letters", "dynamodb:BatchGetItem", "private#digest-*"): "a digest goes a second time as it was",
    ("send_letters", "dynamodb:BatchGetItem", "private#invitation-*"): "an invitation goes a second time",
    ("send_letters", "dynamodb:BatchGetItem", "invitation#*"): "the outcome of a write is unknown",
    ("send_letters", "dynamodb:PutItem", "invitation#*"): "the mail service refuses an invitation",
    ("send_letters", "dynamodb:PutItem", "members"): "the mail service refuses an invitation",
    ("settle_letter", "dynamodb:BatchGetItem", "invitation#*"): "the outcome of a write is unknown",
    ("seal_checkpoints", "s3:ListBucket", ""): "a file or a mail of a case is gone",
    ("take_mail", "s3:DeleteObject", ""): "a mail comes while its case is being erased",
}
"""What is touched only when something went wrong, and why."""
READ_BY_LAMBDA = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
"""What the service does in the name of a function that follows a stream."""


@pytest.fixture(scope="module")
def asked(engine_endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """What each function asked of AWS while a complaint lived."""
    table = f"test-{uuid4().hex}"
    create_table(table)
    with mock_aws():
        prepare_aws()
        installation = House(tmp_path_factory.mktemp("house"), table, engine_endpoint)
        container.use_container(installation.world)
        try:
            seed(installation.world)
            enrolment(installation.world).pack(
                OWN, file_of(version(OWN, 1, LEAFLETED)), surroundings(installation.world), "Ours."
            )
            enrolment(installation.world).site(
                SITE, surroundings(installation.world), "Robots are kept out elsewhere."
            )
            live_through(installation)
        finally:
            container.use_container(None)
    return installation.asked


def test_every_call_of_a_function_is_allowed_by_its_policy(asked: Asked) -> None:
    """By action, resource and condition: table, files, mail, keys, and the key that encrypts them."""
    assert set(asked) == set(POLICIES)
    for function, calls in asked.items():
        refused = [each for each in set(calls) if not may(function, each)]
        assert refused == [], function
    services = {each.action.partition(":")[0] for calls in asked.values() for each in calls}
    assert services == {"dynamodb", "kms", "s3", "ses", "ssm"}


def may(function: str, expected: Call) -> bool:
    return any(allows(statement, expected) for statement in POLICIES[function]["Statement"])


def permissions(function: str) -> Iterator[tuple[str, Any]]:
    """Each action of the function's own calls, with the statement that allows it."""
    for statement in POLICIES[function]["Statement"]:
        for action in statement["Action"]:
            service, _, name = action.partition(":")
            if service not in DONE_FOR_IT and name not in READ_BY_LAMBDA:
                yield action, statement


def test_every_permission_is_used(asked: Asked) -> None:
    for function, calls in asked.items():
        for action, statement in permissions(function):
            used = [each for each in calls if each.action == action and allows(statement, each)]
            trouble = AFTER_TROUBLE.get((function, action, ""))
            assert used or trouble, f"{function} may {action} {statement['Resource']}, and never does"


def partitions(statement: Any) -> list[str]:
    condition = statement.get("Condition", {}).get("ForAllValues:StringLike", {})
    return list(condition.get(LEADING_KEYS, ()))


REACHES_ALL = ("api_handler", "seal_checkpoints")
"""The callers of the API reach all that is kept, and all of it is verified."""


@pytest.mark.parametrize("function", [name for name in POLICIES if name not in REACHES_ALL])
def test_every_partition_that_is_allowed_is_touched(asked: Asked, function: str) -> None:
    for action, statement in permissions(function):
        for pattern in partitions(statement):
            alone = statement | {"Condition": {"ForAllValues:StringLike": {LEADING_KEYS: [pattern]}}}
            touched = {
                (key, partition)
                for each in asked[function]
                if each.action == action
                for key, names in each.context
                for partition in names
                if allows(alone, Call(action, each.resource, ((key, (partition,)),)))
            }
            trouble = AFTER_TROUBLE.get((function, action, pattern))
            assert touched or trouble, f"{function} may {action} {pattern}, and never does"


ELSEWHERE = ("session#s", "views#deniz", "members", "sites", "member#deniz", "tally#demo", "search#demo#w")
WRITES = ("PutItem", "UpdateItem", "DeleteItem")


@pytest.mark.parametrize("partition", [*ELSEWHERE, "private#site#demo", "guard#0", "counted#C-1"])
@pytest.mark.parametrize("action", [*WRITES, "BatchGetItem", "Query"])
def test_who_parses_hostile_mail_reaches_no_session_and_nothing_else_of_others(
    action: str, partition: str
) -> None:
    reads = action == "BatchGetItem" and partition == "sites"
    assert may("take_mail", on_table(action, partition)) is reads


def test_a_batch_with_one_foreign_partition_is_refused_as_a_whole() -> None:
    own, foreign = "case#C-1", "session#s"
    assert may("take_mail", on_table("BatchGetItem", own))
    assert not may("take_mail", on_table("BatchGetItem", own, foreign))


@pytest.mark.parametrize("function", POLICIES)
def test_nothing_is_allowed_where_no_partition_is_named(function: str) -> None:
    for action in (*WRITES, "BatchGetItem", "Query", "Scan"):
        assert not may(function, on_table(action))


def test_only_the_api_touches_sessions_and_only_the_follower_writes_figures() -> None:
    writes = {
        pattern: [name for name in POLICIES if any(may(name, on_table(each, pattern)) for each in WRITES)]
        for pattern in ("session#s", "views#m", "tally#s", "search#s#w", "counted#C-1", "guard#0")
    }
    api, follower = ["api_handler"], ["follow_cases"]
    assert list(writes.values()) == [api, api, follower, follower, follower, api]


def test_few_functions_reach_who_complains_in_a_sealed_case() -> None:
    """Not the one that indexes and exports, nor those that make evidence, run rules and hear of letters."""
    identity = "identity#C-1"
    reading = {
        name
        for name in POLICIES
        if any(may(name, on_table(each, identity)) for each in ("BatchGetItem", "Query"))
    }
    assert reading == {"api_handler", "erase_cases", "send_letters", "take_mail", "seal_checkpoints"}
    writing = {name for name in POLICIES if any(may(name, on_table(each, identity)) for each in WRITES)}
    assert writing == {"api_handler", "erase_cases", "send_letters", "take_mail"}


def test_the_numbers_beside_queues_are_read_with_the_member() -> None:
    assert may("api_handler", on_table("BatchGetItem", "tally#s"))
    assert may("follow_cases", on_table("Query", "tally#s"))


def test_the_schedule_reads_no_letters_that_were_set_aside() -> None:
    assert may("escalate_overdue", on_table("Query", "due#3", index="due"))
    assert not may("escalate_overdue", on_table("Query", "aside", index="due"))


@pytest.mark.parametrize("function", POLICIES)
def test_what_fails_is_set_aside_in_the_one_queue_that_the_function_names(function: str) -> None:
    named = json.dumps(properties_of(function))
    queues = [f"{name}DeadLetters" for name in ("Letters", "Mail", "Schedule")]
    sends = [
        resolved(place)
        for statement in POLICIES[function]["Statement"]
        if "sqs:SendMessage" in statement["Action"]
        for place in statement["Resource"]
    ]
    assert sends == [resolved(att(queue)) for queue in queues if f'"{queue}"' in named]


def properties_of(function: str) -> Any:
    """What the template says of a function that Chalice calls by this name."""
    logical = "APIHandler" if function == "api_handler" else function.title().replace("_", "")
    return handlers()[logical]["Properties"]
