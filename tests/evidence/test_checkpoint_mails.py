"""Each day's checkpoint leaves by mail, once, and the offline verifier compares it with the bucket."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.context.ports import SendingDelayed
from functions.workers import checkpoint_mails
from tests.evidence.sealed_installation import SealedInstallation, sealed
from tests.evidence.verifier import put, said

AUDITOR = "auditor@audit.example"
DAY = timedelta(days=1)


class Kept:
    """A mail service that keeps what it is given, or takes nothing."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []
        self.is_down = False

    def send(self, message: bytes, *, sender: str, to: str, tags: Any) -> str:
        if self.is_down:
            raise SendingDelayed("Throttled")
        self.mails.append((to, message))
        return "m"


def world(house: SealedInstallation) -> Any:
    """What the functions of the installation are given; parts of it are stood in for here."""
    return house.world


@pytest.fixture
def house(table: str, engine_endpoint: str) -> Iterator[SealedInstallation]:
    with sealed(table, engine_endpoint) as house:
        world(house).settings = replace(world(house).settings, checkpoint_mail=AUDITOR)
        world(house).mail_sender = Kept()
        house.installation.clock.moment = datetime.fromisoformat("2026-03-02T23:10:00+00:00")
        yield house


def pass_day(house: SealedInstallation) -> None:
    """The day ends, and is sealed; it is late in the next one then."""
    house.seal()
    house.installation.clock.moment += DAY - timedelta(hours=1)


def sent(house: SealedInstallation) -> list[str]:
    return [message.partition(b"Subject: ")[2].decode()[:24] for _, message in world(house).mail_sender.mails]


def test_each_day_s_statement_is_sent_once(house: SealedInstallation) -> None:
    house.installation.take("k-1")
    pass_day(house)
    for _ in range(2):
        checkpoint_mails.send_days(world(house))
    assert sent(house) == ["Checkpoint of 2026/03/02"]
    assert {to for to, _ in world(house).mail_sender.mails} == {AUDITOR}
    pass_day(house)
    checkpoint_mails.send_days(world(house))
    assert sent(house) == ["Checkpoint of 2026/03/02", "Checkpoint of 2026/03/03"]


def test_without_an_address_nothing_is_sent(house: SealedInstallation) -> None:
    world(house).settings = replace(world(house).settings, checkpoint_mail="")
    pass_day(house)
    assert checkpoint_mails.send_days(world(house)) == 0


def test_what_could_not_be_sent_is_sent_later_and_stops_no_checkpoint(house: SealedInstallation) -> None:
    mails = world(house).mail_sender
    pass_day(house)
    checkpoint_mails.send_days(world(house))
    mails.is_down = True
    pass_day(house)
    assert checkpoint_mails.send_days(world(house)) == 0
    pass_day(house)
    mails.is_down = False
    checkpoint_mails.send_days(world(house))
    assert sent(house) == [f"Checkpoint of 2026/03/0{day}" for day in (2, 3, 4)]


def test_a_file_that_is_no_statement_keeps_no_later_day_from_being_sent(house: SealedInstallation) -> None:
    pass_day(house)
    checkpoint_mails.send_days(world(house))
    pass_day(house)
    house.files.files["checkpoints/2026/03/03.json"] = b"{}"
    checkpoint_mails.send_days(world(house))
    pass_day(house)
    checkpoint_mails.send_days(world(house))
    assert sent(house) == [f"Checkpoint of 2026/03/0{day}" for day in (2, 4)]


def mail_of_a_day(house: SealedInstallation) -> bytes:
    """The mail of the checkpoint of a day with one complaint."""
    house.installation.take("k-1")
    pass_day(house)
    checkpoint_mails.send_days(world(house))
    (_, message), *_ = world(house).mail_sender.mails
    return bytes(message)


def test_the_offline_verifier_compares_a_mail_with_a_copy_of_the_bucket(
    house: SealedInstallation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = mail_of_a_day(house)
    mail, quoted = tmp_path / "mail.eml", tmp_path / "quoted.txt"
    mail.write_bytes(message)
    quoted.write_bytes(b"\n".join(b"> " + line for line in message.splitlines()))
    bucket = put(house.files.files, tmp_path / "bucket")
    capsys.readouterr()
    assert said(capsys, bucket, "--mail", mail, "--mail", quoted)[0] == 0
    day = bucket / "checkpoints/2026/03/02.json"
    whole = day.read_bytes()
    day.unlink()
    code, last = said(capsys, bucket, "--mail", mail)
    assert (code, "checkpoints/2026/03/02.json" in last) == (1, True)
    day.write_bytes(whole)
    mail.write_bytes(message.replace(b"BEGIN CHECKPOINT", b"BEGIN"))
    assert said(capsys, bucket, "--mail", mail)[0] == 2
    mail.write_bytes(message + b" " * (1 << 20))
    assert said(capsys, bucket, "--mail", mail)[0] == 2, "what is not read whole is not called checked"


def test_a_mail_of_another_statement_does_not_fit(
    house: SealedInstallation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who rewrote record, bucket and all, has the key sign another statement of that day."""
    message = mail_of_a_day(house)
    mail = tmp_path / "mail.eml"
    mail.write_bytes(message)
    house.files.files.clear()
    world(house).checkpoint_notes.last_checkpoint = lambda: None
    house.installation.clock.moment -= DAY
    house.installation.take("k-2")
    pass_day(house)
    capsys.readouterr()
    code, last = said(capsys, put(house.files.files, tmp_path / "bucket"), "--mail", mail)
    assert (code, "2026/03/02" in last) == (1, True)
