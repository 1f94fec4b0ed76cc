"""What each function may do: one policy a function, and nothing beyond what its own code calls.

No action holds a `*`. Resources end in one where the rest of the name is made up after the fact: the streams
within a log group, the stream of a table, and the files below a folder of the bucket. (TransactWriteItems has
no action of its own: it needs those of its parts, which are puts and updates.)

Whatever a function does to the table names partitions (`partitions.py`): all that one call touches must stand
in those that are allowed, so that who takes over the function that reads hostile mail writes no session.
"""

from infrastructure.template.intrinsics import Json, att, ref, sub
from infrastructure.template.mail.ses import INBOUND, MAIL_COPIES
from infrastructure.template.permissions.partitions import (
    ACCESS_LOG,
    ALL_MEMBERS,
    ALL_PACKS,
    ALL_SITES,
    ALLOWANCES,
    AUTOMATIONS,
    BULK,
    CASES,
    COUNTED,
    DATA_KEYS,
    DIGESTS,
    DUE,
    ERASURES,
    FIGURES,
    FOUND_BY,
    GUARDS,
    HISTORIES,
    INBOXES,
    INVITATIONS,
    MAILS_TAKEN,
    NOTED,
    PRESENCE,
    RECORD_HISTORIES,
    RECORDS,
    SEALED,
    SESSIONS,
    VIEWS,
    WEBHOOKS,
    WORDING,
    history,
    private,
)
from infrastructure.template.permissions.secrets import SECRETS
from infrastructure.template.storage.files import ENCLOSURES, KEPT, MADE, PACKS, QUARANTINE


def allow(*actions: str, on: list[Json], only: Json | None = None) -> Json:
    """A statement that allows `actions` on the resources `on`, under the condition `only`."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": on}
    return statement | ({"Condition": only} if only else {})


def index(name: str) -> Json:
    """The ARN of an index of the table."""
    return sub("${Table.Arn}/index/" + name)


def may_log(function: str) -> Json:
    """Writing to the function's own log group."""
    group = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group"
    return allow(
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        on=[sub(f"{group}:/aws/lambda/${{AWS::StackName}}-{function}:log-stream:*")],
    )


def may_open_table() -> Json:
    """Using the table's key, through DynamoDB only: what it needs to read and write for a caller."""
    return allow(
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
        on=[att("TableKey")],
        only={"StringEquals": {"kms:ViaService": sub("dynamodb.${AWS::Region}.amazonaws.com")}},
    )


def files_in(folder: str) -> Json:
    """The ARN of all files below a folder of the bucket."""
    return sub("${Files.Arn}/" + folder + "*")


def may_handle_files() -> list[Json]:
    """Taking uploads into quarantine, looking at them, keeping copies, and handing those out, and our own.

    An address that a function signs can do what the function may.
    """
    return [
        allow("s3:GetObject", "s3:PutObject", on=[files_in(QUARANTINE), files_in(KEPT), files_in(MADE)]),
        *may_find_files(),
    ]


def may_take_mail() -> list[Json]:
    """Reading mails as they came, and storing their files like uploads. It may not make download
    addresses."""
    return [
        allow("s3:GetObject", on=[files_in(INBOUND), files_in(QUARANTINE)]),
        allow("s3:PutObject", on=[files_in(QUARANTINE), files_in(KEPT)]),
        *may_find_files(),
    ]


def may_find_files() -> list[Json]:
    """Learning that a file is not there, and opening those that are, through S3 only.

    Without the right to list, S3 calls a file that is not there a forbidden one. It asks for that right with
    no prefix, so none can be named here.
    """
    return [
        allow("s3:ListBucket", on=[att("Files")]),
        may_open_files("kms:Decrypt", "kms:GenerateDataKey"),
    ]


def may_open_files(*actions: str) -> Json:
    """Using the key of the files, through S3 only."""
    by_s3 = {"StringEquals": {"kms:ViaService": sub("s3.${AWS::Region}.amazonaws.com")}}
    return allow(*actions, on=[att("TableKey")], only=by_s3)


def may_enclose_files() -> list[Json]:
    """Reading the files that sites bring to go with letters, and no file of a case.

    S3 calls one that is not there a forbidden one: the right to list would name every file.
    """
    return [
        allow("s3:GetObject", on=[files_in(KEPT + ENCLOSURES)]),
        may_open_files("kms:Decrypt"),
    ]


