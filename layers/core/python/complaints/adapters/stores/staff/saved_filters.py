"""Saved filters, one item for each member: it is read with the authentication of a queue's page only."""

import msgspec

from complaints.adapters.dynamodb.key_schema import views_key
from complaints.adapters.dynamodb.models import ViewsItem
from complaints.adapters.dynamodb.transactions import was_made
from complaints.values.casework.saved_filters import SavedFilters
from complaints.values.errors import Stale

_decode = msgspec.json.Decoder(SavedFilters).decode
_encode = msgspec.json.Encoder().encode


class DynamoSavedFilters:
    """Views in DynamoDB."""

    def keep(self, views: SavedFilters) -> None:
        """Writes all views of a member. Raises `Stale` where others were written meanwhile, `Unavailable`."""
        item = ViewsItem(*views_key(views.member), version=views.version, views=_encode(views).decode())
        is_still = ViewsItem.version == views.before if views.before else ViewsItem.pk.does_not_exist()
        if not was_made(lambda: item.save(condition=is_still)):
            raise Stale(views.version)


def from_views_item(item: ViewsItem) -> SavedFilters:
    return _decode(item.views)
