"""Who may do what: one table of role and action. What it does not name is refused."""

from collections.abc import Iterable
from functools import cache

from complaints.values.people import Role

_AT_HOME = frozenset({"read_me", "read_members", "read_settings"})
_READING = _AT_HOME | {"read_queue", "read_case", "read_audit"}
_OWN = frozenset({"keep_views"})
_CASE_WORK = frozenset(
    {
        "acknowledge", "assign", "assess", "note", "message", "ask", "resume", "find", "decide",
        "respond", "record", "remedied", "escalate", "extend", "close", "act", "acted", "recuse",
        "protect", "link", "unlink", "merge", "posted", "convert", "withdraw", "receive", "join_mail",
    }
)  # fmt: skip
_REVIEW = frozenset({"import", "dry_run", "approve", "return", "reopen", "redact"})
_SETTINGS = frozenset(
    {
        "change_site", "change_team", "change_codes", "change_texts", "change_packs", "change_calendar",
        "change_pack", "migrate_packs", "change_member", "deactivate_member", "activate_member",
        "rotate_site", "read_secret",
    }
)  # fmt: skip

MAY: dict[Role, frozenset[str]] = {
    Role.AGENT: _READING | _OWN | _CASE_WORK | {"read_mail"},
    Role.REVIEWER: _READING | _OWN | _CASE_WORK | _REVIEW | {"read_mail", "read_reports"},
    Role.QUALITY: _READING
    | _OWN
    | {"read_reports", "read_export", "export_people", "dry_run", "note", "act", "acted"},
    Role.AUDITOR: _READING | {"read_staff", "read_reports", "read_export"},
    Role.ADMIN: _AT_HOME
    | _SETTINGS
    | {"read_staff", "read_stray_mail", "move_mail", "read_reports", "dry_run"},
}

ACTIONS: frozenset[str] = frozenset().union(*MAY.values())


def may(roles: Iterable[Role], action: str) -> bool:
    """Whether a person with these roles may do `action`."""
    return action in _allowed(tuple(roles))


@cache
def _allowed(roles: tuple[Role, ...]) -> frozenset[str]:
    return frozenset().union(*(MAY[role] for role in roles))
