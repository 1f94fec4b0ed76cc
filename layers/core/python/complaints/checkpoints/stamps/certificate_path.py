"""The way from the certificate that signed a time stamp to one that an auditor trusts (RFC 5280), at the time
that is stamped: nobody is asked whether a certificate was revoked."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

_UNREADABLE = (
    ValueError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
_KNOWN = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage, x509.CertificatePolicies)
_HASHES = ("sha256", "sha384", "sha512")
_CURVES = ("secp256r1", "secp384r1")
_SHORTEST, _LONGEST = 2048, 8192
"""Bits of a key of RSA."""
_MOST_STEPS = 8
_FOR_STAMPS = (ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE)

Kind = TypeVar("Kind", bound=x509.ExtensionType)


def read_certificate(certificate: bytes) -> x509.Certificate | None:
    """One of X.509, in DER, if it can be read."""
    try:
        made = x509.load_der_x509_certificate(certificate)
        # What is read only when it is asked for is read now.
        made.public_key(), made.extensions
    except _UNREADABLE:
        return None
    return made


def may(certificate: x509.Certificate, kind: type[Kind]) -> x509.Extension[Kind] | None:
    """An extension, if it has it."""
    try:
        return certificate.extensions.get_extension_for_class(kind)
    except x509.ExtensionNotFound:
        return None


def is_valid(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def is_understood(certificate: x509.Certificate) -> bool:
    """Whether it has no critical extension that is not heeded here."""
    return all(isinstance(each.value, _KNOWN) for each in certificate.extensions if each.critical)


def is_strong(key: Any) -> bool:
    """Whether a public key is one of RSA of a usual size, or of a usual curve."""
    if isinstance(key, rsa.RSAPublicKey):
        return _SHORTEST <= key.key_size <= _LONGEST
    return isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES


def trusted_by(
    signer: x509.Certificate, brought: Iterable[bytes], authorities: Sequence[x509.Certificate], at: datetime
) -> x509.Certificate | None:
    """The certificate of `authorities` to which a signer leads, by those that the stamp brings, if it does.
    The shortest way counts: it has the fewest authorities below each other."""
    if signer in authorities:
        return signer
    left = [found for each in brought if (found := read_certificate(each)) is not None]
    reached = [signer]
    for below in range(_MOST_STEPS):
        for child in reached:
            for authority in authorities:
                if _has_issued(authority, child, below, at, is_trusted=True):
                    return authority
        reached = [
            each
            for each in left
            if any(_has_issued(each, child, below, at, is_trusted=False) for child in reached)
        ]
        left = [each for each in left if each not in reached]
    return None


def _has_issued(
    issuer: x509.Certificate, child: x509.Certificate, below: int, at: datetime, *, is_trusted: bool
) -> bool:
    """Whether an authority issued a certificate, and may, with so many authorities below it."""
    if not _may_issue(issuer, below, is_trusted=is_trusted):
        return False
    if not is_valid(issuer, at) or not is_understood(issuer) or not is_strong(issuer.public_key()):
        return False
    try:
        hashed = child.signature_hash_algorithm
        child.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return hashed is not None and hashed.name in _HASHES


def _may_issue(issuer: x509.Certificate, below: int, *, is_trusted: bool) -> bool:
    limits, usage = may(issuer, x509.BasicConstraints), may(issuer, x509.KeyUsage)
    purposes = may(issuer, x509.ExtendedKeyUsage)
    if limits is None:
        is_authority = is_trusted
    else:
        longest = limits.value.path_length
        is_authority = limits.value.ca and (longest is None or longest >= below)
    signs = usage is None or usage.value.key_cert_sign
    return (
        is_authority and signs and (purposes is None or any(each in purposes.value for each in _FOR_STAMPS))
    )
