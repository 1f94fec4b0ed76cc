"""Time stamps (RFC 3161): what an authority outside is asked, and what of its answer is checked.

    TimeStampReq   SHA-256 of a file, a nonce, and that the certificate of the authority is wanted
    TimeStampResp  granted, with a token (CMS, RFC 5652) around what the authority signed: TSTInfo

Who signed it is found out (stamp_signature.py); whom to trust is for who audits to say. Answers are DER, as
RFC 3161 (3.4) wants it of answers by HTTP.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated

from cryptography.hazmat import asn1
from cryptography.x509 import ObjectIdentifier
from msgspec import Struct

from complaints.checkpoints.ports import NotStamped
from complaints.checkpoints.stamps.stamp_signature import OneSigner, Signed, signed_by

TOLERANCE = timedelta(minutes=5)
"""How far the clock of an authority may be from ours."""

_SHA256 = ObjectIdentifier("2.16.840.1.101.3.4.2.1")
_SIGNED_DATA = ObjectIdentifier("1.2.840.113549.1.7.2")
_TST_INFO = ObjectIdentifier("1.2.840.113549.1.9.16.1.4")
_VERSION, _SET = 1, b"\x31"
_CERTIFICATE = b"\x30"
"""How one of X.509 begins; others may stand beside it."""
_MOST_CERTIFICATES = 32
_GRANTED = (0, 1)
"""`granted`, and `grantedWithMods`: what was changed of it is compared in any case."""


class TimeStamp(Struct, frozen=True):
    """What an authority signed: that it saw the SHA-256 `imprint` (None of another hash) not later than `at`
    (UTC). `signed` says who that is; nobody judges it."""

    at: datetime
    imprint: bytes | None
    nonce: int | None
    signed: Signed


@asn1.sequence
class _Algorithm:
    oid: ObjectIdentifier
    parameters: asn1.Null | None = None


@asn1.sequence
class _Imprint:
    algorithm: _Algorithm
    digest: bytes


@asn1.sequence
class _Request:
    version: int
    imprint: _Imprint
    policy: ObjectIdentifier | None
    nonce: int | None
    wants_certificate: Annotated[bool, asn1.Default(False)]


@asn1.sequence
class _Status:
    status: int
    text: list[asn1.TLV] | None
    failure: asn1.BitString | None


@asn1.sequence
class _Encapsulated:
    kind: ObjectIdentifier
    content: Annotated[bytes, asn1.Explicit(0)]


@asn1.sequence
class _SignedData:
    # Sets are read as lists: not every authority sorts what is in them.
    version: int
    digests: asn1.TLV
    encapsulated: _Encapsulated
    certificates: Annotated[list[asn1.TLV] | None, asn1.Implicit(0)]
    revoked: Annotated[list[asn1.TLV] | None, asn1.Implicit(1)]
    signers: OneSigner


@asn1.sequence
class _Token:
    kind: ObjectIdentifier
    content: Annotated[_SignedData, asn1.Explicit(0)]


@asn1.sequence
class _Response:
    status: _Status
    token: _Token | None


@asn1.sequence
class _Beginning:
    # What a refusal has besides its status is of no interest.
    status: _Status
    token: list[asn1.TLV] | None


@asn1.sequence
class _Accuracy:
    seconds: int | None
    millis: Annotated[int | None, asn1.Implicit(0)]
    micros: Annotated[int | None, asn1.Implicit(1)]


@asn1.sequence
class _Info:
    version: int
    policy: ObjectIdentifier
    imprint: _Imprint
    serial: int
    at: asn1.GeneralizedTime
    accuracy: _Accuracy | None
    # Not every authority leaves out what is usual.
    ordering: bool | None
    nonce: int | None
    authority: Annotated[list[asn1.TLV] | None, asn1.Implicit(0)]
    extensions: Annotated[list[asn1.TLV] | None, asn1.Implicit(1)]


def time_stamp_request(data: bytes, nonce: int) -> bytes:
    """What an authority is asked for the stamp of some bytes (DER)."""
    imprint = _Imprint(
        algorithm=_Algorithm(oid=_SHA256, parameters=asn1.Null()), digest=sha256(data).digest()
    )
    request = _Request(version=1, imprint=imprint, policy=None, nonce=nonce, wants_certificate=True)
    return asn1.encode_der(request)


def read_time_stamp(answer: bytes) -> TimeStamp:
    """The stamp in an answer (DER), signed by the certificate that it brings. Raises `NotStamped` for a
    refusal and for what is none, `NotSigned` for one that nobody should believe."""
    try:
        if asn1.decode_der(_Beginning, answer).status.status not in _GRANTED:
            raise NotStamped("refused")
        response = asn1.decode_der(_Response, answer)
        token = response.token
        if token is None or token.kind != _SIGNED_DATA:
            raise NotStamped("unreadable")
        signed = token.content
        if signed.encapsulated.kind != _TST_INFO:
            raise NotStamped("unreadable")
        if not signed.certificates:
            raise NotStamped("no certificate")
        content = signed.encapsulated.content
        info = asn1.decode_der(_Info, content)
        brought = [asn1.encode_der(each) for each in signed.certificates]
        is_set = signed.digests.tag_bytes == _SET
        if info.version != _VERSION or len(brought) > _MOST_CERTIFICATES or not is_set:
            raise NotStamped("unreadable")
        at = info.at.as_datetime().astimezone(UTC)
        own = [each for each in brought if each.startswith(_CERTIFICATE)]
        by = signed_by(signed.signers.signer, own, content, at.replace(microsecond=0))
    except ValueError as error:
        raise NotStamped("unreadable") from error
    is_known = info.imprint.algorithm.oid == _SHA256
    return TimeStamp(at, info.imprint.digest if is_known else None, info.nonce, by)


def stamp_of(answer: bytes, data: bytes, nonce: int, earliest: datetime, now: datetime) -> TimeStamp:
    """The stamp of these bytes, which came into being at `earliest`, asked for with this nonce. Raises
    `NotStamped` for any other one: nothing that is kept for years is to be worth nothing."""
    stamp = read_time_stamp(answer)
    if stamp.imprint != sha256(data).digest():
        raise NotStamped("another imprint")
    if stamp.nonce != nonce:
        raise NotStamped("another nonce")
    if not earliest - TOLERANCE <= stamp.at <= now + TOLERANCE:
        raise NotStamped("another time")
    return stamp
