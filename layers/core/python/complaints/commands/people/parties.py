"""Commands about the parties beside the complainant."""

from datetime import date

from complaints.commands.command import StaffCommand
from complaints.model.people.parties import AuthorityStep, LettersWanted, RespondentKind
from complaints.values.field_types import LongText, ShortText, Text


class Represent(StaffCommand, frozen=True, kw_only=True):
    """For whom the complainant acts, and how far the authority is; what is not named stays."""

    verb = "represent"
    represented: ShortText | None = None
    relation: ShortText | None = None
    authority: AuthorityStep | None = None
    until: date | None = None
    evidence: Text | None = None


class NameRespondent(StaffCommand, frozen=True, kw_only=True):
    """A person or a unit is complained about."""

    verb = "name_respondent"
    name: ShortText
    kind: RespondentKind


class RecordSide(StaffCommand, frozen=True, kw_only=True):
    """Whoever is complained about was asked for their side, or (with `side`) gave it."""

    verb = "record_side"
    respondent: ShortText
    side: LongText | None = None


class AddComplainant(StaffCommand, frozen=True, kw_only=True):
    """Somebody complains together with the complainant, and gets these letters by mail."""

    verb = "add_complainant"
    name: ShortText
    email: str | None = None
    phone: ShortText | None = None
    post: Text | None = None
    letters: LettersWanted


class RemoveComplainant(StaffCommand, frozen=True, kw_only=True):
    """Somebody no longer complains together with the complainant."""

    verb = "drop_complainant"
    complainant: ShortText
