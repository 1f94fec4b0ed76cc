"""All alarms of the stack, in the groups in which the dashboard and docs/alarms.md show them."""

from infrastructure.template.alarms import outcomes, platform
from infrastructure.template.intrinsics import Json


def groups() -> dict[str, Json]:
    """The alarms by logical name, in groups by what they are about."""
    found = {
        "Intake and pages": platform.intake() | platform.service(),
        "Letters": outcomes.letters(),
        "Cases": outcomes.casework(),
        "The record": outcomes.records(),
        "Runs that stay away": platform.silence() | outcomes.synthetic(),
        "What was set aside": platform.set_aside(),
        "Errors of functions": platform.errors(),
    }
    for alarms in found.values():
        for name, made in alarms.items():
            made["Properties"]["AlarmDescription"] += f". What to do: docs/alarms.md#{name.lower()}"
    return found


def alarms() -> Json:
    """All of them, by logical name."""
    return {name: made for group in groups().values() for name, made in group.items()}
