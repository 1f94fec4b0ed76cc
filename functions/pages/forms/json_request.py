"""A form of the desk as the call in JSON that asks for the same: one rule judges both."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from functions.http.request import Request


def as_json(request: Request, verb: str, body: Mapping[str, Any], form: Mapping[str, str]) -> Request:
    """The visit with this body, and with the headers that such a call has.

    A second press or a reload is the same write, other words are another: `once` of the form is its key, with
    the words. `version` is the one that was looked at.
    """
    raw = msgspec.json.encode(body, order="deterministic")
    return request.sending(
        raw,
        content_type="application/json",
        if_match=f'"{form.get("version", "")}"',
        idempotency_key=sha256(f"{form.get('once', '')}|{verb}|".encode() + raw).hexdigest(),
    )
