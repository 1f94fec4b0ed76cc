"""A user of the directory as a resource (RFC 7643, 4.1), and the user that a resource describes.

Names of attributes know no capitals (2.1). Entra ID sends truth values as texts, and roles as texts of JSON;
both are read as what they mean. Attributes that are none of ours are left out.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from complaints.values.directory import DirectoryAccount, DirectoryUser, DirectoryValue
from functions.scim.errors import invalid

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
LONGEST = 200
MOST_VALUES = 100

NAMES = {"formatted": "formatted", "givenname": "givenName", "familyname": "familyName"}
PARTS = {"value": "value", "type": "type", "primary": "primary"}
ATTRIBUTES = {
    "username": "userName",
    "externalid": "externalId",
    "name": "name",
    "displayname": "displayName",
    "emails": "emails",
    "roles": "roles",
    "active": "active",
}
"""The attributes that are ours, by their names in small letters."""

ALWAYS = ("schemas", "id")
MANY = ("emails", "roles")


def read_user(resource: Mapping[str, Any]) -> DirectoryUser:
    """The user that a resource describes. Raises `ScimError`."""
    attributes = canonical(resource)
    if not attributes.get("userName"):
        raise invalid("userName is required.")
    named = attributes.get("name") or {}
    return DirectoryUser(
        user_name=_text("userName", attributes["userName"]) or "",
        external_id=_text("externalId", attributes.get("externalId")),
        formatted=_text("name.formatted", named.get("formatted")),
        given_name=_text("name.givenName", named.get("givenName")),
        family_name=_text("name.familyName", named.get("familyName")),
        display_name=_text("displayName", attributes.get("displayName")),
        emails=_values("emails", attributes.get("emails") or []),
        roles=_values("roles", attributes["roles"] or []) if "roles" in attributes else None,
        active=truth("active", attributes.get("active", True)),
    )


def canonical(resource: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that are ours, each under its name as the schema spells it."""
    attributes: dict[str, Any] = {}
    for name, value in resource.items():
        known = ATTRIBUTES.get(name.lower())
        if known == "name":
            attributes[known] = {} if value is None else _renamed(value, NAMES)
        elif known in MANY:
            attributes[known] = values_of(value)
        elif known:
            attributes[known] = value
    return attributes


def values_of(value: Any) -> list[dict[str, Any]]:
    """The values of an attribute that has several; one alone is one of them, and a text is its value."""
    several = value if isinstance(value, list) else [] if value is None else [value]
    return [_renamed(each, PARTS) if isinstance(each, dict) else {"value": each} for each in several]


def view(account: DirectoryAccount, id: str, address: str, *, is_active: bool) -> dict[str, Any]:
    """The resource; `address` is where it is."""
    user = account.user
    names = {"formatted": user.formatted, "givenName": user.given_name, "familyName": user.family_name}
    attributes: dict[str, Any] = {
        "externalId": user.external_id,
        "userName": user.user_name,
        "name": _without_nones(names) or None,
        "displayName": user.display_name,
        "emails": [msgspec.to_builtins(each) for each in user.emails] or None,
        "roles": None if user.roles is None else [msgspec.to_builtins(each) for each in user.roles],
    }
    meta = {
        "resourceType": "User",
        "created": _moment(account.created_at),
        "lastModified": _moment(account.changed_at),
        "location": address,
    }
    return {"schemas": [USER], "id": id, **_without_nones(attributes), "active": is_active, "meta": meta}


def projected(resource: dict[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
    """The resource with the attributes that a request asks for, or without those that it leaves out
    (RFC 7644, 3.9); `id` and `schemas` always stay."""
    wanted, unwanted = (_names(query.get(name, "")) for name in ("attributes", "excludedAttributes"))
    kept: dict[str, Any] = {}
    for name, value in resource.items():
        parts = {each.partition(".")[2] for each in wanted if each.partition(".")[0] == name.lower()}
        if name in ALWAYS or (not wanted and name.lower() not in unwanted) or "" in parts:
            kept[name] = value
        elif parts and isinstance(value, dict):
            kept[name] = {part: each for part, each in value.items() if part.lower() in parts}
        elif parts:
            kept[name] = value
    return kept


def _names(listed: str) -> set[str]:
    return {
        name.strip().lower().removeprefix(f"{USER.lower()}:") for name in listed.split(",") if name.strip()
    }


def as_sent(user: DirectoryUser) -> dict[str, Any]:
    """The attributes of a user that a PATCH changes."""
    names = {"formatted": user.formatted, "givenName": user.given_name, "familyName": user.family_name}
    attributes: dict[str, Any] = {
        "userName": user.user_name,
        "externalId": user.external_id,
        "name": _without_nones(names),
        "displayName": user.display_name,
        "emails": [msgspec.to_builtins(each) for each in user.emails],
        "active": user.active,
    }
    if user.roles is not None:
        attributes["roles"] = [msgspec.to_builtins(each) for each in user.roles]
    return attributes


def truth(name: str, value: Any) -> bool:
    """A truth value, also as the text that Entra ID sends. Raises `ScimError`."""
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise invalid(f"{name} is true or false.")
    return value


def _values(name: str, several: list[dict[str, Any]]) -> tuple[DirectoryValue, ...]:
    if len(several) > MOST_VALUES:
        raise invalid(f"{name} has {MOST_VALUES} values at most.")
    read: Callable[[Any], Any] = _role_in if name == "roles" else lambda value: value
    found = [
        DirectoryValue(
            value=_text(f"{name}.value", read(each.get("value"))) or "",
            type=_text(f"{name}.type", each.get("type")),
            primary=None if each.get("primary") is None else truth(f"{name}.primary", each["primary"]),
        )
        for each in several
    ]
    if any(not each.value for each in found):
        raise invalid(f"{name}.value is required.")
    return tuple(found)


def _role_in(value: Any) -> Any:
    """The role that an app role of Entra ID names, which it writes as JSON within a text."""
    if not isinstance(value, str) or not value.startswith("{"):
        return value
    try:
        role = msgspec.json.decode(value)
    except msgspec.DecodeError:
        return value
    return role.get("value") or role.get("displayName")


def _renamed(value: Any, names: Mapping[str, str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise invalid("A complex attribute is an object.")
    return {names[name.lower()]: each for name, each in value.items() if name.lower() in names}


def _text(name: str, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > LONGEST:
        raise invalid(f"{name} is a text of {LONGEST} characters at most.")
    return value


def _without_nones(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _moment(at: Any) -> str:
    return str(at.strftime("%Y-%m-%dT%H:%M:%SZ"))
