"""What happened in a case, in words for staff: one line for each fact, with the text that somebody wrote."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from complaints import facts
from complaints.codes import CodeList
from complaints.complaint import Complaint
from complaints.fact import Fact
from complaints.feedback_facts import Converted
from complaints.files.attachment_facts import AttachmentOffered, AttachmentRefused
from complaints.handover_facts import Unassigned
from complaints.improvement.corrective_action_facts import (
    ActionChecked,
    ActionDone,
    ActionPlanned,
    ActionRaised,
)
from complaints.letter_facts import LetterPosted, LetterPrepared
from complaints.mail.letter import LetterKind
from complaints.mail_facts import MailJoined
from complaints.pairs.linking_facts import Linked, Unlinked
from complaints.pairs.merging_facts import Absorbed, Merged, PromiseTakenOver
from complaints.promise_facts import (
    ClockMigrated,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DeadlineExtended,
    DeadlineMissed,
    DueBroughtForward,
    EscalationRaised,
    ExtensionFailed,
    ExtensionRequested,
    ReminderRaised,
)
from complaints.redaction_facts import Redacted
from complaints.site import Site
from complaints.timekeeping.clock import Clock
from complaints.words import Remedy
from complaints.world.assemble import world
from functions.labels import label


class Teller(NamedTuple):
    """In whose words it is told: the reader's `language`, the codes of the `site`, the `names` of staff."""

    language: str
    site: Site
    names: Mapping[str, str]
    complaint: Complaint

    def word(self, family: str) -> Callable[[Any], str]:
        """A word for a value; `family` is what the msgids of all of them begin with."""
        return lambda value: world().catalogues.text(self.language, f"{family}{value}")

    def code(self, kind: CodeList) -> Callable[[Any], str]:
        """The site's words for a code."""
        return lambda name: label(self.site.codes, kind, name, self.language, self.site.language)

    def person(self, id: Any) -> str:
        """What a colleague is called."""
        return self.names.get(id, id)

    def promise(self, clock: Any) -> str:
        """What a clock, or the one with this key, promises; of one that began again only the last is kept."""
        if isinstance(clock, str):
            runs = (known for known in self.complaint.clocks if _is_run_of(known, clock))
            clock = next(runs, None) or clock
        if isinstance(clock, str):
            return clock
        family = "words.promise." if clock.is_ours else "case.clock."
        return world().catalogues.text(self.language, f"{family}{clock.purpose}")


def _is_run_of(clock: Clock, key: str) -> bool:
    return clock.key.rpartition("/")[0] == key.rpartition("/")[0]


class Line(NamedTuple):
    """One line: the end of its msgid and what it names; `text` is in the words of who wrote it."""

    words: str
    values: Mapping[str, str] = {}
    when: datetime | None = None
    day: date | None = None
    text: str | None = None
    remedies: tuple[Remedy, ...] = ()


Tells = Callable[[Any, Teller], Line]


def line(fact: Fact, teller: Teller) -> Line:
    """What a fact says."""
    tell = _TELLS.get(type(fact))
    return tell(fact, teller) if tell else Line(type(fact).__name__)


def _named(how: str = "", when: str = "", day: str = "", text: str = "", **named: str) -> Tells:
    """A line that names fields of its fact, each by how it is said: what the msgids of its words begin with,
    `code:` and a list of codes, `person`, `promise`, or `as it is`.

    `when`, `day` and `text` are the fields in which the moment, the date and the text stand.
    """

    def tell(fact: Any, teller: Teller) -> Line:
        values = {name: _value(teller, said, getattr(fact, name, None)) for name, said in named.items()}
        return Line(
            words=type(fact).__name__ + _variant(how, fact),
            values=values,
            when=_at(fact, when) if when else None,
            day=getattr(fact, day) if day else None,
            text=getattr(fact, text) if text else None,
            remedies=getattr(fact, "remedies", ()),
        )

    return tell


def _variant(field: str, fact: Any) -> str:
    """Which wording: that for a field that is true, false or none."""
    return f".{str(getattr(fact, field)).lower()}" if field else ""


def _at(fact: Any, path: str) -> Any:
    for name in path.split("."):
        fact = getattr(fact, name)
    return fact


def _value(teller: Teller, how: str, value: Any) -> str:
    if how.endswith("."):
        return teller.word(how)(value)
    method, _, codes = how.partition(":")
    match method:
        case "person":
            return teller.person(value)
        case "promise":
            return teller.promise(value)
        case "code":
            return teller.code(CodeList(codes))(value)
    return str(value)


