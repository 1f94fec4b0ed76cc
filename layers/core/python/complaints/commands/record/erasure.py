"""What whoever protects the data of people asks for: erasure, legal holds, restriction of processing."""

from datetime import date

from complaints.commands.command import Command, StaffCommand
from complaints.model.record.erasure import ErasureGround, KeepingGround, RestrictionGround
from complaints.values.casework.retention import KeptData, RetentionRule
from complaints.values.field_types import LongText, ShortText


class Erase(StaffCommand, frozen=True, kw_only=True):
    """Erases the case: what people wrote in it and who they are, its letters, mails and files.

    What happened, when and by whom stays, and is still counted. It cannot be undone. A case that is open,
    that owes a remedy or that a legal hold keeps, is not erased. `ground` is that of the law; what a `note`
    says is erased with the case.
    """

    verb = "erase"
    ground: ErasureGround


class EraseParty(StaffCommand, frozen=True, kw_only=True):
    """Erases the data of one of several people of the case, and leaves that of the others.

    `party` is `complainant` (who may act for somebody, or complain together with others), `represented` (for
    whom the complainant acts), or the id of somebody who complains together with the complainant. Who they
    are and how they are reached goes, with their letters; what was written about the matter stays, unless you
    redact it. The case of the others goes on. It cannot be undone.
    """

    verb = "erase_party"
    party: ShortText
    ground: ErasureGround


class RefuseErasure(StaffCommand, frozen=True, kw_only=True):
    """Records that the case is kept although its erasure was asked for, and why (GDPR, Article 12 (4))."""

    verb = "refuse_erasure"
    ground: KeepingGround
    reason: LongText


class SetLegalHold(StaffCommand, frozen=True, kw_only=True):
    """Forbids to erase the case, up to and including `until`, or until the hold is lifted."""

    verb = "hold"
    reason: LongText
    until: date | None = None


class LiftLegalHold(StaffCommand, frozen=True, kw_only=True):
    """Lifts a legal hold."""

    verb = "lift_hold"
    hold: ShortText
    reason: LongText


class Restrict(StaffCommand, frozen=True, kw_only=True):
    """Restricts processing: the case is stored, and nobody works on it (GDPR, Article 18)."""

    verb = "restrict"
    ground: RestrictionGround
    reason: LongText


class LiftRestriction(StaffCommand, frozen=True, kw_only=True):
    """Lets the case be worked on again."""

    verb = "unrestrict"
    reason: LongText


class EraseAgain(Command, frozen=True, kw_only=True):
    """A restore brought a case back as it was before its erasure, or the case that it is part of is erased:
    it is erased, too, wherever it stands."""

    verb = "erase_again"
    ground: ErasureGround
    rule: RetentionRule | None = None


class ErasePartyAgain(Command, frozen=True, kw_only=True):
    """A restore brought back the data of one of several people of a case that was erased apart: it goes
    again, whatever keeps it."""

    verb = "erase_party_again"
    party: ShortText
    ground: ErasureGround


class RemoveWithWhole(Command, frozen=True, kw_only=True):
    """One kind of data is removed of the case that this one is part of: here it goes, too."""

    verb = "remove_with_whole"
    rule: RetentionRule


class BeginRemoval(Command, frozen=True, kw_only=True):
    """The data of a kind that is to be removed of a case goes now, unless something keeps it meanwhile."""

    verb = "begin_removal"
    data: KeptData


class FinishRemoval(Command, frozen=True, kw_only=True):
    """All data of a kind that was to be removed of a case is gone: so many files, letters or mails."""

    verb = "finish_removal"
    data: KeptData
    count: int = 0


class ApplyRetention(Command, frozen=True, kw_only=True):
    """Removes what the retention rules of the site keep no longer; nothing follows where they keep all.

    `of_parts` are the categories of the cases that became part of it: they are erased with it.
    """

    verb = "apply_retention"
    of_parts: tuple[str | None, ...] = ()


class FinishErasure(Command, frozen=True, kw_only=True):
    """All that was to be removed of a case is gone, and so many files with it."""

    verb = "finish_erasure"
    files: int = 0
