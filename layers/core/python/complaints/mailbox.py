"""Mail addresses: what can be written to, and how it is written."""

MOST_MAIL_LENGTH = 254


def mail_address(typed: str) -> str | None:
    """The address as mail is sent to it, its domain in ASCII (IDNA); `None` when it is none."""
    # Imported here: it is slow to load, and most visits type no address.
    from email_validator import EmailNotValidError, validate_email

    if len(typed) > MOST_MAIL_LENGTH:
        return None
    try:
        return validate_email(typed, check_deliverability=False, allow_smtputf8=False).ascii_email
    except EmailNotValidError:
        return None
