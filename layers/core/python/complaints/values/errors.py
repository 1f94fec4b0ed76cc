"""Domain errors: each refusal is a type; its `code` is the stable name of the problem.

Refusal
├── Unreadable            not JSON as RFC 8259 has it, or beyond its limits
├── TooLarge              the body is larger than may be sent
├── WrongType             the body is not declared as JSON
├── Invalid               values are wrong; each is pointed at
├── KeyMissing            a write that needs an Idempotency-Key came without one
├── KeyReused             the Idempotency-Key stood on another body before
├── ProofRefused          the proof of work is missing, wrong, expired or spent
├── NotSignedIn           the caller is unknown
├── Forbidden             known, but not allowed
│   └── NotYourSite           it changes something at a site that the caller does not serve
├── NotFound              there is nothing at this address for this caller
├── MistypedReference     the check symbol says that a reference was mistyped
├── WrongMethod           this address does not do that
├── VersionNeeded         a command without If-Match
├── Stale                 the version is not the current one
├── NotNow                the case does not allow this now
│   ├── NoDanger              no danger is known, or the immediate action is recorded
│   ├── CompetenceNeeded      it needs a record of competence that holds
│   ├── SecondPersonNeeded    it needs another person than the one who decided
│   ├── NoWayToReach          there is no mail address to write to
│   ├── StaysAnonymous        nobody could give the person another link
│   ├── ActionsFull           the case has as many corrective actions as it can have
│   ├── PointsFull            the case has as many points as it can have
│   ├── PointsUnanswered      a point of the complaint is not answered yet
│   ├── TasksFull             the case has as many tasks as it can have
│   ├── OwnersCheck           the owner of an action cannot check its effect
│   ├── StillNeeded           the text is still to be sent to the complainant
│   ├── AttachmentsFull       the case takes no more files
│   ├── NothingArrived        the file that is announced was not uploaded
│   ├── AlreadySo             a setting is already as it is asked to be
│   ├── UploadOver            the file is waited for no more
│   ├── LinksFull             the case has as many links as it can have
│   ├── NotMergeable          one of two cases has been answered or has ended
│   ├── OtherPerson           two cases are not of the same person, or one is of several people
│   ├── IdentitySealed        who complains is sealed, also from this change
│   ├── RequestOpen           the record of a request about data says not what became of it
│   ├── OtherSite             two cases are not of the same site
│   ├── PartsFull             as many cases as possible are part of this one
│   ├── UnderLegalHold        a legal hold forbids to remove anything of the case
│   ├── RemediesOwed          a remedy that was promised is not done
│   ├── HoldsFull             the case has as many legal holds as it can have
│   ├── Restricted            the case is stored, and nobody may work on it
│   ├── CaseErased            the case was erased
│   └── PartOfAnother         the case goes on as part of another one
├── MailSettled           the mail is in a case already, or holds something harmful
├── TooMany               a rate limit was reached; the caller may try again after `retry_after`
└── Unavailable           the store did not answer in time; nothing is known to be lost
    ├── DataKeyLost           the case had a data key, and it is gone: words would be stored in clear
    └── WrittenByNewerRelease what is stored is of a later release than this one
"""

from collections.abc import Sequence

from msgspec import Struct

from complaints.values.competence import Lacking

MOST_ERRORS = 200
"""Wrong values that one refusal names: each is said in words, and a body may hold tens of thousands."""


class Wrong(Struct, frozen=True, order=True):
    """One wrong value: a JSON pointer (RFC 6901), a code of the catalogue, and a limit to name."""

    pointer: str
    code: str
    limit: int | str | None = None


class Refusal(Exception):
    """Base of all domain errors: something is refused for a reason that can be shown."""

    code = "refused"


class Unreadable(Refusal):
    """The body is not what its content type says, or goes beyond the limits of JSON (RFC 8259)."""

    code = "unreadable"


class TooLarge(Refusal):
    """The body is larger than any that is taken."""

    code = "too-large"


class WrongType(Refusal):
    """The content type or encoding of the body is not supported."""

    code = "wrong-type"


class Invalid(Refusal):
    """Values are wrong; `errors` names every one, `MOST_ERRORS` at most."""

    code = "invalid"

    def __init__(self, *errors: Wrong) -> None:
        super().__init__(self.code)
        self.errors = errors[:MOST_ERRORS]


class KeyMissing(Refusal):
    """A write came without the `Idempotency-Key` that it needs."""

    code = "key-missing"


class KeyReused(Refusal):
    """The key came before, with another body: nothing is written."""

    code = "key-reused"


class ProofRefused(Invalid):
    """The proof of work is missing, wrong, expired or spent."""

    code = "proof"

    def __init__(self) -> None:
        super().__init__(Wrong("/proof", "proof"))


class NotSignedIn(Refusal):
    """There is no valid token or session."""

    code = "not-signed-in"


class Forbidden(Refusal):
    """The roles of who asks do not allow it."""

    code = "forbidden"


class NotYourSite(Forbidden):
    """It changes something at a site that who asks does not serve."""

    code = "not-your-site"


class NotFound(Refusal):
    """It is not there, or not for who asks: the two are not told apart."""

    code = "not-found"


