"""Who signed a time stamp (RFC 5652, 5816): which certificate, that it is one for time stamps, and that the
signature is of what is said. Whom to trust is a question of its own (certificate_path.py).

docs/evidence.md states each rule; the offline verifier has them again, in its own words.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import new, sha1
from typing import Annotated

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat import asn1
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.x509 import ObjectIdentifier
from cryptography.x509.oid import ExtendedKeyUsageOID, SignatureAlgorithmOID
from msgspec import Struct

from complaints.checkpoints.ports import NotStamped
from complaints.checkpoints.stamps.basic_encoding import written
from complaints.checkpoints.stamps.certificate_path import (
    is_strong,
    is_understood,
    is_valid,
    may,
    read_certificate,
)

_TST_INFO = ObjectIdentifier("1.2.840.113549.1.9.16.1.4")
_CONTENT_TYPE = ObjectIdentifier("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = ObjectIdentifier("1.2.840.113549.1.9.4")
_CERTIFICATE = ObjectIdentifier("1.2.840.113549.1.9.16.2.12")
_CERTIFICATE_V2 = ObjectIdentifier("1.2.840.113549.1.9.16.2.47")
_MGF1 = ObjectIdentifier("1.2.840.113549.1.1.8")
_RSA = ObjectIdentifier("1.2.840.113549.1.1.1")
"""Says nothing of the hash: it is the digest's."""
_HASHES: dict[ObjectIdentifier, HashAlgorithm] = {
    ObjectIdentifier("2.16.840.1.101.3.4.2.1"): SHA256(),
    ObjectIdentifier("2.16.840.1.101.3.4.2.2"): SHA384(),
    ObjectIdentifier("2.16.840.1.101.3.4.2.3"): SHA512(),
}
_WITH_RSA: dict[ObjectIdentifier, str] = {
    SignatureAlgorithmOID.RSA_WITH_SHA256: "sha256",
    SignatureAlgorithmOID.RSA_WITH_SHA384: "sha384",
    SignatureAlgorithmOID.RSA_WITH_SHA512: "sha512",
}
_WITH_ECDSA: dict[ObjectIdentifier, str] = {
    SignatureAlgorithmOID.ECDSA_WITH_SHA256: "sha256",
    SignatureAlgorithmOID.ECDSA_WITH_SHA384: "sha384",
    SignatureAlgorithmOID.ECDSA_WITH_SHA512: "sha512",
}
_SET = 0x31
_LONGEST_SALT = 64


class NotSigned(NotStamped):
    """A stamp that is not signed as it should be; says why in a word."""


Algorithm = list[asn1.TLV]
"""Its name, and perhaps its parameters."""


@asn1.sequence
class _Mask:
    name: ObjectIdentifier
    by: Algorithm


@asn1.sequence
class _PssParameters:
    hashed: Annotated[Algorithm, asn1.Explicit(0)]
    mask: Annotated[_Mask, asn1.Explicit(1)]
    salt: Annotated[int, asn1.Explicit(2)]


@asn1.sequence
class _IssuerAndNumber:
    issuer: asn1.TLV
    number: int


@asn1.sequence
class _Attribute:
    kind: ObjectIdentifier
    values: asn1.TLV


@asn1.sequence
class SignerInfo:
    """RFC 5652, 5.3, with the signed attributes that RFC 3161 asks for."""

    version: int
    named: _IssuerAndNumber | Annotated[bytes, asn1.Implicit(0)]
    digest: Algorithm
    attributes: Annotated[list[_Attribute], asn1.Implicit(0)]
    algorithm: Algorithm
    signature: bytes
    unsigned: Annotated[list[asn1.TLV] | None, asn1.Implicit(1)]


@asn1.set
class OneSigner:
    """A stamp has no other signature but that of its authority (RFC 3161, 2.4.2)."""

    signer: SignerInfo


@asn1.set
class _OneType:
    value: ObjectIdentifier


@asn1.set
class _OneDigest:
    value: bytes


@asn1.sequence
class _NamedCertificate:
    hashed_by: Algorithm | None
    digest: bytes
    issuer: list[asn1.TLV] | None


@asn1.sequence
class _NamedCertificates:
    certificates: list[_NamedCertificate]
    policies: list[asn1.TLV] | None


@asn1.set
class _OneNaming:
    value: _NamedCertificates


class Signed(Struct, frozen=True):
    """Who signed, and the certificates that came with it, in DER."""

    by: x509.Certificate
    brought: tuple[bytes, ...]


