"""Checkpoints by mail: the statement of each day goes to an address outside, once. Who changes bucket, table
and key alike cannot change what an auditor has.

It goes to the address that the operator named, never to one of a case. What was sent last is on record beside
the last checkpoint: a run that dies goes on with the next day, and sends one again at most where it died
between the two. What cannot be sent stops no checkpoint: it is tried again each hour, and an alarm rings.
"""

from base64 import b64encode
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from string import Template
from textwrap import wrap
from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.checkpoints.places import CHECKPOINTS, checkpoint_key, checkpoint_name
from complaints.checkpoints.statement import NotAStatement, from_stored, hash_of, read_statement

if TYPE_CHECKING:
    from complaints.adapters.container import Container


NOT_MAILED = "CheckpointsNotMailed"
"""The metric of days whose statement could not be sent (docs/alarms.md)."""

MOST_DAYS = 31
"""Up to how many days back it is looked for statements that were not sent."""

BEGIN, END = "-----BEGIN CHECKPOINT-----", "-----END CHECKPOINT-----"
_LINE = 64


def send_days(deps: "Container") -> int:
    """Sends the statements of days that were not sent yet, the first first; how many went out.

    The first time it is that of the last day alone.
    """
    to = deps.settings.checkpoint_mail
    if not to:
        return 0
    sent = 0
    try:
        for day in _due(deps.checkpoint_notes.last_mailed(), deps.now()):
            stored = deps.evidence.get(checkpoint_key("day", day))
            if stored is None:
                # Days that a late run sealed together have one statement, that of the first.
                continue
            try:
                _send(deps, to, day, stored)
            except NotAStatement as error:
                # Somebody else's file, in the place of one of ours: it keeps no later day from being sent.
                _not_mailed(error)
                continue
            deps.checkpoint_notes.keep_last_mailed(day.date())
            sent += 1
    except Exception as error:
        _not_mailed(error)
    return sent


def _not_mailed(error: Exception) -> None:
    telemetry.failure("checkpoint not mailed", error)
    telemetry.count(NOT_MAILED)


def _due(last: date | None, now: datetime) -> Iterator[datetime]:
    """The days (UTC) that are over and behind the `last` one that was sent."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    behind = (today.date() - last).days - 1 if last else 1
    for back in range(min(behind, MOST_DAYS), 0, -1):
        yield today - timedelta(days=back)


def _send(deps: "Container", to: str, day: datetime, stored: bytes) -> None:
    """Raises `SendingRefused`, `SendingDelayed`, `SendingUnsure`; `NotAStatement` for what is none."""
    name = checkpoint_name("day", day)
    message = message_of(deps.settings.sender, to, name, stored, _words(deps))
    deps.mail_sender.send(message, sender=deps.settings.sender, to=to, tags={"kind": "checkpoint"})
    telemetry.note("checkpoint mailed", checkpoint=name)


def _words(deps: "Container") -> Template:
    return Template((deps.settings.templates / "evidence" / "checkpoint.txt").read_text("utf-8"))


def message_of(sender: str, to: str, name: str, stored: bytes, words: Template) -> bytes:
    """The mail of a day's checkpoint: plain text, the signed statement between two marks. The same for the
    same statement. Raises `NotAStatement`."""
    data, _ = from_stored(stored)
    statement = read_statement(data)
    block = "\n".join([BEGIN, *wrap(b64encode(stored).decode(), _LINE), END])
    subject, _, body = words.substitute(
        name=name,
        installation=statement.installation,
        root=statement.root,
        size=statement.size,
        hash=hash_of(data),
        key=statement.key,
        file=f"{CHECKPOINTS}{name}.json",
        block=block,
    ).partition("\n\n")
    # Imported lazily: they write one mail a day, where the operator wants it.
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject.removeprefix("Subject: ")
    message["Date"] = statement.until
    message["Message-ID"] = f"<checkpoint.{hash_of(data)}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body, cte="7bit")
    return message.as_bytes()
