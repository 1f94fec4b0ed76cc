"""How each function runs: its name, size, time limit, surroundings, and what wakes it."""

import json
from collections.abc import Mapping, Sequence

from infrastructure.template.intrinsics import NOTHING, Json, att, choose, ref, sub
from infrastructure.template.parameters import PUBLIC_URL
from infrastructure.template.permissions.secrets import SECRETS
from infrastructure.template.staff_pool import provider_of_staff
from infrastructure.template.storage.given import STREAM_ARN, TABLE
from infrastructure.template.versions import FUNCTION, published

LOG_DAYS = 30

SET_ASIDE: Json = {"EscalateOverdue": ref("ScheduleRuns"), "SendLetters": 10}
"""Runs at once that no other function can take, and that these do not exceed: runs of the schedule that work
beside each other, or one that meets the next; and letters come by as many shards of the stream."""

FEW_RUNS = "4"
"""Runs of the schedule beside each other where none are set aside: a new account has ten for everything."""

NAMES = {
    "APIHandler": "api",
    "EscalateOverdue": "escalate-overdue",
    "EraseCases": "erase-cases",
    "SendLetters": "send-letters",
    "FollowCases": "follow-cases",
    "SettleLetter": "settle-letter",
    "TakeMail": "take-mail",
    "SealCheckpoints": "seal-checkpoints",
    "MakeEvidence": "make-evidence",
}
"""Logical names, as Chalice makes them, and what the functions are called in a stack. The names are fixed, so
that a policy can name a function's log group: by reference the two would wait for each other."""

LOG_GROUPS = {name: f"{name}LogGroup" for name in NAMES} | {"APIHandler": "ApiHandlerLogGroup"}
"""Their log groups. (Chalice writes the API's with another name than the function's.)"""

TRACING = choose("TracesFunctions", "Active", "PassThrough")

ENVIRONMENT = {
    "ANSWERABLE_TABLE": TABLE,
    "ANSWERABLE_URL": PUBLIC_URL,
    "ANSWERABLE_SENDER": ref("Sender"),
    "ANSWERABLE_MAIL_CONFIGURATION": ref("MailConfiguration"),
    **provider_of_staff(),
    "ANSWERABLE_FIRST_ADMINISTRATOR": ref("FirstAdministrator"),
    "ANSWERABLE_EXPORTS": choose("ExportsAnyCases", ref("Exports"), ""),
    "ANSWERABLE_EXPORT_TEXTS": choose("ExportsWholeCases", "yes", ""),
    "ANSWERABLE_EVIDENCE": ref("Evidence"),
    "ANSWERABLE_SIGNING_KEY": ref("SigningKey"),
    "ANSWERABLE_EARLIER_KEYS": ref("EarlierKeys"),
    "ANSWERABLE_CHECKPOINT_MAIL": ref("CheckpointMail"),
    "ANSWERABLE_TIME_STAMPS": ref("TimeStampAuthority"),
    "ANSWERABLE_RELEASE": "",
    "ANSWERABLE_KEYS": ref("Keys"),
    "ANSWERABLE_LETTERS_PER_HOUR": ref("LettersPerHour"),
    "ANSWERABLE_LETTERS_PER_SECOND": choose("SendsInSandbox", "1", ref("LettersPerSecond")),
    "ANSWERABLE_SCHEDULE_RUNS": choose("SetsRunsAside", ref("ScheduleRuns"), FEW_RUNS),
    "ANSWERABLE_FILES": ref("Files"),
    "ANSWERABLE_INBOX": ref("Inbox"),
    "ANSWERABLE_SYNTHETIC_SITE": ref("SyntheticSite"),
    "ANSWERABLE_TEMPLATES": "/opt/templates",
}


def chalice_config(stage: str, arch: str) -> Json:
    """Chalice's config.json: what it can say. The API's function may take as long as the gateway waits; the
    schedule's works for more than a minute where much is due, and stops well before its limit."""
    functions = {
        "api_handler": {"lambda_memory_size": 1024, "lambda_timeout": 29},
        "escalate_overdue": {"lambda_memory_size": 512, "lambda_timeout": 120},
        "erase_cases": {"lambda_memory_size": 512, "lambda_timeout": 300},
        "send_letters": {"lambda_memory_size": 512, "lambda_timeout": 180},
        "follow_cases": {"lambda_memory_size": 512, "lambda_timeout": 60},
        "settle_letter": {"lambda_memory_size": 512, "lambda_timeout": 60},
        "take_mail": {"lambda_memory_size": 1024, "lambda_timeout": 120},
        "seal_checkpoints": {"lambda_memory_size": 1024, "lambda_timeout": 900},
        "make_evidence": {"lambda_memory_size": 1024, "lambda_timeout": 300},
    }
    return {
        "version": "2.0",
        "app_name": "answerable",
        "api_gateway_stage": "api",
        "api_gateway_endpoint_type": "REGIONAL",
        "minimum_compression_size": 1024,
        "lambda_architecture": arch,
        "log_retention_in_days": LOG_DAYS,
        "autogen_policy": False,
        "stages": {
            stage: {
                "lambda_functions": {
                    name: size | {"iam_policy_file": f"policy-{name}.json"}
                    for name, size in functions.items()
                }
            }
        },
    }


