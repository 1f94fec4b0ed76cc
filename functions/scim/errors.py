"""Errors as SCIM says them (RFC 7644, 3.12)."""

from collections.abc import Mapping
from typing import Any

ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


class ScimError(Exception):
    """A request that is not carried out; `scim_type` is a word of table 9 where one says why."""

    def __init__(
        self, status: int, detail: str, scim_type: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.scim_type = status, detail, scim_type
        self.headers = headers or {}

    @property
    def body(self) -> dict[str, Any]:
        """The body of the answer: the status is a text there."""
        body = {"schemas": [ERROR], "status": str(self.status), "detail": self.detail}
        return body | ({"scimType": self.scim_type} if self.scim_type else {})


def invalid(detail: str, scim_type: str = "invalidValue") -> ScimError:
    """A value, a path or a filter that is wrong."""
    return ScimError(400, detail, scim_type)
