"""Writes API Gateway's event (REST, proxy integration, version 1) and reads what a function answers."""

import base64
import time
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from infrastructure.local.gateway.http import Answer, Request
from infrastructure.local.gateway.routes import Match

STAGE = "api"


def event(request: Request, path: str, match: Match) -> dict[str, Any]:
    """The event for a request; `path` is its path without the stage's prefix."""
    query = parse_qs(request.query, keep_blank_values=True)
    return {
        "resource": match.pattern,
        "path": path,
        "httpMethod": request.method,
        "headers": {name.title(): value for name, value in request.headers.items()},
        "multiValueHeaders": {name.title(): [value] for name, value in request.headers.items()},
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": match.parameters or None,
        "stageVariables": None,
        "requestContext": _context(request, match),
        **_body(request.body),
    }


def _context(request: Request, match: Match) -> dict[str, Any]:
    return {
        "resourcePath": match.pattern,
        "httpMethod": request.method,
        "path": request.path,
        "stage": STAGE,
        "requestId": str(uuid.uuid4()),
        "requestTimeEpoch": int(time.time() * 1000),
        "protocol": "HTTP/1.1",
        "identity": {"sourceIp": request.source, "userAgent": request.headers.get("user-agent")},
    }


def _body(body: bytes) -> dict[str, Any]:
    """Text as text; what is no UTF-8 travels in base64, as under binary media types."""
    if not body:
        return {"body": None, "isBase64Encoded": False}
    try:
        return {"body": body.decode(), "isBase64Encoded": False}
    except UnicodeDecodeError:
        return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


def answer(got: Mapping[str, Any]) -> Answer:
    """The HTTP answer that a function's return value asks for."""
    body = got.get("body") or ""
    sent = base64.b64decode(body) if got.get("isBase64Encoded") else body.encode()
    many = {name.lower(): values for name, values in (got.get("multiValueHeaders") or {}).items()}
    single = [(name, value) for name, value in (got.get("headers") or {}).items() if name.lower() not in many]
    repeated = [
        (name, value) for name, values in (got.get("multiValueHeaders") or {}).items() for value in values
    ]
    return Answer(got["statusCode"], tuple((name, str(value)) for name, value in single + repeated), sent)
