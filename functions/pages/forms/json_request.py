"""A form of the desk as the call in JSON that asks for the same: one rule judges both."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from functions.http.request import Request


def as_json(request: Request, verb: str, body: Mapping[str, Any], form: Mapping[str, str]) -> Request:
    """The request with this body, and with the headers that such a call has: `version` is the one that was
    looked at."""
    raw = msgspec.json.encode(body, order="deterministic")
    return request.sending(
        raw,
        content_type="application/json",
        if_match=f'"{form.get("version", "")}"',
        idempotency_key=form_key(form, verb, raw),
    )


def form_key(form: Mapping[str, str], verb: str, raw: bytes) -> str:
    """The key of what a form asks for: a second press or a reload is the same write, other words are another.

    `once` of the form is in it, and the words are, as the body says them.
    """
    return sha256(f"{form.get('once', '')}|{verb}|".encode() + raw).hexdigest()
