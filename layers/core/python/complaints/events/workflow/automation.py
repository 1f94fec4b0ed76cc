"""The fact that an automation rule was applied."""

from complaints.events.event import Fact


class AutomationApplied(Fact, frozen=True, kw_only=True):
    """The `version` of a `rule` of the site was applied because of the entry `cause`; `when` is its trigger.

    `title` is what the rule was called. `done` are the verbs of what was done, whose facts stand beside it.
    `refused` are those that the case did not take, each with the code of the refusal.
    """

    rule: str
    title: str
    version: int
    when: str
    cause: int
    done: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
