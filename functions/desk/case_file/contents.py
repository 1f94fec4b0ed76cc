"""What is in a case file: the entries, letters, files and decisions of a case, without what was left out."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import JOINT
from complaints.case.fact import Fact
from complaints.case.outcome.decision import Decision, DecisionProposed, PromisedRemedy
from complaints.case.process.receipt import Received
from complaints.case.record.attachments import Attachment, AttachmentArrived, AttachmentOffered
from complaints.case.record.case_file import ENTRY, FILE, LETTER, CaseFileItem
from complaints.casework.people.contact_details import receipt_in_force
from complaints.casework.people.vulnerability import told_to
from complaints.casework.record.case_file import ABOUT_OTHERS, WITHOUT_RECORD, Selection, Showing
from complaints.delivery.delivery_state import SENT, DeliveryState
from complaints.letters.letter_marks import POSTED, TOLD
from complaints.site.site import SiteTerms
from complaints.values.codes import CodeList
from functions.desk.case.view_model import colleagues, teller_of
from functions.desk.case.wording.event_wording import EventWording
from functions.desk.case.wording.timeline import TimelineEntry, happened_in
from functions.serializers.desk.case_facts import CaseFact, facts
from functions.serializers.parts import files
from functions.serializers.parts.entries_with_texts import opened_in
from functions.use_cases.cases.case_access import CaseAccess

if TYPE_CHECKING:
    from complaints.adapters.container import Container


LETTERS_TO = ("complainant", JOINT, "unit")
"""Whose letters are in the file: those of whoever complains, and what outside units were asked."""

LEFT = (SENT, POSTED, TOLD)
"""States of a letter that reached its reader, or was on its way."""


class FiledEntry(NamedTuple):
    """An entry as the file tells it: `told` has no words where they were taken out, and `hash` is that of its
    sealed bytes, which `record` holds where they may be handed out."""

    item: CaseFileItem
    showing: Showing
    told: TimelineEntry
    hash: str
    record: bytes | None
    facts: Sequence[CaseFact]
    is_about_others: bool


class FiledLetter(NamedTuple):
    """A letter that left, and how it stands in the file."""

    item: CaseFileItem
    showing: Showing
    kept: DeliveryState


class FiledAttachment(NamedTuple):
    """A kept file, by the name that its owner gave it."""

    item: CaseFileItem
    showing: Showing
    file: Attachment
    name: str


class FiledDecision(NamedTuple):
    """A decision that was communicated; `reasons` are none where the words of its entry were taken out."""

    decision: Decision
    outcome: str
    reasons: str | None
    remedies: Sequence[PromisedRemedy]


class CaseFileContents(NamedTuple):
    """All of a case up to an entry; what is left out is named. `received` is who complained of what."""

    complaint: Complaint
    terms: SiteTerms
    teller: EventWording
    received: Received
    has_words_of_receipt: bool
    entries: Sequence[FiledEntry]
    letters: Sequence[FiledLetter]
    files: Sequence[FiledAttachment]
    decisions: Sequence[FiledDecision]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out, and no words taken out."""
        kinds = (self.entries, self.letters, self.files)
        return all(each.showing is Showing.WHOLE for items in kinds for each in items)


def read(
    deps: "Container",
    at: CaseAccess,
    language: str,
    selection: Selection,
    before: int | None = None,
) -> CaseFileContents:
    """The contents of a case file: what there was `before` an entry, or all that there is."""
    complaint = at.case.complaint
    end = before or complaint.number + 1
    stored = [entry for entry in deps.cases.entries(complaint.reference) if entry.number < end]
    teller = teller_of(deps, at.case, colleagues(deps.members, deps.now(), at), language)
    terms = deps.sites.terms(complaint.site)
    facts = opened_in(deps.catalogues, stored, language)
    selection = _without_names_of_files(selection, facts)
    entries = [_entry(deps, at, teller, selection, each, terms) for each in stored]
    received = receipt_in_force(facts, complaint.contact)
    assert received is not None, "every case begins with its receipt"
    return CaseFileContents(
        complaint=complaint,
        terms=terms,
        teller=teller,
        received=received,
        has_words_of_receipt=selection.of(_of_entry(1)) is Showing.WHOLE,
        entries=entries,
        letters=list(_letters(deps.outbox.of_case(complaint.reference), selection, end)),
        files=list(_files(complaint, facts, selection, end)),
        decisions=list(_decisions(complaint, facts, selection, teller, end)),
    )


