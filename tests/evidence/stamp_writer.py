"""Time stamps as an authority gives them, written from docs/evidence.md, RFC 3161 and RFC 5652 by code of its
own: right ones of several kinds, and such as nobody should believe."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

INTEGER, OCTETS, NULL, OID, TIME, SEQUENCE, EXPLICIT, SET = 2, 4, 5, 6, 0x18, 0x30, 0xA0, 0x31
HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
NAMES = {
    "sha1": "2b0e03021a",
    "sha256": "608648016503040201",
    "sha384": "608648016503040202",
    "sha512": "608648016503040203",
    "tst": "2a864886f70d0109100104",
    "data": "2a864886f70d010701",
    "signed": "2a864886f70d010702",
    "content type": "2a864886f70d010903",
    "digest": "2a864886f70d010904",
    "signing time": "2a864886f70d010905",
    "certificate": "2a864886f70d010910020c",
    "certificate 2": "2a864886f70d010910022f",
    "rsa": "2a864886f70d010101",
    "pss": "2a864886f70d01010a",
    "mgf1": "2a864886f70d010108",
    "ecdsa sha1": "2a8648ce3d0401",
    "ecdsa sha256": "2a8648ce3d040302",
    "ecdsa sha384": "2a8648ce3d040303",
    "ecdsa sha512": "2a8648ce3d040304",
}
"""Object identifiers, in DER without tag and length."""
FROM, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
SALT = 32

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def der(tag: int, *contents: bytes) -> bytes:
    """A value in DER."""
    content = b"".join(contents)
    size = len(content)
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return (
        bytes([tag, size]) + content if size < 0x80 else bytes([tag, 0x80 + len(digits)]) + digits + content
    )


def named(name: str) -> bytes:
    return der(OID, bytes.fromhex(NAMES[name]))


def algorithm(name: str, *parameters: bytes) -> bytes:
    return der(SEQUENCE, named(name), *parameters)


class Certified(NamedTuple):
    """A key and its certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


@cache
def ec_key(number: int, curve: type[ec.EllipticCurve] = ec.SECP256R1) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(number, curve())


@cache
def rsa_key(number: int = 1) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def key_usage(*names: str) -> x509.KeyUsage:
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{each: each in names for each in every})


def certified(
    subject: str,
    key: Key,
    issuer: Certified | None,
    *extensions: tuple[x509.ExtensionType, bool],
    since: datetime = FROM,
    until: datetime = UNTIL,
) -> Certified:
    """A certificate with these extensions, each with whether it is critical; without an issuer its own."""
    own = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, subject)])
    made = (
        x509.CertificateBuilder().subject_name(own).public_key(key.public_key()).serial_number(len(subject))
    )
    made = made.issuer_name(issuer.certificate.subject if issuer else own)
    made = made.not_valid_before(since).not_valid_after(until)
    for extension, is_critical in extensions:
        made = made.add_extension(extension, is_critical)
    return Certified(key, made.sign(issuer.key if issuer else key, hashes.SHA256()))


CA = (x509.BasicConstraints(ca=True, path_length=None), True)
FOR_STAMPS = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
ROOT = certified("Root", ec_key(1), None, CA)
OTHER_ROOT = certified("Root", ec_key(2), None, CA)
"""Of the same name, with another key."""
STAMPER = certified("Stamps", ec_key(3), ROOT, FOR_STAMPS)

Attributes = dict[str, list[bytes]]
"""The values of each signed attribute, by its type."""


class Signing(NamedTuple):
    """How a stamp is signed. `says` changes the attributes before they are signed, `shows` what is shown of
    them; `names` says which attributes name the certificate, and by which hash."""

    by: Certified = STAMPER
    key: Key | None = None
    brings: Sequence[bytes] = ()
    hashed: str = "sha256"
    how: bytes = b""
    names: tuple[tuple[str, str], ...] = (("certificate 2", ""),)
    named_by_key: bool = False
    says: Callable[[Attributes], Attributes] = lambda said: said
    is_sorted: bool = True
    shows: Callable[[list[bytes]], list[bytes]] = lambda shown: shown
    times: int = 1
    kind: str = "signed"
    content: str = "tst"
    serial: int | None = None


