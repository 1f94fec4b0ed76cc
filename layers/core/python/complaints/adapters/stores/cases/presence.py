"""Presence as one item for each case, which expires: an announcement is one write that gives all others back.

It is no part of the case: nothing of a case is read or written for it.
"""

from datetime import UTC, datetime, timedelta

from pynamodb.expressions.operand import Path

from complaints.adapters.dynamodb.key_schema import presence_key
from complaints.adapters.dynamodb.models import PresenceItem
from complaints.adapters.dynamodb.reads import answering
from complaints.values.casework.presence import Present

_KEPT = timedelta(minutes=10)
_MEMBER = "member#"
"""What the attribute of a member begins with; its value is the second, and whether somebody writes."""


class DynamoPresence:
    """Presence in DynamoDB (port `PresenceStore`)."""

    def announce(self, reference: str, me: Present) -> list[Present]:
        """Says that somebody is there; all who ever said so, as long as the item lives.

        Raises `Unavailable`.
        """
        second = int(me.at.timestamp())
        item = PresenceItem(*presence_key(reference))
        with answering():
            answer = item.update(
                actions=[
                    PresenceItem.item.set(PresenceItem),
                    PresenceItem.expires.set(second + int(_KEPT.total_seconds())),
                    Path([f"{_MEMBER}{me.member}"]).set(f"{second} {int(me.is_writing)}"),
                ],
            )
        return [
            _present(name.removeprefix(_MEMBER), value["S"])
            for name, value in answer["Attributes"].items()
            if name.startswith(_MEMBER)
        ]


def _present(member: str, value: str) -> Present:
    second, _, is_writing = value.partition(" ")
    return Present(member, is_writing == "1", datetime.fromtimestamp(int(second), UTC))
