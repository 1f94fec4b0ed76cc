"""What a site's own systems are told, described: the one message of the webhook."""

from typing import Any

from complaints.letters.webhook_events import EVENTS
from functions.openapi.operations.components import JSON, Refs

_STRING = {"type": "string"}
_HEADERS = {
    "webhook-id": "The same at each attempt, to detect repeats",
    "webhook-timestamp": "When this attempt was made, in seconds since 1970",
    "webhook-signature": "`v1,` and the signature in base64; several are separated by spaces",
}
_TEXT = (
    "Sent to the address that a site has as its `webhook`, at least once and in no order, signed after "
    "Standard Webhooks 1.0.0. An answer of 2xx within 5 seconds accepts it; 410 stops all attempts; "
    "after anything else it is tried again for about a day."
)


def webhooks(refs: Refs) -> dict[str, Any]:
    """The webhook by its name; `refs` are the schemas by name.

    Nobody calls it at this API. Generators of clients are told so by the one word for it that they know,
    since some write no valid code for a webhook.
    """
    return {
        "complaint": {
            "post": {
                "operationId": "webhook_complaint",
                "x-internal": True,
                "security": [],
                "summary": "Something happened to a complaint of the site",
                "description": _TEXT,
                "parameters": [
                    {"name": name, "in": "header", "required": True, "description": text, "schema": _STRING}
                    for name, text in _HEADERS.items()
                ],
                "requestBody": {"required": True, "content": {JSON: {"schema": refs["WebhookMessage"]}}},
                "responses": {
                    "2XX": {"description": "It was accepted"},
                    "410": {"description": "It is not wanted, and not sent again"},
                },
            }
        }
    }


def name_events(components: dict[str, Any]) -> None:
    """Says in the schema of the message which events there are."""
    components["WebhookMessage"]["properties"]["type"]["enum"] = list(EVENTS.values())
