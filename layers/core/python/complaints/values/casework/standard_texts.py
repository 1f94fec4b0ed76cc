"""Standard texts of a site: what staff write often, with placeholders from a fixed list, and no templates."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from complaints.values.codes import Label
from complaints.values.field_types import Language
from complaints.values.people import Role

LONGEST = 5_000
"""Code points of a standard text in one language."""

PLACEHOLDERS = ("name", "reference", "subject", "site", "due", "member")
"""What a text can fill in, in braces: the complainant's name, the reference and the subject of the complaint,
the name of the site, until when it answers, and who writes."""

OF_A_CASE = ("name", "reference", "subject", "due")
"""Those that another case fills in with something else."""

WRITING_ROLES = (Role.AGENT, Role.REVIEWER, Role.QUALITY)
"""Those who write in cases."""

StandardWording = Annotated[str, Meta(min_length=1, max_length=LONGEST)]


class TextUse(StrEnum):
    """Where a text is offered: in a reply or a question to the complainant, in a finding, in the reasons of a
    decision, or in an internal note."""

    REPLY = "reply"
    QUESTION = "question"
    FINDING = "finding"
    REASONS = "reasons"
    NOTE = "note"

    @property
    def is_for_complainant(self) -> bool:
        """Whether the complainant reads it: then it is in the language of the complaint."""
        return self in (TextUse.REPLY, TextUse.QUESTION, TextUse.REASONS)


class StandardText(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A standard text; staff find it by its `title`, and by its words.

    It is offered to whoever has one of its `roles`, or to all without any. One that is `retired` is offered
    no more.
    """

    title: Label
    use: TextUse
    texts: dict[Language, StandardWording]
    roles: tuple[Role, ...] = ()
    retired: bool = False

    def is_offered_to(self, roles: tuple[Role, ...]) -> bool:
        """Whether somebody with these roles may choose it."""
        return not self.retired and (not self.roles or not set(self.roles).isdisjoint(roles))

    def wording(self, *languages: str) -> tuple[str, str]:
        """The first of these languages that there is a text in, else any that there is, and that text."""
        tag = next((tag for tag in languages if tag in self.texts), next(iter(self.texts)))
        return tag, self.texts[tag]