def may_sweep_files() -> Json:
    """Removing what was never announced."""
    return allow("s3:DeleteObject", on=[files_in(QUARANTINE), files_in(KEPT)])


def may_erase_files() -> Json:
    """Removing files of cases, and mails as they came."""
    return allow("s3:DeleteObject", on=[files_in(each) for each in (QUARANTINE, KEPT, INBOUND)])


def may_read_keys(function: str) -> Json:
    """Reading the keys that the function uses. SSM opens them with the account's key for SSM, which wants no
    permission."""
    keys = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${Keys}/"
    return allow("ssm:GetParameters", on=[sub(keys + name) for name in SECRETS[function]])


def may_read_evidence() -> list[Json]:
    """Reading what is sealed, what verifications found and which restores are on record: the API shows it."""
    folders = ("checkpoints/", "keys/", "restores/", "verifications/")
    return [
        allow("s3:GetObject", on=[*map(evidence_in, folders)]),
        allow("s3:ListBucket", on=[att("Evidence")]),
    ]


SEALED_IN = ("checkpoints/", "keys/", "restores/", "verifications/")
"""The folders of the evidence bucket that the signing function keeps (`complaints/checkpoints/places.py`)."""


def evidence_in(folder: str) -> Json:
    """The ARN of all files below a folder of the evidence bucket."""
    return sub("${Evidence.Arn}/" + folder + "*")


def may_keep_evidence() -> list[Json]:
    """Writing into the evidence bucket, which keeps all that it has, and reading it. (The key that signs says
    by its own policy who may use it.)"""
    return [
        allow("s3:GetObject", "s3:PutObject", on=[*map(evidence_in, SEALED_IN)]),
        allow("s3:ListBucket", on=[att("Evidence")]),
    ]


def may_make_packs() -> list[Json]:
    """Reading what is sealed and the files of cases, and keeping evidence packs for some days. (The key that
    signs says by its own policy who may use it.)"""
    return [
        allow("s3:GetObject", on=[*map(evidence_in, ("checkpoints/", "keys/", "restores/")), files_in(KEPT)]),
        allow("s3:ListBucket", on=[att("Evidence")]),
        allow("s3:GetObject", "s3:PutObject", on=[files_in(PACKS)]),
        *may_find_files(),
    ]


def may_follow_stream() -> list[Json]:
    """Reading the table's stream, which Lambda does in the function's name."""
    read = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")
    return [
        allow(*read, on=[att("Table", "StreamArn")]),
        allow("dynamodb:ListStreams", on=[sub("${Table.Arn}/stream/*")]),
    ]


def may_send_mail() -> Json:
    """Sending as the one sender, by the one configuration set. (A raw message wants both actions.)"""
    identities = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}"
    return allow(
        "ses:SendEmail",
        "ses:SendRawEmail",
        on=[
            sub(identities + ":identity/${SenderIdentity}"),
            sub(identities + ":configuration-set/${MailConfiguration}"),
        ],
        only={"StringEquals": {"ses:FromAddress": ref("Sender")}},
    )


def policy(function: str, *statements: Json) -> Json:
    """The policy document of a function."""
    return {"Version": "2012-10-17", "Statement": [may_log(function), may_open_table(), *statements]}


def may_touch(actions: tuple[str, ...], *partitions: tuple[str, ...], table: str = "Table") -> Json:
    """The `actions` on the table, or another `table`, in these partitions alone."""
    named = leading(*(each for some in partitions for each in some))
    actions = tuple(f"dynamodb:{action}" for action in actions)
    return allow(*actions, on=[att(table)], only=named | {"Null": {"dynamodb:LeadingKeys": "false"}})


def may_read(*partitions: tuple[str, ...]) -> Json:
    """Reading items by their keys."""
    return may_touch(("BatchGetItem",), *partitions)


def may_list(*partitions: tuple[str, ...]) -> Json:
    """Reading what stands in a partition."""
    return may_touch(("Query",), *partitions)


def may_read_data_keys() -> Json:
    """Reading the data keys of cases, beside what is read of the cases."""
    return may_touch(("BatchGetItem",), DATA_KEYS, table="DataKeys")


