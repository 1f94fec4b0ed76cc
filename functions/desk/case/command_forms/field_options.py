"""What can be chosen in the form of a command on a case: what its rule would take, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from textwrap import shorten
from typing import Any, NamedTuple

from complaints.case.outcome.referral import ReferralStep
from complaints.case.people.adjustments import AdjustmentKind
from complaints.case.people.contact_plan import ContactLimit
from complaints.case.people.parties import AuthorityStep, LettersWanted, RespondentKind
from complaints.case.record.details import DETAILS, OWN
from complaints.case.record.erasure import (
    COMPLAINANT,
    REPRESENTED,
    ErasureGround,
    KeepingGround,
    RestrictionGround,
)
from complaints.case.record.links import Relation
from complaints.casework.command import StaffCommand
from complaints.casework.correspondence.deadline_extension import Extend
from complaints.casework.outcome.decision import Respond
from complaints.casework.outcome.referral import RESULTS
from complaints.casework.outcome.remedies import EXTERNAL_DECIDED, Record
from complaints.casework.people.contact_details import ContactDetail
from complaints.casework.people.sensitive_cases import may_handle, may_see
from complaints.casework.process.acknowledgement import Acknowledge
from complaints.casework.process.closing import Close
from complaints.casework.process.escalation import Escalate
from complaints.casework.record.attachments import can_be_shared
from complaints.casework.record.party_erasure import besides_complainant
from complaints.casework.workflow.corrective_actions import may_own
from complaints.casework.workflow.tasks import open_to
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import declarations, refuse_what_is_not_possible
from complaints.values.codes import CodeList
from complaints.values.errors import Refusal
from complaints.values.field_types import (
    PREFERRED_WAYS,
    ClosingReason,
    ComplainantKind,
    EarlierDecision,
    LinkChange,
    VulnerabilityDriver,
    VulnerabilitySource,
    Way,
)
from complaints.values.own_fields import label_in
from complaints.values.people import Member
from functions.desk.case.wording.event_wording import EventWording, SiteWording
from functions.desk.case.wording.text_lines import TextLine
from functions.desk.case.wording.timeline import TimelineEntry
from functions.forms.inputs import Choice
from functions.serializers.parts.files import StaffFile

LONGEST_LABEL = 80
"""How much of a text names it among others."""


class OptionContext(NamedTuple):
    """A case as somebody sees it who is about to choose. `teller` holds the case and the words, `parties` the
    names of those who are complained about, or complain too, `tasks` what is asked for by them, each by their
    ids."""

    teller: EventWording
    context: Context
    members: Sequence[Member]
    happened: Sequence[TimelineEntry]
    files: Sequence[StaffFile]
    parties: Mapping[str, str] = {}
    tasks: Mapping[str, str] = {}

    def would_take(self, command: StaffCommand) -> bool:
        """Whether the rule would take a command now, whatever text comes with it and follows from it."""
        complaint = self.teller.complaint
        try:
            refuse_what_is_not_possible(complaint, command, self.context)
            return bool(declarations()[type(command)].decide(complaint, command, self.context))
        except Refusal:
            return False

    def spoken(self, at: Any) -> str:
        """A moment at the site, in words."""
        calendar = self.context.terms.calendar(self.context.terms.packs[0].id)
        return self.teller.date_formats.moment(self.teller.language, calendar.local(at))

    def day(self, on: date) -> str:
        """A date in words."""
        return self.teller.date_formats.day(self.teller.language, on)


Options = Callable[[OptionContext], Iterable[Choice] | None]
SiteOptions = Callable[[SiteWording], Iterable[Choice]]
_TALKS = [way for way in Way if way not in (Way.MAIL, Way.PAGE)]
"""How a decision is told without a letter of ours."""


def is_of_case(verb: str, field: str) -> bool:
    """Whether what can be chosen for a field depends on the case, or on who looks at it."""
    return (verb, field) in _OF_THE_CASE


def field_options(verb: str, field: str, options: OptionContext) -> tuple[Choice, ...] | None:
    """What can be chosen on a case for a field that `is_of_case`; `None` where anything can be written."""
    found = _OF_THE_CASE[verb, field](options)
    return None if found is None else tuple(found)


def options_at(words: SiteWording, verb: str, field: str) -> tuple[Choice, ...] | None:
    """What can be chosen for a field on every case of a site; `None` where anything can be written."""
    found = _OF_THE_SITE.get((verb, field))
    return tuple(found(words)) if found else None


def _codes(kind: CodeList) -> SiteOptions:
    def offered(words: SiteWording) -> Iterator[Choice]:
        called = words.code(kind)
        return (Choice(code.code, called(code.code)) for code in words.site.codes.offered(kind))

    return offered


def _taken(
    family: str, values: Iterable[Any], command: Callable[[Any, OptionContext], StaffCommand]
) -> Options:
    """Those of the values with which the command would be taken."""

    def offered(options: OptionContext) -> Iterator[Choice]:
        called = options.teller.word(family)
        return (
            Choice(str(value), called(value))
            for value in values
            if options.would_take(command(value, options))
        )

    return offered


def _colleagues(options: OptionContext) -> Iterator[Choice]:
    """Who can look after the case; whoever looks at it now comes first."""
    return _called((member for member in options.members if can_look_after(member, options)), options)


def can_look_after(member: Member, options: OptionContext) -> bool:
    """Whether the case can be assigned to this member."""
    complaint = options.teller.complaint
    return may_handle(member, options.teller.site, complaint.categories) and not complaint.is_barred(
        member.id
    )


def _owners(options: OptionContext) -> Iterator[Choice]:
    complaint = options.teller.complaint
    suit = [
        member
        for member in options.members
        if may_own(member, complaint.site)
        and may_see(member, options.teller.site, complaint.categories)
        and member.id not in complaint.conflicts
    ]
    return _called(suit, options)


def _called(members: Iterable[Member], options: OptionContext) -> Iterator[Choice]:
    me = options.context.by.id
    in_order = sorted(members, key=lambda member: (member.id != me, member.name.casefold()))
    return (Choice(member.id, member.name) for member in in_order)


def _clocks(options: OptionContext) -> Iterator[Choice]:
    for clock in options.teller.complaint.clocks:
        if options.would_take(Extend(clock=clock.key, reason="-")):
            yield Choice(clock.key, _pair(options, options.teller.promise(clock), options.spoken(clock.due)))


def _events(options: OptionContext) -> Iterator[Choice]:
    for event in sorted({*options.context.terms.outside_events, EXTERNAL_DECIDED}):
        if options.would_take(Record(event=event, at=options.context.now, evidence="-")):
            yield Choice(event, event.replace("_", " "))


def _remedies(options: OptionContext) -> Iterator[Choice]:
    """What is owed, each by its id: of two alike it is said which."""
    called = options.teller.code(CodeList.REMEDIES)
    for owed in options.teller.complaint.remedies_owed:
        label = called(owed.remedy.kind)
        if owed.remedy.amount:
            label = _pair(options, label, f"{owed.remedy.amount} {owed.remedy.currency}")
        yield Choice(owed.id, label)


def _finding(options: OptionContext) -> Iterable[Choice] | None:
    """A finding is written with the decision where none is recorded yet."""
    return () if options.teller.complaint.cause else None


def _cause(options: OptionContext) -> Iterable[Choice]:
    """The causes that go with such a finding."""
    return () if options.teller.complaint.cause else _codes(CodeList.CAUSES)(options.teller.at_site)


def _points(options: OptionContext) -> Iterator[Choice]:
    """The points of the complaint by their numbers, with their categories."""
    called = options.teller.code(CodeList.CATEGORIES)
    for point in options.teller.complaint.points:
        label = _pair(options, point.id, called(point.category)) if point.category else point.id
        yield Choice(point.id, label)


def _earlier_decision(options: OptionContext) -> Iterator[Choice]:
    """What can become of decisions that the complainant was told; nothing where there is none."""
    called = options.teller.word("case.earlier_decision.")
    if options.teller.complaint.known_decision:
        yield from (Choice(value, called(value)) for value in EarlierDecision)


def _unposted(options: OptionContext) -> Iterator[Choice]:
    called = options.teller.word("case.letter.")
    return (
        Choice(waiting.letter, _pair(options, called(waiting.kind), options.spoken(waiting.prepared_at)))
        for waiting in options.teller.complaint.to_post
    )


def _actions(options: OptionContext) -> Iterator[Choice]:
    called = options.teller.code(CodeList.ACTIONS)
    return (
        Choice(action.id, f"{action.id}: {called(action.action)}")
        for action in options.teller.complaint.actions
        if action.waits
    )


def _open_tasks(options: OptionContext) -> Iterator[Choice]:
    words = partial(options.teller.catalogues.text, options.teller.language)
    for task in open_to(options.context.by, options.teller.complaint):
        what = shorten(options.tasks.get(task.id, ""), LONGEST_LABEL, placeholder="…")
        if task.call:
            what = _pair(options, words("case.tasks.call"), words(f"case.letter.{task.call}"))
        named = words(
            "case.tasks.line", id=task.id, to=options.teller.holder(task), day=options.day(task.due)
        )
        yield Choice(task.id, _pair(options, what, named) if what else named)


def _unshared(options: OptionContext) -> Iterator[Choice]:
    """The files of staff that the complainant does not see, by their names."""
    names = {file.id: file.name for file in options.files}
    return (
        Choice(file.id, names.get(file.id, file.id))
        for file in options.teller.complaint.attachments
        if can_be_shared(file)
    )


def _linked(options: OptionContext) -> Iterator[Choice]:
    return (Choice(to, to) for to in dict.fromkeys(tie.to for tie in options.teller.complaint.links))


def _words(family: str, values: Iterable[str]) -> SiteOptions:
    """All of the values, each by its word."""

    def offered(words: SiteWording) -> Iterator[Choice]:
        called = words.word(family)
        return (Choice(value, called(value)) for value in values)

    return offered


def _languages(words: SiteWording) -> Iterator[Choice]:
    """The languages of the site, each called in its own words."""
    known = words.catalogues
    for tag in words.site.languages:
        yield Choice(tag, known.text(tag, "words.language") if tag in known.languages else tag)


def _details(words: SiteWording) -> Iterator[Choice]:
    """The details that can be removed, each by its name."""
    called = words.word("case.matter.")
    yield from (Choice(name, called(name)) for name in DETAILS)
    for each in words.site.fields:
        label = label_in(each.labels, words.language, words.site.language)
        yield Choice(f"{OWN}{each.code}", label or each.code)


def _respondents(options: OptionContext) -> Iterator[Choice]:
    """Those who are complained about, by their names."""
    called = options.teller.word("case.respondent.")
    return (
        Choice(each.id, _pair(options, options.parties.get(each.id) or each.id, called(each.kind)))
        for each in options.teller.complaint.respondents
    )


def _joint(options: OptionContext) -> Iterator[Choice]:
    """Those who complain too, by their names."""
    return (
        Choice(each.id, options.parties.get(each.id) or each.id) for each in options.teller.complaint.joint
    )


def _people(options: OptionContext) -> Iterator[Choice]:
    """Those of whom the data of one can be erased: the complainant, who is represented, and who joined."""
    called = options.teller.word("case.erased_party.")
    yield Choice(COMPLAINANT, called(COMPLAINANT))
    if REPRESENTED in besides_complainant(options.teller.complaint):
        yield Choice(REPRESENTED, called(REPRESENTED))
    yield from _joint(options)


def _written(options: OptionContext) -> Iterator[Choice]:
    """The entries of this case in which somebody wrote something that is still there."""
    gone = options.teller.complaint.redacted
    for each in options.happened:
        if each.has_words and each.of is None and each.number not in gone:
            text = next(item.line for item in each.lines if item.line.text)
            label = _pair(options, f"{each.number}: {_text_of_line(text, options)}", options.spoken(each.at))
            yield Choice(str(each.number), label)


def _holds(options: OptionContext) -> Iterator[Choice]:
    """The legal holds of the case, each with who set it, and the last day of one that ends by itself."""
    for each in options.teller.complaint.holds:
        words = _pair(options, each.id, options.teller.person(each.by))
        yield Choice(each.id, _pair(options, words, options.day(each.until)) if each.until else words)


def _text_of_line(line: TextLine, options: OptionContext) -> str:
    """A line of the timeline in words."""
    when = options.spoken(line.when) if line.when else ""
    day = options.day(line.day) if line.day else ""
    return options.teller.catalogues.text(
        options.teller.language, f"case.fact.{line.words}", **{**line.values, "when": when, "day": day}
    )


def _pair(options: OptionContext, first: str, then: str) -> str:
    return options.teller.catalogues.text(
        options.teller.language, "words.format.pair", first=first, then=then
    )


_OF_THE_SITE: Mapping[tuple[str, str], SiteOptions] = {
    ("classify", "category"): _codes(CodeList.CATEGORIES),
    ("classify", "subcategory"): _codes(CodeList.SUBCATEGORIES),
    ("tell", "to"): _words("case.to.", ("team", "manager", "quality")),
    ("prioritise", "priority"): _words("case.priority.", ("0", "1", "2", "3")),
    ("find", "root_cause"): _codes(CodeList.CAUSES),
    ("decide", "outcome"): _codes(CodeList.OUTCOMES),
    ("decide", "kind"): _codes(CodeList.REMEDIES),
    ("point", "category"): _codes(CodeList.CATEGORIES),
    ("answer_point", "outcome"): _codes(CodeList.OUTCOMES),
    ("answer_point", "kind"): _codes(CodeList.REMEDIES),
    ("record_referral", "step"): _words("case.referral.", ReferralStep),
    ("record_referral", "result"): _words("words.outcome.", RESULTS),
    ("record_referral", "earlier_decision"): _words(
        "case.earlier_decision.", (EarlierDecision.ADD, EarlierDecision.REPLACE)
    ),
    ("record_referral", "kind"): _codes(CodeList.REMEDIES),
    ("remedied", "budget"): lambda words: (Choice(budget, budget) for budget in words.site.budgets),
    ("act", "action"): _codes(CodeList.ACTIONS),
    ("link", "relation"): _words("case.relation.", Relation),
    ("unlink", "relation"): _words("case.relation.", Relation),
    ("protect", "harm"): _words("case.care.harm.", ("true", "false")),
    ("protect", "driver"): _words("case.driver.", VulnerabilityDriver),
    ("protect", "known_by"): _words("case.known_by.", VulnerabilitySource),
    ("add_complainant", "letters"): _words("case.letters_wanted.", LettersWanted),
    ("represent", "authority"): _words("case.authority.", AuthorityStep),
    ("name_respondent", "kind"): _words("case.respondent.", RespondentKind),
    ("plan_contact", "limit"): _words("case.contact_limit.", ContactLimit),
    ("change_link", "change"): _words("case.link_change.", LinkChange),
    ("erase", "ground"): _words("case.erasure_ground.", ErasureGround),
    ("erase_party", "ground"): _words("case.erasure_ground.", ErasureGround),
    ("refuse_erasure", "ground"): _words("case.keeping_ground.", KeepingGround),
    ("restrict", "ground"): _words("case.restriction_ground.", RestrictionGround),
    ("adjust", "adjustment"): _words("case.adjustment.", AdjustmentKind),
    ("correct_contact", "language"): _languages,
    ("correct_contact", "kind"): _words("case.complainant_kind.", ComplainantKind),
    ("correct_contact", "preferred_way"): _words("api.form.way.", PREFERRED_WAYS),
    ("correct_contact", "remove"): _words("case.contact.", ContactDetail),
    ("correct_details", "remove"): _details,
}
_OF_THE_CASE: Mapping[tuple[str, str], Options] = {
    ("acknowledge", "by"): _taken(
        "case.way.", Way, lambda way, options: Acknowledge(by=way, at=options.context.now)
    ),
    ("assign", "to"): _colleagues,
    ("find", "point"): _points,
    ("answer_point", "point"): _points,
    ("decide", "earlier_decision"): _earlier_decision,
    ("decide", "finding"): _finding,
    ("decide", "root_cause"): _cause,
    ("respond", "by"): _taken(
        "case.way.", _TALKS, lambda way, options: Respond(by=way, at=options.context.now)
    ),
    ("escalate", "to"): _taken("case.level.", (2, 3), lambda level, options: Escalate(to=level, reason="-")),
    ("extend", "clock"): _clocks,
    ("record", "event"): _events,
    ("remedied", "remedy"): _remedies,
    ("decline_remedy", "remedy"): _remedies,
    ("close", "reason"): _taken(
        "case.reason.", ClosingReason, lambda reason, options: Close(reason=reason, note="-")
    ),
    ("posted", "letter"): _unposted,
    ("act", "owner"): _owners,
    ("acted", "action"): _actions,
    ("send_file", "file"): _unshared,
    ("task", "to"): _owners,
    ("complete", "task"): _open_tasks,
    ("reassign", "task"): _open_tasks,
    ("reassign", "to"): _owners,
    ("cancel", "task"): _open_tasks,
    ("unlink", "to"): _linked,
    ("redact", "message"): _written,
    ("record_side", "respondent"): _respondents,
    ("drop_complainant", "complainant"): _joint,
    ("erase_party", "party"): _people,
    ("lift_hold", "hold"): _holds,
}
