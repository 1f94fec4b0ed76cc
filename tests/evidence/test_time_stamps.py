"""The checkpoint of each day is stamped by an authority outside, once, and no other stamp is kept."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from cryptography.x509 import Certificate, load_pem_x509_certificates

from complaints.adapters.evidence.time_stamp_client import TimeStampCalls
from complaints.checkpoints.checkpoint_chain import CheckpointReader, Trust, names
from complaints.checkpoints.places import checkpoint_key
from complaints.checkpoints.ports import LARGEST_STAMP, NotStamped
from complaints.checkpoints.signature import key_id
from complaints.checkpoints.stamps.stamped_days import stamp_differences
from complaints.checkpoints.stamps.time_stamp import (
    TOLERANCE,
    read_time_stamp,
    stamp_of,
    time_stamp_request,
)
from functions.desk.audit.proof import Proof, proof_of
from functions.workers import time_stamps
from infrastructure.cli.data.verify import signer_of
from tests.complaints.checkpoints.test_sealing import Installation
from tests.contracts.correspondence.test_webhooks import leading_to
from tests.evidence import stamp_writer as writer
from tests.evidence.authority import DRIPPING, SILENCE, Answer, Authority, Keys, listening
from tests.evidence.basic_encoding import opened
from tests.evidence.verifier import loaded, put

DATA = b'{"statement":"e30"}'
NONCE = (1 << 63) - 1
REFUSED = bytes.fromhex("30053003020102")
"""An answer with the status `rejection`, and no more."""
SHORT, PATIENT = 1.0, 60.0
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def authority(keys: Keys) -> Iterator[Authority]:
    with listening(keys) as authority:
        yield authority


def calls(authority: Authority, within: float = PATIENT) -> TimeStampCalls:
    return TimeStampCalls(authority.url, loopback=True, within=within)


def real_now() -> datetime:
    """openssl stamps with the clock of this machine."""
    return datetime.now(UTC)  # noqa: TID251 - openssl stamps by it


def test_a_stamp_is_of_what_was_asked_and_openssl_verifies_it(authority: Authority) -> None:
    begun = real_now()
    answer = calls(authority).ask(time_stamp_request(DATA, NONCE))
    stamp = stamp_of(answer, DATA, NONCE, begun, real_now())
    assert abs(stamp.at - begun) < TOLERANCE
    assert authority.keys.verifies(answer, DATA)
    assert not authority.keys.verifies(answer, DATA + b" ")


@pytest.mark.parametrize(
    ("data", "nonce", "late", "why"),
    [
        (b"other", NONCE, timedelta(), "another imprint"),
        (DATA, 7, timedelta(), "another nonce"),
        (DATA, NONCE, HOUR, "another time"),
        (DATA, NONCE, -HOUR, "another time"),
    ],
)
def test_any_other_stamp_is_refused(keys: Keys, data: bytes, nonce: int, late: timedelta, why: str) -> None:
    """Of other bytes, as replayed from another day, or of a moment that cannot be."""
    answer, now = keys.reply(time_stamp_request(data, nonce)), real_now() + late
    with pytest.raises(NotStamped, match=why):
        stamp_of(answer, DATA, NONCE, now, now)


def test_what_is_no_stamp_is_refused_whatever_it_is(keys: Keys) -> None:
    answer = keys.reply(time_stamp_request(DATA, NONCE))
    with pytest.raises(NotStamped, match="refused"):
        read_time_stamp(REFUSED)
    for broken in (b"", b"<html></html>", answer[:-1], answer + b"0", bytes.fromhex("30053003020100")):
        with pytest.raises(NotStamped, match="unreadable"):
            read_time_stamp(broken)
    for place in range(0, len(answer), 19):
        changed = answer[:place] + bytes([answer[place] ^ 0x55]) + answer[place + 1 :]
        with suppress(NotStamped):
            read_time_stamp(changed)


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        (Answer(b"<html>", media_type="text/html"), "content type"),
        (Answer(bytes(LARGEST_STAMP + 1)), "too large"),
        (Answer(b"", status=503), "503"),
        (Answer(b"", status=302), "302"),
    ],
)
def test_what_is_answered_otherwise_is_no_stamp(authority: Authority, hostile: Answer, why: str) -> None:
    authority.next = [hostile]
    with pytest.raises(NotStamped, match=why):
        calls(authority).ask(b"q")
    assert len(authority.asked) == 1


def test_an_authority_that_asks_for_a_password_gets_it(authority: Authority) -> None:
    """RFC 7617, with the example of its section 2.1."""
    client = TimeStampCalls(authority.url, loopback=True, within=PATIENT, login=lambda: "test:123\u00a3")
    for each in (client, calls(authority)):
        each.ask(time_stamp_request(DATA, NONCE))
    assert authority.logins == ["Basic dGVzdDoxMjPCow==", None]


@pytest.mark.parametrize("how", [SILENCE, DRIPPING])
def test_an_authority_that_never_ends_is_cut_off(authority: Authority, how: str) -> None:
    authority.next = [how]
    with pytest.raises(NotStamped, match="TimeoutError"):
        calls(authority, SHORT).ask(b"q")


def test_no_authority_is_asked_inside(monkeypatch: pytest.MonkeyPatch, authority: Authority) -> None:
    with pytest.raises(NotStamped, match="address"):
        TimeStampCalls(authority.url).ask(b"q")
    with pytest.raises(NotStamped, match="NotPublic"):
        TimeStampCalls("https://tsa.example/", look_up=leading_to("169.254.169.254")).ask(b"q")
    assert authority.asked == []


# In an installation


class House:
    """What was sealed of an installation in some days, and what its functions are given: its clock is the
    authority's."""

    def __init__(self, authority: Authority, days: int = 1) -> None:
        self.authority, self.installation = authority, Installation()
        self.evidence, self.signer = self.installation.files, self.installation.signer
        self.today = real_now().replace(hour=0, minute=10)
        self.settings = SimpleNamespace(time_stamps=authority.url)
        self.time_stamps = calls(authority)
        for back in reversed(range(days)):
            self.installation.seal(self.today - back * DAY)

    def now(self) -> datetime:
        return real_now()

    def file(self, back: int) -> str:
        """The checkpoint of a day, so many days ago."""
        return checkpoint_key("day", self.today - back * DAY)

    def stamp_of(self, back: int) -> str:
        return self.file(back).replace(".json", ".tsr")

    def stamps(self) -> list[str]:
        return [name for name in self.evidence.files if name.endswith(".tsr")]

    def stamp(self) -> int:
        return time_stamps.stamp_days(cast(Any, self))