def may_make_data_keys() -> Json:
    """Writing the data key of a case with its first entry."""
    return may_touch(("PutItem",), DATA_KEYS, table="DataKeys")


def may_put(*partitions: tuple[str, ...]) -> Json:
    """Writing whole items."""
    return may_touch(("PutItem",), *partitions)


def may_update(*partitions: tuple[str, ...]) -> Json:
    """Changing single values."""
    return may_touch(("UpdateItem",), *partitions)


def leading(*partitions: str) -> Json:
    """The condition that all that is touched stands in these partitions.

    It holds where no partition is named, too: an additional `Null` refuses that. For an index it is the
    index's own partition key that counts.
    """
    return {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(partitions)}}


_OWN_SETTINGS = (ALL_SITES, ALL_MEMBERS, ALL_PACKS)
_TERMS = (ALL_SITES, ALL_PACKS)
"""Under which terms a case is handled: its site, and packs that the operator brought."""
_SEEN_TO = history("member", "site", "packs", "calendar", "automation")
"""Settings of which something is left to do when they were changed."""

_RECORDS = (RECORDS, RECORD_HISTORIES, private(RECORD_HISTORIES))

_OF_A_SITE = history("site", "team", "codes", "texts", "packs", "calendar", "fields")

_INVITED = history("invitation")
"""Invitations note that their letter did not arrive."""

