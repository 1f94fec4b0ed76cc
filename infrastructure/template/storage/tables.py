"""Which table the functions use: the one that the stack of the data names, its own or one of a restore.

The functions, their policies and the stream are bound to it by name.
"""

from infrastructure.template.intrinsics import ref, sub

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
