"""The API described (OpenAPI 3.1), from the same types that validate what comes in."""

import re
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


def description() -> dict[str, Any]:
    """The whole description."""
    refs, components = schemas()
    groups = {
        "Complaints": complainants(refs),
        "Desk": desk(refs) | exports(refs),
        "Settings": settings(refs),
    }
    groups["Management"] = management(refs)
    paths = {
        path: _named(path, item, tag)
        for tag, group in groups.items()
        for path, item in with_problems(group).items()
    }
    paths |= {path: _named(path, item, "Directory") for path, item in scim().items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Answerable",
            "version": "1",
            "description": "Accepts complaints and carries each one through to an answer (ISO 10002).",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
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


def _named(path: str, item: dict[str, Any], tag: str) -> dict[str, Any]:
    """The operations of a path with the tag of their group, each with an id for generators of clients.

    That of TypeScript makes a second method of each, with `Raw` behind its name: no id ends so.
    """
    words = "_".join(re.findall(r"[a-z0-9]+", re.sub("/raw$", "/original", path.removeprefix("/v1"))))
    return {
        name: part if name == "parameters" else {"operationId": f"{name}_{words}", "tags": [tag], **part}
        for name, part in item.items()
    }
