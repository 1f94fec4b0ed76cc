"""Settings with values that only a newer release knows, read by the safest meaning that there is here.

Whoever goes back to an earlier release keeps sites that can be read. What is not known is taken for nothing;
where less would let more happen, the whole that it stands in is: nothing is erased by rules of retention of
which one is not known, and what could be offered or done by a value is offered and done no more. What is
stored stays as it is, as nobody changes such a setting here (`Setting.is_newer`).
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from complaints.settings.setting import SettingKind
from complaints.values.casework.retention import CountedFrom, KeptData, RetentionBasis
from complaints.values.casework.standard_texts import TextUse
from complaints.values.codes import CodeList
from complaints.values.competence import Topic
from complaints.values.field_types import Channel, Feedback, Outcome
from complaints.values.own_fields import FieldType
from complaints.values.people import Role

Raw = dict[str, Any]

_CODE_STATES = ("draft", "offered", "retired")
_INVITATION_STATES = ("open", "accepted", "withdrawn")


def read_safely(kind: SettingKind, stored: Raw) -> Raw:
    """What is stored of a setting, with values in it that this release knows."""
    safest = _SAFEST.get(kind)
    return safest(stored) if safest else stored


def _site(stored: Raw) -> Raw:
    feedback = _known(stored, "feedback", Feedback)
    topics = (_known(stored, f"{what}_topics", Topic) for what in ("decision", "approval", "review"))
    read = stored | feedback
    for each in topics:
        read |= each
    rules = [*stored.get("retention", ())]
    rules += [rule for former in stored.get("former_retention", ()) for rule in former.get("rules", ())]
    if not all(map(_is_known_rule, rules)):
        # Without the one, another rule might hold for its cases, and remove them earlier.
        read |= {"retention": [], "former_retention": []}
    return read


def _is_known_rule(rule: Raw) -> bool:
    fields: Mapping[str, type[StrEnum]] = {
        "data": KeptData,
        "counted_from": CountedFrom,
        "basis": RetentionBasis,
    }
    return all(_is_in(rule.get(name), values) for name, values in fields.items())


def _codes(stored: Raw) -> Raw:
    return stored | {
        each.value: [_code(code) for code in stored[each.value]] for each in CodeList if each.value in stored
    }


def _code(code: Raw) -> Raw:
    """Cases keep it, with all that it says of who may see them; nobody may choose it."""
    has_known_like = code.get("like") is None or _is_in(code["like"], Outcome)
    if has_known_like and _is_in(code.get("state", _CODE_STATES[0]), _CODE_STATES):
        return code
    return code | {"state": "retired", "like": code["like"] if has_known_like and "like" in code else None}


def _fields(stored: Raw) -> Raw:
    """What was answered is shown as text; it is not asked."""
    fields = [
        field if _is_in(field.get("type"), FieldType) else field | {"type": FieldType.TEXT, "retired": True}
        for field in stored.get("fields", ())
    ]
    return stored | {"fields": fields}


def _standard_text(stored: Raw) -> Raw:
    read = _offered_to(stored)
    return read if _is_in(stored.get("use"), TextUse) else read | {"use": TextUse.NOTE, "retired": True}


def _offered_to(stored: Raw) -> Raw:
    """Without any of its roles it would be offered to all."""
    read = stored | _known(stored, "roles", Role)
    return read | {"retired": True} if stored.get("roles") and not read["roles"] else read


def _automation(stored: Raw) -> Raw:
    """A rule of which not all is known is off."""
    from complaints.values.casework.automation import Reader, RuleState, Trigger

    read = stored | _known(stored, "channels", Channel) | _known(stored, "tell", Reader)
    if not _is_in(stored.get("when", Trigger.RECEIVED), Trigger):
        read |= {"when": Trigger.RECEIVED}
    is_known = read == stored and _is_in(stored.get("state", RuleState.OFF), RuleState)
    return read if is_known else read | {"state": RuleState.OFF}


def _member(stored: Raw) -> Raw:
    return stored | _known(stored, "roles", Role)


def _invitation(stored: Raw) -> Raw:
    is_known = _is_in(stored.get("state", _INVITATION_STATES[0]), _INVITATION_STATES)
    return _member(stored) if is_known else _member(stored) | {"state": "withdrawn"}


def _known(stored: Raw, name: str, values: Iterable[object]) -> Raw:
    """A field that holds several values, with those that are known; nothing where it is not stored."""
    return {name: [each for each in stored[name] if _is_in(each, values)]} if name in stored else {}


def _is_in(value: object, values: Iterable[object]) -> bool:
    return value in tuple(values)


_SAFEST: dict[SettingKind, Callable[[Raw], Raw]] = {
    SettingKind.SITE: _site,
    SettingKind.CODES: _codes,
    SettingKind.FIELDS: _fields,
    SettingKind.STANDARD_TEXT: _standard_text,
    SettingKind.MACRO: _offered_to,
    SettingKind.AUTOMATION: _automation,
    SettingKind.MEMBER: _member,
    SettingKind.INVITATION: _invitation,
}
