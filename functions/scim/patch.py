"""PATCH (RFC 7644, 3.5.2) on the attributes of a user, as directories really send it.

Okta sends values without a path; Entra ID sends `Replace` and `Add` with capitals, adds what it should
replace, and names one of several values by a filter that none may match yet.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from functions.scim.errors import invalid
from functions.scim.user_resource import ATTRIBUTES, MANY, NAMES, PARTS, USER, canonical, values_of

MOST_OPERATIONS = 100
_PATH = re.compile(r"(?P<attribute>[A-Za-z]\w*)(\[(?P<filter>[^\]]{1,200})\])?(\.(?P<part>[A-Za-z]\w*))?")
_FILTER = re.compile(r'(?P<part>[A-Za-z]\w*) eq ("(?P<text>[^"]*)"|(?P<word>true|false))', re.IGNORECASE)


class Path(NamedTuple):
    """The attribute, the part of it, and which of several values, by a part and its text."""

    attribute: str
    part: str | None = None
    matches: tuple[str, str] | None = None


def patched(user: dict[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of a user after all operations of a request. Raises `ScimError`."""
    operations = next((value for name, value in body.items() if name.lower() == "operations"), None)
    if not isinstance(operations, list) or not 1 <= len(operations) <= MOST_OPERATIONS:
        raise invalid(f"There are 1 to {MOST_OPERATIONS} Operations.", "invalidSyntax")
    for operation in operations:
        if not isinstance(operation, dict):
            raise invalid("An operation is an object.", "invalidSyntax")
        op, value = str(operation.get("op", "")).lower(), operation.get("value")
        if op not in ("add", "replace", "remove"):
            raise invalid("op is add, replace or remove.", "invalidSyntax")
        path = operation.get("path")
        if path:
            _apply(user, op, path, value)
        elif op == "remove":
            raise invalid("A removal needs a path.", "noTarget")
        elif not isinstance(value, dict):
            raise invalid("Without a path the value is an object.")
        else:
            for name, each in value.items():
                _apply(user, op, name, each)
    return user


def _apply(user: dict[str, Any], op: str, named: Any, value: Any) -> None:
    """Carries out one operation; on an attribute that is none of ours, nothing."""
    path = _read(named)
    if path is None:
        return
    if path.attribute in MANY:
        user[path.attribute] = _several(user.get(path.attribute) or [], op, path, value)
    elif path.attribute == "name":
        user["name"] = _name(user.get("name") or {}, op, path.part, value)
    elif op == "remove":
        user.pop(path.attribute, None)
    else:
        user[path.attribute] = value


def _read(named: Any) -> Path | None:
    """Raises `ScimError` for what is no path."""
    if not isinstance(named, str) or len(named) > 300:
        raise invalid("A path is a text.", "invalidPath")
    own = named.removeprefix(f"{USER}:")
    if own.lower().startswith("urn:"):
        return None
    found = _PATH.fullmatch(own)
    if found is None:
        raise invalid("This path is not understood.", "invalidPath")
    attribute = ATTRIBUTES.get(found["attribute"].lower())
    if attribute is None:
        return None
    parts = NAMES if attribute == "name" else PARTS
    part = parts.get(found["part"].lower()) if found["part"] else None
    if found["part"] and part is None:
        return None
    return Path(attribute, part, _matches(found["filter"]) if found["filter"] else None)


def _matches(text: str) -> tuple[str, str] | None:
    found = _FILTER.fullmatch(text.strip())
    if found is None or found["part"].lower() not in PARTS:
        raise invalid("A filter compares a part with eq.", "invalidFilter")
    return PARTS[found["part"].lower()], found["text"] if found["text"] is not None else found["word"]


def _name(before: dict[str, Any], op: str, part: str | None, value: Any) -> dict[str, Any]:
    if part:
        others = {name: each for name, each in before.items() if name != part}
        return others if op == "remove" else others | {part: value}
    if op == "remove":
        return {}
    parts = canonical({"name": value})["name"]
    return {**before, **parts} if op == "add" else dict(parts)


def _several(before: list[dict[str, Any]], op: str, path: Path, value: Any) -> list[dict[str, Any]]:
    if path.matches is None and path.part is None:
        return _whole(before, op, value)
    chosen = [each for each in before if path.matches is None or _is(each, path.matches)]
    others = [each for each in before if each not in chosen]
    if op == "remove":
        if path.part is None or path.part == "value":
            return others
        return [
            *others,
            *({name: text for name, text in each.items() if name != path.part} for each in chosen),
        ]
    values = [{path.part: value}] if path.part else values_of(value)
    if len(values) != 1:
        raise invalid("A filter chooses what one value replaces.")
    new = values[0]
    if not chosen:
        chosen = [{path.matches[0]: _meant(*path.matches)} if path.matches else {}]
    return [*others, *({**each, **new} for each in chosen)]


def _whole(before: list[dict[str, Any]], op: str, value: Any) -> list[dict[str, Any]]:
    """All values of an attribute, or some more; a removal may name which."""
    values = values_of(value)
    texts = {each.get("value") for each in values}
    if op == "remove":
        return [each for each in before if values and each.get("value") not in texts]
    if op == "replace":
        return values
    kept = [each for each in before if each.get("value") not in texts]
    if any(each.get("primary") for each in values):
        kept = [{**each, "primary": False} if each.get("primary") else each for each in kept]
    return [*kept, *values]


def _is(each: Mapping[str, Any], matches: tuple[str, str]) -> bool:
    part, text = matches
    return str(each.get(part, "")).lower() == text.lower()


def _meant(part: str, text: str) -> str | bool:
    return text.lower() == "true" if part == "primary" else text
