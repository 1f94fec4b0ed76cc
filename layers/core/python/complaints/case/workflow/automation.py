"""The fact that an automation rule was applied."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


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

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The complaint with the last cause of each rule, how often it was applied, and what was refused."""
        known = {code: (cause, times) for code, cause, times in complaint.automations}
        _, times = known.get(self.rule, (0, 0))
        known[self.rule] = (self.cause, times + 1)
        refused = dict(complaint.automations_refused)
        for verb, why in self.refused:
            name = f"{self.rule}:{verb}:{why}"
            refused[name] = refused.get(name, 0) + 1
        return replace(
            complaint,
            automations=tuple((code, *each) for code, each in known.items()),
            automations_refused=tuple(refused.items()),
        )
