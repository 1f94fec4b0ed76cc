"""Sessions as items that expire. Readers look at the time: the store removes late."""

from datetime import UTC, datetime

from complaints.adapters.dynamodb.key_schema import session_key
from complaints.adapters.dynamodb.models import SessionItem
from complaints.adapters.dynamodb.reads import answering, get_all
from complaints.values.people import Session


class DynamoSessions:
    """Sessions in DynamoDB."""

    def find(self, session: str) -> Session | None:
        for item in get_all([session_key(session)]):
            if isinstance(item, SessionItem):
                return from_session_item(item)
        return None

    def keep(self, session: Session, expires: datetime) -> None:
        """Writes a session as it is now; its item may be removed from `expires` on. Raises `Unavailable`."""
        pk, sk = session_key(session.id)
        item = SessionItem(
            pk,
            sk,
            member=session.member,
            ends=int(session.ends.timestamp()),
            expires=int(expires.timestamp()),
        )
        with answering():
            item.save()


def from_session_item(item: SessionItem) -> Session:
    return Session(
        id=item.pk.partition("#")[2], member=item.member, ends=datetime.fromtimestamp(item.ends, UTC)
    )
