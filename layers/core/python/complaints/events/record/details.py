"""The fact that what was told beside the description was put right."""

from complaints.events.event import Fact


class DetailsCorrected(Fact, frozen=True, kw_only=True):
    """Details of the complaint were added or put right (GDPR, article 16); what is not named stays.

    `own_fields` are answers to the site's own fields, as `values/own_fields.py` writes them, `answered` the
    codes of these. `removed` are the details that no longer hold, by the names of `CorrectDetails.remove`.
    It is `sealed` in a case in which it is sealed who complains.
    """

    PRIVATE = ("earlier_reference", "taken_elsewhere", "own_fields", "reason")
    IDENTITY = ("earlier_reference", "own_fields")

    earlier_reference: str | None = None
    taken_elsewhere: str | None = None
    own_fields: str | None = None
    answered: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reason: str
    sealed: bool = False
