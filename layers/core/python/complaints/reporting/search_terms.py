"""What a complaint is found by: the words of its subject, the order number, the person's name and address.

The index holds no word, only a keyed hash of each, so words are compared whole: as people type them, without
regard to case, accents and the dots of Turkish.
"""

import re
import unicodedata

from complaints.delivery.email_address import mail_address
from complaints.events.case import Received
from complaints.values.normalization import nfkd
from complaints.values.own_fields import read_stored

SHORTEST, LONGEST = 2, 40
"""Letters that a word must have, and of which the rest is left out."""

MOST = 24
"""Words that one complaint is found by: each is an item that is written, and paid for."""

MOST_ASKED = 8
"""Words of a question that count."""

_WORD = re.compile(r"[^\W_]+")
_WITHOUT_DOT = str.maketrans("ıİ", "ii")


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared, in their order, each once.

    >>> words("Işık: the PARCEL, the parcel (çok geç) a")
    ('isik', 'the', 'parcel', 'cok', 'gec')
    """
    plain = nfkd(text.translate(_WITHOUT_DOT)).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(dict.fromkeys(word[:LONGEST] for word in _WORD.findall(bare) if len(word) >= SHORTEST))


def found_by(received: Received) -> frozenset[str]:
    """The search terms of a complaint: mail address, name and order number before the subject and
    the answers to own fields, `MOST` in all.

    A represented person is found like the complainant.
    """
    named = [word for name in (received.name, received.represented) for word in words(name or "")]
    address = [received.email.casefold()] if received.email else []
    order = words(received.order_number or "")
    told = [received.subject or "", *read_stored(received.own_fields).values()]
    return frozenset([*address, *named, *order, *(word for text in told for word in words(text))][:MOST])


def asked(question: str) -> tuple[str, ...]:
    """What must all be true of what is found: a whole mail address, or words, the longest first.

    The longest is the rarest, as a rule: it is looked up, and what is found compared with the others.

    >>> asked("late the Parcel")
    ('parcel', 'late', 'the')
    >>> asked(" Ada@Example.org ")
    ('ada@example.org',)
    """
    if address := mail_address(question.strip()):
        return (address.casefold(),)
    return tuple(sorted(words(question), key=len, reverse=True)[:MOST_ASKED])
