"""What changes of a site's automation rules: each is a setting of its own, with a history of its own."""

from collections.abc import Iterator

from msgspec.structs import asdict

from complaints.case.fact import Fact
from complaints.casework.workflow.corrective_actions import may_own
from complaints.settings.commands import ChangeAutomation
from complaints.settings.events import AutomationChanged
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.settings.validation import wrong_part_name
from complaints.values.casework.automation import Automation, RuleState, Trigger
from complaints.values.casework.standard_texts import TextUse
from complaints.values.codes import CodeList, Codes
from complaints.values.errors import Invalid, Wrong
from complaints.values.own_fields import FieldType, OwnField, OwnFields
from complaints.values.people import Member

MOST_RULES = 100
"""Rules of a site that are not removed: each is looked at with each change of a case."""

MOST_KEPT = 500
"""Rules of a site with those that are removed: all are read together, once a minute."""


def change_automation(setting: Setting, command: ChangeAutomation, context: SettingsContext) -> list[Fact]:
    """Adds a rule, or changes one. Raises `Invalid`."""
    said = {name: each for name, each in asdict(command).items() if name != "reason"}
    record = Automation(**said, since=context.now if command.state is RuleState.ON else None)
    wrong = [
        *wrong_part_name(setting),
        *_too_many(setting, record, context),
        *_wrong_trigger(record),
        *_wrong_conditions(record, setting.site, context),
        *_wrong_actions(record, setting.site, context),
    ]
    if wrong and record.state is not RuleState.REMOVED:
        raise Invalid(*sorted(wrong, key=lambda each: each.pointer))
    return [AutomationChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def _too_many(setting: Setting, record: Automation, context: SettingsContext) -> Iterator[Wrong]:
    others = [each for name, each in context.automations.items() if name != setting.id]
    listed = [each for each in others if each.state is not RuleState.REMOVED]
    if len(listed) >= MOST_RULES or (setting.record is None and len(others) >= MOST_KEPT):
        yield Wrong("/id", "too-many", MOST_RULES)


def _wrong_trigger(record: Automation) -> Iterator[Wrong]:
    if record.when is Trigger.WAITS and record.wait_days is None:
        yield Wrong("/wait_days", "missing")
    if not record.actions:
        yield Wrong("/assign", "no-rule-action")


def _wrong_conditions(record: Automation, site: str, context: SettingsContext) -> Iterator[Wrong]:
    codes = {code.code for code in context.codes.get(site, Codes()).of(CodeList.CATEGORIES)}
    for place, category in enumerate(record.categories):
        if category not in codes:
            yield Wrong(f"/categories/{place}", "unknown-value")
    for place, tag in enumerate(record.languages):
        if tag not in context.sites[site].languages:
            yield Wrong(f"/languages/{place}", "not-spoken")
    for name in ("words", "products"):
        for place, phrase in enumerate(getattr(record, name)):
            if not any(letter.isalnum() for letter in phrase):
                yield Wrong(f"/{name}/{place}", "wrong-form")
    yield from _wrong_field(record, site, context)


def _wrong_field(record: Automation, site: str, context: SettingsContext) -> Iterator[Wrong]:
    """What an own field is compared with is what it is answered with."""
    own = context.own_fields.get(site, OwnFields()).fields
    field: OwnField | None = next((each for each in own if each.code == record.own_field), None)
    is_bounded = record.at_least is not None or record.at_most is not None
    if record.own_field is None:
        if record.answers or is_bounded:
            yield Wrong("/own_field", "missing")
        return
    if field is None:
        yield Wrong("/own_field", "unknown-value")
        return
    choices = {choice.code for choice in field.choices}
    for place, answer in enumerate(record.answers):
        if field.type is FieldType.CHOICE and answer not in choices:
            yield Wrong(f"/answers/{place}", "unknown-value")
    if is_bounded and field.type is not FieldType.NUMBER:
        yield Wrong("/at_least" if record.at_least is not None else "/at_most", "not-a-number")


def _wrong_actions(record: Automation, site: str, context: SettingsContext) -> Iterator[Wrong]:
    """Who is named works here, and may see what the rule is about; a text to ask with is a question."""
    sensitive = context.codes.get(site, Codes()).sensitive
    for name in ("assign", "task_to"):
        named = getattr(record, name)
        member = next((each for each in context.members if each.id == named), None)
        if named and not (member and _may_have(member, site, is_case=name == "assign")):
            yield Wrong(f"/{name}", "not-a-colleague")
        elif member and not member.sensitive and not sensitive.isdisjoint(record.categories):
            yield Wrong(f"/{name}", "not-cleared")
    if record.ask:
        text = context.standard_texts.get(f"{site}.{record.ask}")
        if text is None or text.retired or text.use is not TextUse.QUESTION:
            yield Wrong("/ask", "unknown-value")
    if record.task is None and (record.task_to or record.task_days):
        yield Wrong("/task", "missing")


def _may_have(member: Member, site: str, *, is_case: bool) -> bool:
    return member.handles(site) if is_case else may_own(member, site)
