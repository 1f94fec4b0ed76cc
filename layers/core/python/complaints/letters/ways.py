"""By which way a letter to the complainant goes: as the person can, and wants to, be reached."""

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import LetterKind
from complaints.case.people.adjustments import AdjustmentKind
from complaints.values.field_types import Way

_BY_MAIL = frozenset(
    {
        LetterKind.ACKNOWLEDGEMENT,
        LetterKind.THANKS,
        LetterKind.LINK,
        LetterKind.CONTACT,
        LetterKind.SURVEY,
    }
)
"""Letters that whoever has a mail address gets by mail: the receipt at once, and links."""

_TALKED_ABOUT = frozenset({LetterKind.QUESTION, LetterKind.MESSAGE, LetterKind.PROGRESS, LetterKind.REMINDER})
"""Letters in whose place whoever prefers the telephone is called; decisions and notices stay in writing."""

_IN_ORDER = (Way.MAIL, Way.POST, Way.TELEPHONE, Way.PAGE)


def way_of(complaint: Complaint, kind: LetterKind) -> Way:
    """The way in which a letter of this kind goes; by post what no detail of the person leads to.

    Nobody is called who needs no telephone calls.
    """
    preferred, reach = complaint.preferred_way, set(complaint.reach)
    if complaint.needs(AdjustmentKind.NO_TELEPHONE):
        reach.discard(Way.TELEPHONE)
    is_mail = Way.MAIL in reach and kind in _BY_MAIL
    is_said = preferred is not Way.TELEPHONE or kind in _TALKED_ABOUT
    if preferred in reach and is_said and not is_mail:
        return preferred
    return next((way for way in _IN_ORDER if way in reach), Way.POST)
