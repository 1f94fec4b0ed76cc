"""What can be chosen in the form of a command on a case: what its rule would take, in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from complaints.casework.lifecycle import declarations, refuse_what_is_not_possible
from complaints.commands.case import Acknowledge, Close, Escalate, Extend, Record, Respond
from complaints.commands.command import StaffCommand
from complaints.commands.contact import ContactDetail
from complaints.commands.referral import RESULTS
from complaints.context.decision_context import Context
from complaints.model.adjustment import AdjustmentKind
from complaints.model.case_links import Relation
from complaints.model.contact_plan import ContactLimit
from complaints.model.detail_entries import DETAILS, OWN
from complaints.model.parties import AuthorityStep, LettersWanted, RespondentKind
from complaints.model.referral import ReferralStep
from complaints.rules.attachments import can_be_shared
from complaints.rules.corrective_actions import may_own
from complaints.rules.sensitive_cases import may_handle, may_see
from complaints.rules.tasks import open_to
from complaints.stages.remedy import EXTERNAL_DECIDED
from complaints.values.codes import CodeList
from complaints.values.errors import Refusal
from complaints.values.field_types import (
    PREFERRED_WAYS,
    ClosingReason,
    ComplainantKind,
    EarlierDecision,
    VulnerabilityDriver,
    VulnerabilitySource,
    Way,
)
from complaints.values.own_fields import label_in
from complaints.values.people import Member
from functions.pages.desk.case.event_texts import TextLine
from functions.pages.desk.case.event_wording import EventWording, SiteWording
from functions.pages.desk.case.timeline import TimelineEntry
from functions.pages.forms.inputs import Choice
from functions.serializers.files import StaffFile


class OptionContext(NamedTuple):
    """A case as somebody sees it who is about to choose. `teller` holds the case and the words, `parties` the
    names of those who are complained about, or complain too, by their ids."""

    teller: EventWording
    context: Context
    members: Sequence[Member]
    happened: Sequence[TimelineEntry]
    files: Sequence[StaffFile]
    parties: Mapping[str, str] = {}

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
_TALKS = [way for way in Way if way is not Way.MAIL]
"""How a decision is told without a letter of ours."""


def is_of_case(verb: str, field: str) -> bool:
    """Whether what can be chosen for a field depends on the case, or on who looks at it."""
    return (verb, field) in _OF_THE_CASE


def field_options(verb: str, field: str, sight: OptionContext) -> tuple[Choice, ...] | None:
    """What can be chosen on a case for a field that `is_of_case`; `None` where anything can be written."""
    found = _OF_THE_CASE[verb, field](sight)
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

    def offered(sight: OptionContext) -> Iterator[Choice]:
        called = sight.teller.word(family)
        return (
            Choice(str(value), called(value)) for value in values if sight.would_take(command(value, sight))
        )

    return offered


def _colleagues(sight: OptionContext) -> Iterator[Choice]:
    """Who can look after the case; whoever looks at it now comes first."""
    return _called((member for member in sight.members if can_look_after(member, sight)), sight)


def can_look_after(member: Member, sight: OptionContext) -> bool:
    """Whether the case can be assigned to this member."""
    complaint = sight.teller.complaint
    return may_handle(member, sight.teller.site, complaint.categories) and not complaint.is_barred(member.id)


def _owners(sight: OptionContext) -> Iterator[Choice]:
    complaint = sight.teller.complaint
    suit = [
        member
        for member in sight.members
        if may_own(member, complaint.site)
        and may_see(member, sight.teller.site, complaint.categories)
        and member.id not in complaint.conflicts
    ]
    return _called(suit, sight)


def _called(members: Iterable[Member], sight: OptionContext) -> Iterator[Choice]:
    me = sight.context.by.id
    in_order = sorted(members, key=lambda member: (member.id != me, member.name.casefold()))
    return (Choice(member.id, member.name) for member in in_order)


def _clocks(sight: OptionContext) -> Iterator[Choice]:
    for clock in sight.teller.complaint.clocks:
        if sight.would_take(Extend(clock=clock.key, reason="-")):
            yield Choice(clock.key, _pair(sight, sight.teller.promise(clock), sight.spoken(clock.due)))


def _events(sight: OptionContext) -> Iterator[Choice]:
    for event in sorted({*sight.context.terms.outside_events, EXTERNAL_DECIDED}):
        if sight.would_take(Record(event=event, at=sight.context.now, evidence="-")):
            yield Choice(event, event.replace("_", " "))


def _remedies(sight: OptionContext) -> Iterator[Choice]:
    """What is owed, each by its id: of two alike it is said which."""
    called = sight.teller.code(CodeList.REMEDIES)
    for owed in sight.teller.complaint.remedies_owed:
        label = called(owed.remedy.kind)
        if owed.remedy.amount:
            label = _pair(sight, label, f"{owed.remedy.amount} {owed.remedy.currency}")
        yield Choice(owed.id, label)


def _finding(sight: OptionContext) -> Iterable[Choice] | None:
    """A finding is written with the decision where none is recorded yet."""
    return () if sight.teller.complaint.cause else None


def _cause(sight: OptionContext) -> Iterable[Choice]:
    """The causes that go with such a finding."""
    return () if sight.teller.complaint.cause else _codes(CodeList.CAUSES)(sight.teller.at_site)


def _points(sight: OptionContext) -> Iterator[Choice]:
    """The points of the complaint by their numbers, with their categories."""
    called = sight.teller.code(CodeList.CATEGORIES)
    for point in sight.teller.complaint.points:
        label = _pair(sight, point.id, called(point.category)) if point.category else point.id
        yield Choice(point.id, label)


def _earlier_decision(sight: OptionContext) -> Iterator[Choice]:
    """What can become of decisions that the complainant was told; nothing where there is none."""
    called = sight.teller.word("case.earlier_decision.")
    if sight.teller.complaint.known_decision:
        yield from (Choice(value, called(value)) for value in EarlierDecision)


def _unposted(sight: OptionContext) -> Iterator[Choice]:
    called = sight.teller.word("case.letter.")
    return (
        Choice(waiting.letter, _pair(sight, called(waiting.kind), sight.spoken(waiting.prepared_at)))
        for waiting in sight.teller.complaint.to_post
    )


def _actions(sight: OptionContext) -> Iterator[Choice]:
    called = sight.teller.code(CodeList.ACTIONS)
    return (
        Choice(action.id, f"{action.id}: {called(action.action)}")
        for action in sight.teller.complaint.actions
        if action.waits
    )


def _open_tasks(sight: OptionContext) -> Iterator[Choice]:
    return (
        Choice(task.id, _pair(sight, f"{task.id}: {sight.teller.holder(task)}", sight.day(task.due)))
        for task in open_to(sight.context.by, sight.teller.complaint)
    )


def _unshared(sight: OptionContext) -> Iterator[Choice]:
    """The files of staff that the complainant does not see, by their names."""
    names = {file.id: file.name for file in sight.files}
    return (
        Choice(file.id, names.get(file.id, file.id))
        for file in sight.teller.complaint.attachments
        if can_be_shared(file)
    )


def _linked(sight: OptionContext) -> Iterator[Choice]:
    return (Choice(to, to) for to in dict.fromkeys(tie.to for tie in sight.teller.complaint.links))


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


def _respondents(sight: OptionContext) -> Iterator[Choice]:
    """Those who are complained about, by their names."""
    called = sight.teller.word("case.respondent.")
    return (
        Choice(each.id, _pair(sight, sight.parties.get(each.id) or each.id, called(each.kind)))
        for each in sight.teller.complaint.respondents
    )


def _joint(sight: OptionContext) -> Iterator[Choice]:
    """Those who complain too, by their names."""
    return (Choice(each.id, sight.parties.get(each.id) or each.id) for each in sight.teller.complaint.joint)


def _written(sight: OptionContext) -> Iterator[Choice]:
    """The entries of this case in which somebody wrote something that is still there."""
    gone = sight.teller.complaint.redacted
    for each in sight.happened:
        if each.has_words and each.of is None and each.number not in gone:
            said = next(item.line for item in each.lines if item.line.text)
            label = _pair(sight, f"{each.number}: {_text_of_line(said, sight)}", sight.spoken(each.at))
            yield Choice(str(each.number), label)


def _text_of_line(line: TextLine, sight: OptionContext) -> str:
    """A line of the timeline in words."""
    when = sight.spoken(line.when) if line.when else ""
    day = sight.day(line.day) if line.day else ""
    return sight.teller.catalogues.text(
        sight.teller.language, f"case.fact.{line.words}", **{**line.values, "when": when, "day": day}
    )


def _pair(sight: OptionContext, first: str, then: str) -> str:
    return sight.teller.catalogues.text(sight.teller.language, "words.format.pair", first=first, then=then)


_OF_THE_SITE: Mapping[tuple[str, str], SiteOptions] = {
    ("classify", "category"): _codes(CodeList.CATEGORIES),
    ("classify", "subcategory"): _codes(CodeList.SUBCATEGORIES),
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
    ("adjust", "adjustment"): _words("case.adjustment.", AdjustmentKind),
    ("correct_contact", "language"): _languages,
    ("correct_contact", "kind"): _words("case.complainant_kind.", ComplainantKind),
    ("correct_contact", "preferred_way"): _words("api.form.way.", PREFERRED_WAYS),
    ("correct_contact", "remove"): _words("case.contact.", ContactDetail),
    ("correct_details", "remove"): _details,
}
_OF_THE_CASE: Mapping[tuple[str, str], Options] = {
    ("acknowledge", "by"): _taken(
        "case.way.", Way, lambda way, sight: Acknowledge(by=way, at=sight.context.now)
    ),
    ("assign", "to"): _colleagues,
    ("find", "point"): _points,
    ("answer_point", "point"): _points,
    ("decide", "earlier_decision"): _earlier_decision,
    ("decide", "finding"): _finding,
    ("decide", "root_cause"): _cause,
    ("respond", "by"): _taken("case.way.", _TALKS, lambda way, sight: Respond(by=way, at=sight.context.now)),
    ("escalate", "to"): _taken("case.level.", (2, 3), lambda level, sight: Escalate(to=level, reason="-")),
    ("extend", "clock"): _clocks,
    ("record", "event"): _events,
    ("remedied", "remedy"): _remedies,
    ("decline_remedy", "remedy"): _remedies,
    ("close", "reason"): _taken(
        "case.reason.", ClosingReason, lambda reason, sight: Close(reason=reason, note="-")
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
}
