"""What a function may be allowed to do, as statements of its policy.

No action holds a `*`. Resources end in one where the rest of the name is made up after the fact: the streams
within a log group, the stream of a table, and the files below a folder of the bucket. (TransactWriteItems has
no action of its own: it needs those of its parts, which are puts and updates.)
"""

from infrastructure.template.intrinsics import NOTHING, Json, choose, ref, sub
from infrastructure.template.mail import INBOUND
from infrastructure.template.permissions.partitions import DATA_KEYS
from infrastructure.template.permissions.secrets import SECRETS
from infrastructure.template.storage.evidence import SIGNING
from infrastructure.template.storage.files import ENCLOSURES, KEPT, MADE, PACKS, QUARANTINE
from infrastructure.template.storage.given import (
    DATA_KEYS_ARN,
    SIGNING_KEY_ARN,
    STREAM_ARN,
    STREAMS,
    TABLE_ARN,
    TABLE_KEY_ARN,
    bucket_arn,
    files_of,
    index_arn,
)


def allow(*actions: str, on: list[Json], only: Json | None = None) -> Json:
    """A statement that allows `actions` on the resources `on`, under the condition `only`."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": on}
    return statement | ({"Condition": only} if only else {})


def index(name: str) -> Json:
    """The ARN of an index of the table."""
    return index_arn(name)


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
        on=[TABLE_KEY_ARN],
        only={"StringEquals": {"kms:ViaService": sub("dynamodb.${AWS::Region}.amazonaws.com")}},
    )


def files_in(folder: str) -> Json:
    """The ARN of all files below a folder of the bucket."""
    return files_of("Files", folder + "*")


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
        allow("s3:ListBucket", on=[bucket_arn("Files")]),
        may_open_files("kms:Decrypt", "kms:GenerateDataKey"),
    ]


def may_verify_files() -> list[Json]:
    """Reading files of cases, of which S3 tells the checksum to whoever may read them, and mails as they
    came."""
    return [
        allow("s3:GetObject", on=[files_in(KEPT), files_in(INBOUND)]),
        allow("s3:ListBucket", on=[bucket_arn("Files")]),
        may_open_files("kms:Decrypt"),
    ]


def may_open_files(*actions: str) -> Json:
    """Using the key of the files, through S3 only."""
    by_s3 = {"StringEquals": {"kms:ViaService": sub("s3.${AWS::Region}.amazonaws.com")}}
    return allow(*actions, on=[TABLE_KEY_ARN], only=by_s3)


def may_enclose_files() -> list[Json]:
    """Reading the files that sites bring to go with letters, and no file of a case.

    S3 calls one that is not there a forbidden one: the right to list would name every file.
    """
    return [
        allow("s3:GetObject", on=[files_in(KEPT + ENCLOSURES)]),
        may_open_files("kms:Decrypt"),
    ]


def may_run_itself(function: str) -> Json:
    """Starting further runs of the function itself, and of no other."""
    functions = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function"
    return allow("lambda:InvokeFunction", on=[sub(f"{functions}:${{AWS::StackName}}-{function}")])


def may_sweep_files() -> Json:
    """Removing what was never announced."""
    return allow("s3:DeleteObject", on=[files_in(QUARANTINE), files_in(KEPT)])


def may_erase_files() -> list[Json]:
    """Removing files of cases, mails as they came, and packs."""
    return [
        allow("s3:DeleteObject", on=[files_in(each) for each in (QUARANTINE, KEPT, INBOUND)]),
        *may_remove_packs(),
    ]


def may_remove_packs() -> list[Json]:
    """Removing what was made of all that is held of a person, or is a pack that has them: how far one is says
    whom it has."""
    return [
        allow("s3:GetObject", "s3:DeleteObject", on=[files_in(PACKS)]),
        allow("s3:ListBucket", on=[bucket_arn("Files")]),
        may_open_files("kms:Decrypt"),
    ]


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
        allow("s3:ListBucket", on=[bucket_arn("Evidence")]),
    ]


SEALED_IN = ("checkpoints/", "keys/", "restores/", "verifications/")
"""The folders of the evidence bucket that the signing function keeps (`complaints/checkpoints/places.py`)."""


def evidence_in(folder: str) -> Json:
    """The ARN of all files below a folder of the evidence bucket."""
    return files_of("Evidence", folder + "*")


def may_keep_evidence() -> list[Json]:
    """Writing into the evidence bucket, which keeps all that it has, reading it, and signing."""
    return [
        allow("s3:GetObject", "s3:PutObject", on=[*map(evidence_in, SEALED_IN)]),
        allow("s3:ListBucket", on=[bucket_arn("Evidence")]),
        may_sign(),
    ]


def may_sign() -> Json:
    """Signing, which the policy of the key allows besides, to these functions alone."""
    return allow(*SIGNING, on=[SIGNING_KEY_ARN])


def may_make_packs() -> list[Json]:
    """Reading what is sealed and the files of cases, keeping evidence packs for some days, and signing."""
    return [
        allow("s3:GetObject", on=[*map(evidence_in, SEALED_IN), files_in(KEPT)]),
        allow("s3:ListBucket", on=[bucket_arn("Evidence")]),
        allow("s3:GetObject", "s3:PutObject", on=[files_in(PACKS)]),
        *may_find_files(),
        may_sign(),
    ]


def may_follow_stream() -> list[Json]:
    """Reading the table's stream, which Lambda does in the function's name."""
    read = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")
    return [
        allow(*read, on=[STREAM_ARN]),
        allow("dynamodb:ListStreams", on=[STREAMS]),
    ]


def may_send_mail(to: Json | None = None) -> Json:
    """Sending as the one sender, by the one configuration set, to one address alone where it is named. (A raw
    message wants both actions.)

    While an account is in the sandbox, SES asks for the right on the identity of each recipient, too: those
    that are verified in the account are the only ones that it sends to.
    """
    identities = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}"
    return allow(
        "ses:SendEmail",
        "ses:SendRawEmail",
        on=[
            sub(identities + ":identity/${SenderIdentity}"),
            sub(identities + ":configuration-set/${MailConfiguration}"),
            choose("SendsInSandbox", sub(identities + ":identity/*"), NOTHING),
        ],
        only={"StringEquals": {"ses:FromAddress": ref("Sender")}}
        | ({"ForAllValues:StringEquals": {"ses:Recipients": [to]}} if to else {}),
    )


def policy(function: str, *statements: Json) -> Json:
    """The policy document of a function."""
    return {"Version": "2012-10-17", "Statement": [may_log(function), may_open_table(), *statements]}


def may_touch(actions: tuple[str, ...], *partitions: tuple[str, ...], table: Json = TABLE_ARN) -> Json:
    """The `actions` on the table, or another `table`, in these partitions alone."""
    named = leading(*(each for some in partitions for each in some))
    actions = tuple(f"dynamodb:{action}" for action in actions)
    return allow(*actions, on=[table], only=named | {"Null": {"dynamodb:LeadingKeys": "false"}})


def may_read(*partitions: tuple[str, ...]) -> Json:
    """Reading items by their keys."""
    return may_touch(("BatchGetItem",), *partitions)


def may_list(*partitions: tuple[str, ...]) -> Json:
    """Reading what stands in a partition."""
    return may_touch(("Query",), *partitions)


def may_read_data_keys() -> Json:
    """Reading the data keys of cases, beside what is read of the cases."""
    return may_touch(("BatchGetItem",), DATA_KEYS, table=DATA_KEYS_ARN)


def may_make_data_keys() -> Json:
    """Writing the data key of a case with its first entry."""
    return may_touch(("PutItem",), DATA_KEYS, table=DATA_KEYS_ARN)


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