@pytest.fixture
def house(authority: Authority) -> House:
    """One of which a day was sealed that is over."""
    return House(authority)


def test_the_checkpoint_of_a_day_is_stamped_once_and_the_stamp_lies_beside_it(
    house: House, authority: Authority
) -> None:
    assert [house.stamp() for _ in range(2)] == [1, 0]
    files = house.evidence.files
    assert authority.keys.verifies(files[house.stamp_of(1)], files[house.file(1)])
    assert len(authority.asked) == 1


def test_without_an_authority_nobody_is_asked(house: House, authority: Authority) -> None:
    house.settings.time_stamps = ""
    assert house.stamp() == 0
    assert authority.asked == []


def test_what_is_not_the_stamp_that_was_asked_for_is_not_kept(house: House, authority: Authority) -> None:
    """The bucket would let nobody replace it. It is asked for again by the next run."""
    authority.next = [
        Answer(authority.keys.reply(time_stamp_request(DATA, NONCE))),
        Answer(stranger(house)),
        Answer(REFUSED),
        Answer(b"<html>", media_type="text/html"),
    ]
    for _ in range(4):
        assert house.stamp() == 0
        assert not house.stamps()
    assert house.stamp() == 1


def test_an_authority_that_was_away_stamps_later_what_it_missed(authority: Authority) -> None:
    house = House(authority, days=12)
    house.evidence.files[house.stamp_of(12)] = b"that of before"
    for back in range(6, 12):
        house.evidence.files[house.file(back)] = b"of somebody else"
    authority.next = [Answer(status=503)]
    assert [house.stamp() for _ in range(4)] == [0, 4, 1, 0]
    assert len(authority.asked) == 6


def test_an_answer_in_ber_is_kept_in_der(house: House, authority: Authority) -> None:
    """openssl verifies it as well: nothing that was signed changed."""

    class InBer(Authority):
        def answer(self, request: bytes) -> Answer:
            self.asked.append(request)
            return Answer(opened(self.keys.reply(request)))

    with listening(authority.keys, InBer) as other:
        house.time_stamps = calls(other)
        assert house.stamp() == 1
    files = house.evidence.files
    assert authority.keys.verifies(files[house.stamp_of(1)], files[house.file(1)])
    assert harms(house) == []


def test_where_none_was_stamped_before_the_last_day_is(authority: Authority) -> None:
    """It names the hash of the one before."""
    house = House(authority, days=2)
    assert house.stamp() == 1
    assert house.stamps() == [house.stamp_of(1)]


def test_a_file_that_is_no_checkpoint_is_not_stamped(house: House, authority: Authority) -> None:
    house.evidence.files[house.file(1)] = b"{}"
    assert house.stamp() == 0
    assert authority.asked == []


# What verifies them


def harms(house: House, *authorities: Certificate) -> list[str]:
    """What `make verify` names."""
    public = house.signer.public_key
    trust = Trust({key_id(public): public})
    with_days = CheckpointReader(house.evidence, trust).read(names(house.evidence, "day"))
    return [each.harm for day in with_days for each in stamp_differences(house.evidence, day, authorities)]


