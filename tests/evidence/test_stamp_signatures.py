"""The offline verifier: who signed a time stamp, and to whom that leads."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.evidence import pack_writer as writer
from tests.evidence import stamp_writer as stamps
from tests.evidence.authority import Keys
from tests.evidence.pack_writer import SEALS, Files, sealed_pack
from tests.evidence.stamp_writer import BAD, GOOD, HARMED, ROOT, WAYS, Signing
from tests.evidence.verifier import put, verifier

AT = writer.BEGIN.replace(hour=0) + 24 * writer.HOUR


@cache
def whole() -> Files:
    return writer.pack()


def pack_with(stamp: bytes) -> Files:
    """The pack with another time stamp, its hashes signed anew."""
    files = {name: data for name, data in whole().items() if name not in SEALS}
    return sealed_pack(files | {writer.STAMP: stamp})


def stamped(signing: Signing) -> Files:
    return pack_with(stamps.time_stamp(whole()[writer.DAY], AT, signing=signing))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The root that an auditor trusts."""
    path = tmp_path / "root.pem"
    path.write_bytes(ROOT.pem)
    return path


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str]]]:
    """The exit code, and all lines."""

    def run(files: Files, *arguments: object) -> tuple[int, list[str]]:
        code = verifier.main([str(put(files, tmp_path / "pack")), *map(str, arguments)])
        return code, capsys.readouterr().out.splitlines()

    return run


Said = Callable[..., tuple[int, list[str]]]


def test_who_signed_is_named_and_judged_by_the_authority_that_the_auditor_names(
    said: Said, root: Path
) -> None:
    own, whose = (writer.sha256(each.der) for each in (stamps.STAMPER, ROOT))
    code, lines = said(whole())
    signer = f"time stamps: signed by CN=Stamps (SHA-256 of the certificate {own})"
    assert (code, lines[-1]) == (0, "EVERYTHING FITS.")
    assert f"{signer}, NOT JUDGED: name who is to be trusted by --authority FILE.pem" in lines
    code, lines = said(whole(), "--authority", root)
    assert f"{signer}, which leads to CN=Root (SHA-256 of the certificate {whose}), which you named" in lines
    assert code == 0


@pytest.mark.parametrize("how", GOOD)
def test_how_authorities_sign_is_verified(said: Said, root: Path, how: str) -> None:
    code, lines = said(stamped(GOOD[how]()), "--authority", root)
    assert (code, lines[-1]) == (0, "EVERYTHING FITS.")


@pytest.mark.parametrize("how", BAD)
def test_s116_a_stamp_that_is_not_signed_as_it_should_be_is_named(said: Said, how: str) -> None:
    """Whoever is trusted."""
    make, words = BAD[how]
    code, lines = said(stamped(make()))
    assert (code, words in lines[-1], writer.STAMP in lines[-1]) == (1, True, True), lines[-1]


@pytest.mark.parametrize("how", HARMED)
def test_s116_a_stamp_that_is_not_in_der_is_named(said: Said, how: str) -> None:
    code, lines = said(pack_with(HARMED[how](whole()[writer.STAMP])))
    assert (code, writer.STAMP in lines[-1]) == (1, True), lines[-1]


@pytest.mark.parametrize("way", WAYS)
def test_s116_a_stamp_leads_to_the_authority_or_does_not_fit(said: Said, root: Path, way: str) -> None:
    make, leads = WAYS[way]
    files = stamped(make())
    assert said(files)[0] == 0, "nobody judges it"
    code, lines = said(files, "--authority", root)
    assert code == (0 if leads else 1), lines[-1]
    assert leads or "does not lead to the authority that you named" in lines[-1]


def test_an_auditor_may_name_the_very_certificate_that_signed(said: Said, tmp_path: Path) -> None:
    path = tmp_path / "stamps.pem"
    for content in (stamps.OTHER_ROOT.pem + stamps.STAMPER.pem, stamps.STAMPER.der):
        path.write_bytes(content)
        assert said(whole(), "--authority", path)[0] == 0


def test_an_authority_that_cannot_be_read_or_judges_nothing_is_told_of(
    said: Said, tmp_path: Path, root: Path
) -> None:
    without = {name: data for name, data in whole().items() if name not in (*SEALS, writer.STAMP)}
    code, lines = said(sealed_pack(without), "--authority", root)
    assert code == 0
    assert "NOTE: there is no time stamp in it, so nothing leads to the authority that you named" in lines
    path = tmp_path / "none.pem"
    path.write_bytes(b"no certificate")
    assert said(whole(), "--authority", path)[0] == 2


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_what_openssl_answers_is_verified(
    said: Said, keys: Keys, rsa_keys: Keys, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """It stamps with the clock of this machine."""
    for name in ("TOLERANCE", "STAMP_LATE"):
        monkeypatch.setattr(verifier, name, verifier.timedelta(days=100_000))
    authority, other = (keys, rsa_keys) if kind == "ec" else (rsa_keys, keys)
    of_day = whole()[writer.DAY]
    files = pack_with(authority.reply(verifier_request(of_day)))
    assert said(files, "--authority", authority.root)[0] == 0
    code, lines = said(files, "--authority", other.root)
    assert (code, "does not lead to the authority that you named" in lines[-1]) == (1, True)


def verifier_request(data: bytes) -> bytes:
    imprint = stamps.der(
        stamps.SEQUENCE,
        stamps.algorithm("sha256", stamps.der(stamps.NULL)),
        stamps.der(stamps.OCTETS, bytes.fromhex(writer.sha256(data))),
    )
    wanted = stamps.der(1, b"\xff")
    return stamps.der(stamps.SEQUENCE, stamps.der(stamps.INTEGER, b"\1"), imprint, wanted)
