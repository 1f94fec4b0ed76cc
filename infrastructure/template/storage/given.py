"""What the stack of the code is given by that of the data: names, from which ARNs follow.

They are parameters, and no exports of CloudFormation: what another stack imports cannot change, and a
restore changes the name of the table. The deployment reads the outputs of the one and gives them to the
other.

Which table the functions use: the one that the stack of the data names, its own or one of a restore.

The functions, their policies and the stream are bound to it by name.
"""

from infrastructure.template.intrinsics import Json, ref, sub
from infrastructure.template.parameters import parameter

NO_POOL = "no_pool"
"""In the form of an id, of nothing: lint holds what names a pool to that form."""

GIVEN = {
    "Table": parameter("Name of the table of complaints"),
    "Stream": parameter("ARN of the stream of that table"),
    "TableKey": parameter("Id of the key that encrypts tables and files"),
    "Files": parameter("Name of the bucket of complainants' files"),
    "Evidence": parameter("Name of the bucket of checkpoints"),
    "SigningKey": parameter("Id of the key that signs checkpoints"),
    "Exports": parameter("Name of the bucket to which cases are exported, or nothing", default=""),
    "StaffPool": parameter("Id of the installation's own user pool, where it has one", default=NO_POOL),
}
"""Parameters of the stack of the code, called as the outputs of that of the data which they take."""

_KEY = "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/"

TABLE_KEY_ARN = sub(_KEY + "${TableKey}")
SIGNING_KEY_ARN = sub(_KEY + "${SigningKey}")


def bucket_arn(bucket: str) -> Json:
    """The ARN of a bucket that is called by this parameter."""
    return sub("arn:${AWS::Partition}:s3:::${" + bucket + "}")


def files_of(bucket: str, pattern: str) -> Json:
    """The ARN of all files of that bucket whose names are of this pattern."""
    return sub("arn:${AWS::Partition}:s3:::${" + bucket + "}/" + pattern)


_NAMED = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Table}"

TABLE = ref("Table")
"""The name of the table; that of the data keys follows from it (`complaints/adapters/dynamodb/table.py`)."""

TABLE_ARN = sub(_NAMED)
DATA_KEYS_ARN = sub(f"{_NAMED}-keys")
STREAM_ARN = ref("Stream")
STREAMS = sub(f"{_NAMED}/stream/*")


def index_arn(name: str) -> dict[str, object]:
    """The ARN of an index of the table."""
    return sub(f"{_NAMED}/index/{name}")