def time_stamp(
    data: bytes,
    at: datetime,
    status: int = 0,
    part: str = "",
    rest: bytes = b"",
    signing: Signing = Signing(),  # noqa: B008  # it is frozen
) -> bytes:
    """An answer of an authority (RFC 3161). `part` is of a second, `rest` what may follow in what it says."""
    imprint = der(SEQUENCE, algorithm("sha256", der(NULL)), der(OCTETS, hashlib.sha256(data).digest()))
    when = der(TIME, f"{at:%Y%m%d%H%M%S}{part}Z".encode())
    policy = der(OID, b"\x2a\3")
    info = der(SEQUENCE, der(INTEGER, b"\1"), policy, imprint, der(INTEGER, b"\7"), when, rest)
    signer = _signer_info(info, signing)
    brought = der(EXPLICIT, *(signing.brings or (signing.by.der,)))
    inside = der(SEQUENCE, named(signing.content), der(EXPLICIT, der(OCTETS, info)))
    signers = der(SET, *([signer] * signing.times))
    digests = der(SET, algorithm(signing.hashed))
    content = der(SEQUENCE, der(INTEGER, b"\3"), digests, inside, brought, signers)
    token = der(SEQUENCE, named(signing.kind), der(EXPLICIT, content))
    return der(SEQUENCE, der(SEQUENCE, der(INTEGER, bytes([status]))), token)


def _signer_info(info: bytes, signing: Signing) -> bytes:
    attributes = [
        der(SEQUENCE, named(name), der(SET, *values))
        for name, values in signing.says(_attributes(info, signing)).items()
    ]
    attributes = sorted(attributes) if signing.is_sorted else attributes
    signature = _signature(der(SET, *attributes), signing)
    shown = der(EXPLICIT, *signing.shows(attributes))
    who = _who(signing)
    digest = algorithm(signing.hashed, der(NULL))
    return der(SEQUENCE, der(INTEGER, b"\1"), who, digest, shown, _how(signing), der(OCTETS, signature))


def _attributes(info: bytes, signing: Signing) -> Attributes:
    said = {
        "content type": [named("tst")],
        "digest": [der(OCTETS, hashlib.new(signing.hashed, info).digest())],
        "signing time": [der(0x17, b"261102000000Z")],
    }
    for attribute, hashed in signing.names:
        is_first = attribute == "certificate"
        digest = hashlib.new("sha1" if is_first else hashed or "sha256", signing.by.der).digest()
        of = der(SEQUENCE, algorithm(hashed) if hashed else b"", der(OCTETS, digest))
        said[attribute] = [der(SEQUENCE, der(SEQUENCE, of))]
    return said


def _who(signing: Signing) -> bytes:
    certificate = signing.by.certificate
    if signing.named_by_key:
        key = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
        return der(0x80, key.value.digest)
    serial = certificate.serial_number if signing.serial is None else signing.serial
    return der(SEQUENCE, certificate.issuer.public_bytes(), der(INTEGER, bytes([serial])))


def _how(signing: Signing) -> bytes:
    if signing.how:
        return signing.how
    is_ec = isinstance(signing.by.key, ec.EllipticCurvePrivateKey)
    return algorithm(f"ecdsa {signing.hashed}") if is_ec else algorithm("rsa", der(NULL))


def pss(hashed: str, salt: int = SALT, masked: str = "") -> bytes:
    """RSA with PSS (RFC 4055, 3.1)."""
    by = algorithm(hashed, der(NULL))
    mask = algorithm("mgf1", algorithm(masked or hashed, der(NULL)))
    parameters = (der(0xA0, by), der(0xA1, mask), der(0xA2, der(INTEGER, bytes([salt]))))
    return algorithm("pss", der(SEQUENCE, *parameters))


def _signature(data: bytes, signing: Signing) -> bytes:
    key, hashed = signing.key or signing.by.key, HASHES.get(signing.hashed, hashes.SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(hashed))
    is_pss = bytes.fromhex(NAMES["pss"]) in signing.how
    return key.sign(data, padding.PSS(padding.MGF1(hashed), SALT) if is_pss else padding.PKCS1v15(), hashed)


def without(name: str) -> Callable[[Attributes], Attributes]:
    return lambda said: {each: values for each, values in said.items() if each != name}


def saying(**values: Any) -> Callable[[Attributes], Attributes]:
    return lambda said: said | {name.replace("_", " "): value for name, value in values.items()}


def stamper(*extensions: tuple[x509.ExtensionType, bool], **others: Any) -> Signing:
    """Signed by a certificate of the root with these extensions."""
    return Signing(by=certified("Stamps", ec_key(3), ROOT, *extensions, **others))


def by_rsa() -> Certified:
    return certified("Stamps", rsa_key(), ROOT, FOR_STAMPS)


def by_curve(curve: type[ec.EllipticCurve]) -> Certified:
    return certified("Stamps", ec_key(3, curve), ROOT, FOR_STAMPS)


def with_key_id() -> Certified:
    key = x509.SubjectKeyIdentifier.from_public_key(ec_key(3).public_key())
    return certified("Stamps", ec_key(3), ROOT, FOR_STAMPS, (key, False))


