"""The directory, described: SCIM 2.0, whose own description stands under its addresses (RFC 7643, 5 to 7)."""

from typing import Any

from functions.openapi.operations.components import Security, in_path, in_query

TYPE = "application/scim+json"
DIRECTORY: Security = [{"directory": []}]
ROOT = "/scim/v2"

_REFUSED = ("401", "404", "503")
_ABOUT = "As RFC 7644 says: `/scim/v2/Schemas` describes what is sent and answered"
_OBJECT = {"type": "object", "additionalProperties": True}
_ERROR = {
    "type": "object",
    "required": ["schemas", "status", "detail"],
    "properties": {
        "schemas": {"type": "array", "items": {"type": "string"}},
        "status": {"type": "string"},
        "detail": {"type": "string"},
        "scimType": {"type": "string"},
    },
}
_USER = in_path("user", "2819c223-7f76-453a-919d-413861904646")
_NAME = in_path("name", "User")
_SHOWN = [
    in_query("attributes", about="Names of attributes, with commas between"),
    in_query("excludedAttributes", about="Names of attributes that are left out"),
]
_LISTED = [
    in_query("filter", about='One attribute by equality: `userName eq "ada@example.org"`'),
    in_query("startIndex", type="integer", minimum=1, default=1),
    in_query("count", type="integer", minimum=0, maximum=200, default=200),
]


def scim() -> dict[str, Any]:
    """All addresses of the directory."""
    users, one = f"{ROOT}/Users", f"{ROOT}/Users/{{user}}"
    searched = {"post": _operation("search", "Finds users by a body", sends=True)}
    return {
        users: {
            "get": _operation("list_users", "The users of the directory", asked=[*_LISTED, *_SHOWN]),
            "post": _operation("create_user", "Adds a user", "201", sends=True),
        },
        f"{users}/.search": {"post": _operation("search_users", "Finds users by a body", sends=True)},
        f"{ROOT}/.search": searched,
        one: {
            "parameters": [_USER],
            "get": _operation("show_user", "One user", asked=_SHOWN),
            "put": _operation("replace_user", "Replaces a user", sends=True),
            "patch": _operation("modify_user", "Changes a user", sends=True),
            "delete": _operation("delete_user", "Deactivates the member and forgets the user", "204"),
        },
        f"{ROOT}/ServiceProviderConfig": {"get": _operation("show_config", "What of SCIM there is")},
        f"{ROOT}/ResourceTypes": {"get": _operation("list_types", "The types of resources")},
        f"{ROOT}/ResourceTypes/{{name}}": {
            "parameters": [_NAME],
            "get": _operation("show_type", "One type of resources"),
        },
        f"{ROOT}/Schemas": {"get": _operation("list_schemas", "The schemas of resources")},
        f"{ROOT}/Schemas/{{name}}": {
            "parameters": [_NAME],
            "get": _operation("show_schema", "One schema"),
        },
    }


def _operation(
    name: str,
    summary: str,
    status: str = "200",
    *,
    asked: list[dict[str, Any]] | None = None,
    sends: bool = False,
) -> dict[str, Any]:
    """One operation: what it answers when it goes well, and the error of SCIM for all else."""
    done: dict[str, Any] = {"description": summary}
    if status != "204":
        done["content"] = {TYPE: {"schema": _OBJECT}}
    refused = {"description": "An error of SCIM (RFC 7644, 3.12)", "content": {TYPE: {"schema": _ERROR}}}
    made: dict[str, Any] = {
        "operationId": f"scim_{name}",
        "summary": summary,
        "description": _ABOUT,
        "security": DIRECTORY,
        "responses": {status: done, **dict.fromkeys(_REFUSED, refused), "default": refused},
    }
    if asked:
        made["parameters"] = asked
    if sends:
        made["requestBody"] = {"required": True, "content": {TYPE: {"schema": _OBJECT}}}
    return made