POLICIES = {
    "api_handler": policy(
        "api",
        may_read_data_keys(),
        may_make_data_keys(),
        may_read(
            CASES, private(CASES), INBOXES, GUARDS, SESSIONS, VIEWS, BULK, FIGURES, *_OWN_SETTINGS, WORDING,
            AUTOMATIONS, HISTORIES, RECORDS, RECORD_HISTORIES, ACCESS_LOG,
        ),
        may_list(
            CASES, private(CASES), INBOXES, FOUND_BY, FIGURES, *_OWN_SETTINGS, WORDING, WEBHOOKS,
            AUTOMATIONS,
            HISTORIES, private(HISTORIES), *_RECORDS, ACCESS_LOG,
        ),
        may_put(
            CASES, private(CASES), INBOXES, GUARDS, SESSIONS, VIEWS, BULK, *_OWN_SETTINGS, WORDING,
            AUTOMATIONS, HISTORIES, private(HISTORIES), INVITATIONS, WEBHOOKS, *_RECORDS,
        ),
        may_update(CASES, PRESENCE, ALLOWANCES, ACCESS_LOG),
        allow("dynamodb:Query", on=[index("queue"), index("owner")]),
        *may_handle_files(),
        allow("s3:GetObject", on=[files_in(PACKS)]),
        allow("s3:GetObject", "s3:DeleteObject", on=[files_in(INBOUND)]),
        allow("s3:DeleteObject", on=[files_in(MAIL_COPIES)]),
        *may_read_evidence(),
        may_read_keys("api_handler"),
    ),
    "escalate_overdue": policy(
        "escalate-overdue",
        may_read_data_keys(),
        may_read(CASES, *_OWN_SETTINGS, _SEEN_TO, WORDING, AUTOMATIONS, RECORDS, RECORD_HISTORIES),
        may_list(CASES, private(CASES), AUTOMATIONS, FIGURES, RECORDS, *_OWN_SETTINGS),
        may_put(
            CASES, private(CASES), DIGESTS, ALL_MEMBERS, ALL_SITES, _SEEN_TO, AUTOMATIONS, RECORDS,
            RECORD_HISTORIES,
        ),
        may_update(CASES, DIGESTS, INVITATIONS, ALL_MEMBERS, ALL_SITES, AUTOMATIONS, RECORDS),
        allow("dynamodb:Query", on=[index("due")], only=leading(*DUE)),
        allow("dynamodb:Query", on=[index("owner"), index("queue")]),
        may_sweep_files(),
        allow("sqs:SendMessage", on=[att("ScheduleDeadLetters")]),
    ),
    "erase_cases": policy(
        "erase-cases",
        may_read(CASES, *_TERMS),
        may_list(CASES, private(CASES), INBOXES, ALL_SITES),
        may_put(CASES),
        may_update(CASES),
        may_touch(("DeleteItem",), private(CASES), INBOXES, PRESENCE),
        may_touch(("DeleteItem",), DATA_KEYS, table="DataKeys"),
        may_read_data_keys(),
        allow("dynamodb:Query", on=[index("due")], only=leading(*ERASURES)),
        may_erase_files(),
        allow("s3:PutObject", on=[evidence_in("erasures/")]),
        allow("sqs:SendMessage", on=[att("ScheduleDeadLetters")]),
    ),
    "send_letters": policy(
        "send-letters",
        may_read_data_keys(),
        may_read(CASES, private(CASES), private(DIGESTS), private(INVITATIONS), *_OWN_SETTINGS, _INVITED),
        may_put(
            CASES, DIGESTS, private(CASES), private(DIGESTS), private(INVITATIONS), ALL_MEMBERS, _INVITED,
            WEBHOOKS,
        ),
        may_update(CASES, DIGESTS, INVITATIONS, ALLOWANCES),
        may_list(DIGESTS),
        *may_follow_stream(),
        *may_enclose_files(),
        may_send_mail(),
        may_read_keys("send_letters"),
        allow("sqs:SendMessage", on=[att("LettersDeadLetters")]),
    ),
    "follow_cases": policy(
        "follow-cases",
        may_read_data_keys(),
        may_read(CASES, private(CASES), COUNTED, *_OWN_SETTINGS, WORDING, RECORDS, RECORD_HISTORIES),
        may_list(CASES, private(CASES), FIGURES, FOUND_BY, AUTOMATIONS),
        may_put(CASES, private(CASES), FOUND_BY, COUNTED, RECORDS, RECORD_HISTORIES),
        may_update(FIGURES),
        may_touch(("DeleteItem",), FOUND_BY),
        may_touch(("BatchWriteItem",), NOTED),
        *may_follow_stream(),
        may_read_keys("follow_cases"),
        allow("sqs:SendMessage", on=[att("LettersDeadLetters")]),
    ),
    "settle_letter": policy(
        "settle-letter",
        may_read_data_keys(),
        may_read(CASES, *_TERMS, ALL_MEMBERS, _INVITED),
        may_put(CASES, ALL_MEMBERS, _INVITED),
        may_update(CASES, DIGESTS, INVITATIONS),
        may_list(DIGESTS),
        allow("sqs:SendMessage", on=[att("MailDeadLetters")]),
    ),
    "take_mail": policy(
        "take-mail",
        may_read_data_keys(),
        may_make_data_keys(),
        may_read(CASES, private(CASES), MAILS_TAKEN, *_TERMS),
        may_put(CASES, private(CASES), INBOXES, MAILS_TAKEN),
        *may_take_mail(),
        allow("s3:DeleteObject", on=[files_in(INBOUND), files_in(MAIL_COPIES)]),
        may_read_keys("take_mail"),
        allow("sqs:SendMessage", on=[att("MailDeadLetters")]),
    ),
    "seal_checkpoints": policy(
        "seal-checkpoints",
        may_read_data_keys(),
        may_read(
            SEALED, CASES, private(CASES), private(INVITATIONS), *_OWN_SETTINGS, WORDING, AUTOMATIONS, RECORDS
        ),
        may_list(
            NOTED, CASES, private(CASES), INVITATIONS, HISTORIES, private(HISTORIES), RECORD_HISTORIES,
            private(RECORD_HISTORIES),
        ),
        may_read_data_keys(),
        may_put(SEALED),
        *may_keep_evidence(),
        allow("sqs:SendMessage", on=[att("ScheduleDeadLetters")]),
    ),
    "make_evidence": policy(
        "make-evidence",
        may_read_data_keys(),
        may_read(CASES, private(CASES), *_OWN_SETTINGS, RECORDS, RECORD_HISTORIES),
        may_list(
            CASES, private(CASES), FIGURES, ALL_SITES, ALL_MEMBERS, _OF_A_SITE, private(_OF_A_SITE),
            *_RECORDS,
        ),
        may_put(RECORDS, RECORD_HISTORIES),
        may_update(ALLOWANCES),
        allow("dynamodb:Query", on=[index("queue")]),
        *may_make_packs(),
        allow("sqs:SendMessage", on=[att("ScheduleDeadLetters")]),
    ),
}  # fmt: skip
"""By Chalice's names. Within the API, the table of routes separates complainants and staff."""
