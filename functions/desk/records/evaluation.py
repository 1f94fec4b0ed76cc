"""What pages of samples, audits, reviews and yearly reports show beside their fields."""

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from babel.numbers import format_decimal, format_percent

from complaints.management.evaluation.audit_questions import QUESTIONS, clause_of
from complaints.management.evaluation.audits import Audit, AuditFinding
from complaints.management.evaluation.review_inputs import InputLine, ReviewTopic
from complaints.management.evaluation.reviews import Review, ReviewDecision
from complaints.management.evaluation.samples import CRITERIA, Sample, remarks, results
from complaints.management.evaluation.shared import content_of
from complaints.management.evaluation.yearly_reports import YearlyReport
from complaints.management.kinds import declaration, kinds
from complaints.management.record import RecordKind
from complaints.management.service import may_do
from complaints.reporting.figure import Figure
from functions.desk.records import gathering
from functions.desk.records.forms import FormWords
from functions.desk.records.records import OpenedRecord
from functions.desk.records.words import kept_title
from functions.serializers.labels import figure_label

if TYPE_CHECKING:
    from complaints.adapters.container import Container


Values = dict[str, Any]


class SeenLine(NamedTuple):
    """One line of the inputs of a review, in words; `address` is that of a record."""

    name: str
    now: str
    before: str
    year_ago: str
    address: str


def sample(deps: "Container", at: OpenedRecord, words: FormWords) -> Values:
    """Its cases, and the marks by team; neither means nor remarks of fewer than five are there."""
    content = content_of(at.record, Sample)
    groups = list(results(content.marks))
    return {
        "sample": content,
        "names": _names(words),
        "groups": groups,
        "means": [
            (words.label(name), [_decimal(words, group.means[name]) for group in groups if group.means])
            for name in CRITERIA
        ],
        "remarks": remarks(content.marks),
    }


def audit(deps: "Container", at: OpenedRecord, words: FormWords) -> Values:
    """Its questions by clause with answers and evidence, its findings, and those of other audits."""
    content = content_of(at.record, Audit)
    answers = {each.question: each for each in content.answers}
    asked = [
        (
            words.value("clauses", clause),
            [(words.value("question", each), answers.get(each)) for each in QUESTIONS[clause]],
        )
        for clause in QUESTIONS
        if clause in content.clauses
    ]
    others = [
        (each.reference, each.content)
        for each in deps.management_records.of_site(at.record.site, RecordKind.AUDIT)
        if each.id != at.record.id and isinstance(each.content, Audit) and each.content.findings
    ]
    return {
        "audit": content,
        "asked": asked,
        "others": others,
        "names": _names(words),
        "clauses": {each.id: words.value("clauses", clause_of(each.question)) for each in content.findings},
        "action_of": lambda each: _action_of(at, each),
    }


def review(deps: "Container", at: OpenedRecord, words: FormWords) -> Values:
    """What goes into it by topic: as it was seen where it was held, else as it is now."""
    content = content_of(at.record, Review)
    names = _names(words)
    lines = content.inputs if content.held_on else gathering.review_inputs(deps, _asking(deps, at), content)
    topics = [
        (
            words.value("topic", topic),
            [_seen(deps, at, words, line) for line in lines if line.topic is topic],
            [(each.text, names.get(each.by, each.by)) for each in content.notes if each.topic is topic],
        )
        for topic in ReviewTopic
    ]
    return {
        "review": content,
        "topics": topics,
        "names": names,
        "action_of": lambda each: _action_of(at, each),
    }


def yearly_report(deps: "Container", at: OpenedRecord, words: FormWords) -> Values:
    """The page as the public will see it, less its frame."""
    content = content_of(at.record, YearlyReport)
    site = deps.sites.terms(at.record.site).site
    return {
        "report": content,
        "label": lambda by, value: figure_label(words.catalogues, site, words.language, by, value),
        "decimal": lambda text: _decimal(words, text),
        "code": at.record.code,
        "site": at.record.site,
    }