GOOD: dict[str, Callable[[], Signing]] = {
    "P-256 with SHA-256": Signing,
    "P-256 with SHA-512": lambda: Signing(hashed="sha512"),
    "P-384 with SHA-384": lambda: Signing(by=by_curve(ec.SECP384R1), hashed="sha384"),
    "RSA with PKCS #1, version 1.5": lambda: Signing(by=by_rsa()),
    "RSA with PSS": lambda: Signing(by=by_rsa(), hashed="sha512", how=pss("sha512")),
    "named by the id of its key": lambda: Signing(by=with_key_id(), named_by_key=True),
    "its certificate named by SHA-1 (ESSCertID)": lambda: Signing(names=(("certificate", ""),)),
    "its certificate named by SHA-512": lambda: Signing(names=(("certificate 2", "sha512"),)),
    "its certificate named in both ways": lambda: Signing(
        names=(("certificate", ""), ("certificate 2", "sha256"))
    ),
    "attributes that are not sorted": lambda: Signing(
        is_sorted=False, says=lambda said: dict(reversed(said.items()))
    ),
    "attributes that are sorted later": lambda: Signing(shows=lambda shown: list(reversed(shown))),
    "more certificates than its own": lambda: Signing(brings=(ROOT.der, STAMPER.der)),
}
"""How authorities sign. All lead to the root."""

_A_TIME = der(SEQUENCE, named("signing time"), der(SET, der(0x17, b"261102000000Z")))

OTHER = certified("Stamps", ec_key(4), ROOT, FOR_STAMPS)
"""Of the same name and number, with another key."""

BAD: dict[str, tuple[Callable[[], Signing], str]] = {
    "no signed data": (lambda: Signing(kind="data"), "no time stamp"),
    "signed data that is no time stamp": (lambda: Signing(content="data"), "no time stamp"),
    "nobody signed it": (lambda: Signing(times=0), "0 signed"),
    "two signed it": (lambda: Signing(times=2), "2 signed"),
    "a weak hash": (lambda: Signing(hashed="sha1", how=algorithm("ecdsa sha256")), "a hash that is not"),
    "a weak hash of the signature": (lambda: Signing(how=algorithm("ecdsa sha1")), "an algorithm"),
    "another hash of the signature": (lambda: Signing(how=algorithm("ecdsa sha384")), "an algorithm"),
    "another hash of the mask": (
        lambda: Signing(by=by_rsa(), how=pss("sha256", masked="sha512")),
        "an algorithm",
    ),
    "another salt": (lambda: Signing(by=by_rsa(), how=pss("sha256", salt=20)), "the signature is not"),
    "RSA, and the key is of a curve": (lambda: Signing(how=algorithm("rsa")), "the signature is not"),
    "a curve that nobody uses": (lambda: Signing(by=by_curve(ec.SECP256K1)), "the signature is not"),
    "another key": (lambda: Signing(key=ec_key(4)), "the signature is not"),
    "other attributes than were signed": (
        lambda: Signing(says=without("signing time"), shows=lambda shown: [*shown, _A_TIME]),
        "the signature is not",
    ),
    "fewer attributes than were signed": (
        lambda: Signing(shows=lambda shown: [each for each in shown if each != _A_TIME]),
        "the signature is not",
    ),
    "an attribute twice": (lambda: Signing(shows=lambda shown: [*shown, shown[0]]), "twice"),
    "an attribute with two values": (
        lambda: Signing(says=saying(digest=[der(OCTETS, b"0" * 32), der(OCTETS, b"1" * 32)])),
        "another time was signed",
    ),
    "the digest of something else": (
        lambda: Signing(says=saying(digest=[der(OCTETS, b"0" * 32)])),
        "another time was signed",
    ),
    "no digest": (lambda: Signing(says=without("digest")), "another time was signed"),
    "another type of content": (
        lambda: Signing(says=saying(content_type=[named("data")])),
        "something else than a time stamp",
    ),
    "no type of content": (lambda: Signing(says=without("content type")), "something else than a time stamp"),
    "no name of a certificate": (lambda: Signing(names=()), "the certificate that signed it"),
    "its certificate named by a weak hash": (
        lambda: Signing(names=(("certificate 2", "sha1"),)),
        "a hash that is not",
    ),
    "its certificate is not there": (lambda: Signing(brings=(ROOT.der,)), "the certificate that signed it"),
    "another certificate of its name and number": (
        lambda: Signing(brings=(OTHER.der,)),
        "the certificate that signed it",
    ),
    "a certificate that is no certificate": (
        lambda: Signing(by=_Broken(STAMPER.key, STAMPER.certificate)),
        "a certificate that cannot be read",
    ),
    "another number than that of its certificate": (lambda: Signing(serial=9), "another certificate"),
    "for no purpose": (lambda: stamper(), "not for time stamps alone"),
    "for another purpose": (
        lambda: stamper((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), True)),
        "not for time stamps alone",
    ),
    "for another purpose, too": (
        lambda: stamper(
            (
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING]),
                True,
            )
        ),
        "not for time stamps alone",
    ),
    "for time stamps, and not as critical": (
        lambda: stamper((FOR_STAMPS[0], False)),
        "not for time stamps alone",
    ),
    "for no signatures": (
        lambda: stamper(FOR_STAMPS, (key_usage("key_encipherment"), True)),
        "not for signatures",
    ),
    "a critical extension that nobody knows": (
        lambda: stamper(
            FOR_STAMPS, (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0"), True)
        ),
        "was not valid",
    ),
    "by a certificate that is over": (
        lambda: stamper(FOR_STAMPS, until=FROM + timedelta(days=1)),
        "was not valid",
    ),
    "by a certificate of later": (
        lambda: stamper(FOR_STAMPS, since=UNTIL - timedelta(days=1)),
        "was not valid",
    ),
}
"""How a stamp is signed that nobody should believe, and what is said of it."""


