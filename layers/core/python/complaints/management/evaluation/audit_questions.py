"""What an audit asks, by clause of ISO 10002:2018, in our own words; the words stand in the catalogues."""

from enum import StrEnum


class Clause(StrEnum):
    """A clause that can be audited."""

    PRINCIPLES = "4"
    COMMITMENT = "5.1"
    POLICY = "5.2"
    RESPONSIBILITY = "5.3"
    PLANNING = "6.1"
    OBJECTIVES = "6.2"
    ACTIVITIES = "6.3"
    RESOURCES = "6.4"
    COMMUNICATION = "7.1"
    RECEIPT = "7.2"
    TRACKING = "7.3"
    ACKNOWLEDGEMENT = "7.4"
    ASSESSMENT = "7.5"
    INVESTIGATION = "7.6"
    RESPONSE = "7.7"
    TELLING = "7.8"
    CLOSING = "7.9"
    COLLECTION = "8.1"
    ANALYSIS = "8.2"
    SATISFACTION = "8.3"
    MONITORING = "8.4"
    AUDITING = "8.5"
    REVIEW = "8.6"
    IMPROVEMENT = "8.7"


class Question(StrEnum):
    """A question of an audit, by what it asks for."""

    EASY_TO_COMPLAIN = "easy_to_complain"
    DATA_PROTECTED = "data_protected"
    MANAGEMENT_SUPPORTS = "management_supports"
    POLICY_KNOWN = "policy_known"
    ROLES_SETTLED = "roles_settled"
    CHANGES_PLANNED = "changes_planned"
    OBJECTIVES_MEASURED = "objectives_measured"
    PRACTICE_COMPARED = "practice_compared"
    STAFF_ABLE = "staff_able"
    PROCEDURE_PUBLISHED = "procedure_published"
    RECEIPT_COMPLETE = "receipt_complete"
    STATE_KNOWN = "state_known"
    ACKNOWLEDGED_SOON = "acknowledged_soon"
    DANGER_SEEN = "danger_seen"
    BOTH_SIDES_HEARD = "both_sides_heard"
    EQUAL_TREATMENT = "equal_treatment"
    REASONS_TOLD = "reasons_told"
    REMEDIES_DONE = "remedies_done"
    RECORDS_KEPT = "records_kept"
    CAUSES_FOUND = "causes_found"
    PEOPLE_ASKED = "people_asked"
    NUMBERS_RIGHT = "numbers_right"
    FINDINGS_FOLLOWED = "findings_followed"
    REVIEW_DECIDES = "review_decides"
    ACTIONS_HELP = "actions_help"


QUESTIONS: dict[Clause, tuple[Question, ...]] = {
    Clause.PRINCIPLES: (Question.EASY_TO_COMPLAIN, Question.DATA_PROTECTED),
    Clause.COMMITMENT: (Question.MANAGEMENT_SUPPORTS,),
    Clause.POLICY: (Question.POLICY_KNOWN,),
    Clause.RESPONSIBILITY: (Question.ROLES_SETTLED,),
    Clause.PLANNING: (Question.CHANGES_PLANNED,),
    Clause.OBJECTIVES: (Question.OBJECTIVES_MEASURED,),
    Clause.ACTIVITIES: (Question.PRACTICE_COMPARED,),
    Clause.RESOURCES: (Question.STAFF_ABLE,),
    Clause.COMMUNICATION: (Question.PROCEDURE_PUBLISHED,),
    Clause.RECEIPT: (Question.RECEIPT_COMPLETE,),
    Clause.TRACKING: (Question.STATE_KNOWN,),
    Clause.ACKNOWLEDGEMENT: (Question.ACKNOWLEDGED_SOON,),
    Clause.ASSESSMENT: (Question.DANGER_SEEN,),
    Clause.INVESTIGATION: (Question.BOTH_SIDES_HEARD,),
    Clause.RESPONSE: (Question.EQUAL_TREATMENT,),
    Clause.TELLING: (Question.REASONS_TOLD,),
    Clause.CLOSING: (Question.REMEDIES_DONE,),
    Clause.COLLECTION: (Question.RECORDS_KEPT,),
    Clause.ANALYSIS: (Question.CAUSES_FOUND,),
    Clause.SATISFACTION: (Question.PEOPLE_ASKED,),
    Clause.MONITORING: (Question.NUMBERS_RIGHT,),
    Clause.AUDITING: (Question.FINDINGS_FOLLOWED,),
    Clause.REVIEW: (Question.REVIEW_DECIDES,),
    Clause.IMPROVEMENT: (Question.ACTIONS_HELP,),
}
"""The questions of each clause; one more is one line here, and its words in each catalogue."""


def clause_of(question: Question) -> Clause:
    """The clause that a question is of."""
    return next(clause for clause, questions in QUESTIONS.items() if question in questions)