def _asking(deps: "Container", at: OpenedRecord) -> gathering.Asking:
    terms = deps.sites.terms(at.record.site)
    return gathering.Asking(at.me, terms, terms.today(deps.now()), at.record.content)


def _names(words: FormWords) -> dict[str, str]:
    return {each.id: each.name for each in words.members}


def _action_of(at: OpenedRecord, from_what: AuditFinding | ReviewDecision) -> tuple[str, str]:
    """Where the corrective action of a finding or a decision is, or where one is planned, and what the link
    says; empty for who may not plan any."""
    if from_what.action:
        return f"/desk/records/{RecordKind.ACTION}/{at.record.site}.{from_what.action}", "records.action.name"
    return _new_action(at, from_what), "evaluation.new_action"


def _new_action(at: OpenedRecord, from_what: AuditFinding | ReviewDecision) -> str:
    if RecordKind.ACTION not in kinds() or not may_do(at.by, "plan", RecordKind.ACTION):
        return ""
    asked = {
        "site": at.record.site,
        "source": f"{at.record.reference}#{from_what.id}",
        "text": from_what.text,
        "owner": from_what.owner,
        "due": from_what.due.isoformat(),
    }
    return f"/desk/records/{RecordKind.ACTION}/new?{urlencode(asked)}"


def _record_name(deps: "Container", words: FormWords, line: InputLine, kind: RecordKind) -> str:
    """The kind of a record and what it is called; its kind alone, where a site has one of it."""
    of_kind, called = words._replace(declared=declaration(kind)), line.text or ""
    if line.by:
        called = kept_title(of_kind, deps.date_formats, line.by, called)
    said = words.say(f"records.{kind}.name")
    if not of_kind.declared.title:
        return said
    return words.catalogues.text(words.language, "records.title", kind=said, name=called)


def _seen(deps: "Container", at: OpenedRecord, words: FormWords, line: InputLine) -> SeenLine:
    if line.record:
        state = words.say(f"evaluation.state.{line.state}") if line.state else ""
        day = deps.date_formats.day(words.language, line.day) if line.day else ""
        figure = _now(words, line) if line.figure else ""
        return SeenLine(
            _record_name(deps, words, line, RecordKind(line.record.partition("/")[0])),
            _pair(words, _pair(words, figure, state), day),
            "",
            "",
            f"/desk/records/{line.record}",
        )
    site = deps.sites.terms(at.record.site).site
    name = words.say(f"evaluation.figure.{line.figure}")
    if line.by:
        value = figure_label(words.catalogues, site, words.language, line.by, line.value or "")
        name = _pair(words, name, value)
    return SeenLine(name, _now(words, line), _earlier(words, line.before), _earlier(words, line.year_ago), "")


def _now(words: FormWords, line: InputLine) -> str:
    mean = _decimal(words, line.mean) if line.mean else None
    return line.amount or mean or _share(words, line.count or 0, line.of)


def _pair(words: FormWords, first: str, then: str) -> str:
    if not first or not then:
        return first or then
    return words.catalogues.text(words.language, "words.format.pair", first=first, then=then)


def _earlier(words: FormWords, text: str | None) -> str:
    count, _, of = (text or "").partition("/")
    return _share(words, int(count), int(of)) if of else _decimal(words, count) if count else "–"


def _share(words: FormWords, count: int, of: int | None) -> str:
    if of is None:
        return str(count)
    if of == 0:
        return words.say("reports.none.of_none")
    percent = Figure("", count, of).percent
    if percent is None:
        return words.catalogues.text(words.language, "reports.share", n=count, of=of)
    said = format_percent(percent / 100, locale=words.language)
    return words.catalogues.text(words.language, "reports.share.percent", n=count, of=of, percent=said)


def _decimal(words: FormWords, text: str) -> str:
    said: str = format_decimal(text, locale=words.language)
    return said
