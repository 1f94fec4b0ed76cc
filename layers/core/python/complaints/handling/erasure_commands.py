"""What machines ask of a case for the rights of people: its erasure after a restore or by a retention rule,
the end of one, and that its data goes to the person."""

from complaints.casework.command import ALL as ALL_STAGES
from complaints.casework.command import ANY, Command, Declaration
from complaints.casework.record.erasure import (
    ApplyRetention,
    BeginRemoval,
    EraseAgain,
    FinishErasure,
    FinishRemoval,
    RemoveWithWhole,
)
from complaints.casework.record.party_erasure import ErasePartyAgain
from complaints.casework.record.personal_data import PreparePersonalData
from complaints.lazy_imports import lazy_imports

with lazy_imports():
    from complaints.casework.record import erasure, party_erasure, personal_data, retention


ERASING: tuple[Declaration[Command], ...] = (
    Declaration(EraseAgain, erasure.erase_again, ALL_STAGES, feedback=ANY, when_merged=True),
    Declaration(ErasePartyAgain, party_erasure.erase_party_again, ALL_STAGES, feedback=ANY, when_merged=True),
    Declaration(ApplyRetention, retention.apply, ALL_STAGES, feedback=ANY),
    Declaration(RemoveWithWhole, retention.remove_with_whole, ALL_STAGES, feedback=ANY, when_merged=True),
    Declaration(BeginRemoval, retention.begin_removal, ALL_STAGES, feedback=ANY, when_merged=True),
    Declaration(FinishRemoval, retention.finish_removal, ALL_STAGES, feedback=ANY, when_merged=True),
    Declaration(FinishErasure, erasure.finish, ALL_STAGES, feedback=ANY, when_merged=True, when_erased=True),
    Declaration(
        PreparePersonalData,
        personal_data.prepare,
        ALL_STAGES,
        feedback=ANY,
        when_merged=True,
        when_restricted=True,
    ),
)
