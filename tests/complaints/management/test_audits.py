"""Audits: answered with evidence by the auditor who is named; findings are settled by others."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from complaints.management.evaluation.audit_questions import QUESTIONS, Clause, Question, clause_of
from complaints.management.evaluation.audits import (
    AnswerQuestion,
    Audit,
    Conformity,
    Grade,
    PlanAudit,
    RecordFinding,
    ReportAudit,
    SettleFinding,
)
from complaints.management.kinds import declaration
from complaints.management.record import ManagementRecord, RecordKind
from complaints.management.responsibilities import Duty, Responsibility
from complaints.management.service import allowed
from complaints.values.errors import AlreadySo, Forbidden, Invalid, NotNow, OwnersCheck
from tests.complaints.management.evaluation_records import (
    AUDREY,
    GRACE,
    QUINN,
    TODAY,
    Kept,
    on_morning_of,
)

NEXT_MONTH = TODAY + timedelta(days=30)
PLAN = PlanAudit(
    title="Spring",
    scope="Letters of the first quarter",
    clauses=(Clause.TELLING, Clause.CLOSING),
    auditor="audrey",
    on=NEXT_MONTH,
)
FOUND = RecordFinding(
    question=Question.REMEDIES_DONE,
    grade=Grade.NONCONFORMITY,
    text="Two remedies were late.",
    owner="grace",
    due=NEXT_MONTH,
)


def an_audit(*commands: RecordFinding | ReportAudit | AnswerQuestion) -> Kept:
    kept = Kept(RecordKind.AUDIT)
    kept.do(PLAN)
    for command in commands:
        kept.do(command, by=AUDREY)
    return kept


def content(kept: Kept) -> Audit:
    assert isinstance(kept.record.content, Audit)
    return kept.record.content


def saying(question: Question, result: Conformity = Conformity.YES) -> AnswerQuestion:
    return AnswerQuestion(question=question, result=result, evidence="Ten cases of March, read whole.")


ANSWERS = (saying(Question.REASONS_TOLD), saying(Question.REMEDIES_DONE, Conformity.NO))


def test_each_question_is_of_one_clause_and_each_clause_has_one() -> None:
    asked = [question for questions in QUESTIONS.values() for question in questions]
    assert sorted(asked) == sorted(Question)
    assert set(QUESTIONS) == set(Clause)
    assert clause_of(Question.REMEDIES_DONE) is Clause.CLOSING


@pytest.mark.iso10002("8.5 auditing: audit")
def test_an_audit_asks_by_clause_and_is_reported_once_all_is_answered() -> None:
    kept = an_audit()
    assert content(kept).unanswered == (Question.REASONS_TOLD, Question.REMEDIES_DONE)
    assert allowed(kept.record, AUDREY) == ("answer", "find")
    with pytest.raises(NotNow):
        kept.do(ReportAudit(conclusion="It works."), by=AUDREY)
    for each in ANSWERS:
        kept.do(each, by=AUDREY)
    kept.do(ReportAudit(conclusion="It works, mostly."), by=AUDREY)
    assert content(kept).reported_on == TODAY
    with pytest.raises(NotNow):
        kept.do(PLAN)


def test_nobody_but_the_auditor_who_is_named_answers() -> None:
    with pytest.raises(NotNow):
        an_audit().do(ANSWERS[0], by=QUINN)
    with pytest.raises(Forbidden):
        an_audit().do(ANSWERS[0], by=GRACE)


def test_an_auditor_records_and_plans_nothing() -> None:
    with pytest.raises(Forbidden):
        Kept(RecordKind.AUDIT).do(PLAN, by=AUDREY)


def test_a_question_of_another_clause_is_not_asked() -> None:
    with pytest.raises(Invalid):
        an_audit(saying(Question.POLICY_KNOWN))


def test_an_answer_is_given_anew_until_the_audit_is_reported() -> None:
    kept = an_audit(*ANSWERS, saying(Question.REASONS_TOLD, Conformity.PARTLY))
    assert [each.result for each in content(kept).answers] == [Conformity.PARTLY, Conformity.NO]


OWNER = ManagementRecord(
    kind=RecordKind.RESPONSIBILITY,
    id="demo.owner",
    content=Responsibility(duty=Duty.PROCESS_OWNER, member="audrey", since=date(2026, 1, 1)),
)


def test_who_runs_the_process_cannot_audit_it() -> None:
    with pytest.raises(Invalid) as refused:
        Kept(RecordKind.AUDIT).do(PLAN, records=[OWNER])
    assert [each.pointer for each in refused.value.errors] == ["/auditor"]


def test_who_came_to_run_the_process_cannot_report_its_audit() -> None:
    kept = an_audit(*ANSWERS)
    with pytest.raises(Invalid) as refused:
        kept.do(ReportAudit(conclusion="It works."), by=AUDREY, records=[OWNER])
    assert [(each.pointer, each.code) for each in refused.value.errors] == [("/auditor", "same-person")]


def test_who_owns_a_finding_is_not_named_as_the_auditor_later() -> None:
    kept = an_audit(replace(FOUND, owner="quinn"))
    with pytest.raises(Invalid) as refused:
        kept.do(replace(PLAN, auditor="quinn"))
    assert [(each.pointer, each.code) for each in refused.value.errors] == [("/auditor", "same-person")]


def test_an_agent_is_not_named_as_the_auditor() -> None:
    with pytest.raises(Invalid) as refused:
        Kept(RecordKind.AUDIT).do(replace(PLAN, auditor="grace"))
    assert [(each.pointer, each.code) for each in refused.value.errors] == [("/auditor", "unknown-value")]


@pytest.mark.iso10002("8.5 auditing: finding")
def test_a_finding_is_settled_by_another_than_its_owner_after_the_report_too() -> None:
    kept = an_audit(*ANSWERS, FOUND, ReportAudit(conclusion="One thing is to be put right."))
    settled = SettleFinding(finding="1", how="Remedies have a second reminder.")
    kept.do(settled, by=AUDREY)
    assert [(each.settled_on, each.settled_by) for each in content(kept).findings] == [(TODAY, "audrey")]
    with pytest.raises(NotNow):
        kept.do(settled, by=QUINN)
    another = an_audit(FOUND, FOUND)
    with pytest.raises(Invalid):
        another.do(SettleFinding(finding="3", how="Somehow"), by=AUDREY)
    another.do(settled, by=AUDREY)
    with pytest.raises(AlreadySo):
        another.do(settled, by=QUINN)


def test_the_owner_of_a_finding_settles_nothing() -> None:
    found = RecordFinding(
        question=Question.REMEDIES_DONE, grade=Grade.OBSERVATION, text="Late", owner="quinn", due=NEXT_MONTH
    )
    with pytest.raises(OwnersCheck):
        an_audit(found).do(SettleFinding(finding="1", how="Mended"), by=QUINN)
    with pytest.raises(OwnersCheck):
        an_audit(found).do(SettleFinding(finding="1", how="Mended"), by=AUDREY, accounts={"audrey", "quinn"})


@pytest.mark.parametrize("field", ["owner", "due"])
@pytest.mark.iso10002("8.5 auditing: finding")
def test_a_finding_has_an_owner_at_the_site_and_a_date_to_come(field: str) -> None:
    wrong = {"owner": "nobody", "due": TODAY - timedelta(days=1)}
    named = {name: wrong[name] if name == field else getattr(FOUND, name) for name in wrong}
    with pytest.raises(Invalid) as refused:
        an_audit(
            RecordFinding(question=Question.REMEDIES_DONE, grade=Grade.OBSERVATION, text="Late", **named)  # type: ignore[arg-type]
        )
    assert [each.pointer for each in refused.value.errors] == [f"/{field}"]


def test_the_auditor_is_told_a_week_before_and_owners_on_their_day() -> None:
    declared = declaration(RecordKind.AUDIT)
    kept = an_audit(FOUND)
    week_before = NEXT_MONTH - timedelta(days=7)
    assert kept.record.due
    assert kept.record.due.date() == week_before
    told = list(declared.reminders(kept.record, on_morning_of(week_before)))
    assert [(each.member, each.records[0].why) for each in told] == [("audrey", "planned"), (None, "planned")]
    on_the_day = list(declared.reminders(kept.record, on_morning_of(NEXT_MONTH)))
    assert ("grace", "finding") in [(each.member, each.records[0].why) for each in on_the_day]
