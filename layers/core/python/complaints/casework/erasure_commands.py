"""What machines ask of a case: its erasure after a restore or by a retention rule, and the end of one."""

from complaints.casework.command_declaration import ALL as ALL_STAGES
from complaints.casework.command_declaration import ANY, Declaration
from complaints.commands.command import Command
from complaints.commands.record.erasure import ApplyRetention, EraseAgain, FinishErasure
from complaints.lazy_imports import lazy_imports

with lazy_imports():
    from complaints.rules.record import erasure, retention

ERASING: tuple[Declaration[Command], ...] = (
    Declaration(EraseAgain, erasure.erase_again, ALL_STAGES, feedback=ANY, when_merged=True),
    Declaration(ApplyRetention, retention.apply, ALL_STAGES, feedback=ANY),
    Declaration(FinishErasure, erasure.finish, ALL_STAGES, feedback=ANY, when_merged=True, when_erased=True),
)
