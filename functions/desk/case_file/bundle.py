"""The archive of a case file: pages that open without a network and without scripts, letters, files, hashes.

    index.html          the case: who, what was decided, what happened when; it leads to all the others
    letters/…           each letter as it was sent, and the files that went with letters
    files/…             each file
    record/000001.json  each sealed entry: `before` is the SHA-256 of the entry before
    facts.json           what happened, for programs
    SHA256SUMS          the SHA-256 of each of them, as `sha256sum -c` reads it

A case has ten files of at most 10 MB, and one of them at a time is held: what is written goes to a
temporary file, and from there to the bucket.

An archive (ZIP) of files with their SHA-256 in a list that `sha256sum -c` reads, written file by file.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeVar
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

import msgspec

from complaints.case.record.attachments import FileType
from complaints.case.record.case_file import CaseFilePrepared
from complaints.casework.record.attachments import file_key
from complaints.casework.record.case_file import Showing
from complaints.files.file_names import ENDINGS
from functions.desk.case_file.contents import CaseFileContents, FiledAttachment, FiledLetter
from functions.serializers.parts.complaint import local_time
from functions.use_cases.cases.case_access import CaseAccess
from functions.use_cases.correspondence.letter_words import letter_words

if TYPE_CHECKING:
    from complaints.adapters.container import Container


SUMS = "SHA256SUMS"
"""The list of hashes: it names every other file of the archive."""


class Archive:
    """Writes an archive to an open file. Names are ours: plain ASCII, with `/` between folder and file."""

    def __init__(self, to: BinaryIO, made_at: datetime) -> None:
        self._zip = ZipFile(to, "w")
        self._made_at = made_at
        self._sums: list[str] = []

    def add(self, name: str, content: bytes, *, is_packed: bool = False) -> None:
        """Adds a file; what `is_packed` by itself, as pictures are, is not packed again."""
        self._write(name, content, ZIP_STORED if is_packed else ZIP_DEFLATED)
        self._sums.append(f"{sha256(content).hexdigest()}  {name}\n")

    def close(self) -> None:
        """Adds the list of hashes, and ends the archive."""
        self._write(SUMS, "".join(self._sums).encode(), ZIP_DEFLATED)
        self._zip.close()

    def _write(self, name: str, content: bytes, method: int) -> None:
        member = ZipInfo(name, self._made_at.timetuple()[:6])
        member.compress_type = method
        member.external_attr = 0o644 << 16
        self._zip.writestr(member, content)


LASTING = timedelta(minutes=5)
"""How long the archive can be fetched at an address that was given out."""

MEDIA_TYPE = "application/zip"

Filed = TypeVar("Filed", FiledLetter, FiledAttachment)


class PreparedBy(NamedTuple):
    """By which entry a case file was prepared, when, by whom, and what was left out of it, and why."""

    number: int
    at: datetime
    by: str
    fact: CaseFilePrepared


def handed_out(deps: "Container", at: CaseAccess, contents: CaseFileContents, made: PreparedBy) -> str:
    """The address at which the archive can be fetched for five minutes."""
    reference = contents.complaint.reference
    with TemporaryFile() as file:
        archive = Archive(file, made.at.astimezone(contents.terms.zone))
        _write(deps, archive, contents, made)
        archive.close()
        file.seek(0)
        return deps.files.hand_out(
            f"{at.member.id}/{uuid4().hex}", file, MEDIA_TYPE, f"{reference}-{made.number}.zip", LASTING
        )


def _write(deps: "Container", archive: Archive, contents: CaseFileContents, made: PreparedBy) -> None:
    letters = {each.item.name: f"letters/{each.item.id}.html" for each in _whole(contents.letters)}
    files = {
        each.item.name: f"files/{number:02d}{ENDINGS[each.file.type]}"
        for number, each in enumerate(_whole(contents.files), start=1)
    }
    records = {
        each.item.name: f"record/{each.told.number:06d}.json" for each in contents.entries if each.record
    }
    archive.add(
        "index.html",
        _page(
            deps,
            "index.html",
            contents,
            made=made,
            paths=letters | files | records,
        ),
    )
    enclosed = _enclosed(_whole(contents.letters))
    for letter in _whole(contents.letters):
        words = letter_words(deps, letter.kept.letter, contents.complaint, contents.terms)
        page = _page(deps, "letter.html", contents, letter=letter.kept.letter, words=words, enclosed=enclosed)
        archive.add(letters[letter.item.name], page)
    for key, name in enclosed.items():
        content = deps.files.kept(key)
        if content is not None:
            archive.add(f"letters/{name}", content)
    for file in _whole(contents.files):
        content = deps.files.kept(file_key(contents.complaint.reference, file.file.id))
        if content is not None:
            archive.add(files[file.item.name], content, is_packed=file.file.type is not FileType.TEXT)
    for entry in contents.entries:
        if entry.record:
            archive.add(records[entry.item.name], entry.record)
    archive.add("facts.json", _data(contents, made))


def _enclosed(letters: Sequence[FiledLetter]) -> dict[str, str]:
    """The files that went with letters, each once: by its key, what it is called in the archive."""
    keys = dict.fromkeys(file.key for each in letters for file in each.kept.letter.enclosures)
    return {key: f"enclosed-{number:02d}.pdf" for number, key in enumerate(keys, start=1)}


def _page(deps: "Container", template: str, contents: CaseFileContents, **values: object) -> bytes:
    html = deps.templates.fill(
        f"case_file/{template}",
        language=contents.teller.language,
        zone=str(contents.terms.zone),
        contents=contents,
        complaint=contents.complaint,
        site=contents.terms.site,
        **values,
    )
    return html.encode()


def _data(contents: CaseFileContents, made: PreparedBy) -> bytes:
    """What happened as JSON, entry by entry; one that is left out has its number and its hash."""
    zone: ZoneInfo = contents.terms.zone
    whole = {
        "reference": contents.complaint.reference,
        "organisation": contents.terms.site.name,
        "prepared_at": local_time(made.at, zone),
        "entries": [
            {
                "number": each.told.number,
                "at": local_time(each.told.at, zone),
                "sha256": each.hash,
                "showing": each.showing,
                "facts": each.facts,
            }
            for each in contents.entries
        ],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1)


def _whole(items: Sequence[Filed]) -> list[Filed]:
    """The items that are in the file with all their words."""
    return [each for each in items if each.showing is Showing.WHOLE]
