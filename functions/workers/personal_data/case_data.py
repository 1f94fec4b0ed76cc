"""What is held of a person in one case, for the person: a page to read, the same as data, letters and files.

    <reference>/index.html    who, what was said and decided, messages, what staff wrote, letters, files
    <reference>/data.json     the same for programs, and every fact of the case
    <reference>/letters/…     each letter to the person as it was sent
    <reference>/files/…       each file

What staff wrote about somebody else is not in it (`casework.record.personal_data`), and staff are not named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.letter import Letter
from complaints.case.correspondence.messages import InformationAsked, MessageReceived, MessageSent
from complaints.case.fact import Fact
from complaints.case.outcome.points import PointRaised
from complaints.case.outcome.survey import SurveyTextCleared
from complaints.case.process.receipt import Received
from complaints.case.record.attachments import AttachmentArrived, AttachmentOffered, FileType
from complaints.casework.record.attachments import file_key
from complaints.casework.record.personal_data import is_left_out
from complaints.context.case import Case
from complaints.delivery.delivery_state import SENT
from complaints.files.file_names import ENDINGS
from complaints.letters.letter_marks import POSTED, TOLD
from complaints.site.site import SiteTerms
from complaints.values.people import COMPLAINANT
from functions.serializers.complainant.personal_data import OwnData, own_data
from functions.serializers.desk.case_facts import facts
from functions.serializers.parts.complaint import local_time
from functions.serializers.parts.entries_with_texts import opened, opened_in
from functions.serializers.parts.files import names
from functions.serializers.parts.merged_timeline import CasePart
from functions.use_cases.correspondence.letter_words import LetterWords, letter_words

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Container
    from complaints.evidence.pack_archive import PackArchive


LEFT = (SENT, POSTED, TOLD)
"""States of a letter that reached its reader, or was on its way."""

SAID_ABOVE = (
    Received, MessageReceived, MessageSent, InformationAsked, MailJoined, PointRaised, AttachmentOffered,
    AttachmentArrived, SurveyTextCleared,
)  # fmt: skip
"""Facts whose words the page has in a place of their own, or that copy words from there."""


class Written(NamedTuple):
    """What somebody wrote in a case: when (local ISO 8601), and the words."""

    at: str
    words: Sequence[str]


class SentLetter(NamedTuple):
    """A letter to the person, and where it lies in the folder of its case."""

    kind: str
    called_for: str
    file: str


class KeptFile(NamedTuple):
    """A file, by its own name, and where it lies in the folder of its case."""

    name: str
    file: str


def add_case(deps: "Container", archive: "PackArchive", case: Case, *, with_notes: bool) -> None:
    """Adds what is held in a case. Of its files one at a time is in memory: 10 MB at most."""
    complaint = case.complaint
    terms = deps.sites.terms(complaint.site)
    language = deps.catalogues.spoken(complaint.language)
    entries = deps.cases.entries(complaint.reference)
    said = opened_in(deps.catalogues, entries, language)
    # Who complains together with the person is not theirs to have.
    own = replace(
        own_data(deps, [CasePart(complaint, said)], terms, language),
        joint=[],
        left_out=_left_out(deps.catalogues, language, with_notes=with_notes),
    )
    shown = list(_without_others(entries, with_notes=with_notes))
    sent = add_letters(deps, archive, complaint, terms, language, lambda letter: letter.to == "complainant")
    letters = list(sent)
    files = list(_add_files(deps, archive, complaint, said))
    page = deps.templates.fill(
        "personal_data/case.html",
        language=language,
        zone=str(terms.zone),
        site=terms.site,
        own=own,
        said=list(_written((each for each in shown if each[1].by == COMPLAINANT), terms)),
        written=list(_written((each for each in shown if each[1].by != COMPLAINANT), terms)),
        letters=letters,
        files=files,
    )
    archive.add(f"{complaint.reference}/index.html", page.encode())
    archive.add(f"{complaint.reference}/data.json", _data(deps, own, shown, terms))


def _left_out(catalogues: "Catalogues", language: str, *, with_notes: bool) -> str:
    """What the file says that it has not (GDPR, Article 12 (1))."""
    said = catalogues.text(language, "case.personal_data.left_out")
    return said if with_notes else f"{said} {catalogues.text(language, 'case.personal_data.without_notes')}"


def _without_others(entries: Sequence[StoredEntry], *, with_notes: bool) -> Iterator[tuple[int, Fact]]:
    """The facts of the case; those that are often about other people without what somebody wrote."""
    for entry in entries:
        sealed = opened([replace(entry, private={})])
        for whole, bare in zip(opened([entry]), sealed, strict=True):
            yield bare if is_left_out(whole[1], with_notes=with_notes) else whole


def _written(said: Iterable[tuple[int, Fact]], terms: SiteTerms) -> Iterator[Written]:
    """The words of facts that have no place of their own."""
    for _, fact in said:
        if not isinstance(fact, SAID_ABOVE):
            found = (getattr(fact, name, None) for name in fact.PRIVATE if name not in fact.UNSHOWN)
            words = [each for each in found if isinstance(each, str) and each]
            if words:
                yield Written(local_time(fact.at, terms.zone), words)


def _data(deps: "Container", own: OwnData, shown: Sequence[tuple[int, Fact]], terms: SiteTerms) -> bytes:
    staff = {each.id for each in deps.members.all()}
    told = [_without_staff(each, staff) for each in facts(shown, terms.zone)]
    return msgspec.json.format(msgspec.json.encode({"data": own, "facts": told}), indent=1)


def _without_staff(fact: Mapping[str, Any], staff: set[str]) -> dict[str, Any]:
    """A fact without the members of staff whom it names: they are people, too."""
    plain: dict[str, Any] = msgspec.to_builtins(fact)
    kept = {name: value for name, value in plain.items() if not isinstance(value, str) or value not in staff}
    return kept if "by" in kept else kept | {"by": "staff"}


def add_letters(
    deps: "Container",
    archive: "PackArchive",
    complaint: Complaint,
    terms: SiteTerms,
    language: str,
    is_theirs: Callable[[Letter], bool],
) -> Iterator[SentLetter]:
    """Adds the letters that are the person's and left; what each is, and where it lies."""
    for each in deps.outbox.of_case(complaint.reference):
        letter = each.letter
        if is_theirs(letter) and each.state in LEFT:
            file = f"letters/{letter.id}.html"
            words = letter_words(deps, letter, complaint, terms)
            page = _letter(deps, complaint, words, letter.kind, language)
            archive.add(f"{complaint.reference}/{file}", page)
            yield SentLetter(letter.kind, local_time(letter.called_for, terms.zone), file)


def _letter(deps: "Container", complaint: Complaint, words: LetterWords, kind: str, language: str) -> bytes:
    html = deps.templates.fill(
        "personal_data/letter.html",
        language=language,
        zone=str(deps.sites.terms(complaint.site).zone),
        reference=complaint.reference,
        kind=kind,
        words=words,
    )
    return html.encode()


def _add_files(
    deps: "Container", archive: "PackArchive", complaint: Complaint, said: Sequence[tuple[int, Fact]]
) -> Iterator[KeptFile]:
    """The files of the case but those that only staff see: they are of others, or about them."""
    called = names(said)
    shown = [each for each in complaint.attachments if each.is_kept and not each.is_hidden]
    for number, each in enumerate(shown, start=1):
        content = deps.files.kept(file_key(complaint.reference, each.id))
        if content is not None:
            file = f"files/{number:02d}{ENDINGS[each.type]}"
            is_packed = each.type is not FileType.TEXT
            archive.add(f"{complaint.reference}/{file}", content, is_packed=is_packed)
            yield KeptFile(called.get(each.id, ""), file)
