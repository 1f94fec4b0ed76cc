"""Who may do what: the whole table, against the one that was written by hand."""

import os
import sys
from subprocess import check_output

import pytest

from complaints.handling.permissions import allowed_to, may
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.management.kinds import declaration, kinds
from complaints.management.record import RecordKind
from complaints.values.people import Role
from tests.complaints.permission_tables import WHO, read, written

EXPECTED = read(WHO)
ALLOWED = {role: allowed_to(role) for role in Role}
ACTIONS = frozenset().union(*ALLOWED.values())
ACTIONS_IN_ORDER = [line.split()[0] for line in WHO.strip().splitlines()[1:]]


@pytest.mark.iso10002("5.3 responsibility and authority: table")
def test_s12_the_whole_table_of_authority_is_the_one_written_by_hand() -> None:
    """Compared as text: a failure shows the line that differs, a success prints the table."""
    table = written({role.value: actions for role, actions in ALLOWED.items()}, ACTIONS_IN_ORDER)
    print(table)
    assert table == WHO


def test_the_table_names_every_action() -> None:
    """A new action without a line is allowed to nobody, and this test asks for the line."""
    assert frozenset(ACTIONS_IN_ORDER) == ACTIONS
    assert frozenset(STAFF_COMMANDS) <= ACTIONS


@pytest.mark.parametrize("role", Role)
def test_what_the_table_does_not_name_is_refused(role: Role) -> None:
    assert not may([role], "delete_everything")


def test_nobody_without_a_role_may_do_anything() -> None:
    assert not any(may([], action) for action in ACTIONS)


def test_several_roles_add_up() -> None:
    both = [Role.QUALITY, Role.ADMIN]
    assert {action for action in ACTIONS if may(both, action)} == EXPECTED["quality"] | EXPECTED["admin"]


def test_s13_an_auditor_writes_nothing_but_audits_and_orders_of_evidence() -> None:
    """What `keep_records` allows stands in the declaration of each kind of record."""
    written = {action for action in ALLOWED[Role.AUDITOR] if not action.startswith("read_")}
    assert written == {"keep_records"}
    allowed = {
        (kind, verb)
        for kind in kinds()
        for verb, roles in declaration(kind).roles.items()
        if Role.AUDITOR in roles
    }
    audits = {(RecordKind.AUDIT, verb) for verb in ("answer", "find", "report", "settle")}
    assert allowed == audits | {(RecordKind.EVIDENCE_PACK, verb) for verb in ("order", "fetch")}


def test_an_admin_has_no_command_on_a_case() -> None:
    assert not ALLOWED[Role.ADMIN] & frozenset(STAFF_COMMANDS)


LOADED = """
import sys
from complaints.handling.permissions import may
from complaints.values.people import Role
print(may([Role.AGENT], "read_queue"), may([Role.AGENT], "read_staff"))
print([name for name in sys.modules if name.startswith(("complaints.case.", "complaints.casework"))])
"""


def test_a_read_is_permitted_without_the_rules_of_cases() -> None:
    """A process that only shows a list, a report or a setting does not import them."""
    path = {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert check_output((sys.executable, "-c", LOADED), env=path, text=True) == "True False\n[]\n"
