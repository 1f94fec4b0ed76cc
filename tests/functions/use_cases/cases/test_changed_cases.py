"""Which cases have changed since a moment; a look at free words of the survey changes none."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from complaints.audit_trail.hash_chain import StoredEntry
from functions.use_cases.cases.iterate_cases import changed_cases
from tests.builders import Story
from tests.complaints.casework.outcome.test_survey import cleared

SECOND = timedelta(seconds=1)


def changed(story: Story, later: timedelta) -> bool:
    """Whether a case counts as changed since a moment that is so much later than its last answer."""

    def of_cases(numbers_of: Mapping[str, Collection[int]]) -> Mapping[str, list[StoredEntry]]:
        entries = story.cases.entries(story.reference)
        return {
            name: [each for each in entries if each.number in wanted] for name, wanted in numbers_of.items()
        }

    deps: Any = SimpleNamespace(messages=SimpleNamespace(of_cases=of_cases))
    survey = story.build().survey
    assert survey is not None
    assert survey.answered_at is not None
    return bool(changed_cases(deps, {story.reference: story.case}, survey.answered_at + later))


def test_s111_a_look_at_words_of_the_survey_is_no_change_of_the_case() -> None:
    story = cleared("[…] called, and called again.", later=timedelta(hours=1))
    assert changed(story, timedelta())
    assert not changed(story, SECOND)