def signed_by(signer: SignerInfo, brought: Sequence[bytes], info: bytes, at: datetime) -> Signed:
    """The certificate that signed the bytes of a TSTInfo, which says `at`. Raises `NotSigned`, and
    `ValueError` for what is not encoded as it should be."""
    hashed = _hash(signer.digest)
    said = {each.kind: each.values for each in signer.attributes}
    if len(said) < len(signer.attributes) or not {_CONTENT_TYPE, _MESSAGE_DIGEST} <= said.keys():
        raise NotSigned("attributes")
    if said[_CONTENT_TYPE].parse(_OneType).value != _TST_INFO:
        raise NotSigned("content type")
    if said[_MESSAGE_DIGEST].parse(_OneDigest).value != new(hashed.name, info).digest():
        raise NotSigned("digest")
    certificate = read_certificate(_named(said, brought))
    if certificate is None:
        raise NotSigned("certificate")
    if not _is_named(certificate, signer):
        raise NotSigned("another certificate")
    # What is signed is in the order of DER (RFC 5652, 5.4). Not every authority sorts what it signs.
    attributes = [asn1.encode_der(each) for each in signer.attributes]
    orders = (sorted(attributes), attributes)
    if not any(_is_signed(certificate, signer, hashed, written(_SET, b"".join(each))) for each in orders):
        raise NotSigned("signature")
    _check(certificate, at)
    return Signed(certificate, tuple(brought))


def _hash(algorithm: Algorithm) -> HashAlgorithm:
    found = _HASHES.get(_name(algorithm))
    if found is None or not _is_plain(algorithm):
        raise NotSigned("hash")
    return found


def _name(algorithm: Algorithm) -> ObjectIdentifier:
    """Raises `ValueError` where it has none."""
    if not 1 <= len(algorithm) <= 2:
        raise ValueError("no algorithm")
    name: ObjectIdentifier = algorithm[0].parse(ObjectIdentifier)
    return name


def _is_plain(algorithm: Algorithm) -> bool:
    """Whether it has no parameters, or says that it has none."""
    null = asn1.encode_der(asn1.Null())
    return all(asn1.encode_der(each) == null for each in algorithm[1:])


def _named(said: dict[ObjectIdentifier, asn1.TLV], brought: Sequence[bytes]) -> bytes:
    """The certificate that the signed attributes name by its hash, in one way or in both: without that,
    another one of the same key could take its place (RFC 5816)."""
    found: set[bytes] = set()
    for kind in said.keys() & {_CERTIFICATE, _CERTIFICATE_V2}:
        certificates = said[kind].parse(_OneNaming).value.certificates
        if not certificates or (kind == _CERTIFICATE and certificates[0].hashed_by):
            raise NotSigned("certificate")
        first = certificates[0]
        found.add(next((each for each in brought if _digest(kind, first, each) == first.digest), b""))
    if len(found) != 1 or b"" in found:
        raise NotSigned("certificate")
    return found.pop()


def _digest(kind: ObjectIdentifier, named: _NamedCertificate, certificate: bytes) -> bytes:
    if kind == _CERTIFICATE:
        return sha1(certificate, usedforsecurity=False).digest()
    return new(_hash(named.hashed_by).name if named.hashed_by else "sha256", certificate).digest()


def _is_named(certificate: x509.Certificate, signer: SignerInfo) -> bool:
    named = signer.named
    if isinstance(named, bytes):
        key = may(certificate, x509.SubjectKeyIdentifier)
        return key is not None and key.value.digest == named
    issuer = asn1.encode_der(named.issuer)
    return (certificate.serial_number, certificate.issuer.public_bytes()) == (named.number, issuer)


def _is_signed(certificate: x509.Certificate, signer: SignerInfo, hashed: HashAlgorithm, data: bytes) -> bool:
    key, algorithm = certificate.public_key(), signer.algorithm
    if not is_strong(key):
        return False
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            if not _is_plain(algorithm) or _WITH_ECDSA.get(_name(algorithm)) != hashed.name:
                return False
            key.verify(signer.signature, data, ec.ECDSA(hashed))
        elif isinstance(key, rsa.RSAPublicKey):
            how = _padding(algorithm, hashed)
            if how is None:
                return False
            key.verify(signer.signature, data, how, hashed)
    except InvalidSignature:
        return False
    return True


def _padding(algorithm: Algorithm, hashed: HashAlgorithm) -> padding.AsymmetricPadding | None:
    name = _name(algorithm)
    if name == SignatureAlgorithmOID.RSASSA_PSS and len(algorithm) > 1:
        said = algorithm[1].parse(_PssParameters)
        is_one_hash = _hash(said.hashed) == hashed and _hash(said.mask.by) == hashed
        if said.mask.name == _MGF1 and is_one_hash and 0 <= said.salt <= _LONGEST_SALT:
            return padding.PSS(padding.MGF1(hashed), said.salt)
        return None
    is_known = name == _RSA or _WITH_RSA.get(name) == hashed.name
    return padding.PKCS1v15() if is_known and _is_plain(algorithm) else None


def _check(certificate: x509.Certificate, at: datetime) -> None:
    """A certificate for time stamps alone, which says so as critical (RFC 3161, 2.3)."""
    purposes, usage = may(certificate, x509.ExtendedKeyUsage), may(certificate, x509.KeyUsage)
    if not purposes or not purposes.critical or list(purposes.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise NotSigned("purpose")
    if usage and not (usage.value.digital_signature or usage.value.content_commitment):
        raise NotSigned("purpose")
    if not is_understood(certificate) or not is_valid(certificate, at):
        raise NotSigned("not valid")
