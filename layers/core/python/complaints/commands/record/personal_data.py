"""What is asked of a case when all that is held of a person is made ready for them."""

from complaints.commands.command import Command


class PreparePersonalData(Command, frozen=True, kw_only=True):
    """Puts on record that the case goes into the file of a `record`, which a member `asked_by` had made."""

    verb = "prepare_personal_data"
    record: str
    asked_by: str
