"""Facts about what is written to and fro while a case is worked on: notes, messages, questions.

The fact about standard texts.
"""

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.correspondence.letters import MessageCount
from complaints.case.correspondence.mail import RawMail
from complaints.case.fact import Fact, wording
from complaints.values.field_types import CodeName, Stage

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class NoteAdded(Fact, frozen=True, kw_only=True):
    """Staff kept an internal note, which no complainant sees."""

    PRIVATE = ("text",)
    TEXTS = PRIVATE
    TIMELINE = wording(text="text")
    text: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return complaint


class MessageSent(Fact, frozen=True, kw_only=True):
    """Staff wrote; `has_file` says that a file was sent with it."""

    PRIVATE = ("text",)
    TEXTS = PRIVATE
    PUBLIC = "to_you"
    WEBHOOK = "complaint.message_sent"
    TIMELINE = wording(text="text")
    text: str
    has_file: bool = False

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(with_message(complaint), has_news=False)


class InformationAsked(Fact, frozen=True, kw_only=True):
    """Staff asked the complainant for something, and wait for the answer."""

    PRIVATE = ("text",)
    TEXTS = PRIVATE
    PUBLIC = "asked"
    WEBHOOK = "complaint.question_asked"
    TIMELINE = wording(text="text")
    text: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(
            with_message(complaint),
            stage=Stage.AWAITING_COMPLAINANT,
            stage_before_question=complaint.stage,
            has_news=False,
        )


class Resumed(Fact, frozen=True, kw_only=True):
    """The wait for the answer of the complainant is over."""

    PRIVATE = ("reason",)
    TIMELINE = wording(text="reason")
    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return going_on(complaint)


class MessageReceived(Fact, frozen=True, kw_only=True):
    """The complainant wrote; `day` is the date at the site, by which messages are counted.

    `message_id` is that of the mail, if it came by one (RFC 5322), and `raw` that mail as it came.
    """

    PRIVATE = ("text", "message_id")
    UNSHOWN = ("message_id",)
    IDENTITY = ("message_id",)
    OF_COMPLAINANT = UNREDACTED = ("message_id",)
    TEXTS = ("text",)
    PUBLIC = "from_you"
    WEBHOOK = "complaint.message_received"
    TIMELINE = wording(text="text")
    text: str
    day: date
    message_id: str | None = None
    raw: RawMail | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """A message ends the wait for an answer, and is news at the desk."""
        post = MessageCount(self.day, _that_day(complaint.post, self.day) + 1, complaint.post.in_all + 1)
        by_mail = complaint.number + 1 if self.message_id else complaint.last_mail
        return going_on(replace(with_message(complaint), post=post, has_news=True, last_mail=by_mail))


def going_on(complaint: "Complaint") -> "Complaint":
    """The complaint without the wait for an answer, if it waited for one."""
    if complaint.stage is not Stage.AWAITING_COMPLAINANT or complaint.stage_before_question is None:
        return complaint
    return replace(complaint, stage=complaint.stage_before_question, stage_before_question=None)


def _that_day(post: MessageCount, day: date) -> int:
    return post.that_day if post.day == day else 0


def with_message(complaint: "Complaint") -> "Complaint":
    """`number` is that of the entry before: the message stands in the next one."""
    return replace(complaint, recent=(*complaint.recent, complaint.number + 1)[-RECENT:])


RECENT = 20


class StandardTextsUsed(Fact, frozen=True, kw_only=True):
    """Standard texts of the site were chosen for what was written, by their codes: so their use is counted.

    What was written stands in the facts beside it, as it was sent.
    """

    texts: tuple[CodeName, ...]

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The complaint with how often each text was used in it."""
        times = dict(complaint.texts_used)
        times |= {code: times.get(code, 0) + 1 for code in self.texts}
        return replace(complaint, texts_used=tuple(times.items()))
