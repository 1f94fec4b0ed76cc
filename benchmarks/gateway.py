"""Events as API Gateway's REST interface hands them to a Chalice app, and the context that comes with them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

Event = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """What of Lambda's context a handler or a logger asks for."""

    function_name: str = "bench"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:123456789012:function:bench"
    aws_request_id: str = "bench"
    log_group_name: str = "bench"
    log_stream_name: str = "bench"

    def get_remaining_time_in_millis(self) -> int:
        """As long as API Gateway waits."""
        return 29_000


@dataclass(frozen=True)
class Request:
    """A request in the words of HTTP; `resource` is the route's pattern and `places` what its braces stand for."""

    method: str
    resource: str
    places: Mapping[str, str] | None = None
    query: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None
    body: object = None

    def event(self) -> Event:
        """The event for it."""
        path = self.resource.format(**(self.places or {}))
        headers = {"Host": "bench.example.org", "Accept": "application/json", **(self.headers or {})}
        if self.body is not None:
            headers["Content-Type"] = "application/json"
        return {
            "resource": self.resource,
            "path": path,
            "httpMethod": self.method,
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "queryStringParameters": dict(self.query) if self.query else None,
            "multiValueQueryStringParameters": {k: [v] for k, v in self.query.items()}
            if self.query
            else None,
            "pathParameters": dict(self.places) if self.places else None,
            "stageVariables": None,
            "requestContext": {
                "resourcePath": self.resource,
                "httpMethod": self.method,
                "path": f"/api{path}",
                "stage": "api",
                "requestId": str(uuid4()),
                "identity": {"sourceIp": "203.0.113.7", "userAgent": "bench"},
            },
            "body": None if self.body is None else json.dumps(self.body),
            "isBase64Encoded": False,
        }
