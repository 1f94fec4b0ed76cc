"""Lost links that are asked for by a mail address alone, as one item for each address and day, which expires.

The stream tells of it, and what the address leads to is looked up there: asking is one write whatever is
known of the address. It stands there encrypted, under a key that is made of that of the search index, until
it was looked up.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pynamodb.expressions.update import Action

from complaints.adapters.dynamodb.encryption import decrypted, encrypted
from complaints.adapters.dynamodb.key_schema import LOST_LINK, lost_link_key
from complaints.adapters.dynamodb.models import LostLinkItem
from complaints.adapters.dynamodb.reads import get_all
from complaints.adapters.dynamodb.transactions import was_made
from complaints.context.ports import Secrets
from complaints.delivery.rate_limits import LINKS_OF_A_BOX

_KEPT = timedelta(days=2)


class DynamoLostLinks:
    """Lost links that are asked for, in DynamoDB."""

    def __init__(self, keys: Secrets) -> None:
        self._keys = keys

    @staticmethod
    def named_in(key: Mapping[str, Any]) -> str | None:
        """What the key of a stream record says was asked for, if it says it."""
        pk: str = key["pk"]["S"]
        return pk.removeprefix(LOST_LINK) if pk.startswith(LOST_LINK) else None

    def ask(self, id: str, address: str, now: datetime) -> None:
        """Asks for the links of an address, `LINKS_OF_A_BOX` times under one id. Raises `Unavailable`."""
        place = lost_link_key(id)
        item = LostLinkItem(*place)
        actions: list[Action] = [
            LostLinkItem.item.set(LostLinkItem),
            LostLinkItem.address.set(encrypted(address.encode(), self._data_key(), place)),
            LostLinkItem.asked.add(1),
            LostLinkItem.expires.set(int((now + _KEPT).timestamp())),
        ]
        some_left = LostLinkItem.asked.does_not_exist() | (LostLinkItem.asked < LINKS_OF_A_BOX)
        was_made(lambda: item.update(actions=actions, condition=some_left))

    def address(self, id: str) -> str | None:
        """The address whose links are asked for and were not looked up yet. Raises `Unavailable`."""
        place = lost_link_key(id)
        for item in get_all([place]):
            if isinstance(item, LostLinkItem) and item.address:
                found = decrypted(item.address, self._data_key(), place)
                return found.decode() if found else None
        return None

    @staticmethod
    def take(id: str) -> bool:
        """Takes one of the `LINKS_OF_A_BOX` letters that there may be for one id; whether any was left.
        Raises `Unavailable`."""
        item = LostLinkItem(*lost_link_key(id))
        some_left = LostLinkItem.letters.does_not_exist() | (LostLinkItem.letters < LINKS_OF_A_BOX)
        return was_made(
            lambda: item.update(
                actions=[LostLinkItem.letters.add(1)], condition=LostLinkItem.address.exists() & some_left
            )
        )

    @staticmethod
    def forget(id: str) -> None:
        """Removes the address: it was looked up. Raises `Unavailable`."""
        item = LostLinkItem(*lost_link_key(id))
        was_made(
            lambda: item.update(
                actions=[LostLinkItem.address.remove()], condition=LostLinkItem.address.exists()
            )
        )

    def _data_key(self) -> bytes:
        return hmac.digest(self._keys.key("search"), b"lost links", "sha256")