class MistypedReference(Refusal):
    """What was typed is no reference: its check sign does not fit."""

    code = "mistyped-reference"


class WrongMethod(Refusal):
    """This address does not do that; `allowed` names what it does."""

    code = "wrong-method"

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__(self.code)
        self.allowed = allowed


class VersionNeeded(Refusal):
    """A change came without the version that it is of (`If-Match`)."""

    code = "version-needed"


class Stale(Refusal):
    """The version is stale; `version` is the current one."""

    code = "stale"

    def __init__(self, version: int) -> None:
        super().__init__(self.code)
        self.version = version


class NotNow(Refusal):
    """The case does not allow this now; `allowed` names the commands that it does allow."""

    code = "not-now"
    rule = "stage"

    def __init__(self, allowed: Sequence[str] = ()) -> None:
        super().__init__(self.code)
        self.allowed = tuple(allowed)


class NoDanger(NotNow):
    """No danger is known that an immediate action is missing for."""

    rule = "no-danger"


class SecondPersonNeeded(NotNow):
    """Somebody else must do this: neither who decided nor who declared a conflict of interest."""

    rule = "second-person"


class CompetenceNeeded(NotNow):
    """Records of competence that this needs are missing, or have ended; `lacking` names each topic, and the
    day on which its last record ended."""

    rule = "competence"

    def __init__(self, lacking: Sequence[Lacking] = (), allowed: Sequence[str] = ()) -> None:
        super().__init__(allowed)
        self.lacking = tuple(lacking)


class NoWayToReach(NotNow):
    """There is no email address to write to."""

    rule = "no-way-to-reach"


class StaysAnonymous(NotNow):
    """Who complains stays anonymous: nobody could give the person another link, and without one no word of
    the case reaches them."""

    rule = "stays-anonymous"


class ActionsFull(NotNow):
    """The case has as many corrective actions as it can have."""

    rule = "actions-full"


class PointsUnanswered(NotNow):
    """A point of the complaint has no answer yet."""

    rule = "points-unanswered"


class PointsFull(NotNow):
    """The complaint has as many points as it can have."""

    rule = "points-full"


class TasksFull(NotNow):
    """The case has as many tasks, or as many open ones, as it can have."""

    rule = "tasks-full"


class OwnersCheck(NotNow):
    """The owner of a corrective action does not check whether it helped."""

    rule = "owners-check"


class StillNeeded(NotNow):
    """The text to redact belongs to a letter that was not sent yet, or to a decision that was not told."""

    rule = "still-needed"


class AttachmentsFull(NotNow):
    """The complaint takes no more files, or no more attempts to send one."""

    rule = "attachments-full"


class NothingArrived(NotNow):
    """No bytes were uploaded for this file yet."""

    rule = "nothing-arrived"


class UploadOver(NotNow):
    """The time in which this file could be uploaded is over."""

    rule = "upload-over"


class AlreadySo(NotNow):
    """It is so already."""

    rule = "already-so"


class LinksFull(NotNow):
    """The case has as many links as it can have."""

    rule = "links-full"


class NotMergeable(NotNow):
    """A case was answered or ended, or a letter of it is on its way: it can be linked, not merged."""

    rule = "not-mergeable"


class OtherPerson(NotNow):
    """The two cases are not of the same person."""

    rule = "other-person"


class IdentitySealed(NotNow):
    """It is sealed who complains: staff change no contact details, for letters with the link go to them, and
    compare no people."""

    rule = "identity-sealed"


class RequestOpen(NotNow):
    """The record of the request about personal data that the case is says not yet what became of it."""

    rule = "request-open"


class OtherSite(NotNow):
    """The two cases are not of the same site."""

    rule = "other-site"


class PartsFull(NotNow):
    """The other case has as many merged cases as it can have."""

    rule = "parts-full"


class PartOfAnother(NotNow):
    """The case is merged into another one, and is worked on there."""

    rule = "part-of-another"


class UnderLegalHold(NotNow):
    """A legal hold is in force: nothing of the case may be removed, and it becomes part of no other."""

    rule = "legal-hold"


class RemediesOwed(NotNow):
    rule = "remedies-owed"


class HoldsFull(NotNow):
    rule = "holds-full"


class Restricted(NotNow):
    rule = "restricted"


class CaseErased(NotNow):
    rule = "erased"


class MailSettled(Refusal):
    """A mail that needs no handling: a case took it already, or it holds a harmful file."""

    code = "mail-settled"


class TooMany(Refusal):
    """A limit was reached; it may be tried again after `retry_after` seconds."""

    code = "too-many"

    def __init__(self, retry_after: int) -> None:
        super().__init__(self.code)
        self.retry_after = retry_after


class Unavailable(Refusal):
    """The store did not answer; the same request with the same key may be sent again."""

    code = "unavailable"
    retry_after = 2


class DataKeyLost(Unavailable):
    """The case began with a data key, which is gone: what would be written now would not be encrypted.

    An operator has to bring the key back (docs/design/encryption.md); until then the same is refused.
    """

    retry_after = 300


class WrittenByNewerRelease(Unavailable):
    """What is stored has a shape that only a later release knows, which is on its way or was taken back."""

    retry_after = 30