def _without_names_of_files(selection: Selection, facts: Sequence[tuple[int, Fact]]) -> Selection:
    """The selection that takes the words out of each entry with the name or hash of a file left out."""
    named = {
        _of_entry(number).name
        for number, fact in facts
        if isinstance(fact, AttachmentOffered | AttachmentArrived)
        and selection.of(CaseFileItem(FILE, fact.id)) is not Showing.WHOLE
    }
    return selection._replace(redacted=selection.redacted | named)


def _entry(
    deps: "Container",
    at: CaseAccess,
    teller: EventWording,
    selection: Selection,
    entry: StoredEntry,
    terms: SiteTerms,
) -> FiledEntry:
    item = _of_entry(entry.number)
    showing = selection.of(item)
    opened = [fact for _, fact in opened_in(deps.catalogues, [entry], teller.language)]
    sealed = [hash_chain.opened(fact, place, {}) for place, fact in hash_chain.known(entry.data)]
    shown = opened if showing is Showing.WHOLE else sealed
    numbered = told_to(at.by, [(entry.number, fact) for fact in shown])
    hides = any(isinstance(fact, WITHOUT_RECORD) for fact in opened)
    return FiledEntry(
        item=item,
        showing=showing,
        told=happened_in(entry.number, shown, teller),
        hash=hash_chain.hash_of(entry.data),
        record=None if hides or showing is Showing.LEFT_OUT else entry.data,
        facts=[] if showing is Showing.LEFT_OUT else list(facts(numbered, terms.zone)),
        is_about_others=any(isinstance(fact, (*ABOUT_OTHERS, AttachmentOffered)) for fact in opened),
    )


def _letters(stored: Sequence[DeliveryState], selection: Selection, end: int) -> Iterator[FiledLetter]:
    for each in stored:
        item = CaseFileItem(LETTER, each.letter.id)
        if each.letter.to in LETTERS_TO and each.state in LEFT and (item.entry or 0) < end:
            quoted = map(_of_entry, each.letter.quoted_entries)
            yield FiledLetter(item, selection.of(item, *quoted), each)


def _files(
    complaint: Complaint, facts: Sequence[tuple[int, Fact]], selection: Selection, end: int
) -> Iterator[FiledAttachment]:
    """A file whose entry is not shown whole is left out with it: its name stands there."""
    called = files.names(facts)
    for file in complaint.attachments:
        if file.is_kept and file.entry < end:
            item = CaseFileItem(FILE, file.id)
            is_whole = selection.of(item, _of_entry(file.entry)) is Showing.WHOLE
            showing = Showing.WHOLE if is_whole else Showing.LEFT_OUT
            yield FiledAttachment(item, showing, file, called.get(file.id, "") if is_whole else "")


def _decisions(
    complaint: Complaint,
    facts: Sequence[tuple[int, Fact]],
    selection: Selection,
    teller: EventWording,
    end: int,
) -> Iterator[FiledDecision]:
    reasons = {number: fact.reasons for number, fact in facts if isinstance(fact, DecisionProposed)}
    for decision in complaint.decisions:
        if decision.entry < end:
            is_whole = selection.of(_of_entry(decision.entry)) is Showing.WHOLE
            yield FiledDecision(
                decision=decision,
                outcome=teller.code(CodeList.OUTCOMES)(decision.outcome_code or decision.outcome),
                reasons=reasons.get(decision.entry) if is_whole else None,
                remedies=[each for each in complaint.remedies_promised if each.entry == decision.entry],
            )


def _of_entry(number: int) -> CaseFileItem:
    return CaseFileItem(ENTRY, str(number))
