"""Who may do what: one table of role and action. What it does not name is refused."""

from collections.abc import Iterable

from complaints.people import Role

_READING = frozenset({"read_me", "read_members", "read_queue", "read_case", "read_audit"})
_CASE_WORK = frozenset(
    {
        "acknowledge", "assign", "assess", "note", "message", "ask", "resume", "find", "decide",
        "respond", "record", "remedied", "escalate", "extend", "close", "act", "acted", "recuse",
        "protect",
    }
)  # fmt: skip
_REVIEW = frozenset({"approve", "return", "reopen", "redact"})

MAY: dict[Role, frozenset[str]] = {
    Role.AGENT: _READING | _CASE_WORK,
    Role.REVIEWER: _READING | _CASE_WORK | _REVIEW,
    Role.QUALITY: _READING | {"note", "act", "acted"},
    Role.AUDITOR: _READING,
    Role.ADMIN: frozenset({"read_me", "read_members"}),
}

ACTIONS: frozenset[str] = frozenset().union(*MAY.values())


def may(roles: Iterable[Role], action: str) -> bool:
    """Whether somebody with these roles may do `action`."""
    return any(action in MAY[role] for role in roles)