class _Broken(Certified):
    @property
    def der(self) -> bytes:
        return der(SEQUENCE, self.certificate.public_bytes(Encoding.DER)[8:])


def indefinite(answer: bytes) -> bytes:
    """In BER: the outermost value has no length, and an end."""
    return b"\x30\x80" + answer[4:] + b"\0\0"


HARMED: dict[str, Callable[[bytes], bytes]] = {
    "a length that is not said": indefinite,
    "a huge length": lambda answer: b"\x30\x84\xff\xff\xff\xff" + answer[4:],
    "a length of many digits": lambda answer: b"\x30\xff" + b"\xff" * 127 + answer[4:],
    "a length that is longer than it must be": lambda answer: b"\x30\x83\0" + answer[2:],
    "a tag of several bytes": lambda answer: b"\x3f" + answer[1:],
    "something behind it": lambda answer: answer + b"\5\0",
    "half of it": lambda answer: answer[: len(answer) // 2],
    "nothing": lambda answer: b"",
}
"""What is done to the bytes of a stamp."""


def authority(subject: str, number: int, issuer: Certified, *others: Any, **more: Any) -> Certified:
    """An authority between the root and who stamps."""
    limits = () if others and isinstance(others[0][0], x509.BasicConstraints) else (CA,)
    return certified(subject, ec_key(number), issuer, *limits, *others, **more)


def led(*way: Certified, leaf: Certified | None = None) -> Signing:
    """Signed by a certificate that the last of some authorities issued; it brings them all."""
    by = leaf or certified("Stamps", ec_key(3), way[-1], FOR_STAMPS)
    return Signing(by=by, brings=(*(each.der for each in way), by.der))


def _between(*others: Any, **more: Any) -> Certified:
    return authority("Between", 5, ROOT, *others, **more)


def _limited(length: int | None, ca: bool = True) -> tuple[x509.ExtensionType, bool]:
    return x509.BasicConstraints(ca=ca, path_length=length), True


WAYS: dict[str, tuple[Callable[[], Signing], bool]] = {
    "by the root itself": (Signing, True),
    "by an authority between": (lambda: led(_between()), True),
    "by two between": (lambda: led(_between(), authority("Below", 6, _between())), True),
    "by one between that may have none below": (lambda: led(_between(_limited(0))), True),
    "by one between that is for time stamps": (lambda: led(_between((FOR_STAMPS[0], False))), True),
    "by two between, and the first may have none below": (
        lambda: led(_between(_limited(0)), authority("Below", 6, _between(_limited(0)))),
        False,
    ),
    "by one that is no authority": (lambda: led(_between(_limited(None, ca=False))), False),
    "by one that does not say that it is": (lambda: led(certified("Between", ec_key(5), ROOT)), False),
    "by one that may not sign certificates": (
        lambda: led(_between((key_usage("digital_signature"), True))),
        False,
    ),
    "by one for other things": (
        lambda: led(_between((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False))),
        False,
    ),
    "by one that is over": (lambda: led(_between(until=FROM + timedelta(days=1))), False),
    "by one with a critical extension that nobody knows": (
        lambda: led(_between((x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0"), True))),
        False,
    ),
    "by one that another root issued": (lambda: led(authority("Between", 5, OTHER_ROOT)), False),
    "by one that it does not bring": (lambda: led(_between())._replace(brings=()), False),
    "by another root of the same name": (
        lambda: Signing(by=certified("Stamps", ec_key(3), OTHER_ROOT, FOR_STAMPS)),
        False,
    ),
    "by nobody but itself": (lambda: Signing(by=certified("Stamps", ec_key(3), None, FOR_STAMPS, CA)), False),
}
"""Who signed, and whether that leads to the root."""
