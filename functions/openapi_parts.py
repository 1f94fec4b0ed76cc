"""What each operation of the API's description is made of: parameters, answers, who may call it."""

from typing import Any

KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
REFERENCE = {
    "name": "reference",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "example": "C-7K3M9-QX2HT-7",
}
VERSION = {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}}
Security = list[dict[str, list[str]]]
COMPLAINANT: Security = [{"access": []}]
STAFF: Security = [{"staff": []}]


def in_query(name: str, *, required: bool = False) -> dict[str, Any]:
    """A parameter of the query."""
    return {"name": name, "in": "query", "required": required, "schema": {"type": "string"}}


def operation(
    summary: str,
    answers: dict[str, str],
    parameters: list[dict[str, Any]] | None = None,
    body: Any = None,
    security: Security | None = None,
) -> dict[str, Any]:
    """One operation; whatever it answers, it may also answer with a problem (RFC 9457)."""
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    operation: dict[str, Any] = {
        "summary": summary,
        "responses": {status: {"description": text} for status, text in answers.items()}
        | {"default": {"description": "A problem", "content": {"application/problem+json": problem}}},
    }
    if parameters:
        operation["parameters"] = parameters
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    if security:
        operation["security"] = security
    return operation