def handlers() -> Json:
    """What Chalice leaves open, by logical name, to be merged over its own."""
    merged: Json = {
        name: {"Properties": {"FunctionName": sub("${AWS::StackName}-" + called), "Tracing": TRACING}}
        for name, called in NAMES.items()
    }
    for name, read in secrets_read().items():
        merged[name]["Properties"]["Environment"] = {"Variables": {"ANSWERABLE_SECRETS": read}}
    for name in ("EscalateOverdue", "EraseCases", "SealCheckpoints", "MakeEvidence"):
        merged[name]["Properties"] |= schedule(name)
    for name, patterns in FOLLOWED.items():
        merged[name]["Properties"] |= {
            "Events": {f"{name}DynamodbEventSource": {"Properties": stream(*patterns)}}
        }
    merged[FUNCTION]["Properties"] |= published()
    for name, runs in SET_ASIDE.items():
        merged[name]["Properties"]["ReservedConcurrentExecutions"] = choose("SetsRunsAside", runs, NOTHING)
    merged["SettleLetter"]["Properties"] |= by_topic("SettleLetter", "MailEvents")
    merged["TakeMail"]["Properties"] |= by_topic("TakeMail", "MailReceived")
    groups = {
        LOG_GROUPS[name]: {"Properties": {"LogGroupName": sub("/aws/lambda/${AWS::StackName}-" + called)}}
        for name, called in NAMES.items()
    }
    return merged | groups


def secrets_read() -> dict[str, str]:
    """The names of the secrets that each function reads, by its logical name."""
    logical = {name.replace("-", "_"): logical for logical, name in NAMES.items()}
    logical["api_handler"] = "APIHandler"
    return {logical[name]: ",".join(names) for name, names in SECRETS.items()}


def schedule(function: str) -> Json:
    """A run that failed is not tried again: the next one comes within minutes and does the same work."""
    return {
        "Events": {f"{function}Event": {"Properties": {"State": choose("IsPaused", "DISABLED", "ENABLED")}}},
        "DeadLetterQueue": {"Type": "SQS", "TargetArn": att("ScheduleDeadLetters")},
        "EventInvokeConfig": {"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60},
    }


WANTED_LETTER = {"dynamodb": {"NewImage": {"item": {"S": ["letter"]}, "state": {"S": ["wanted"]}}}}
"""A letter that is wanted, new or again."""

ANY_ENTRY = {"dynamodb": {"Keys": {"sk": {"S": [{"prefix": "entry#"}]}}}}
"""What happened to a case, a setting or a record, and what people wrote in it, as it came and when some of it
goes. One function follows all: two may read a stream, and letters have the other."""

ANY_OUTCOME = {
    "dynamodb": {
        "NewImage": {
            "item": {"S": ["letter"]},
            "state": {"S": ["failed", "posted", "sent", "spared", "told"]},
        }
    }
}
"""What became of a letter: checkpoints seal it."""

ANY_STATE = {"dynamodb": {"NewImage": {"item": {"S": ["head", "retention_run", "lost_link"]}}}}
"""The state of a case as it is stored: checkpoints seal it, for who verifies without the rules by which it
follows from the facts. And what retention rules did on a day: it is sealed once it ended. And that lost links
are asked for by an address alone: what it leads to is looked up here."""

PULSE = {"dynamodb": {"Keys": {"pk": {"S": ["guard#allowance#pulse"]}}}}
"""What the schedule changes every five minutes: where it wakes nobody, nothing is followed."""

FOLLOWED: Mapping[str, Sequence[Json]] = {
    "SendLetters": (WANTED_LETTER,),
    "FollowCases": (ANY_ENTRY, ANY_OUTCOME, ANY_STATE, PULSE),
}
"""Which records of the table's stream wake which function: those that one of its patterns lets through."""


def stream(*patterns: Json) -> Json:
    """Only what is `wanted` wakes the function; what keeps failing is set aside."""
    return {
        "Stream": STREAM_ARN,
        "Enabled": choose("IsPaused", False, True),
        "StartingPosition": "TRIM_HORIZON",
        "FilterCriteria": {"Filters": [{"Pattern": json.dumps(each)} for each in patterns]},
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": 5,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "DestinationConfig": {"OnFailure": {"Type": "SQS", "Destination": att("LettersDeadLetters")}},
    }


def by_topic(function: str, topic: str) -> Json:
    """What failed is tried twice more within the hour, and then set aside."""
    aside = {"Type": "SQS", "Destination": att("MailDeadLetters")}
    return {
        "Events": {f"{function}SnsSubscription": {"Properties": {"Topic": ref(topic)}}},
        "EventInvokeConfig": {"MaximumRetryAttempts": 2, "DestinationConfig": {"OnFailure": aside}},
    }
