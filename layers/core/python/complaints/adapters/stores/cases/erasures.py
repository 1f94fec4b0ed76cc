"""Cases that are being erased: which they are, and what is removed of each.

Doing it again removes nothing more.

The data keys of cases: what is encrypted with one is forgotten when it is destroyed.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from complaints.adapters.dynamodb.entry_items import data_key_of
from complaints.adapters.dynamodb.key_schema import (
    ERASURES,
    case_pk,
    data_key_pk,
    found_by_key,
    head_key,
    identity_pk,
    inbox_pk,
    presence_key,
    private_pk,
    reference_in,
    sortable,
    wait_key,
)
from complaints.adapters.dynamodb.letter_items import NOT_DUE, due_moment, without_network
from complaints.adapters.dynamodb.models import (
    DataKeyItem,
    Head,
    Item,
    LetterItem,
    MailItem,
    PresenceItem,
    WaitItem,
)
from complaints.adapters.dynamodb.reads import answering, query
from complaints.adapters.dynamodb.table import connection
from complaints.adapters.dynamodb.transactions import was_made
from complaints.adapters.stores.correspondence.inbound_mail import EARLIEST, mail_of, mails_of, place_of
from complaints.case.correspondence.mail import ReceivedMail
from complaints.delivery.delivery_state import CLAIMED, HELD, SPARED, TO_PRINT, WAITING, WANTED

PUT_OFF = timedelta(minutes=6)
"""How long a case is left of which a letter is just being sent, or which could not be erased: longer than an
attempt to send has."""

_IDLE = (WANTED, WAITING, HELD, TO_PRINT)


class DynamoErasures:
    """What is removed of cases in DynamoDB (port `Erasures`)."""

    def waiting(self, now: datetime) -> Iterator[str]:
        """The cases whose erasure was asked for and is not finished, the oldest first."""
        found = iter(Item.due.query(ERASURES, Item.due_sk < f"{sortable(now)}$", page_size=100))
        while True:
            with answering():
                item = next(found, None)
            if item is None:
                return
            yield reference_in(item.pk)

    def put_off(self, reference: str, now: datetime) -> None:
        """Names the case again after a while only, unless it is finished meanwhile."""
        pk, sk = head_key(reference)
        later = f"{sortable(now + PUT_OFF)}#{reference}"
        was_made(
            lambda: connection().update_item(
                Item.Meta.table_name,
                pk,
                sk,
                actions=[Item.due_sk.set(later)],
                condition=Head.due_pk == ERASURES,
            )
        )

    def letters_stopped(self, reference: str, now: datetime) -> bool:
        """Lets no letter of the case leave any more; `False` while one is just being sent."""
        places = LetterItem.sk.startswith("letter#")
        with answering():
            letters = list(LetterItem.query(case_pk(reference), places, consistent_read=True))
        stopped = [_is_stopped(letter, due_moment(now, reference)) for letter in letters]
        for letter in letters:
            if forgotten := without_network(letter):
                with answering():
                    letter.update(actions=[forgotten])
        return all(stopped)

    def mails(self, site: str, reference: str, since: datetime, until: datetime) -> Iterator[ReceivedMail]:
        """The mails of a site that came in between and belong to the case, read page by page.

        A case that has its key has no mail that is not encrypted: so nothing else of a busy site comes here.
        """
        data_key = data_key_of(reference)
        of_case = MailItem.case == reference
        found = iter(
            MailItem.query(
                inbox_pk(site),
                MailItem.sk.between(sortable(since), f"{sortable(until + EARLIEST)}$"),
                filter_condition=of_case if data_key else of_case | MailItem.case.does_not_exist(),
                consistent_read=True,
            )
        )
        while True:
            with answering():
                item = next(found, None)
            if item is None:
                return
            mail = mail_of(item, data_key)
            if mail.reference == reference:
                yield mail

    def is_needed(self, mail: ReceivedMail, sites: Iterable[str]) -> bool:
        """Whether one of these sites has the same mail for another case, too: it came to both."""
        began = f"{sortable(mail.received_at)}#{mail.id}"
        for site in sites:
            for each in mails_of(query(MailItem, inbox_pk(site), began)):
                is_another = (each.site, each.place) != (mail.site, mail.place)
                if is_another and each.raw == mail.raw and not each.removed:
                    return True
        return False

    def remove_mail(self, mail: ReceivedMail) -> None:
        """Removes a mail from its list."""
        with answering():
            MailItem(inbox_pk(mail.site), place_of(mail)).delete()

    def remove_letters(self, reference: str) -> int:
        """Removes the letters of the case as they were sent, and from which group of networks each came, but
        not those that are still to leave; how many there were.

        What became of each, and the hash of what was sent, stay.
        """
        places = LetterItem.sk.startswith("letter#")
        with answering():
            letters = list(LetterItem.query(case_pk(reference), places, consistent_read=True))
        leaving = {letter.sk for letter in letters if letter.state in (*_IDLE, CLAIMED)}
        for letter in letters:
            if letter.sk not in leaving and (forgotten := without_network(letter)):
                with answering():
                    letter.update(actions=[forgotten])
        removed = 0
        for pk in (private_pk(reference), identity_pk(reference)):
            with answering():
                rendered = list(
                    Item.query(pk, places, attributes_to_get=["pk", "sk", "item"], consistent_read=True)
                )
                for item in rendered:
                    if item.sk not in leaving:
                        item.delete()
                        removed += 1
        return removed

    def remove_private(self, reference: str) -> None:
        """Removes all private values of the case, its letters as they were rendered, a sealed identity, and
        who looks at it.

        What it is found by is left to whoever follows the stream: by then it says nothing any more.
        """
        for pk in (private_pk(reference), identity_pk(reference)):
            while keys := self._private(pk, reference):
                for sk in keys:
                    with answering():
                        Item(pk, sk).delete()
        with answering():
            PresenceItem(*presence_key(reference)).delete()
        waits = WaitItem(*wait_key(reference))
        was_made(lambda: waits.update(actions=list(NOT_DUE), condition=WaitItem.pk.exists()))

    @staticmethod
    def _private(pk: str, reference: str) -> Sequence[str]:
        with answering():
            found = Item.query(pk, attributes_to_get=["pk", "sk", "item"], consistent_read=True, limit=500)
            return [item.sk for item in found if item.sk != found_by_key(reference)[1]]


def _is_stopped(letter: LetterItem, now: str) -> bool:
    if letter.state == CLAIMED and (letter.due_sk or "") > now:
        return False
    if letter.state not in (*_IDLE, CLAIMED):
        return True
    unchanged = (LetterItem.state == letter.state) & (LetterItem.attempts == letter.attempts)
    return was_made(
        lambda: letter.update(actions=[LetterItem.state.set(SPARED), *NOT_DUE], condition=unchanged)
    )


class DynamoDataKeys:
    """Data keys in DynamoDB, in a table of their own."""

    def destroy(self, reference: str) -> None:
        """Destroys the key of a case, if there is one: what people wrote in it is forgotten, in the table and
        in all copies of it."""
        with answering():
            DataKeyItem(data_key_pk(reference)).delete()
