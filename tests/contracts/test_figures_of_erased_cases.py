"""After people are forgotten no stored figure has moved: of a history by chance all figures are compared.

Threat 59.
"""

from collections.abc import Iterator

from complaints.adapters.maintenance.recount_figures import _stored
from complaints.adapters.stores.counters import DynamoCounters
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.record.erasure import ErasureGround
from complaints.casework.record.erasure import EraseAgain, FinishErasure
from complaints.reporting.metrics.case_measures import counted
from complaints.reporting.metrics.measures import Measure
from complaints.values.people import MACHINE
from tests.builders import Story
from tests.complaints.reporting.history_by_chance import CALENDAR, HistoryTeller

CASES, SEED = 120, 9
NOT_IN_IT = {Measure.TEXTS, Measure.AUTOMATIONS}
"""What counts standard texts and automation rules: no history by chance uses one."""


def without_words(story: Story) -> Iterator[StoredEntry]:
    """The chain as the erasing function leaves it."""
    for entry in story.cases.entries(story.reference):
        yield StoredEntry(entry.number, entry.data, {})


def test_s59_no_stored_figure_moves_when_people_are_forgotten(table: str) -> None:
    counters = DynamoCounters(lambda _: CALENDAR)
    stories = list(HistoryTeller(SEED).history(CASES))
    told = set()
    for story in stories:
        entries = story.cases.entries(story.reference)
        counters.count(story.reference, entries)
        told |= {key.measure for key in counted(story.reference, entries, lambda _: CALENDAR).figures}
    assert set(Measure) - told == NOT_IN_IT
    before = {key: numbers for key, (numbers, _) in _stored().items()}
    ended = [story for story in stories if not story.build().stage.is_open]
    assert len(ended) > CASES / 4
    for story in ended:
        story.does(MACHINE, EraseAgain(ground=ErasureGround.NOT_NEEDED)).does(MACHINE, FinishErasure())
        counters.count(story.reference, list(without_words(story)))
    assert {key: numbers for key, (numbers, _) in _stored().items()} == before
