"""Who may do what: one table of role and action. What it does not name is refused."""

from collections.abc import Iterable

from complaints.people import Role

_READS = frozenset({"read_me", "read_queue", "read_case"})
_CASE_WORK = frozenset(
    {
        "acknowledge", "assign", "assess", "note", "message", "ask", "resume", "find", "decide",
        "respond", "record", "remedied", "escalate", "extend", "close", "act", "acted",
    }
)  # fmt: skip

MAY: dict[Role, frozenset[str]] = {
    Role.AGENT: _READS | {"read_members", "read_audit"} | _CASE_WORK,
    Role.REVIEWER: _READS | {"read_members", "read_audit"} | _CASE_WORK | {"approve", "return", "reopen"},
    Role.QUALITY: _READS | {"read_members", "read_audit", "note", "act", "acted"},
    Role.AUDITOR: _READS | {"read_members", "read_audit"},
    Role.ADMIN: frozenset({"read_me", "read_members"}),
}

ACTIONS: frozenset[str] = frozenset().union(*MAY.values())


def may(roles: Iterable[Role], action: str) -> bool:
    """Whether somebody with these roles may do `action`."""
    return any(action in MAY[role] for role in roles)
