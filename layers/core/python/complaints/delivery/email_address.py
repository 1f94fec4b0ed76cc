"""Mail addresses: what can be written to, and how it is written."""

import re

MOST_MAIL_LENGTH = 254
BEFORE_THE_AT = range(1, 65)
"""How long what stands before the `@` may be (RFC 5321, 4.5.3.1.1)."""

PLAIN_ADDRESS = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:-?[a-z0-9]){0,30}\.)+(?:com|net|org|[a-z]{2})"
)
"""Most addresses. email-validator takes each of them as it stands, but costs a cold start 16 ms to import."""


def mail_address(typed: str) -> str | None:
    """The address as mail is sent to it, its domain in ASCII (IDNA); `None` when it is none."""
    if len(typed) > MOST_MAIL_LENGTH or typed.find("@") not in BEFORE_THE_AT:
        return None
    if PLAIN_ADDRESS.fullmatch(typed):
        return typed
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(typed, check_deliverability=False, allow_smtputf8=False).ascii_email
    except EmailNotValidError:
        return None
