"""The API described (OpenAPI 3.1), from the same types that validate what comes in."""

import re
from collections.abc import Mapping
from typing import Any

from functions.openapi.operations.admin import settings
from functions.openapi.operations.complainants import complainants
from functions.openapi.operations.components import headers
from functions.openapi.operations.desk import desk
from functions.openapi.operations.exports import exports
from functions.openapi.operations.management import management
from functions.openapi.operations.problems import responses, with_problems
from functions.openapi.operations.scim import scim
from functions.openapi.operations.webhooks import webhooks
from functions.openapi.schema_descriptions import Schema, named
from functions.openapi.schemas import schemas

TAGS = {
    "Complaints": "Websites and their complainants: no account",
    "Desk": "Staff, and the cases of their sites",
    "Management": "Records of the management system: policy, objectives, audits, reviews and so on",
    "Settings": "Settings of sites, members and promise packs",
    "Directory": "Members from a directory: SCIM 2.0 (RFC 7643, RFC 7644)",
}
_SECURITY = {
    "access": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token of one complaint: `access` of its receipt, or the end of its link",
    },
    "staff": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "A token of the OpenID provider that this installation trusts",
    },
    "directory": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token that an administrator made for the directory",
    },
}


def description(url: str = "") -> dict[str, Any]:
    """The whole description, of the installation at an address."""
    refs, components = schemas()
    groups = {
        "Complaints": complainants(refs),
        "Desk": desk(refs) | exports(refs),
        "Settings": settings(refs),
    }
    groups["Management"] = management(refs)
    paths = {
        path: _named(path, item, tag, components)
        for tag, group in groups.items()
        for path, item in with_problems(group).items()
    }
    paths |= {path: _named(path, item, "Directory", components) for path, item in scim().items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Answerable",
            "version": "1",
            "description": "Accepts complaints and carries each one through to an answer (ISO 10002).",
            "contact": {"name": "The operator of this installation", "url": f"{url}/"},
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": url or "/"}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": paths,
        "webhooks": webhooks(refs),
        "components": {
            "schemas": components,
            "responses": responses(),
            "headers": headers(),
            "securitySchemes": _SECURITY,
        },
    }


def _named(path: str, item: Schema, tag: str, types: Mapping[str, Schema]) -> dict[str, Any]:
    """The operations of a path with the tag of their group, each with an id for generators of clients.

    That of TypeScript makes a second method of each, with `Raw` behind its name: no id ends so.
    """
    words = "_".join(re.findall(r"[a-z0-9]+", re.sub("/raw$", "/original", path.removeprefix("/v1"))))
    return {
        name: part
        if name == "parameters"
        else {"operationId": f"{name}_{words}", "tags": [tag], "description": _about(part, types)} | part
        for name, part in item.items()
    }


def _about(operation: Schema, types: Mapping[str, Schema]) -> str:
    """What is said of what an operation takes, else of what it answers: of its type, where that says it."""
    for said in (operation.get("requestBody", {}), *operation["responses"].values()):
        for content in said.get("content", {}).values():
            schema = content["schema"]
            if text := types.get(named(schema), schema).get("description") or said.get("description"):
                return str(text)
    return ""
