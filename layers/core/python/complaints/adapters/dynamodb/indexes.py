"""What the table's indexes find, as models: who has what to do, and by when."""

from typing import TYPE_CHECKING

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

if TYPE_CHECKING:
    from complaints.adapters.dynamodb.models import Head, Item  # noqa: F401 - named below in quotes

QUEUE_FIELDS = ["item", "card", "row", "assignee", "level", "category", "site"]


class QueueIndex(GlobalSecondaryIndex["Head"]):
    """`<site>#open|awaiting|responded` or `<site>#closed#YYYY-MM`: who needs care or is in danger
    before all others, then by when it is due. A case that became part of another stands in none.
    """

    class Meta:
        index_name = "queue"
        projection = IncludeProjection(QUEUE_FIELDS)
        billing_mode = "PAY_PER_REQUEST"

    queue_pk = UnicodeAttribute(hash_key=True)
    queue_sk = UnicodeAttribute(range_key=True)
    card = UnicodeAttribute()
    row = UnicodeAttribute()


class OwnerIndex(GlobalSecondaryIndex["Head"]):
    """The open cases of one member of staff, the most urgent first; sparse."""

    class Meta:
        index_name = "owner"
        projection = IncludeProjection(QUEUE_FIELDS)
        billing_mode = "PAY_PER_REQUEST"

    owner_pk = UnicodeAttribute(hash_key=True)
    owner_sk = UnicodeAttribute(range_key=True)
    card = UnicodeAttribute()
    row = UnicodeAttribute()


class DueIndex(GlobalSecondaryIndex["Item"]):
    """What has something still to happen, by when; sparse, in `DUE_SHARDS` shards."""

    class Meta:
        index_name = "due"
        projection = IncludeProjection(["item"])
        billing_mode = "PAY_PER_REQUEST"

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)
