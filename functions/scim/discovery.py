"""What this subset of SCIM can do, as it says itself (RFC 7643, 5 to 7)."""

from typing import Any

from functions.scim.user_resource import USER

CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
RESOURCE_TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema"
MOST_RESULTS = 200


def service_provider_config(root: str) -> dict[str, Any]:
    """Which parts of the protocol there are; `root` is the address of all."""
    return {
        "schemas": [CONFIG],
        "patch": {"supported": True},
        "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": MOST_RESULTS},
        "changePassword": {"supported": False},
        "sort": {"supported": False},
        "etag": {"supported": False},
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Bearer token",
                "description": "A token that an administrator makes at the desk (RFC 6750)",
                "primary": True,
            }
        ],
        "meta": {"resourceType": "ServiceProviderConfig", "location": f"{root}/ServiceProviderConfig"},
    }


def resource_types(root: str) -> list[dict[str, Any]]:
    """The one type of resources."""
    return [
        {
            "schemas": [RESOURCE_TYPE],
            "id": "User",
            "name": "User",
            "endpoint": "/Users",
            "description": "A member of staff",
            "schema": USER,
            "meta": {"resourceType": "ResourceType", "location": f"{root}/ResourceTypes/User"},
        }
    ]


def schemas(root: str) -> list[dict[str, Any]]:
    """The attributes of a user that are kept."""
    return [
        {
            "schemas": [SCHEMA],
            "id": USER,
            "name": "User",
            "description": "A member of staff",
            "attributes": [
                _attribute("userName", required=True, uniqueness="server"),
                _attribute(
                    "name",
                    type="complex",
                    subAttributes=[_attribute(name) for name in ("formatted", "familyName", "givenName")],
                ),
                _attribute("displayName"),
                _attribute("active", type="boolean", required=True),
                _several("emails", required=True),
                _several("roles", required=False),
            ],
            "meta": {"resourceType": "Schema", "location": f"{root}/Schemas/{USER}"},
        }
    ]


def _several(name: str, *, required: bool) -> dict[str, Any]:
    parts = [_attribute("value", required=True), _attribute("type"), _attribute("primary", type="boolean")]
    return _attribute(name, type="complex", multiValued=True, required=required, subAttributes=parts)


def _attribute(name: str, **characteristics: Any) -> dict[str, Any]:
    usual = {
        "name": name,
        "type": "string",
        "multiValued": False,
        "description": name,
        "required": False,
        "mutability": "readWrite",
        "returned": "default",
    }
    texts = (
        {"caseExact": False, "uniqueness": "none"}
        if characteristics.get("type", "string") == "string"
        else {}
    )
    return usual | texts | characteristics
