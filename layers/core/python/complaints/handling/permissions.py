"""Permissions: one table of role and action. What it does not name is refused.

The roles of a command on a case stand in its declaration (`staff_commands`), those of all other actions here.
"""

from collections.abc import Iterable
from functools import cache

from complaints.values.people import Role

_AT_HOME = frozenset({"read_me", "read_members", "read_settings"})
_READING = _AT_HOME | {"read_queue", "read_case", "read_audit"}
_OWN = frozenset({"keep_views"})
_RECORDS = frozenset({"read_records", "keep_records"})
"""Records of the management system; what a role may do to a kind of them stands in its declaration."""

_INTAKE = frozenset({"read_mail", "receive", "join_mail", "add_file"})
_SETTINGS = frozenset(
    {
        "add_site", "change_site", "change_team", "change_codes", "put_codes", "map_return_codes",
        "change_texts", "change_packs",
        "change_calendar", "put_day_calendar", "remove_day_calendar", "change_fields", "put_field_fields",
        "change_pack", "migrate_packs", "change_member", "deactivate_member", "activate_member",
        "send_invitation", "send_again_invitation", "withdraw_invitation", "change_automation",
        "change_directory", "stop_directory", "rotate_directory",
        "rotate_site", "put_checklist_site", "put_transactions_site",
        "put_retention_site", "put_wording_texts",
        "put_enclosure_texts", "read_secret",
        "test_webhook",
    }
)  # fmt: skip

_WORDING = frozenset({"change_standard_text", "change_macro"})
"""Settings that managers of the desk change, too."""

_OTHER_ACTIONS: dict[Role, frozenset[str]] = {
    Role.AGENT: _READING | _RECORDS | _OWN | _INTAKE,
    Role.REVIEWER: _READING
    | _RECORDS
    | _OWN
    | _INTAKE
    | _WORDING
    | {"import", "dry_run", "read_reports", "read_report_cases"},
    Role.QUALITY: _READING
    | _RECORDS
    | _OWN
    | {
        "read_reports",
        "read_report_cases",
        "read_export",
        "export_people",
        "read_survey_texts",
        "dry_run",
    },
    Role.AUDITOR: _READING
    | _RECORDS
    | {
        "read_staff",
        "read_access_log",
        "read_reports",
        "read_report_cases",
        "read_export",
        "read_proof",
        "read_retention",
    },
    Role.PRIVACY: _READING | _RECORDS | {"read_access_log", "read_retention"},
    Role.CUSTODIAN: _READING,
    Role.ADMIN: _AT_HOME
    | _RECORDS
    | _SETTINGS
    | _WORDING
    | {
        "read_staff",
        "read_stray_mail",
        "move_mail",
        "read_reports",
        "dry_run",
        "read_proof",
        "read_retention",
    },
}
_KNOWN = frozenset().union(*_OTHER_ACTIONS.values())


def may(roles: Iterable[Role], action: str) -> bool:
    """Whether a person with these roles may do `action`."""
    held = tuple(roles)
    if action in _KNOWN:
        return any(action in _OTHER_ACTIONS[role] for role in held)
    return any(action in allowed_to(role) for role in held)


@cache
def allowed_to(role: Role) -> frozenset[str]:
    """Every action of a role."""
    # Imported lazily: whoever only reads or changes settings does without the rules of cases.
    from complaints.handling.staff_commands import STAFF_COMMANDS

    commands = (verb for verb, declared in STAFF_COMMANDS.items() if role in declared.roles)
    return _OTHER_ACTIONS[role].union(commands)