def _decided(fact: facts.DecisionProposed, teller: Teller) -> Line:
    """A decision by the code that the site decided by."""
    outcome = teller.code(CodeList.OUTCOMES)(fact.outcome_code or fact.outcome)
    words = "DecisionProposed" + _variant("needs_approval", fact)
    return Line(words, {"outcome": outcome}, text=fact.reasons, remedies=fact.remedies)


def _assessed(fact: facts.Assessed, teller: Teller) -> Line:
    return Line("Assessed", {name: str(mark) for name, mark in _scales(fact)})


def _scales(fact: facts.Assessed) -> Iterator[tuple[str, int]]:
    return ((name, getattr(fact.scales, name)) for name in fact.scales.__struct_fields__)


def _of_letter(of_mail: Tells) -> Tells:
    """What became of a mail, or of a webhook, which is none."""

    def tell(fact: Any, teller: Teller) -> Line:
        line = of_mail(fact, teller)
        is_mail = fact.kind != LetterKind.WEBHOOK
        return line if is_mail else line._replace(words=f"{type(fact).__name__}.webhook")

    return tell


def _joined(fact: MailJoined, teller: Teller) -> Line:
    words = "MailJoined.from" if fact.sender else "MailJoined"
    return Line(words, {"sender": fact.sender or ""}, text=fact.text)


_TELLS: Mapping[type[Fact], Tells] = {
    facts.Received: _named(channel="case.channel.", text="description"),
    facts.Acknowledged: _named(way="case.way.", when="told_at"),
    facts.Assigned: _named(to="person"),
    facts.Assessed: _assessed,
    facts.NoteAdded: _named(text="text"),
    facts.MessageSent: _named(text="text"),
    facts.InformationAsked: _named(text="text"),
    facts.Resumed: _named(text="reason"),
    facts.MessageReceived: _named(text="text"),
    MailJoined: _joined,
    facts.FindingRecorded: _named(root_cause="code:causes", text="finding"),
    facts.DecisionProposed: _decided,
    facts.DecisionReturned: _named(text="reasons"),
    facts.Responded: _named(way="case.way.", when="told_at"),
    facts.DecisionAccepted: _named(text="reason"),
    facts.DecisionRefused: _named(text="reason"),
    facts.Escalated: _named(text="reason"),
    facts.Referred: _named(body="as it is", text="reason"),
    facts.ConflictDeclared: _named(text="reason"),
    facts.VulnerabilityNoted: _named("is_vulnerable", text="reason"),
    facts.RemedyDone: _named(remedy="code:remedies", day="done_on"),
    facts.EventRecorded: _named(event="as it is", when="told_at", text="evidence"),
    facts.Reopened: _named(text="reason"),
    facts.ClosingProposed: _named(reason="case.reason."),
    facts.Withdrawn: _named(text="reason"),
    facts.Closed: _named(reason="case.reason."),
    facts.LetterSent: _of_letter(_named("doubtful", kind="case.letter.")),
    facts.LetterFailed: _of_letter(_named(kind="case.letter.", reason="as it is")),
    ClockStarted: _named(clock="promise", when="clock.due"),
    ClockPaused: _named(clock="promise"),
    ClockResumed: _named(clock="promise", when="due"),
    ClockStopped: _named("in_time", clock="promise"),
    ExtensionRequested: _named(clock="promise", when="due", text="reason"),
    DeadlineExtended: _named(clock="promise", when="due"),
    ExtensionFailed: _named(clock="promise"),
    DueBroughtForward: _named(clock="promise", when="due"),
    ClockMigrated: _named(clock="promise"),
    ReminderRaised: _named(clock="promise"),
    DeadlineMissed: _named(clock="promise"),
    EscalationRaised: _named(clock="promise"),
    Linked: _named(to="as it is", relation="case.relation.", text="reason"),
    Unlinked: _named(to="as it is", text="reason"),
    AttachmentOffered: _named(name="as it is"),
    AttachmentRefused: _named(flaw="case.flaw."),
    Unassigned: _named(was="person"),
    Merged: _named(into="as it is", text="reason"),
    Absorbed: _named(source="as it is"),
    PromiseTakenOver: _named(of="as it is", clock="promise", when="clock.due"),
    LetterPrepared: _named(kind="case.letter."),
    LetterPosted: _named(kind="case.letter.", when="told_at"),
    Converted: _named(text="reason"),
    ActionPlanned: _named(id="as it is", action="code:actions", owner="person", day="due"),
    ActionDone: _named(id="as it is", day="done_on"),
    ActionChecked: _named("effective", id="as it is"),
    ActionRaised: _named(id="as it is"),
    Redacted: _named(entry="as it is", text="reason"),
}