def test_make_verify_and_the_offline_verifier_look_at_stamps(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (house.stamp(), harms(house)) == (1, [])
    assert "is signed by 'CN=Authority' (SHA-256 " in signer_of(
        house.evidence.files[house.stamp_of(1)], is_judged=False
    )
    (root,) = load_pem_x509_certificates(house.authority.keys.root.read_bytes())
    assert harms(house, root) == []
    assert harms(house, writer.ROOT.certificate) == ["stamp-of-stranger"]
    bucket = put(house.evidence.files, tmp_path / "bucket")
    assert loaded().main([str(bucket)]) == 0
    said = capsys.readouterr().out
    line = next(line.split() for line in said.splitlines() if "openssl ts -verify" in line)
    line[-1] = str(house.authority.keys.root)
    done = subprocess.run(line, cwd=bucket, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def another(house: House) -> bytes:
    return house.authority.keys.reply(time_stamp_request(DATA, NONCE))


def cut_off(house: House) -> bytes:
    return house.evidence.files[house.stamp_of(1)][:-1]


def stranger(house: House) -> bytes:
    """Signed by somebody whom nobody trusts, or by nobody at all."""
    of_day = house.evidence.files[house.file(1)]
    return writer.time_stamp(of_day, real_now(), signing=writer.BAD["another key"][0]())


def refused(house: House) -> bytes:
    return REFUSED


def early(house: House) -> bytes:
    """One of a day that is not over, of a checkpoint that its key signed before."""
    house.evidence.files.clear()
    house.installation.notes.last = None
    house.installation.seal(house.today + 3 * DAY)
    house.today += 3 * DAY
    return house.authority.keys.reply(time_stamp_request(house.evidence.files[house.file(1)], NONCE))


@pytest.mark.parametrize(
    ("forge", "harm", "words"),
    [
        (another, "stamp-of-another", "another file"),
        (cut_off, "stamp-unreadable", "in DER"),
        (refused, "stamp-unreadable", "granted"),
        (stranger, "stamp-forged", "the signature is not"),
        (early, "stamp-too-early", "before"),
    ],
)
def test_s116_a_stamp_that_is_none_of_a_checkpoint_is_named(
    house: House,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    forge: Callable[[House], bytes],
    harm: str,
    words: str,
) -> None:
    assert house.stamp() == 1
    forged = forge(house)
    house.evidence.files[house.stamp_of(1)] = forged
    assert harms(house) == [harm]
    assert loaded().main([str(put(house.evidence.files, tmp_path / "bucket"))]) == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert (house.stamp_of(1) in last, words in last) == (True, True)


def test_the_offline_verifier_names_whatever_was_done_to_a_stamp(house: House) -> None:
    """It ends with a word of its own, and never in the middle of a parser."""
    assert house.stamp() == 1
    program, stamp = loaded(), house.evidence.files[house.stamp_of(1)]
    for place in range(0, 300, 3):
        for changed in (stamp[:place], stamp[:place] + b"\x80" + stamp[place + 1 :]):
            with suppress(program.DoesNotFit):
                program.stamp_of(changed, "it")


def test_auditors_see_the_last_stamp_and_that_one_is_missing(authority: Authority) -> None:
    house = House(authority, days=3)
    assert (shown(house).stamp, shown(house).is_unstamped) == (None, True)
    assert house.stamp() == 1
    stamp = shown(house).stamp
    assert stamp
    assert f"checkpoints/{stamp.checkpoint}.json" == house.file(1)
    assert not shown(house).is_unstamped
    house.evidence.files[house.stamp_of(1)] = another(house)
    assert shown(house).stamp is None, "one of another file is none"
    house.settings.time_stamps = ""
    assert not shown(house).is_unstamped


def shown(house: House) -> Proof:
    """What their page and the API say."""
    return proof_of(cast(Any, house))


def test_what_authorities_write_each_in_its_way_is_read() -> None:
    """Parts of a second, an accuracy, an order that is none, a nonce, a name, an extension."""
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    accuracy = writer.der(0x30, writer.der(2, b"\1"), writer.der(0x80, b"\1"))
    name, extension = writer.der(0x86, b"u"), writer.der(0x30, writer.der(6, b"\x2a\3"), writer.der(4))
    rest = (accuracy, writer.der(1, b"\0"), writer.der(2, b"\7"), writer.der(0xA0, name))
    whole = b"".join((*rest, writer.der(0xA1, extension)))
    stamp = writer.time_stamp(DATA, at, part=".25", rest=whole)
    imprint = sha256(DATA).digest()
    found = read_time_stamp(stamp)
    assert (found.at, found.imprint, found.nonce) == (at + timedelta(milliseconds=250), imprint, 7)
    assert loaded().stamp_of(stamp, "it")[:2] == (at, imprint)
