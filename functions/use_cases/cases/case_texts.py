"""Standard texts of a site filled in for a case and for who looks."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from complaints.adapters.container import Container
from complaints.casework.people.contact_details import receipt_in_force
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.letters.content.custom_paragraphs import paragraphs
from complaints.settings.setting import Setting
from complaints.values.casework.standard_texts import OF_A_CASE, StandardText, TextUse
from functions.serializers.parts.entries_with_texts import opened_facts_of
from functions.use_cases.cases.case_access import CaseAccess

RESPOND = "respond"
BETWEEN = "\n\n"
"""What stands between two paragraphs."""


class OfferedText(Struct, frozen=True, kw_only=True):
    """A standard text for a `field` of a command, filled in; `code` is its name at the site."""

    code: str
    title: str
    use: TextUse
    field: str
    language: str
    text: str


class CaseTexts:
    """The standard texts of the site of a case, filled in for it and for who looks: two reads, made once."""

    def __init__(self, deps: Container, at: CaseAccess, language: str) -> None:
        self._deps, self._at, self._language = deps, at, language
        self._offered: dict[str, list[OfferedText]] = {}

    @cached_property
    def settings(self) -> Sequence[Setting]:
        """What the site has many of."""
        return self._deps.settings_store.many_of(self._at.case.complaint.site)

    def offered(self, verb: str) -> list[OfferedText]:
        """What may be chosen for a command, by title: in the language of the complaint where the complainant
        reads it, else in that of the reader."""
        if verb not in self._offered:
            fields = {use: field for field, use in STAFF_COMMANDS[verb].texts.items()}
            texts = [
                self._filled(setting, setting.record, fields[setting.record.use])
                for setting in self.settings
                if isinstance(setting.record, StandardText)
                and setting.record.use in fields
                and setting.record.is_offered_to(self._at.by.roles)
            ]
            self._offered[verb] = sorted(
                (each for each in texts if each.text), key=lambda each: each.title.casefold()
            )
        return self._offered[verb]

    def same_for_all(self, verb: str) -> list[OfferedText]:
        """Those that say nothing of this case alone, so that they fit others of its site and language."""
        told_apart = [f"{{{name}}}" for name in OF_A_CASE]
        codes = {
            setting.id.removeprefix(f"{setting.site}.")
            for setting in self.settings
            if isinstance(setting.record, StandardText)
            and not any(name in text for name in told_apart for text in setting.record.texts.values())
        }
        return [each for each in self.offered(verb) if each.code in codes]

    def _filled(self, setting: Setting, record: StandardText, field: str) -> OfferedText:
        site = self._deps.sites.terms(self._at.case.complaint.site).site
        is_theirs = record.use.is_for_complainant
        wanted = self._at.case.complaint.language if is_theirs else self._language
        tag, text = record.wording(wanted, site.language)
        return OfferedText(
            code=setting.id.removeprefix(f"{setting.site}."),
            title=record.title,
            use=record.use,
            field=field,
            language=tag,
            text=BETWEEN.join("".join(pieces) for pieces in paragraphs(text, self._values(tag))),
        )

    def _values(self, language: str) -> Mapping[str, str]:
        """What is known of the case; a paragraph that names anything else is left out."""
        complaint = self._at.case.complaint
        terms = self._deps.sites.terms(complaint.site)
        due = next((clock.due for clock in complaint.promises() if clock.purpose == RESPOND), None)
        values = {
            "name": self._name,
            "reference": complaint.reference,
            "subject": self._at.case.card.subject,
            "site": terms.site.name,
            "due": self._deps.date_formats.moment(language, due.astimezone(terms.zone)) if due else None,
            "member": self._at.member.name,
        }
        return {placeholder: value for placeholder, value in values.items() if value}

    @cached_property
    def _name(self) -> str | None:
        """What the complainant is called, where that is known and not removed."""
        complaint = self._at.case.complaint
        numbers = {1, *complaint.contact.numbers}
        facts = opened_facts_of(self._deps, complaint.reference, numbers, self._language, self._at.entries)
        receipt = receipt_in_force(facts, complaint.contact)
        return receipt.name if receipt else None


def matching(texts: list[OfferedText], words: str) -> Iterator[OfferedText]:
    """Those with all of these words: those that are so called first."""
    sought = words.casefold().split()
    titled = [each for each in texts if all(word in each.title.casefold() for word in sought)]
    yield from titled
    for each in texts:
        if each not in titled and all(word in f"{each.title}\n{each.text}".casefold() for word in sought):
            yield each
