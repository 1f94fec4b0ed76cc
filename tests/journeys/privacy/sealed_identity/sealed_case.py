"""A complaint in a sealed category, with all that can name who made it, and what an answer tells of that."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import local_run as local_runs
from tests.inbound_mail.hostile_mails import mail
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, settle
from tests.local_run import LocalRun

SEALED = "conduct.unequal_treatment"
WHY = "The prosecutor asks for the witness."
NAMES = {
    "name": "Quuxoglu",
    "address": "zuebeyde.qfourseven",
    "telephone": "5550104799",
    "post": "Wolpertingerweg",
    "order number": "AC-KALEIDOSKOP",
    "joint": "Bartholomaeus",
    "joint address": "bartholo.mq",
    "proposed address": "formerly.qeight",
    "sender": "elsewhere.qnine",
}


@contextmanager
def sealing_run(folder: Path) -> Iterator[LocalRun]:
    """A run of its own in a folder, in which a category is sealed."""
    with local_runs.running(folder / "data") as run:
        Office(run).does("codes", "demo", {"put": [{"list": "categories", "code": SEALED, "sealed": True}]})
        yield run


def answered(complaint: Complaint, sender: str, words: str) -> None:
    raw = mail(
        f"{words}\n\n> Dear Zübeyde {NAMES['name']},\n> we look into it.\n",
        From=f"Zübeyde {NAMES['name']} <{sender}>",
        To=str(complaint.letters()[-1]["headers"]["Reply-To"]),
        Subject="My complaint",
        Message_ID=f"<1@{sender}>",
    )
    assert complaint.run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822").status == 202
    settle(complaint.run)


def told(text: str) -> list[str]:
    """What an answer says of who complains."""
    return [what for what, word in NAMES.items() if word.casefold() in text.casefold()]
