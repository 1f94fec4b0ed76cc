"""Why an action of an automation rule was not applied, as the end of a msgid."""

_WHY = frozenset(
    {"not-a-colleague", "not-cleared", "not-independent", "stage", "tasks-full", "too-many", "missing"}
    | {"no-theme"}
)
"""The refusals that there are words for."""


def reason(why: str) -> str:
    """What the words for a refusal are called.

    >>> reason("not-cleared"), reason("of a later release")
    ('not-cleared', 'other')
    """
    return why if why in _WHY else "other"
