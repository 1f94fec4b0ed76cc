"""The command by which an automation rule is applied to a case."""

from complaints.commands.command import Command, StaffCommand


class ApplyAutomation(Command, frozen=True, kw_only=True):
    """Applies the `version` of a `rule` because of the entry `cause`; `when` is its trigger.

    `actions` are commands as staff would send them. Each is asked with the rights of rules, and is done or
    refused by itself. `beside` is what was done outside the case, or why it was not (the code of a refusal).
    """

    verb = "apply_automation"
    rule: str
    title: str
    version: int
    when: str
    cause: int
    actions: tuple[StaffCommand, ...]
    beside: tuple[tuple[str, str | None], ...] = ()
