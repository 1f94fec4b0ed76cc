"""The outbox: letters as items, claimed by one attempt each, and marked with the outcome.

    wanted ─▶ claimed ─▶ sent | failed            (marked through casework, in one transaction)
                  └────▶ waiting ─▶ wanted        (the mail service did not take it now)
    claimed, and no mark for a while ─▶ wanted, doubtful: it may be sent a second time
    waiting from the beginning                    (it must not be sent before working hours)
    claimed ─▶ held                               (it becomes a line of a digest: see `digests`)
    claimed ─▶ spared                             (it is not needed any more)
    to_print ─▶ posted                            (on paper: neither stream nor schedule sends it)
    to_print ─▶ wanted                            (it was to be told by a call, and leaves as a mail)

An unfinished letter also stands in the `due` index, so that the schedule finds what the stream lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from complaints.adapters.dynamodb.entry_items import data_key_of
from complaints.adapters.dynamodb.key_schema import AT_ONCE as MOST_URGENT
from complaints.adapters.dynamodb.key_schema import (
    case_pk,
    due_pk,
    due_place,
    due_sk,
    identity_pk,
    letter_sk,
    private_pk,
    reference_in,
)
from complaints.adapters.dynamodb.letter_items import (
    NOT_DUE,
    STREAM_GRACE,
    due_moment,
    emptied_item,
    from_letter_item,
    rendered_item,
    rendered_letter,
    urgency_when_due,
    without_network,
)
from complaints.adapters.dynamodb.models import LetterItem, RenderedItem
from complaints.adapters.dynamodb.reads import answering, get_all, get_with_data_keys
from complaints.adapters.dynamodb.transactions import was_made
from complaints.adapters.stores.correspondence import rate_limits
from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.context.case import ClaimedLetter, WantedAgain
from complaints.delivery.delivery_event import ORDER, DeliveryEvent, DeliveryOutcome
from complaints.delivery.delivery_state import CLAIMED, SENT, SPARED, WAITING, WANTED, DeliveryState
from complaints.delivery.rate_limits import AT_ONCE, RateLimit

CLAIM_GRACE = timedelta(minutes=5)
"""How long an attempt has to be marked before the letter is taken up again: longer than any run."""


class WantedLetter(Struct, frozen=True):
    """A letter that a record of the stream asks to be sent."""

    reference: str
    letter: str
    is_webhook: bool = False
    correlation: str = ""
    may_wait: bool = False
    urgency: str = ""


class _OfKind(Struct):
    kind: LetterKind


class _Origin(Struct):
    called_for: datetime
    network: int | None = None
    not_before: datetime | None = None


_RECEIPT = "000001.1"
"""The first letter of a complaint that came by itself."""

_AT_THEIR_TIME = frozenset({LetterKind.DIGEST, LetterKind.WEBHOOK})
"""Letters that are sent long after they were called for though nothing is wrong."""

_decode_origin = msgspec.json.Decoder(_Origin).decode
_decode_kind = msgspec.json.Decoder(_OfKind).decode


def _kind_of(letter: str) -> LetterKind | None:
    """What cannot be read has none: it is named when it is tried, and stops no other of its batch."""
    try:
        return _decode_kind(letter).kind
    except msgspec.DecodeError:
        return None


def _origin_of(letter: str) -> _Origin | None:
    """What cannot be read has none, and stops no other."""
    try:
        return _decode_origin(letter)
    except msgspec.DecodeError:
        return None


class DynamoOutbox:
    """Letters in DynamoDB."""

    @staticmethod
    def wanted_in(image: Mapping[str, Any]) -> WantedLetter | None:
        """The letter in the new image of a stream record, if it is to be sent."""
        if image.get("item", {}).get("S") != "letter" or image["state"]["S"] != WANTED:
            return None
        reference, letter = reference_in(image["pk"]["S"]), image["sk"]["S"].partition("#")[2]
        correlation = image.get("correlation", {}).get("S", "")
        kind = _kind_of(image["letter"]["S"])
        may_wait = kind is not None and kind not in AT_ONCE
        urgency = due_place(image["due_sk"]["S"])[1] if "due_sk" in image else ""
        return WantedLetter(reference, letter, kind is LetterKind.WEBHOOK, correlation, may_wait, urgency)

    def claim(
        self, reference: str, letter: str, attempt: str, now: datetime, urgency: str = ""
    ) -> ClaimedLetter | None:
        """Takes a wanted letter for one attempt; `None` when another attempt has it, or it is done. Where the
        attempt dies, it is as urgent as before."""
        return _claimed(reference, letter, attempt, now, urgency, LetterItem.state == WANTED)

    def claim_waiting(self, reference: str, letter: str, attempt: str, now: datetime) -> ClaimedLetter | None:
        """Takes a letter that waits, and has no place, for one attempt that sends no mail; or again for the
        same one."""
        waits = LetterItem.state.is_in(WANTED, WAITING) & LetterItem.asked.does_not_exist()
        return _claimed(reference, letter, attempt, now, "", waits)

    @staticmethod
    def may_leave(allowance: RateLimit) -> bool:
        """Whether one more letter may leave by an allowance, which is taken then."""
        return rate_limits.take(allowance)

    @staticmethod
    def has_not_left(allowance: RateLimit) -> None:
        """Gives back what was taken for a letter that did not leave after all."""
        rate_limits.give_back(allowance)

    @staticmethod
    def know(mailbox: str, until: datetime) -> None:
        """Knows a mailbox until an instant: there is a person behind it."""
        rate_limits.remember(mailbox, until)

    @staticmethod
    def knows(mailbox: str) -> bool:
        """Whether a mailbox is known."""
        return rate_limits.is_remembered(mailbox)

    def put_off(self, claimed: ClaimedLetter, until: datetime) -> None:
        """The mail service did not take it now: the schedule wants it again at `until`."""
        place = due_sk(until, claimed.letter.reference, urgency_when_due(claimed.letter))
        _wait(claimed, place)

    def hold(self, claimed: ClaimedLetter, until: datetime) -> None:
        """We hold it back ourselves until `until`: nobody refused it, so its attempt is given back. It comes
        last of what is due then: robots have us write most of those that are held."""
        _wait(
            claimed,
            due_moment(until, claimed.letter.reference),
            LetterItem.attempts.add(-1),
            LetterItem.holds.add(1),
        )

    def spare(self, claimed: ClaimedLetter) -> None:
        """Leaves it for good: what it says is over."""
        item = LetterItem(case_pk(claimed.letter.reference), letter_sk(claimed.letter.id))
        actions = [LetterItem.state.set(SPARED), *NOT_DUE]
        _updated(item, actions, _has(claimed))

    def want_again(self, reference: str, letter: str, now: datetime, urgency: str = "") -> WantedAgain | None:
        """Makes a letter wanted again whose time in the due index has passed, as urgent as before; the change
        reaches the stream.

        One that was claimed and never marked may have been sent: it is wanted as doubtful.
        """
        item = LetterItem(case_pk(reference), letter_sk(letter))
        overdue = LetterItem.due_sk <= due_moment(now, reference)
        grace = LetterItem.due_sk.set(due_moment(now + STREAM_GRACE, reference, urgency))
        back_to_wanted = LetterItem.state.set(WANTED)
        if _updated(
            item,
            [back_to_wanted, LetterItem.doubtful.set(True), grace],
            (LetterItem.state == CLAIMED) & overdue,
        ):
            return WantedAgain(None)
        unsent = LetterItem.state.is_in(WANTED, WAITING)
        if not _updated(item, [back_to_wanted, grace], unsent & overdue):
            return None
        return WantedAgain(_untried_since(item))

    def ask_for(self, reference: str, letter: str, now: datetime) -> bool:
        """Wants a letter at once that waits, and has a place; whether it waited, and had none. The change
        reaches the stream, and first of what is due the schedule, should it not."""
        item = LetterItem(case_pk(reference), letter_sk(letter))
        actions = [
            LetterItem.state.set(WANTED),
            LetterItem.asked.set(True),
            LetterItem.due_sk.set(due_moment(now + STREAM_GRACE, reference, MOST_URGENT)),
        ]
        waits = LetterItem.state.is_in(WANTED, WAITING) & LetterItem.asked.does_not_exist()
        return _updated(item, actions, waits)

    def note(self, event: DeliveryEvent) -> DeliveryState | None:
        """The letter with what the mail service says of it; `None` where another attempt is in force, or
        more is known already. Said again, it is noted again: what follows may not have been done.
        """
        item = LetterItem(case_pk(event.reference), letter_sk(event.letter))
        known = [fate.value for fate in ORDER[: ORDER.index(event.fate) + 1]]
        earlier = LetterItem.fate.does_not_exist() | LetterItem.fate.is_in(*known)
        if not _updated(
            item, [LetterItem.fate.set(event.fate.value)], (LetterItem.attempt == event.attempt) & earlier
        ):
            return None
        return _kept_letter(item)

    def send_again(self, event: DeliveryEvent, letter: Letter, until: datetime) -> None:
        """A letter that is marked as sent and came back for now: the schedule wants it again at `until`.

        It is so once, however often the event is heard.
        """
        item = LetterItem(case_pk(event.reference), letter_sk(event.letter))
        actions = [
            LetterItem.state.set(WAITING),
            LetterItem.due_pk.set(due_pk(event.reference)),
            LetterItem.due_sk.set(due_moment(until, event.reference, urgency_when_due(letter))),
            LetterItem.bounces.add(1),
        ]
        _updated(item, actions, (LetterItem.attempt == event.attempt) & (LetterItem.state == SENT))

    def keep(
        self,
        claimed: ClaimedLetter,
        message: bytes,
        to: str,
        data_key: bytes | None = b"",
        *,
        is_sealed: bool = False,
    ) -> None:
        """Keeps a letter as it was rendered, encrypted where its case has a data key (`Case.data_key`); one
        of a case that `is_sealed` with the identity."""
        letter = claimed.letter
        if data_key is None:
            data_key = data_key_of(letter.reference)
        with answering():
            rendered_item(
                letter.reference, letter.id, message, to, data_key or b"", is_sealed=is_sealed
            ).save()

    def keep_nothing(self, claimed: ClaimedLetter) -> None:
        """Empties a letter as it was rendered, of a case that is not sealed: no mail of it leaves."""
        with answering():
            emptied_item(claimed.letter.reference, claimed.letter.id).save()

    def kept(self, reference: str, letter: str, *, with_identity: bool = False) -> tuple[bytes, str] | None:
        """The bytes of a letter as it was rendered last and whom they are for, unless they were removed or
        forgotten; those of a sealed case only where its identity is asked for, too."""
        places = (private_pk(reference), identity_pk(reference))[: 1 + with_identity]
        items, data_keys = get_with_data_keys([(pk, letter_sk(letter)) for pk in places], [reference])
        for item in items:
            if isinstance(item, RenderedItem):
                return rendered_letter(item, data_keys.get(reference))
        return None

    def forget(self, reference: str, letters: Iterable[str], *, is_sealed: bool = False) -> None:
        named = set(letters)
        with answering():
            for item in list(LetterItem.query(case_pk(reference), LetterItem.sk.startswith("letter#"))):
                letter = reference_in(item.sk)
                if letter in named:
                    emptied_item(reference, letter, is_sealed=is_sealed).save()
                    if forgotten := without_network(item):
                        item.update(actions=[forgotten])

    def of_case(self, reference: str) -> Sequence[DeliveryState]:
        """All letters of a case, the oldest first."""
        with answering():
            letters = LetterItem.sk.startswith("letter#")
            items = list(LetterItem.query(case_pk(reference), letters, consistent_read=True))
        return [_kept_letter(item) for item in items]

    def networks_of(self, references: Sequence[str]) -> Mapping[str, str]:
        """From which groups of networks complaints came, where that is known: by reference, of at most a
        hundred. Their receipts say it."""
        # Imported lazily: floods are rare.
        from complaints.values.casework.floods import network_name

        found = get_all((case_pk(each), letter_sk(_RECEIPT)) for each in references) if references else []
        origins = ((item.pk, _origin_of(item.letter)) for item in found if isinstance(item, LetterItem))
        return {
            reference_in(pk): network_name(origin.called_for, origin.network)
            for pk, origin in origins
            if origin and origin.network is not None
        }


def _claimed(
    reference: str, letter: str, attempt: str, now: datetime, urgency: str, condition: Condition
) -> ClaimedLetter | None:
    item = LetterItem(case_pk(reference), letter_sk(letter))
    actions = [
        LetterItem.state.set(CLAIMED),
        LetterItem.attempt.set(attempt),
        LetterItem.attempts.add(1),
        LetterItem.fate.remove(),
        LetterItem.due_sk.set(due_moment(now + CLAIM_GRACE, reference, urgency)),
    ]
    # An attempt that lost the answer to its claim asks again, and must not be blocked by its own claim.
    mine: Condition = (LetterItem.state == CLAIMED) & (LetterItem.attempt == attempt)
    if not _updated(item, actions, condition | mine):
        return None
    return ClaimedLetter(
        from_letter_item(item),
        attempt,
        int(item.attempts),
        bool(item.doubtful),
        item.message_id,
        int(item.holds or 0),
        bool(item.asked),
    )


def _untried_since(item: LetterItem) -> datetime | None:
    """Since when a letter waits that no attempt has had. One that was called for on paper, and leaves as a
    mail, does not say it."""
    if item.attempts or item.holds or item.mailed or _kind_of(item.letter) in _AT_THEIR_TIME:
        return None
    origin = _origin_of(item.letter)
    return (origin.not_before or origin.called_for) if origin else None


def _kept_letter(item: LetterItem) -> DeliveryState:
    fate = DeliveryOutcome(item.fate) if item.fate else None
    return DeliveryState(
        from_letter_item(item),
        item.state,
        fate,
        int(item.attempts),
        bool(item.doubtful),
        item.message_id,
        int(item.bounces),
        _waits_until(item),
        item.correlation or "",
        bool(item.asked),
    )


def _waits_until(item: LetterItem) -> datetime | None:
    if item.state != WAITING or item.due_sk is None:
        return None
    return datetime.fromisoformat(due_place(item.due_sk)[0])


def _wait(claimed: ClaimedLetter, place: str, *further: Action) -> None:
    item = LetterItem(case_pk(claimed.letter.reference), letter_sk(claimed.letter.id))
    actions = [LetterItem.state.set(WAITING), LetterItem.due_sk.set(place), *further]
    _updated(item, actions, _has(claimed))


def _has(claimed: ClaimedLetter) -> Condition:
    """The attempt still holds the letter: its time is not over, and no outcome is recorded."""
    condition: Condition = (LetterItem.attempt == claimed.attempt) & (LetterItem.state == CLAIMED)
    return condition


def _updated(item: LetterItem, actions: Sequence[Action], condition: Condition) -> bool:
    return was_made(lambda: item.update(actions=list(actions), condition=condition))
