"""What each function may do: one policy a function, and nothing beyond what its own code calls.

No action holds a `*`. Resources end in one where the rest of the name is made up after the fact: the streams
within a log group, the stream of a table, and the files below a folder of the bucket. (TransactWriteItems has
no action of its own: it needs those of its parts, which are puts and updates.)
"""

from infrastructure.template.files import KEPT, MADE, QUARANTINE
from infrastructure.template.intrinsics import Json, att, ref, sub
from infrastructure.template.mail import INBOUND, MAIL_COPIES


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

    An address that a function signs can do what the function may. Without the right to list, S3 calls a
    file that is not there a forbidden one.
    """
    folders = [files_in(QUARANTINE), files_in(KEPT), files_in(MADE)]
    return [
        allow("s3:GetObject", "s3:PutObject", on=folders),
        allow("s3:ListBucket", on=[att("Files")]),
        allow(
            "kms:Decrypt",
            "kms:GenerateDataKey",
            on=[att("TableKey")],
            only={"StringEquals": {"kms:ViaService": sub("s3.${AWS::Region}.amazonaws.com")}},
        ),
    ]


def may_take_mail() -> list[Json]:
    """Reading mails as they came, and taking their files by the door of uploads."""
    return [allow("s3:GetObject", on=[files_in(INBOUND)]), *may_handle_files()]


def may_sweep_files() -> Json:
    """Removing what was never announced."""
    return allow("s3:DeleteObject", on=[files_in(QUARANTINE), files_in(KEPT)])


def may_read_keys() -> Json:
    """Reading our keys. SSM opens them with the account's key for SSM, which wants no permission."""
    keys = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${Keys}"
    return allow("ssm:GetParametersByPath", on=[sub(keys)])


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


def may_touch_cases(*actions: str, also: tuple[str, ...] = ()) -> Json:
    """The `actions` on cases and the partitions `also`; not on personal data: that stands elsewhere."""
    return allow(*actions, on=[att("Table")], only=leading("case#*", *also))


def leading(*partitions: str) -> Json:
    """The condition that all that is touched stands in these partitions."""
    return {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(partitions)}}


POLICIES = {
    "api_handler": policy(
        "api",
        allow("dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem", on=[att("Table")]),
        may_touch_cases("dynamodb:UpdateItem"),
        allow("dynamodb:Query", on=[index("queue"), index("owner")]),
        *may_handle_files(),
        allow("s3:GetObject", "s3:DeleteObject", on=[files_in(INBOUND)]),
        allow("s3:DeleteObject", on=[files_in(MAIL_COPIES)]),
        may_read_keys(),
    ),
    "escalate_overdue": policy(
        "escalate-overdue",
        may_touch_cases("dynamodb:BatchGetItem", also=("sites", "members", "packs")),
        may_touch_cases(
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            also=("members", "member#*", "sites", "site#*", "packs#*", "calendar#*"),
        ),
        allow("dynamodb:Query", on=[index("due"), index("owner"), index("queue")]),
        may_sweep_files(),
        allow("sqs:SendMessage", on=[att("ScheduleDeadLetters")]),
    ),
    "send_letters": policy(
        "send-letters",
        allow("dynamodb:BatchGetItem", on=[att("Table")]),
        allow("dynamodb:PutItem", "dynamodb:UpdateItem", on=[att("Table")]),
        allow("dynamodb:Query", on=[att("Table")], only=leading("case#digest-*")),
        *may_follow_stream(),
        may_send_mail(),
        may_read_keys(),
        allow("sqs:SendMessage", on=[att("LettersDeadLetters")]),
    ),
    "follow_cases": policy(
        "follow-cases",
        may_touch_cases("dynamodb:BatchGetItem", also=("private#*", "counted#*", "sites", "packs")),
        may_touch_cases("dynamodb:Query"),
        allow("dynamodb:PutItem", on=[att("Table")], only=leading("private#*", "search#*", "counted#*")),
        allow("dynamodb:UpdateItem", on=[att("Table")], only=leading("tally#*")),
        allow("dynamodb:DeleteItem", on=[att("Table")], only=leading("search#*")),
        *may_follow_stream(),
        may_read_keys(),
        allow("sqs:SendMessage", on=[att("LettersDeadLetters")]),
    ),
    "settle_letter": policy(
        "settle-letter",
        may_touch_cases("dynamodb:BatchGetItem", also=("sites", "packs")),
        may_touch_cases("dynamodb:PutItem", "dynamodb:UpdateItem"),
        allow("dynamodb:Query", on=[att("Table")], only=leading("case#digest-*")),
        allow("sqs:SendMessage", on=[att("MailDeadLetters")]),
    ),
    "take_mail": policy(
        "take-mail",
        allow("dynamodb:BatchGetItem", "dynamodb:PutItem", on=[att("Table")]),
        *may_take_mail(),
        may_read_keys(),
        allow("sqs:SendMessage", on=[att("MailDeadLetters")]),
    ),
}
"""By Chalice's names. Within the API it is the door table that keeps complainants and staff apart."""
