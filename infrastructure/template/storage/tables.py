"""Which tables the functions use: those of the stack, or those that a restore brought, by parameters.

A restored table has another name. It stays outside the stack, and the functions, their policies and the
stream are bound to it by name: no resource is replaced.
"""

from infrastructure.template.intrinsics import att, choose, ref, sub

_RESTORED = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${RestoredTable}"

TABLE = choose("IsRestored", ref("RestoredTable"), ref("Table"))
"""The name of the table; that of the data keys follows from it (`complaints/adapters/dynamodb/table.py`)."""

TABLE_ARN = choose("IsRestored", sub(_RESTORED), att("Table"))
DATA_KEYS_ARN = choose("IsRestored", sub(f"{_RESTORED}-keys"), att("DataKeys"))
STREAM_ARN = choose("IsRestored", ref("RestoredStream"), att("Table", "StreamArn"))
STREAMS = choose("IsRestored", sub(f"{_RESTORED}/stream/*"), sub("${Table.Arn}/stream/*"))


def index_arn(name: str) -> dict[str, object]:
    """The ARN of an index of the table."""
    return choose("IsRestored", sub(f"{_RESTORED}/index/{name}"), sub("${Table.Arn}/index/" + name))
