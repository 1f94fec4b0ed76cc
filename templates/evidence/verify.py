#!/usr/bin/env python3
"""Verifies an evidence pack, or a copy of an evidence bucket with one of the table, offline.

    python3 verify.py PACK.zip                 a pack as it was downloaded
    python3 verify.py FOLDER                   a pack that was unpacked, or a copy of the bucket
    python3 verify.py BUCKET --table FOLDER    the bucket, and a copy of the whole table: finds most
    python3 verify.py BUCKET --chains FOLDER   the bucket, and chains that were exported

    --files FOLDER      with --table: a copy of the bucket of files, which are compared with the entries

    --mail FILE         a checkpoint that came by mail, saved as a file, to be compared with what is verified
    --key HASH          the SHA-256 of a public key (DER) that you know from elsewhere, or the id of the key,
                        which is its first 32 digits
    --authority FILE    certificates (PEM) that an authority of time stamps publishes, and that you trust: all
                        stamps must lead to one of them; without it, who signed them is named and not judged

Each may be given several times. Needs Python 3.9 or later, and `cryptography` for signatures (42 or later for
time stamps). Without it all hashes are checked, and no signature. It opens no network connection and writes
no file. It names the first thing that does not fit.

    exit code 0    everything fits
              1    something does not fit; the last line names it
              2    this is no pack and no copy of a bucket, or it is larger than can be checked
              3    all hashes fit; signatures were not checked, because `cryptography` is missing
              4    nothing of the pack is sealed yet: it fits, and proves nothing

What is checked, and how to write this program anew, stands in docs/evidence.md of the project.
"""

from __future__ import annotations

import argparse
import binascii
import csv
import gzip
import hashlib
import hmac
import json
import os
import re
import struct
import sys
import zipfile
import zlib
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from html import unescape
from io import StringIO
from typing import IO, Any, NamedTuple, Optional

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
    from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
    from cryptography.x509.oid import ExtendedKeyUsageOID

    HAS_CRYPTOGRAPHY = True
except ImportError:
    HAS_CRYPTOGRAPHY = False

MOST_FILES = 500_000
MOST_BYTES = 64 << 30
"""Of all files together, unpacked."""
MOST_DOCUMENT = 32 << 20
"""Of one JSON document, and of the list of hashes."""
MOST_LINE = 4 << 20
MOST_MAIL = 1 << 20
MOST_STAMP = 1 << 16
MOST_CERTIFICATES = 32
"""In one time stamp."""
MOST_STEPS = 8
"""From the certificate that signed a time stamp to one that the reader trusts."""
TOLERANCE, STAMP_LATE = timedelta(minutes=5), timedelta(days=2)
AN_AGE = timedelta(hours=2)
"""What is older is sealed: it takes 65 minutes."""
MOST_NAMED = 50
"""Of what the organisation says that it could not read."""
MOST_LEAVES = 5_000_000
"""Of one checkpoint."""
A_READ = 1 << 20
PART_BYTES = 1 << 30
"""Of a copy of the table is held in memory at once, about: it is read as often as that takes."""
AN_OBJECT = 1_000
"""Bytes of memory that an item or a leaf takes beside what it says, about."""
MOST_HELD = 4 << 30
"""Of memory, by one part: more has only a case that nobody can have."""
MOST_WORDS = 256 << 20
"""Bytes of all that people wrote in one case, unpacked."""
A_WEEK = timedelta(days=7)
"""How long after a restore a file may be missing: in that time what removed it does so again, and says so."""

SUMS, SIGNATURE, INDEX = "SHA256SUMS", "signature.json", "index.json"
KEYS = "keys/"
ERASURES, OTHERS = "erasures/", ("restores/", "verifications/")
"""Folders of other statements, which are signed in the same way."""
CHAINS, PROOFS, REGISTER = "chain.jsonl", "proofs.jsonl", "register.jsonl"
PACKS = "record#evidence_pack#"
"""Chains of packs: that of the pack itself goes on while it is made."""
HEX, UNPRINTED = re.compile(r"[0-9a-f]{64}"), re.compile(r"[^ -~]")
NAME = re.compile(r"[A-Za-z0-9_.@#=+-]+(?:/[A-Za-z0-9_.@#=+-]+)*")
STATEMENT = re.compile(r"checkpoints/\d{4}/\d\d/\d\d(?:T\d\d)?\.json")
STAMP = re.compile(r"checkpoints/.*\.tsr")
MAILED = re.compile(rb"-----BEGIN CHECKPOINT-----([A-Za-z0-9+/=>\s]+)-----END CHECKPOINT-----")
TABLE_FILE, SUMMARY = re.compile(r"\.jsonl?(?:\.gz)?$"), "manifest-summary.json"
A_MOMENT = r"(\d{4}-\d\d-\d\d)(?:(T\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d))?"
A_NUMBER = r"(?<![\w.-])%s(?![\w-])"
SAYS = re.compile(f"{A_MOMENT}|{A_NUMBER}" % r"\d+(?:\.\d+)?")
SHOWS = re.compile(f"{A_MOMENT}|{A_NUMBER}" % r"\d+\.\d+" + r'|(?<="amount":")\d+|\b\d+(?= [A-Z]{3}\b)')
"""What a page or table shows that the chain has to say: moments, dates, and amounts of money."""
NOT_PROVEN = (
    "that what was written is true; that no case or record was left out; what is shown of cases, but for "
    "moments, dates and amounts of those whose chains are here; figures; who read what (the access log); "
    "when a letter was called for, and what became of it after it had left; the list of mails that came in; "
    "by which words a case is found; which request wrote an entry; that no result of a verification is gone; "
    "that nothing else lies in the store of files"
)
CSV_ROW, HTML_ROW = re.compile(r'(?:"(?:[^"]|"")*"|[^"\r\n])+'), re.compile(r"(?s)<tr>.*?</tr>|<dd\b.*?</dd>")
COMMITTED = re.compile(r"committed:[A-Za-z0-9_-]{43}")
NAMES = {"hour": "checkpoints/%Y/%m/%dT%H.json", "day": "checkpoints/%Y/%m/%d.json"}


class DoesNotFit(Exception):
    """What does not fit, and where."""


class Unsealed(Exception):
    """All of it fits, and proves nothing yet."""


class Unusable(Exception):
    """This cannot be checked at all."""


# Reading: a folder and a ZIP file look the same. Nothing is unpacked to disk.


class Folder:
    def __init__(self, path: str) -> None:
        self._path = path
        self.sizes: dict[str, int] = {}
        for folder, folders, files in os.walk(path):
            folders.sort()
            for name in sorted(files):
                whole = os.path.join(folder, name)
                inside = os.path.relpath(whole, path).replace(os.sep, "/")
                if os.path.islink(whole):
                    raise DoesNotFit(f"{inside}: a link, and no file")
                self.sizes[inside] = os.path.getsize(whole)
                if len(self.sizes) > MOST_FILES:
                    raise Unusable(f"more than {MOST_FILES} files")

    def open(self, name: str) -> IO[bytes]:
        return open(os.path.join(self._path, *name.split("/")), "rb")


class Zip:
    def __init__(self, path: str) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, struct.error) as error:
            raise Unusable(f"no ZIP file that can be read: {error}") from error
        self.sizes: dict[str, int] = {}
        members = self._zip.infolist()
        if len(members) > MOST_FILES:
            raise Unusable(f"more than {MOST_FILES} files")
        for member in members:
            if member.is_dir():
                continue
            if member.filename in self.sizes:
                raise DoesNotFit(f"{member.filename!r}: stands in the ZIP file twice")
            if member.flag_bits & 1:
                raise DoesNotFit(f"{member.filename!r}: is encrypted")
            self.sizes[member.filename] = member.file_size

    def open(self, name: str) -> IO[bytes]:
        try:
            return self._zip.open(name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise DoesNotFit(f"{name}: cannot be read: {error}") from error


BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError)
Source = Any  # Folder or Zip


def opened(path: str) -> Source:
    if os.path.isdir(path):
        source: Source = Folder(path)
    elif os.path.isfile(path):
        source = Zip(path)
    else:
        raise Unusable(f"{path}: no such file or folder")
    for name in source.sizes:
        parts = name.split("/")
        if not NAME.fullmatch(name) or ".." in parts or "." in parts:
            raise DoesNotFit(f"{name!r}: no name that a pack or a bucket has")
    if sum(source.sizes.values()) > MOST_BYTES:
        raise Unusable(f"more than {MOST_BYTES >> 30} GiB")
    return source


def content(source: Source, name: str, most: int = MOST_DOCUMENT) -> bytes:
    if name not in source.sizes:
        raise DoesNotFit(f"{name}: is missing")
    try:
        with source.open(name) as file:
            found = file.read(most + 1)
    except BROKEN as error:
        raise DoesNotFit(f"{name}: cannot be read: {error}") from error
    if len(found) > most:
        raise DoesNotFit(f"{name}: larger than {most} bytes")
    return bytes(found)


def lines(source: Source, name: str) -> Iterator[bytes]:
    """The lines of a file, packed by gzip or not; empty ones are left out."""
    try:
        with source.open(name) as file:
            head = file.read(2)
        with source.open(name) as file:
            stream = gzip.GzipFile(fileobj=file) if head == b"\x1f\x8b" else file
            while line := stream.readline(MOST_LINE + 1):
                if len(line) > MOST_LINE:
                    raise DoesNotFit(f"{name}: a line longer than {MOST_LINE} bytes")
                if line := line.rstrip(b"\r\n"):
                    yield line
    except BROKEN as error:
        raise DoesNotFit(f"{name}: cannot be read: {error}") from error


def parsed(data: bytes, where: str) -> Any:
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once(where))
    except (ValueError, RecursionError) as error:
        raise DoesNotFit(f"{where}: no JSON: {error}") from error


def _once(where: str) -> Any:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(found)
        if len(made) < len(found):
            raise DoesNotFit(f"{where}: names a field twice")
        return made

    return pairs


def document(source: Source, name: str) -> dict[str, Any]:
    return an_object(parsed(content(source, name), name), name)


def an_object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise DoesNotFit(f"{where}: no JSON object")
    return value


def field(value: dict[str, Any], name: str, kind: type, where: str) -> Any:
    found = value.get(name)
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        raise DoesNotFit(f"{where}: {name!r} is missing or of another kind")
    return found


def from_base64(text: str, where: str) -> bytes:
    try:
        plain = text.replace("-", "+").replace("_", "/").rstrip("=")
        return b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (ValueError, binascii.Error) as error:
        raise DoesNotFit(f"{where}: no base64url") from error


def utf8(text: str, where: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise DoesNotFit(f"{where}: text that is no UTF-8") from error


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# The Merkle tree of RFC 9162, section 2.1


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The root of leaves that come one after the other; it holds one hash for each level."""

    def __init__(self) -> None:
        self.size = 0
        self._open: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        height, made = 0, leaf_hash(leaf)
        while self._open and self._open[-1][0] == height:
            made = node_hash(self._open.pop()[1], made)
            height += 1
        self._open.append((height, made))
        self.size += 1

    def root(self) -> str:
        if not self._open:
            return sha256(b"")
        made = self._open[-1][1]
        for _, left in reversed(self._open[:-1]):
            made = node_hash(left, made)
        return made.hex()


def root_of_proof(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2), or nothing."""
    if not 0 <= index < size:
        return None
    place, last, made = index, size - 1, leaf_hash(leaf)
    for each in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            made = node_hash(each, made)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            made = node_hash(made, each)
        place >>= 1
        last >>= 1
    return made if last == 0 else None


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


# Signatures


class Keys:
    """The public keys of `keys/`, by their ids; `trusted` are hashes that the reader brings along, or how
    they begin: the id of a key is the first half of its hash."""

    def __init__(self, source: Source, trusted: set[str]) -> None:
        self.checked = 0
        self.hashes: dict[str, str] = {}
        self._der: dict[str, bytes] = {}
        for name in sorted(source.sizes):
            if name.startswith(KEYS) and name.endswith(".pem"):
                key = name[len(KEYS) : -len(".pem")]
                self._der[key] = _der_of(content(source, name, 10_000), name)
                self.hashes[key] = sha256(self._der[key])
                if not self.hashes[key].startswith(key) or len(key) < 16:
                    raise DoesNotFit(f"{name}: is not called as the hash of the key begins")
        self._trusted = trusted
        if trusted and not any(self._is_trusted(key) for key in self.hashes):
            raise DoesNotFit("keys/: none of them is one that you named by --key")

    def _is_trusted(self, key: str) -> bool:
        return any(self.hashes[key].startswith(each) for each in self._trusted)

    def check(self, data: bytes, signature: Any, key: Any, where: str) -> None:
        """ECDSA on P-256 with SHA-256; the signature is r and s, 32 bytes each, in base64url."""
        if not isinstance(key, str) or key not in self._der:
            raise DoesNotFit(f"{where}: signed by a key that is not in keys/")
        if self._trusted and not self._is_trusted(key):
            raise DoesNotFit(f"{where}: signed by the key {key}, which you did not name by --key")
        if not isinstance(signature, str):
            raise DoesNotFit(f"{where}: is not signed")
        raw = from_base64(signature, where)
        if len(raw) != 64:
            raise DoesNotFit(f"{where}: a signature has 64 bytes")
        if not HAS_CRYPTOGRAPHY:
            return
        try:
            public = load_der_public_key(self._der[key])
        except ValueError as error:
            raise DoesNotFit(f"keys/{key}.pem: no public key") from error
        if not isinstance(public, ec.EllipticCurvePublicKey) or public.curve.name != "secp256r1":
            raise DoesNotFit(f"keys/{key}.pem: no key of the curve P-256")
        pair = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        try:
            public.verify(pair, data, ec.ECDSA(SHA256()))
        except InvalidSignature:
            raise DoesNotFit(f"{where}: the signature is not that of the key {key}") from None
        self.checked += 1


def _der_of(pem: bytes, name: str) -> bytes:
    body = re.fullmatch(rb"\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*", pem)
    if body is None:
        raise DoesNotFit(f"{name}: no public key in PEM")
    return from_base64(b"".join(body[1].split()).decode(), name)


# Checkpoints


class Checkpoint:
    """One signed statement of an hour (`2026/11/28T20.json`) or a day (`2026/11/28.json`), by its moment."""

    def __init__(self, source: Source, name: str, keys: Keys) -> None:
        self.name = name
        self.bytes, statement = signed_statement(source, name, keys)
        self.root = field(statement, "root", str, name)
        self.size = field(statement, "size", int, name)
        self.previous = field(statement, "previous", str, name)
        self.begin, self.end = (moment(field(statement, each, str, name), name) for each in ("from", "to"))
        if not HEX.fullmatch(self.root) or not 0 <= self.size <= MOST_LEAVES or self.end <= self.begin:
            raise DoesNotFit(f"{name}: a statement that cannot be")
        self.kind, self.installation = statement.get("kind"), statement.get("installation")
        if self.kind not in NAMES or self.called(self.begin) != name:
            raise DoesNotFit(f"{name}: its statement is of {self.begin.isoformat()} ({self.kind})")

    def called(self, at: datetime) -> str:
        return at.astimezone(timezone.utc).strftime(NAMES[str(self.kind)])


def signed_statement(source: Source, name: str, keys: Keys) -> tuple[bytes, dict[str, Any]]:
    """The bytes that were signed, and what they say: {"statement": base64url, "signature": base64url}."""
    whole = document(source, name)
    data = from_base64(field(whole, "statement", str, name), name)
    statement = an_object(parsed(data, name), name)
    if statement.get("format") != 1:
        raise DoesNotFit(f"{name}: a format that this program does not know")
    keys.check(data, whole.get("signature"), statement.get("key"), name)
    return data, statement


def moment(text: str, where: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise DoesNotFit(f"{where}: {text!r} is no moment") from error
    if found.tzinfo is None:
        raise DoesNotFit(f"{where}: {text!r} has no time zone")
    return found


def checkpoints(source: Source, keys: Keys, is_whole: bool) -> dict[str, Checkpoint]:
    """All of them, each in its place: `is_whole` says that the first must follow on nothing."""
    names = sorted(name for name in source.sizes if STATEMENT.fullmatch(name))
    found = _sequence(source, keys, [name for name in names if "T" in name], is_whole)
    return found | _sequence(source, keys, [name for name in names if "T" not in name], is_whole)


def _sequence(source: Source, keys: Keys, names: list[str], is_whole: bool) -> dict[str, Checkpoint]:
    """Those of hours, or those of days: each begins where the one before ends, and names its hash."""
    found: dict[str, Checkpoint] = {}
    before: Checkpoint | None = None
    for name in names:
        made = Checkpoint(source, name, keys)
        if before is None:
            if is_whole and made.previous:
                raise DoesNotFit(f"{name}: follows on a checkpoint that is missing")
        else:
            if made.begin != before.end:
                raise DoesNotFit(f"{made.called(before.end)}: this checkpoint is missing")
            if made.previous != sha256(before.bytes):
                raise DoesNotFit(f"{name}: does not follow on {before.name}")
            if made.installation != before.installation:
                was = f"before at {before.installation!r}"
                say(f"NOTE: {name}: the installation is at {made.installation!r}, {was}")
        _check_leaves(source, made, is_whole)
        found[name] = before = made
    return found


def leaves_name(checkpoint: Checkpoint) -> str:
    """Leaves are called by their root, too: what a run left that died before it signed belongs to nothing."""
    return f"{checkpoint.name[: -len('.json')]}.{checkpoint.root}.leaves.jsonl.gz"


def leaves(source: Source, checkpoint: Checkpoint) -> Iterator[bytes]:
    name = leaves_name(checkpoint)
    return lines(source, name) if name in source.sizes else iter(())


def _check_leaves(source: Source, checkpoint: Checkpoint, is_whole: bool) -> None:
    """The bucket has the leaves; a pack has the proofs alone."""
    name = leaves_name(checkpoint)
    if name not in source.sizes and not is_whole:
        return
    if name not in source.sizes and checkpoint.size:
        raise DoesNotFit(f"{name}: is missing")
    tree, before = Tree(), b""
    for leaf in leaves(source, checkpoint):
        if leaf <= before:
            raise DoesNotFit(f"{name}: leaf {tree.size + 1} is not in its order")
        tree.add(leaf)
        before = leaf
        if tree.size > checkpoint.size:
            break
    if tree.size != checkpoint.size:
        raise DoesNotFit(f"{name}: {tree.size} leaves of {checkpoint.size}")
    if tree.root() != checkpoint.root:
        raise DoesNotFit(f"{name}: the leaves do not lead to the root that was signed")


# Time stamps: RFC 3161, signed as CMS has it (RFC 5652), in DER


class Value(NamedTuple):
    """A value in DER: its tag (one byte, as all of a stamp have), its content, and all of it as it stands."""

    tag: int
    content: bytes
    whole: bytes


INTEGER, BITS, OCTETS, OID, TIME, SEQUENCE, SET = 0x02, 0x03, 0x04, 0x06, 0x18, 0x30, 0x31
BOOLEAN, EXPLICIT, IMPLICIT = 0x01, 0xA0, 0x80
GRANTED = (b"\x00", b"\x01")
SIGNED_DATA, TST_INFO = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d0109100104")
CONTENT_TYPE, MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010903"), bytes.fromhex("2a864886f70d010904")
SIGNING_CERTIFICATE = {
    bytes.fromhex("2a864886f70d010910020c"): False,
    bytes.fromhex("2a864886f70d010910022f"): True,
}
"""ESSCertID, which is SHA-1, and ESSCertIDv2, which names its hash."""
SHA256_OID = bytes.fromhex("608648016503040201")
HASHES = {
    SHA256_OID: "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
MGF1, PSS = bytes.fromhex("2a864886f70d010108"), bytes.fromhex("2a864886f70d01010a")
RSA_ALGORITHMS = {
    bytes.fromhex("2a864886f70d010101"): "",
    bytes.fromhex("2a864886f70d01010b"): "sha256",
    bytes.fromhex("2a864886f70d01010c"): "sha384",
    bytes.fromhex("2a864886f70d01010d"): "sha512",
}
EC_ALGORITHMS = {
    bytes.fromhex("2a8648ce3d040302"): "sha256",
    bytes.fromhex("2a8648ce3d040303"): "sha384",
    bytes.fromhex("2a8648ce3d040304"): "sha512",
}
"""Algorithms of signatures, and the hash that each names: the first says nothing of it."""


def der(data: bytes, where: str) -> list[Value]:
    """Values in DER one after the other: each length is there, and as short as it can be."""
    found, begin = [], 0
    while begin < len(data):
        size, place = data[begin + 1] if begin + 1 < len(data) else 0x80, begin + 2
        if size >= 0x80:
            digits = data[place : place + size - 0x80]
            is_shortest = 0 < size - 0x80 == len(digits) <= 4 and digits[0] > 0
            place, size = place + len(digits), int.from_bytes(digits, "big")
            if not is_shortest or size < 0x80:
                raise DoesNotFit(f"{where}: no time stamp in DER")
        if place + size > len(data) or data[begin] & 0x1F == 0x1F:
            raise DoesNotFit(f"{where}: no time stamp in DER")
        found.append(Value(data[begin], data[place : place + size], data[begin : place + size]))
        begin = place + size
    return found


def members(data: bytes, where: str, *tags: int) -> list[Any]:
    """The values of a sequence by their tags, and no others: one whose tag is below zero may be missing."""
    values = der(data, where)
    found: list[Any] = []
    for tag in tags:
        if values and values[0].tag == abs(tag):
            found.append(values.pop(0))
        elif tag < 0:
            found.append(None)
        else:
            raise DoesNotFit(f"{where}: no time stamp as RFC 3161 has it")
    if values:
        raise DoesNotFit(f"{where}: no time stamp as RFC 3161 has it")
    return found


def inside(data: bytes, where: str, *tags: int) -> bytes:
    """The content of a value that is alone, of the one that is alone in it, and so on."""
    for tag in tags:
        data = members(data, where, tag)[0].content
    return data


def algorithm(data: bytes, where: str) -> tuple[bytes, bytes]:
    """An AlgorithmIdentifier: its name, and its parameters, which are nothing where they are NULL."""
    values = der(data, where)
    if not values or len(values) > 2 or values[0].tag != OID:
        raise DoesNotFit(f"{where}: no algorithm")
    return values[0].content, b"".join(each.whole for each in values[1:] if each.whole != b"\x05\x00")


def hash_in(data: bytes, where: str) -> str:
    name, parameters = algorithm(data, where)
    if name not in HASHES or parameters:
        raise DoesNotFit(f"{where}: a hash that is not SHA-256, SHA-384 or SHA-512")
    return HASHES[name]


class Stamp(NamedTuple):
    """What a TimeStampResp says, when and of which SHA-256, and what is signed: `info` are the bytes of the
    TSTInfo, `signer` those of the SignerInfo, `certificates` are in DER."""

    at: datetime
    imprint: bytes
    info: bytes
    signer: bytes
    certificates: list[bytes]


def stamp_of(answer: bytes, where: str) -> Stamp:
    """What a TimeStampResp says; that its signature verifies is for `signer_of` to say."""
    status, token = members(inside(answer, where, SEQUENCE), where, SEQUENCE, -SEQUENCE)
    if members(status.content, where, INTEGER, -SEQUENCE, -BITS)[0].content not in GRANTED or token is None:
        raise DoesNotFit(f"{where}: the time stamp was not granted")
    kind, explicit = members(token.content, where, OID, EXPLICIT)
    whole = inside(explicit.content, where, SEQUENCE)
    _, _, encapsulated, certificates, _, signers = members(
        whole, where, INTEGER, SET, SEQUENCE, -EXPLICIT, -(EXPLICIT + 1), SET
    )
    content_type, content = members(encapsulated.content, where, OID, EXPLICIT)
    if kind.content != SIGNED_DATA or content_type.content != TST_INFO:
        raise DoesNotFit(f"{where}: no time stamp")
    info = inside(content.content, where, OCTETS)
    version, _, imprint, _, time, *_ = members(
        inside(info, where, SEQUENCE), where, INTEGER, OID, SEQUENCE, INTEGER, TIME,
        -SEQUENCE, -BOOLEAN, -INTEGER, -EXPLICIT, -(EXPLICIT + 1),
    )  # fmt: skip
    kind, digest = members(imprint.content, where, SEQUENCE, OCTETS)
    if algorithm(kind.content, where) != (SHA256_OID, b""):
        raise DoesNotFit(f"{where}: a time stamp of another hash than SHA-256")
    text = re.fullmatch(rb"(\d{14})(\.\d+)?Z", time.content)
    if version.content != b"\x01" or text is None:
        raise DoesNotFit(f"{where}: a time stamp without a time")
    try:
        at = datetime.strptime(text[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    except ValueError as error:
        raise DoesNotFit(f"{where}: a time stamp without a time") from error
    signed = der(signers.content, where)
    if len(signed) != 1 or signed[0].tag != SEQUENCE:
        raise DoesNotFit(f"{where}: a time stamp that {len(signed)} signed, and not one")
    brought = [each.whole for each in der(certificates.content, where)] if certificates else []
    if len(brought) > MOST_CERTIFICATES:
        raise DoesNotFit(f"{where}: more than {MOST_CERTIFICATES} certificates")
    return Stamp(
        at, digest.content, info, signed[0].content, [each for each in brought if each[0] == SEQUENCE]
    )


def signer_of(stamp: Stamp, where: str) -> Any:
    """The certificate that signed a time stamp. It is one for time stamps, and was valid at that time."""
    is_by_issuer = len(values := der(stamp.signer, where)) > 1 and values[1].tag == SEQUENCE
    _, named, hashed_by, attributes, signed_by, signature, _ = members(
        stamp.signer, where, INTEGER, SEQUENCE if is_by_issuer else IMPLICIT, SEQUENCE, EXPLICIT, SEQUENCE,
        OCTETS, -(EXPLICIT + 1),
    )  # fmt: skip
    digest = hash_in(hashed_by.content, where)
    said: dict[bytes, list[Value]] = {}
    for each in der(attributes.content, where):
        name, values = members(inside(each.whole, where, SEQUENCE), where, OID, SET)
        if name.content in said:
            raise DoesNotFit(f"{where}: a signed attribute that stands there twice")
        said[name.content] = der(values.content, where)
    if [each.whole for each in said.get(CONTENT_TYPE, ())] != [b"\x06\x0b" + TST_INFO]:
        raise DoesNotFit(f"{where}: signed as something else than a time stamp")
    expected = hashlib.new(digest, stamp.info).digest()
    if [(each.tag, each.content) for each in said.get(MESSAGE_DIGEST, ())] != [(OCTETS, expected)]:
        raise DoesNotFit(f"{where}: another time was signed than is said")
    certificate = _certificate_in(_signing(stamp, said, where), where)
    if not _is_named(certificate, named, where):
        raise DoesNotFit(f"{where}: signed by another certificate than it names")
    # RFC 5652, 5.4: what is signed is the set of attributes, with the tag of a set and in the order of DER.
    # Not every authority sorts what it signs.
    as_it_came = bytes([SET]) + attributes.whole[1:]
    head = as_it_came[: len(as_it_came) - len(attributes.content)]
    as_in_der = head + b"".join(sorted(each.whole for each in der(attributes.content, where)))
    how = _how_signed(signed_by.content, digest, where)
    if not any(_verifies(certificate, signature.content, data, how) for data in (as_in_der, as_it_came)):
        raise DoesNotFit(f"{where}: the signature is not that of the certificate that it names")
    _check_signer(certificate, stamp.at, where)
    return certificate


def _signing(stamp: Stamp, said: dict[bytes, list[Value]], where: str) -> bytes:
    """The certificate that what was signed names: without that, another one of the same key could take its
    place (RFC 5816)."""
    found: set[bytes] = set()
    for name, is_second in SIGNING_CERTIFICATE.items():
        if name not in said:
            continue
        if len(said[name]) != 1 or said[name][0].tag != SEQUENCE:
            raise DoesNotFit(f"{where}: names no certificate that signed it")
        certificates, _ = members(said[name][0].content, where, SEQUENCE, -SEQUENCE)
        first = next(iter(der(certificates.content, where)), None)
        if first is None or first.tag != SEQUENCE:
            raise DoesNotFit(f"{where}: names no certificate that signed it")
        by = None
        if is_second:
            by, hashed, _ = members(first.content, where, -SEQUENCE, OCTETS, -SEQUENCE)
        else:
            hashed, _ = members(first.content, where, OCTETS, -SEQUENCE)
        hash_name = (hash_in(by.content, where) if by else "sha256") if is_second else "sha1"
        fit = (each for each in stamp.certificates if hashlib.new(hash_name, each).digest() == hashed.content)
        found.add(next(fit, b""))
    if len(found) != 1 or b"" in found:
        raise DoesNotFit(f"{where}: does not bring the certificate that signed it")
    return found.pop()


def _certificate_in(data: bytes, where: str) -> Any:
    try:
        made = x509.load_der_x509_certificate(data)
        made.extensions, made.subject, made.issuer, made.public_key()
    except (
        ValueError,
        UnsupportedAlgorithm,
        x509.DuplicateExtension,
        x509.InvalidVersion,
        x509.UnsupportedGeneralNameType,
    ) as error:
        raise DoesNotFit(f"{where}: a certificate that cannot be read: {error}") from error
    return made


def _is_named(certificate: Any, named: Value, where: str) -> bool:
    """Whether the SignerInfo is of this certificate, by its issuer and number, or by the id of its key."""
    if named.tag == IMPLICIT:
        key = _extension(certificate, x509.SubjectKeyIdentifier)
        return key is not None and key.value.digest == named.content
    issuer, number = members(named.content, where, SEQUENCE, INTEGER)
    inner = der(inside(certificate.tbs_certificate_bytes, where, SEQUENCE), where)
    inner = inner[1:] if inner[0].tag == EXPLICIT else inner
    return (inner[0], inner[2].whole) == (number, issuer.whole)


class How(NamedTuple):
    """How something was signed: by `rsa`, `pss` or `ecdsa`, with which hash, and how many bytes of salt."""

    kind: str
    hashed: str
    salt: int = 0


def _how_signed(data: bytes, digest: str, where: str) -> How:
    name, parameters = algorithm(data, where)
    how = None
    if name in RSA_ALGORITHMS and not parameters:
        how = How("rsa", RSA_ALGORITHMS[name] or digest)
    elif name in EC_ALGORITHMS and not parameters:
        how = How("ecdsa", EC_ALGORITHMS[name])
    elif name == PSS:
        how = _how_by_pss(parameters, where)
    if how is None or how.hashed != digest:
        raise DoesNotFit(f"{where}: signed by an algorithm that this program does not know")
    return how


def _how_by_pss(parameters: bytes, where: str) -> Optional[How]:  # noqa: UP045  # Python 3.9
    """RFC 4055, 3.1: one hash for all, and what else is usual."""
    hashed, mask, salt, trailer = members(
        inside(parameters, where, SEQUENCE),
        where,
        -EXPLICIT,
        -(EXPLICIT + 1),
        -(EXPLICIT + 2),
        -(EXPLICIT + 3),
    )
    if not hashed or not mask or not salt or trailer:
        return None
    name, by = algorithm(inside(mask.content, where, SEQUENCE), where)
    number = inside(salt.content, where, INTEGER)
    found = hash_in(inside(hashed.content, where, SEQUENCE), where)
    if (
        name != MGF1
        or hash_in(inside(by, where, SEQUENCE), where) != found
        or len(number) != 1
        or number[0] > 64
    ):
        return None
    return How("pss", found, number[0])


def _verifies(certificate: Any, signature: bytes, data: bytes, how: How) -> bool:
    key = certificate.public_key()
    hashed = {"sha256": SHA256(), "sha384": SHA384(), "sha512": SHA512()}[how.hashed]
    if not _is_strong(key) or (how.kind == "ecdsa") is isinstance(key, rsa.RSAPublicKey):
        return False
    try:
        if how.kind == "ecdsa":
            key.verify(signature, data, ec.ECDSA(hashed))
        elif how.kind == "pss":
            key.verify(signature, data, padding.PSS(padding.MGF1(hashed), how.salt), hashed)
        else:
            key.verify(signature, data, padding.PKCS1v15(), hashed)
    except InvalidSignature:
        return False
    return True


def _is_strong(key: Any) -> bool:
    if isinstance(key, rsa.RSAPublicKey):
        return 2048 <= key.key_size <= 8192
    return isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in ("secp256r1", "secp384r1")


def _extension(certificate: Any, kind: Any) -> Any:
    try:
        return certificate.extensions.get_extension_for_class(kind)
    except x509.ExtensionNotFound:
        return None


def _check_signer(certificate: Any, at: datetime, where: str) -> None:
    """RFC 3161, 2.3: a certificate for time stamps and for nothing else, which says so as critical."""
    purposes, usage = _extension(certificate, x509.ExtendedKeyUsage), _extension(certificate, x509.KeyUsage)
    is_for_stamps = purposes and list(purposes.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    if not is_for_stamps or not purposes.critical:
        raise DoesNotFit(f"{where}: signed by a certificate that is not for time stamps alone")
    if usage and not (usage.value.digital_signature or usage.value.content_commitment):
        raise DoesNotFit(f"{where}: signed by a certificate that is not for signatures")
    if not _is_understood(certificate) or not _is_valid(certificate, at):
        raise DoesNotFit(f"{where}: signed by a certificate that was not valid at {at.isoformat()}")


def _is_valid(certificate: Any, at: datetime) -> bool:
    return bool(certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc)


def _is_understood(certificate: Any) -> bool:
    """Whether it has no critical extension that this program does not heed (RFC 5280, 4.2)."""
    known = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage, x509.CertificatePolicies)
    return all(isinstance(each.value, known) for each in certificate.extensions if each.critical)


def _issued(issuer: Any, child: Any, below: int, at: datetime, is_trusted: bool) -> bool:
    """Whether an authority issued a certificate, with so many authorities between it and the signer."""
    limits, usage = _extension(issuer, x509.BasicConstraints), _extension(issuer, x509.KeyUsage)
    purposes = _extension(issuer, x509.ExtendedKeyUsage)
    for_stamps = (ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE)
    if limits is None:
        if not is_trusted:
            return False
    elif not limits.value.ca or (limits.value.path_length is not None and limits.value.path_length < below):
        return False
    if (usage and not usage.value.key_cert_sign) or not _is_valid(issuer, at) or not _is_understood(issuer):
        return False
    if purposes and not any(each in purposes.value for each in for_stamps):
        return False
    if not _is_strong(issuer.public_key()):
        return False
    try:
        hashed = getattr(child.signature_hash_algorithm, "name", "")
        child.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return hashed in HASHES.values()


def authority_of(signer: Any, brought: list[bytes], authorities: list[Any], at: datetime) -> Any:
    """The certificate that the reader trusts and to which a signer leads, by those that the stamp brings; the
    shortest way counts. Nothing where there is none."""
    if signer in authorities:
        return signer
    left = []
    for each in brought:
        try:
            left.append(_certificate_in(each, ""))
        except DoesNotFit:
            continue
    reached = [signer]
    for below in range(MOST_STEPS):
        for child in reached:
            for trusted in authorities:
                if _issued(trusted, child, below, at, is_trusted=True):
                    return trusted
        reached = [
            each
            for each in left
            if any(_issued(each, child, below, at, is_trusted=False) for child in reached)
        ]
        left = [each for each in left if each not in reached]
    return None


def authorities_in(paths: list[str]) -> list[Any]:
    """The certificates that the reader trusts: PEM, or one in DER."""
    found: list[Any] = []
    for path in paths:
        with open(path, "rb") as file:
            data = file.read(MOST_DOCUMENT)
        if not HAS_CRYPTOGRAPHY:
            continue
        try:
            is_pem = b"-----BEGIN CERTIFICATE-----" in data
            found += x509.load_pem_x509_certificates(data) if is_pem else [_certificate_in(data, path)]
        except (ValueError, DoesNotFit) as error:
            raise Unusable(f"{path}: no certificate") from error
    return found


def called(certificate: Any) -> str:
    """Whose certificate it is, and its SHA-256."""
    subject = "".join(each if each.isprintable() else "?" for each in certificate.subject.rfc4514_string())
    return f"{subject} (SHA-256 of the certificate {sha256(certificate.public_bytes(Encoding.DER))})"


def check_stamps(source: Source, found: dict[str, Checkpoint], authorities: list[Any]) -> None:
    """A time stamp is of the very file beside it, and not older than what that file speaks of; who signed it
    leads to an authority that the reader named."""
    stamps = sorted(name for name in source.sizes if STAMP.fullmatch(name))
    latest, judged = "", {}
    for name in stamps:
        latest = name[: -len(".tsr")] + ".json"
        if latest not in found:
            raise DoesNotFit(f"{name}: a time stamp of a checkpoint that is missing")
        stamp = stamp_of(content(source, name, MOST_STAMP), name)
        if stamp.imprint != hashlib.sha256(content(source, latest)).digest():
            raise DoesNotFit(f"{name}: a time stamp of another file than {latest}")
        late = stamp.at - found[latest].end
        if late < -TOLERANCE:
            raise DoesNotFit(
                f"{name}: a time stamp of {stamp.at.isoformat()}, before the checkpoint can have been"
            )
        if late > STAMP_LATE:
            say(f"NOTE: {name}: stamped {late.days} days after the end of the day")
        if HAS_CRYPTOGRAPHY:
            judged[_judged(stamp, authorities, name)] = name
    if stamps:
        say(f"{len(stamps)} time stamps are of their checkpoints. openssl checks each by such a line, too:")
        trust = "-CAfile ROOT_OF_THE_AUTHORITY.pem"
        say(f"    openssl ts -verify -data {latest} -in {latest[: -len('json')]}tsr {trust}")
        for each in judged or ("their signatures were NOT CHECKED",):
            say(f"time stamps: {each}")
    elif authorities:
        say("NOTE: there is no time stamp in it, so nothing leads to the authority that you named")


def _judged(stamp: Stamp, authorities: list[Any], where: str) -> str:
    """Who signed a time stamp, and who says so."""
    if not hasattr(x509.Certificate, "not_valid_after_utc"):
        raise Unusable("time stamps need `cryptography` 42 or later")
    signer = signer_of(stamp, where)
    if not authorities:
        return f"signed by {called(signer)}, NOT JUDGED: name who is to be trusted by --authority FILE.pem"
    authority = authority_of(signer, stamp.certificates, authorities, stamp.at)
    if authority is None:
        raise DoesNotFit(
            f"{where}: signed by {called(signer)}, which does not lead to the authority that you named"
        )
    return f"signed by {called(signer)}, which leads to {called(authority)}, which you named"


# Chains


class Chain:
    """What a chain that was read comes to: the seal of each entry, and when it was written, by its number;
    the moments, dates and numbers that it `says`; what was sent to whom, by the ids of letters, each time
    that one left; and the hashes of the files that a case has, with the entry of each. Of `unopened` ones the
    pack does not say the hash. Of a setting or a record: what it holds at the end, and its `history`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.seals: dict[int, str] = {}
        self.written: dict[int, datetime] = {}
        self.says: set[str] = set()
        self.letters: dict[str, set[tuple[str, str]]] = {}
        self.files: dict[str, int] = {}
        self.removing: dict[str, int] = {}
        self.content: Any = None
        self.version: Any = None
        self.history: list[dict[str, Any]] = []
        self.fits = self.values = self.withheld = self.unopened = 0


def chains_in(source: Source, name: str) -> Iterator[Chain]:
    """The chains of a file, one after the other. Each line is an entry:

    {"chain": "case#C-…", "number": 1, "entry": "<its exact text>",
     "private": {"0.Received.name": [salt, value]}}

    An entry that may be shown to nobody is {"chain": …, "number": …, "seal": …, "withheld": why}.
    """
    chain: Chain | None = None
    done: set[str] = set()
    for place, line in enumerate(lines(source, name), start=1):
        where = f"{name}, line {place}"
        value = an_object(parsed(line, where), where)
        called = field(value, "chain", str, where)
        if chain is None or called != chain.name:
            if chain:
                yield chain
                done.add(chain.name)
            if called in done:
                raise DoesNotFit(f"{where}: {called} stands in two places")
            chain = Chain(called)
        _add(chain, value, where)
    if chain:
        yield chain


def _add(chain: Chain, value: dict[str, Any], where: str) -> None:
    number = field(value, "number", int, where)
    what = f"{where}: {chain.name}, entry {number}"
    if number != len(chain.seals) + 1:
        raise DoesNotFit(f"{where}: {chain.name}, entry {len(chain.seals) + 1} is missing or out of order")
    if "withheld" in value:
        seal = field(value, "seal", str, what)
        if not HEX.fullmatch(seal):
            raise DoesNotFit(f"{what}: no seal")
        chain.seals[number] = seal
        chain.withheld += 1
        return
    data = utf8(field(value, "entry", str, what), what)
    entry = an_object(parsed(data, what), what)
    if entry.get("number") != number:
        raise DoesNotFit(f"{what}: says that it is another")
    if not is_named(chain.name, entry.get("reference")):
        raise DoesNotFit(f"{what}: is of another chain")
    before = chain.seals.get(number - 1, "")
    if entry.get("before") != before:
        raise DoesNotFit(f"{what}: was sealed on another entry {number - 1}")
    facts = field(entry, "facts", list, what)
    for fact in facts:
        if isinstance(fact, dict) and "at" in fact:
            written = moment(str(fact["at"]), what)
            chain.written[number] = max(written, chain.written.get(number, written))
        if isinstance(fact, dict) and fact.get("fact") == "LetterSent":
            sent = str(fact.get("digest", "")), str(fact.get("recipient", ""))
            chain.letters.setdefault(str(fact.get("letter")), set()).add(sent)
    private = an_object(value.get("private", {}), what)
    chain.says.update(told_in(data.decode(), SAYS))
    for place, stored in private.items():
        _check_value(facts, place, stored, what)
        chain.says.update(told_in(stored[1], SAYS))
        chain.values += 1
    for at, fact in enumerate(facts):
        if isinstance(fact, dict):
            _note_file(chain, number, fact, private.get(f"{at}.AttachmentArrived.digest"))
            if not chain.name.startswith("case#"):
                told = _opened(fact, f"{at}.{fact.get('fact')}", private)
                _note_content(chain, number, fact, {**fact, **told})
    chain.version = entry.get("version")
    chain.seals[number] = sha256(data)


def _note_file(chain: Chain, number: int, fact: dict[str, Any], digest: Any) -> None:
    """A file came, or files were removed with the case or by a rule of retention, unless that was stopped."""
    kind, is_of_files = fact.get("fact"), fact.get("data") == "files"
    if kind == "AttachmentArrived":
        if digest:
            chain.files[digest[1]] = number
        else:
            chain.unopened += 1
    elif kind == "ErasureRequested":
        chain.files = {}
    elif kind == "DataRemovalRequested" and is_of_files:
        chain.removing, chain.files = chain.files, {}
    elif kind == "DataRemovalStopped" and is_of_files:
        chain.files = {**chain.removing, **chain.files}


def _opened(fact: dict[str, Any], place: str, private: dict[str, Any]) -> dict[str, Any]:
    """The private values of a fact; one that is gone is empty."""
    hidden = (name for name, value in fact.items() if isinstance(value, str) and COMMITTED.fullmatch(value))
    return {name: private.get(f"{place}.{name}", ["", ""])[1] for name in hidden}


def _note_content(chain: Chain, number: int, fact: dict[str, Any], opened: dict[str, Any]) -> None:
    """What a setting or a record holds after a fact, and what its history tells of it."""
    before, by = chain.content, fact.get("by") or {}
    after = chain.content = content_after(before, chain.name.partition("#")[2], opened)
    told = {"number": number, "at": fact.get("at"), "by": by.get("id") or by.get("kind")}
    told.update(fact=fact.get("fact"), verb=fact.get("verb"))
    # A field that one of them lacks may have its default there: whether it is sure that it changed.
    changed = before and {
        name: name in before and name in after
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    }
    chain.history.append({**told, "changed": changed, "reason": opened.get("reason")})


def told_in(text: str, by: re.Pattern[str]) -> Iterator[str]:
    """The dates, moments (in seconds of UTC) and numbers that a text tells."""
    for found in by.finditer(re.sub(r"\\[nrt]", " ", text)):
        if found[2]:
            try:
                at = moment("".join(found.groups("")), "").astimezone(timezone.utc)
            except (DoesNotFit, OverflowError):
                continue
            yield at.strftime("%Y-%m-%dT%H:%M:%S")
        yield found[1] or found[0]


def is_named(chain: str, reference: Any) -> bool:
    """Whether `C-…` is of the chain `case#C-…`, `policy/…` of `record#policy#…`, `site/…` of `site#…`."""
    kind, _, name = chain.partition("#")
    return reference in (name, name.replace("#", "/", 1), f"{kind}/{name}")


def _check_value(facts: list[Any], place: str, stored: Any, where: str) -> None:
    """HMAC-SHA-256 of the value under its salt is what the entry holds in its place."""
    number, _, rest = place.partition(".")
    kind, _, name = rest.partition(".")
    is_place = number.isascii() and number.isdigit() and len(number) < 6 and int(number) < len(facts)
    fact = facts[int(number)] if is_place else None
    if not isinstance(fact, dict) or fact.get("fact") != kind or name not in fact:
        raise DoesNotFit(f"{where}: a value for {place}, where the entry has none")
    is_pair = isinstance(stored, list) and len(stored) == 2 and all(isinstance(each, str) for each in stored)
    if not is_pair:
        raise DoesNotFit(f"{where}: {place} is no salt and value")
    if fact[name] != committed(from_base64(stored[0], where), stored[1], where):
        raise DoesNotFit(f"{where}: {place} is not what was committed to")


def committed(key: bytes, value: str, where: str) -> str:
    digest = hmac.new(key, utf8(value, where), hashlib.sha256).digest()
    return "committed:" + urlsafe_b64encode(digest).decode().rstrip("=")


# A pack


def check_sums(source: Source) -> dict[str, str]:
    """Every file but the list and its signature stands in the list, with its hash."""
    sums: dict[str, str] = {}
    for place, line in enumerate(lines(source, SUMS), start=1):
        found = re.fullmatch(rb"([0-9a-f]{64})  (.+)", line)
        if found is None:
            raise DoesNotFit(f"{SUMS}, line {place}: no hash and name")
        name = found[2].decode("ascii", "replace")
        if name in sums:
            raise DoesNotFit(f"{SUMS}, line {place}: names {name} twice")
        sums[name] = found[1].decode()
    for name in sorted(source.sizes):
        if name not in sums and name not in (SUMS, SIGNATURE):
            raise DoesNotFit(f"{name}: is not in {SUMS}")
    for name, expected in sums.items():
        if name not in source.sizes:
            raise DoesNotFit(f"{name}: is missing")
        if _hash(source, name) != expected:
            raise DoesNotFit(f"{name}: was changed")
    return sums


def _hash(source: Source, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with source.open(name) as file:
            while block := file.read(A_READ):
                digest.update(block)
    except BROKEN as error:
        raise DoesNotFit(f"{name}: cannot be read: {error}") from error
    return digest.hexdigest()


def check_pack(source: Source, trusted: set[str], authorities: list[Any]) -> str:
    """What is to be said besides: which chains no checkpoint holds to their end yet."""
    sums = check_sums(source)
    say(f"{len(sums)} files have the hashes of {SUMS}")
    keys = Keys(source, trusted)
    _, signed = signed_statement(source, SIGNATURE, keys)
    if signed.get("kind") != "pack" or signed.get("sums") != sha256(content(source, SUMS)):
        raise DoesNotFit(f"{SIGNATURE}: is not of this {SUMS}")
    say(f"{SUMS} is signed by the key {signed.get('key')}" if HAS_CRYPTOGRAPHY else "signature: NOT CHECKED")
    found = checkpoints(source, keys, is_whole=False)
    say(f"{len(found)} checkpoints follow on one another")
    index = document(source, INDEX)
    _check_hours(index, found)
    check_stamps(source, found, authorities)
    heads = _register(source, index)
    chains = _chains(source)
    for name, chain in chains.items():
        if name.startswith("case#") and name not in heads:
            raise DoesNotFit(f"{name}: is in the pack, and not in the register")
        if name in heads and heads[name] != (len(chain.seals), chain.seals[len(chain.seals)]):
            raise DoesNotFit(f"{name}: its chain does not end as the register says")
    _check_sample(index, heads, chains)
    proven = _check_proofs(source, found, chains)
    say(f"{sum(map(bool, proven.values()))} chains stand under a checkpoint")
    restores = stated_in(source, keys).restores
    _say_keys(keys)
    unreadable = [
        an_object(each, INDEX) for each in field({"unreadable": []} | index, "unreadable", list, INDEX)
    ]
    for each in unreadable[:MOST_NAMED]:
        say(f"NOT READ by the organisation's own word: {each.get('what')} {each.get('name')!r}")
    failed = field(index, "failed", list, INDEX)
    if failed:
        # Also what no chain tells, such as another state than that which follows from the facts.
        raise DoesNotFit(
            f"case#{failed[0]}: does not verify by the organisation's own word, of {len(failed)} in all"
        )
    if unreadable:
        named = f"{unreadable[0].get('what')} {unreadable[0].get('name')!r}"
        raise DoesNotFit(
            f"{named}: could not be read by the organisation's own word, of {len(unreadable)} in all"
        )
    # Last: of a case that does not verify nothing more is in the pack.
    _check_files(sums, chains)
    _check_shown(source, heads, chains)
    _check_tables(source, heads, chains)
    ordered = moment(field(index, "ordered_at", str, INDEX), INDEX)
    young = _unsealed(
        chains, proven, [each for each in found.values() if each.kind == "hour"], restores, ordered
    )
    say("not sealed yet: " + (", ".join(young[:MOST_NAMED]) or "nothing"))
    own = [name for name in young if name.startswith(PACKS)]
    if chains and not any(proven.values()):
        raise Unsealed(f"NOT SEALED YET: {len(young)} chains. They fit, and nothing of them is proven.")
    return f" Not sealed yet, and named above: {len(young)} chains." if len(young) > len(own) else ""


def _unsealed(
    chains: dict[str, Chain],
    proven: dict[str, int],
    hours: list[Checkpoint],
    restores: Moments,
    ordered: datetime,
) -> list[str]:
    """The chains whose end is too new for a checkpoint, by what they say themselves of when it was written.

    What was written before the last checkpoint ended is in one, and so is what was two hours old when the
    pack was ordered. What was sealed before the period began has its proof elsewhere: of a setting or a
    record, for a case is of the period. What was written in the hour before a restore was sealed with what
    the restore took away."""
    begin = min((each.begin for each in hours), default=None)
    old = max([ordered - AN_AGE, *(each.end - TOLERANCE for each in hours)])
    young = []
    for name, chain in chains.items():
        left = {each: at for each, at in chain.written.items() if each > proven.get(name, 0)}
        if begin and not name.startswith("case#"):
            left = {each: at for each, at in left.items() if at >= begin}
        for number, at in left.items():
            if at < old and not any(to - AN_AGE < at < stated for to, stated in restores):
                raise DoesNotFit(
                    f"{name}, entry {number}: was written on {at:%Y-%m-%d %H:%M}, and no checkpoint holds it"
                )
        if left or (len(chain.seals) > proven.get(name, 0) and not chain.written):
            young.append(name)
    return young


def _check_shown(source: Source, heads: dict[str, tuple[int, str]], chains: dict[str, Chain]) -> None:
    """Pages and tables show no moment, date or amount of a case that its chain in the pack does not say; the
    register shows the seal of each."""
    whole = {name: chain for name, chain in chains.items() if name in heads and not chain.withheld}
    for name in sorted(source.sizes):
        parts, is_table = name.split("/"), name.endswith(".csv")
        if len(parts) < 2 or not name.endswith((".csv", ".html")):
            continue
        text = content(source, name, MOST_WORDS).decode("utf-8", "replace")
        for found in (CSV_ROW if is_table else HTML_ROW).finditer(text):
            row = (
                found[0].replace('""', '"')
                if is_table
                else unescape(re.sub(r"<[^>]*>", "\n", found[0])).strip()
            )
            first = "case#" + re.split("[,\n]", row, maxsplit=1)[0]
            own = first if first in heads else f"case#{parts[-2]}"
            if is_table and parts[-1].startswith("register-") and own in heads and heads[own][1] not in row:
                raise DoesNotFit(f"{name}: shows another seal of {own} than {REGISTER}")
            for told in told_in(row, SHOWS) if own in whole else ():
                if told not in whole[own].says:
                    raise DoesNotFit(f"{name}: shows {told} of {own}, whose entries do not say so")
    say(f"moments, dates and amounts that are shown of {len(whole)} cases stand in their chains")


def _check_tables(source: Source, heads: dict[str, Any], chains: dict[str, Chain]) -> None:
    """Tables of settings and records show what follows from their chains, and nothing else; each page of a
    table shows what the table does. The others are named: nothing proves them."""
    expected = {place: rows for chain in chains.values() for place, rows in _tables_of(chain)}
    compared, unproven = {table for table, _ in expected}, []
    csv.field_size_limit(MOST_WORDS)
    for name in sorted(each for each in source.sizes if "/" in each and each.endswith(".csv")):
        text = content(source, name, MOST_WORDS).decode("utf-8", "replace")
        columns, *rows = csv.reader(StringIO(text, newline=""))
        if len({*columns}) != len(columns) or any(len(row) != len(columns) for row in rows):
            raise DoesNotFit(f"{name}: a table whose rows are not of its columns")
        if f"{name[:-4]}.html" in source.sizes:
            _check_page(source, f"{name[:-4]}.html", columns, rows)
        table, known = name.rpartition("/")[2][:-4], all(f"case#{row[0]}" in heads for row in rows)
        if table not in compared:
            unproven += [] if known else [name]
            continue
        for row in rows:
            told = expected.get((table, row[0]))
            if not told:
                raise DoesNotFit(f"{name}: shows of {row[0]} what no chain says")
            _check_row(columns, row, told.pop(0), f"{name}: {row[0]}")
    for (table, own), told in expected.items():
        if told:
            raise DoesNotFit(f"{table}.csv: leaves out what the chain of {own} says")
    others = sum(not each.startswith("case#") for each in chains)
    say(f"tables of {others} settings and records say what their chains do")
    say(f"NOT PROVEN: {NOT_PROVEN}; and tables that stand in no chain here: {', '.join(unproven)}")


def _tables_of(chain: Chain) -> Iterator[tuple[tuple[str, str], list[dict[str, Any]]]]:
    """The rows that are to be shown of a setting or a record, by table and first cell."""
    kind, _, own = chain.name.replace("record#", "", 1).partition("#")
    holds, end = chain.content or {}, {"version": chain.version}
    if not chain.name.startswith(("case#", "record#")):
        yield ("settings", kind), [{"kind": kind, **end, "content": holds}] if chain.content else []
        yield ("changes", kind), [{"kind": kind, **each} for each in chain.history]
    elif chain.name.startswith("record#"):
        yield (kind, own), [{"id": own, **end, **holds}]
        yield (f"{kind}_history", own), [{"id": own, **each} for each in chain.history]
        if kind == "audit":
            yield ("findings", own), [{"audit": own, **each} for each in holds.get("findings", [])]
        if kind == "policy":
            yield ("readings", own), [{"policy": own, **each} for each in _readings(holds)]


def _readings(policy: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Who confirmed to have read the version in force: by the day, and each member's last."""
    number = policy.get("number")
    last = {each["member"]: each for each in policy.get("readings", []) if each["number"] == number}
    for day, members in sorted(policy.get("confirmed", {}).items()):
        yield from ({"member": each, "version": number, "on": day} for each in members if each not in last)
    yield from ({"member": each["member"], "version": number, "on": each["on"]} for each in last.values())


def _check_row(columns: list[str], row: list[str], told: dict[str, Any], where: str) -> None:
    """Apostrophes do not count: a table puts them before what a spreadsheet may take for a formula."""
    for column, shown in zip(columns, row):  # noqa: B905  # Python 3.9
        cell, value = shown.replace("'", ""), told.get(column)
        if column == "changed":
            names, sure = set(cell.split()), value or {}
            left_out = {each for each in sure if sure[each]} - names - {"former_mailboxes"}
            fits = value is None or (names <= {*sure} and not left_out)
        elif isinstance(value, (dict, list)):
            said = json.loads(json.dumps(_bare(value), ensure_ascii=False).replace("'", ""))
            fits = _bare(parsed(cell.encode() or b"null", where)) in (said, said or None)
        else:
            plain = value if isinstance(value, str) else "" if value is None else str(value).lower()
            fits = cell.replace("+00:00", "Z") == plain.replace("'", "").replace("+00:00", "Z")
        if not fits:
            raise DoesNotFit(f"{where}: shows another {column} than its chain says")


def _check_page(source: Source, name: str, columns: list[str], rows: list[list[str]]) -> None:
    """A page of a table shows some of its columns, and in each row what stands there."""
    text = content(source, name, MOST_WORDS).decode("utf-8", "replace")
    shown = [
        [_words(unescape(re.sub(r"<[^<>]*>", "", cell))) for cell in re.split("</t[dh]>", row)[:-1]]
        for row in (each.partition("</tr>")[0] for each in text.split("<tr>")[1:])
    ]
    table = [[_words(cell) for cell in row] for row in [columns, *rows]]
    places = [table[0].index(each) for each in (shown[0] if shown else ()) if each in table[0]]
    if shown != [[row[place] for place in places] for row in table] and (shown or rows):
        raise DoesNotFit(f"{name}: shows something else than the table beside it")


def _words(cell: str) -> str:
    """The text of a cell, however a page or a table writes it."""
    return re.sub(r"['\s]", "", cell).lower()


def _check_files(sums: dict[str, str], chains: dict[str, Chain]) -> None:
    """The files of a case, `…/<reference>/files/…`, are those that its chain names by their hashes."""
    found: dict[str, set[str]] = {}
    for name, digest in sums.items():
        parts = name.split("/")
        chain = chains.get(f"case#{parts[-3]}") if len(parts) > 2 and parts[-2] == "files" else None
        if chain:
            if digest not in chain.files and not chain.unopened:
                raise DoesNotFit(f"{name}: is no file that {chain.name} has")
            found.setdefault(chain.name, set()).add(digest)
    for chain in chains.values():
        for digest, number in chain.files.items():
            if digest not in found.get(chain.name, ()):
                raise DoesNotFit(f"{chain.name}: the file of entry {number} is missing")
    say(f"{sum(map(len, found.values()))} files of cases are those that their chains name")


def _check_hours(index: dict[str, Any], found: dict[str, Checkpoint]) -> None:
    """The pack says how many checkpoints it brings: one that is left out at either end shows."""
    said = field(index, "checkpoints", int, INDEX)
    if said != len(found):
        raise DoesNotFit(f"checkpoints/: {len(found)} of {said}")


def _register(source: Source, index: dict[str, Any]) -> dict[str, tuple[int, str]]:
    """The end of each chain of the period: {"chain": …, "number": …, "seal": …, …}."""
    heads: dict[str, tuple[int, str]] = {}
    for name in sorted(name for name in source.sizes if name.rpartition("/")[2] == REGISTER):
        for place, line in enumerate(lines(source, name), start=1):
            where = f"{name}, line {place}"
            value = an_object(parsed(line, where), where)
            chain = field(value, "chain", str, where)
            if chain in heads:
                raise DoesNotFit(f"{where}: {chain} stands in it twice")
            heads[chain] = field(value, "number", int, where), field(value, "seal", str, where)
    said = field(index, "cases", int, INDEX)
    if said != len(heads):
        raise DoesNotFit(f"{REGISTER}: {len(heads)} cases of {said}")
    say(f"the register has {len(heads)} cases")
    return heads


def _chains(source: Source) -> dict[str, Chain]:
    chains: dict[str, Chain] = {}
    for name in sorted(name for name in source.sizes if name.rpartition("/")[2].endswith(CHAINS)):
        for chain in chains_in(source, name):
            if chain.name in chains:
                raise DoesNotFit(f"{name}: {chain.name} stands in two files")
            chains[chain.name] = chain
    withheld = sum(each.withheld for each in chains.values())
    entries = sum(len(each.seals) for each in chains.values()) - withheld
    values = sum(each.values for each in chains.values())
    say(f"{len(chains)} chains with {entries} entries verify; {values} texts are what was committed to")
    if withheld:
        say(f"NOTE: {withheld} more entries are withheld: their seals are as stated, and they were not read")
    return chains


def _check_sample(index: dict[str, Any], heads: dict[str, Any], chains: dict[str, Chain]) -> None:
    """The cases whose hashes with the seed come first are in the pack: SHA-256 of seed, `|` and reference."""
    sample = an_object(index.get("sample"), INDEX)
    seed, size = field(sample, "seed", str, INDEX), field(sample, "size", int, INDEX)
    withheld = set(map(str, sample.get("withheld", ())))
    references = [name.partition("#")[2] for name in heads]
    of = [each for each in references if each not in withheld]
    drawn = sorted(of, key=lambda each: sha256(f"{seed}|{each}".encode()))[: max(size, 0)]
    for reference in drawn:
        if f"case#{reference}" not in chains:
            raise DoesNotFit(f"case#{reference}: was drawn by the seed, and is not in the pack")
    say(f"the {len(drawn)} cases that the seed draws are in the pack")


def _check_proofs(source: Source, found: dict[str, Checkpoint], chains: dict[str, Chain]) -> dict[str, int]:
    """Each line: {"leaf": {…}, "checkpoint": name, "index": i, "size": n, "path": [hex, …]}. The last entry
    of each chain that is proven."""
    proven = dict.fromkeys(chains, 0)
    for name in sorted(name for name in source.sizes if name.rpartition("/")[2].endswith(PROOFS)):
        for place, line in enumerate(lines(source, name), start=1):
            where = f"{name}, line {place}"
            value = an_object(parsed(line, where), where)
            checkpoint = found.get(field(value, "checkpoint", str, where))
            if checkpoint is None:
                raise DoesNotFit(f"{where}: names a checkpoint that is not in the pack")
            leaf = an_object(value.get("leaf"), where)
            path = field(value, "path", list, where)
            if len(path) > 64 or not all(isinstance(each, str) and HEX.fullmatch(each) for each in path):
                raise DoesNotFit(f"{where}: no path of a proof")
            size = field(value, "size", int, where)
            root = root_of_proof(
                canonical(leaf),
                field(value, "index", int, where),
                size,
                [bytes.fromhex(each) for each in path],
            )
            if root is None or size != checkpoint.size or root.hex() != checkpoint.root:
                raise DoesNotFit(f"{where}: does not lead to the root of {checkpoint.name}")
            if "chain" in leaf:
                check_leaf(leaf, chains, f"{where}, {checkpoint.name}")
                chain = str(leaf["chain"])
                proven[chain] = max(proven.get(chain, 0), field(leaf, "number", int, where))
            elif "letter" in leaf:
                check_letter(leaf, chains, f"{where}, {checkpoint.name}")
    return proven


def check_leaf(leaf: dict[str, Any], chains: dict[str, Chain], where: str) -> None:
    """The entry that a checkpoint names is in the chain, with that seal."""
    chain = chains.get(field(leaf, "chain", str, where))
    if chain is None:
        return
    number = field(leaf, "number", int, where)
    seal = chain.seals.get(number)
    if seal is None:
        raise DoesNotFit(f"{chain.name}: ends before entry {number}, which was sealed ({where})")
    if seal != leaf.get("seal"):
        of = f": one of {chain.fits + 1} to {number} was changed" if 0 < chain.fits < number - 1 else ""
        raise DoesNotFit(f"{chain.name}, entry {number}: is not the one that was sealed{of} ({where})")
    chain.fits = max(chain.fits, number)


def check_letter(leaf: dict[str, Any], chains: dict[str, Chain], where: str) -> None:
    """What was sealed of a letter that left is what an entry of its case says. It may have left twice; what
    an entry that is withheld says is not known."""
    name, digest = field(leaf, "letter", str, where), field(leaf, "digest", str, where)
    reference, _, letter = name.partition("/")
    chain = chains.get(f"case#{reference}")
    if chain is None or not (digest or leaf.get("state") == "sent"):
        return
    sent = chain.letters.get(letter)
    if sent is None and not chain.withheld:
        raise DoesNotFit(f"letter {name}: was sealed as sent, and no entry of its case says so ({where})")
    if sent is not None and digest and (digest, leaf.get("to")) not in sent:
        raise DoesNotFit(f"letter {name}: is not the one that its case says was sent ({where})")


def check_run(leaf: dict[str, Any], runs: dict[str, str], where: str) -> None:
    """A run of the retention rules is sealed once it ended, and is not written again."""
    name, digest = field(leaf, "run", str, where), field(leaf, "digest", str, where)
    if runs.setdefault(name, digest) != digest:
        raise DoesNotFit(f"retention run {name}: is not the one that was sealed before ({where})")


# A copy of the bucket


class Copies(NamedTuple):
    """What is verified with a copy of the bucket: exported chains, a copy of the table, and one of the bucket
    of files."""

    chains: Source = None
    table: Source = None
    files: Source = None


def check_bucket(source: Source, copies: Copies, trusted: set[str], authorities: list[Any]) -> None:
    keys = Keys(source, trusted)
    found = checkpoints(source, keys, is_whole=True)
    if not found and not copies.table:
        raise Unusable("no checkpoint in it")
    if found:
        say(f"{len(found)} checkpoints follow on one another, {min(found)} to {max(found)}")
    check_stamps(source, found, authorities)
    stated = stated_in(source, keys)
    chains = _chains(copies.chains) if copies.chains else {}
    covered: set[str] = set()
    runs: dict[str, str] = {}
    erased: dict[str, set[Any]] = {}
    statements = {"", *(sha256(each.bytes) for each in found.values())}
    for checkpoint in found.values():
        is_taken_back = any(_overlaps(checkpoint, *each) for each in stated.restores)
        for leaf in leaves(source, checkpoint):
            where = checkpoint.name
            value = parsed(leaf, where)
            if isinstance(value, dict) and "chain" in value and not is_taken_back:
                check_leaf(value, chains, where)
                covered.add(str(value["chain"]))
            elif isinstance(value, dict) and "letter" in value and not is_taken_back:
                check_letter(value, chains, where)
            elif isinstance(value, dict) and "erasure" in value:
                erased.setdefault(str(value["erasure"]), set()).add(value.get("digest"))
            elif isinstance(value, dict) and "run" in value and not is_taken_back:
                check_run(value, runs, where)
            elif (
                isinstance(value, dict) and "checkpoint" in value and value.get("statement") not in statements
            ):
                raise DoesNotFit(f"{where}: names a statement of {value.get('checkpoint')} that is not there")
    for name, digests in erased.items():
        if sha256(content(source, f"{ERASURES}{name}.json")) not in digests:
            raise DoesNotFit(f"{ERASURES}{name}.json: is not the erasure that was sealed")
    if unsealed := {name for each in stated.listed.values() for name, _ in each} - erased.keys():
        say(f"NOTE: {len(unsealed)} of the list of erasures are in no checkpoint: {min(unsealed)} is one")
    if runs:
        say(f"{len(runs)} retention runs are sealed, each as one")
    if copies.chains:
        known = [name for name in chains if name in covered]
        say(f"{len(known)} of {len(chains)} exported chains stand under a checkpoint, and are whole up to it")
    if copies.table:
        check_table(source, found, stated, copies.table, copies.files)
    _say_keys(keys)


def stated_in(source: Source, keys: Keys) -> Stated:
    others = sorted(name for name in source.sizes if name.startswith(OTHERS) and name.endswith(".json"))
    stated = Stated([], [], {})
    for name in sorted(name for name in source.sizes if name.startswith(ERASURES)):
        case = name.rpartition("/")[2].partition(".")[0]
        asked = moment(field(document(source, name), "requested_at", str, name), name)
        stated.listed.setdefault(case, []).append((name[len(ERASURES) : -len(".json")], asked))
    for name in others:
        _, statement = signed_statement(source, name, keys)
        at = moment(field(statement, "at", str, name), name)
        if name.partition("/")[2] != at.strftime("%Y-%m-%dT%H-%M-%S.json"):
            raise DoesNotFit(f"{name}: is a copy of a statement of {at:%Y-%m-%dT%H:%M:%SZ}")
        if statement.get("kind") in ("restore", "rebuild"):
            moments = stated.restores if statement["kind"] == "restore" else stated.rebuilt
            moments.append((moment(field(statement, "to", str, name), name), at))
    say(f"{len(others)} restores and verifications are signed")
    return stated


# A copy of the table


class Stored:
    """What a copy of the table has of one case, setting, record or run: the bytes of its items."""

    def __init__(self) -> None:
        self.chain = ""
        self.places: set[tuple[str, str]] = set()
        self.entries: dict[str, Any] = {}
        self.values: dict[str, list[tuple[str, Any]]] = {}
        self.letters: dict[str, dict[str, Any]] = {}
        self.kept: dict[str, list[tuple[str, Any, Any]]] = {}
        self.state: dict[str, Any] | None = None
        self.key: Any = None
        self.run: Any = None


class SealedOf:
    """What checkpoints say of one case, setting, record or run: each leaf, with its checkpoint."""

    def __init__(self) -> None:
        self.leaves: list[tuple[dict[str, Any], Checkpoint]] = []


class Copy(NamedTuple):
    """A copy of the table, when it was made, whether it has data keys, what its item of the last checkpoint
    says, and how many bytes of memory all of it would take."""

    source: Source
    at: Optional[datetime]  # noqa: UP045  # Python 3.9
    now: datetime
    has_keys: bool
    last: Any
    size: int


class Counts:
    """What was looked at in a copy of the table."""

    def __init__(self) -> None:
        self.chains = self.entries = self.values = self.letters = self.runs = self.files = 0
        self.states = self.unsealed_states = self.unopened = 0


Moments = list[tuple[datetime, datetime]]


class Stated(NamedTuple):
    """What is stated of the table: restores, each to which moment, and when that was said; rebuildings of
    states, each from when to when; and the list of erasures, by case."""

    restores: Moments
    rebuilt: Moments
    listed: dict[str, list[tuple[str, datetime]]]


def items(source: Source) -> Iterator[dict[str, Any]]:
    """The items of a copy: each line is {"Item": {"pk": {"S": …}, …}}, as DynamoDB exports a table; other
    lines and files, such as the lists of an export, are none."""
    for name in sorted(source.sizes):
        if TABLE_FILE.search(name):
            for place, line in enumerate(lines(source, name), start=1):
                if b'"Item"' in line:
                    where = f"{name}, line {place}"
                    value = an_object(parsed(line, where), where).get("Item")
                    yield {key: _plain(each, where) for key, each in an_object(value, where).items()}


def _plain(typed: Any, where: str) -> Any:
    """Text, a number and bytes from DynamoDB's JSON; what is of another kind is of no use here."""
    kind, value = next(iter(an_object(typed, where).items()), ("", None))
    if kind == "B" and isinstance(value, str):
        return from_base64(value, where)
    return value if kind in ("S", "N") and isinstance(value, str) else None


def copy_of(source: Source, now: datetime) -> Copy:
    """What a copy says of itself, in one pass; `now` is as far as the checkpoints go."""
    at, has_keys, last, found, size = None, False, None, 0, 0
    for name in source.sizes:
        if name.rpartition("/")[2] == SUMMARY:
            made = moment(field(document(source, name), "exportTime", str, name), name)
            at = min(at or made, made)
    for item in items(source):
        found += 1
        size += _held(item) if owner_of(item) else 0
        if item.get("pk") == "sealed" and item.get("sk") == "sealed":
            last = parsed(utf8(str(item.get("last")), "sealed"), "the item of the last checkpoint")
        has_keys = has_keys or str(item.get("pk")).startswith("key#")
    if not found:
        raise Unusable("no item of a table in it")
    return Copy(source, at, at or now, has_keys, last, size)


def _held(item: dict[str, Any]) -> int:
    """The bytes of memory that an item takes: how small a file is packed says nothing of it."""
    return AN_OBJECT + sum(len(each) for each in item.values() if each)


def owner_of(item: dict[str, Any]) -> str:
    """Whose an item is: the reference of a case, `site#demo`, `record#policy#demo.main`,
    `retention#demo/2026-11-28`; empty for what proves nothing."""
    pk, sk = str(item.get("pk")), str(item.get("sk", ""))
    kind, _, name = pk.partition("#")
    if kind in ("private", "identity"):
        return name if sk.startswith(("entry#", "letter#")) else ""
    if kind == "key":
        return name
    if kind == "retention" and sk.startswith("run#"):
        return f"{pk}/{sk[len('run#') :]}"
    if kind == "records":
        return f"record#{sk}"
    if pk in ("sites", "members", "packs") or kind in ("wording", "automations"):
        return sk
    if sk.startswith(("entry#", "letter#")) or (kind == "case" and sk == "head"):
        return name if kind == "case" else pk
    return ""


def stored_in(copy: Copy, part: int, parts: int) -> dict[str, Stored]:
    """What a copy has of each, of one part of them: so a table of any size is gone through in little
    memory."""
    found: dict[str, Stored] = {}
    held = 0
    for item in items(copy.source):
        owner = owner_of(item)
        if not owner or zlib.crc32(owner.encode("utf-8", "replace")) % parts != part:
            continue
        held += _held(item)
        if held > MOST_HELD:
            raise Unusable(f"{owner}: more than {MOST_HELD >> 30} GiB of memory would be needed")
        stored = found.setdefault(owner, Stored())
        pk, sk = str(item["pk"]), str(item.get("sk", ""))
        if (pk, sk) in stored.places:
            raise DoesNotFit(f"{pk}, {sk}: stands in the copy twice")
        stored.places.add((pk, sk))
        kind, _, name = sk.partition("#")
        if pk.startswith(("private#", "identity#")):
            if kind == "entry":
                stored.values.setdefault(name, []).append((pk, item.get("values")))
            else:
                stored.kept.setdefault(name, []).append((pk, item.get("message"), item.get("to")))
        elif pk.startswith("key#"):
            stored.key = item.get("key")
        elif pk.startswith("retention#"):
            stored.run = item.get("run")
        elif kind == "entry":
            stored.chain = pk
            stored.entries[name] = item.get("data")
        elif kind == "letter":
            stored.letters[name] = item
        else:
            stored.state = item
            if sk == "head":
                stored.chain = pk
    return found


def sealed_in(
    source: Source, found: dict[str, Checkpoint], stated: Stated, part: int, parts: int
) -> dict[str, SealedOf]:
    """What checkpoints say of each, less what a restore took away."""
    sealed: dict[str, SealedOf] = {}
    for checkpoint in found.values():
        if any(_overlaps(checkpoint, *each) for each in stated.restores):
            continue
        for line in leaves(source, checkpoint):
            leaf = parsed(line, checkpoint.name)
            owner = _sealed_of(leaf) if isinstance(leaf, dict) else ""
            if owner and zlib.crc32(owner.encode("utf-8", "replace")) % parts == part:
                sealed.setdefault(owner, SealedOf()).leaves.append((leaf, checkpoint))
    return sealed


def _overlaps(checkpoint: Checkpoint, begin: datetime, end: datetime) -> bool:
    return begin < checkpoint.end and checkpoint.begin < end


def _sealed_of(leaf: dict[str, Any]) -> str:
    if "run" in leaf:
        return f"retention#{leaf['run']}"
    if "letter" in leaf:
        return str(leaf["letter"]).partition("/")[0]
    chain = str(leaf.get("chain") or leaf.get("head") or "")
    return chain[len("case#") :] if chain.startswith("case#") else chain


def check_table(
    source: Source,
    found: dict[str, Checkpoint],
    stated: Stated,
    table: Source,
    files: Source | None,
) -> None:
    """Everything in a copy of the table, and everything that checkpoints say was in it."""
    ends = [each.end for each in found.values()]
    copy, counts = copy_of(table, max(ends, default=datetime.now(timezone.utc))), Counts()
    _check_last(copy, found)
    leaves_of_all = sum(each.size for each in found.values())
    parts = 1 + (copy.size + AN_OBJECT * leaves_of_all) // PART_BYTES
    for part in range(parts):
        stored = stored_in(copy, part, parts)
        sealed = sealed_in(source, found, stated, part, parts)
        for owner in sorted(stored.keys() | sealed.keys()):
            one = OfOne(owner, stored.get(owner, Stored()), copy, stated, files, counts)
            try:
                one.check(sealed.get(owner, SealedOf()).leaves)
            except (TypeError, KeyError, AttributeError, IndexError) as error:
                raise DoesNotFit(f"{one.chain.name}: holds what none of its kind does ({error!r})") from error
    say(f"{counts.chains} chains of the table verify, with {counts.entries} entries, {counts.values} texts")
    say(f"{counts.states} states are as the facts say, or as they were sealed")
    if counts.unsealed_states:
        say(f"NOTE: {counts.unsealed_states} states of cases were never sealed: they were not compared")
    say(f"{counts.letters} letters and {counts.runs} retention runs are as they were sealed")
    if files:
        say(f"{counts.files} files and mails are those that their cases name")
    if counts.unopened:
        why = "the copy has no data keys" if HAS_CRYPTOGRAPHY else "`cryptography` is missing"
        say(f"NOTE: {counts.unopened} items are encrypted and were not opened: {why}")


def _check_last(copy: Copy, found: dict[str, Checkpoint]) -> None:
    """The table names the checkpoint that was made last: who takes the newest ones out of the bucket is
    found by it."""
    if copy.last is None:
        return
    said = an_object(copy.last, "the item of the last checkpoint")
    until = moment(field(said, "until", str, "sealed"), "sealed")
    hours = [each for each in found.values() if each.kind == "hour"]
    if not hours or max(each.end for each in hours) < until:
        raise DoesNotFit(f"checkpoints/: the last one is gone: the table says that it ended at {until}")
    if any(each.end == until and sha256(each.bytes) != said.get("statement") for each in hours):
        raise DoesNotFit(f"checkpoints/: the last one is not the one that the table names, of {until}")


class OfOne:
    """One case, setting, record or run of a copy of the table."""

    def __init__(
        self,
        owner: str,
        stored: Stored,
        copy: Copy,
        stated: Stated,
        files: Source | None,
        counts: Counts,
    ) -> None:
        self.owner, self.stored, self.copy = owner, stored, copy
        self.stated, self.files, self.counts = stated, files, counts
        self.chain = Chain(stored.chain or (f"case#{owner}" if "#" not in owner else owner))
        self.facts: dict[int, list[Any]] = {}
        self.private: dict[int, dict[str, Any]] = {}
        self.unopened: set[int] = set()
        self.words = 0
        self.is_case = self.chain.name.startswith("case#")

    def check(self, sealed: list[tuple[dict[str, Any], Checkpoint]]) -> None:
        if self.owner.startswith("retention#"):
            self._check_run(sealed)
            return
        self._read_chain()
        of_chain = [(leaf, each) for leaf, each in sealed if "chain" in leaf]
        for leaf, checkpoint in of_chain:
            if not self.chain.seals and not self._is_later(checkpoint):
                raise DoesNotFit(f"{self.chain.name}: is gone, and was sealed ({checkpoint.name})")
            if not (self._is_later(checkpoint) and leaf.get("number", 0) > len(self.chain.seals)):
                check_leaf(leaf, {self.chain.name: self.chain}, checkpoint.name)
        letters = [(leaf, each) for leaf, each in sealed if "letter" in leaf and not self._is_later(each)]
        if self.chain.seals or self.stored.state:
            self._check_state([(leaf, each) for leaf, each in sealed if "head" in leaf])
            self._check_words()
        if self.is_case and self.chain.seals:
            self._check_letters(letters)
            self._check_erasures()
            if self.files:
                self._check_files(self.files)
        else:
            self._check_other_letters(letters)
        self.counts.chains += bool(self.chain.seals)
        self.counts.entries += len(self.chain.seals)
        self.counts.values += self.chain.values

    def _check_erasures(self) -> None:
        """What is on the list of erasures was asked for, unless a restore took that back, or the table was
        copied before."""
        asked = any(fact.get("fact") in ("ErasureRequested", "PartyErased") for *_, fact in self._all_facts())
        for name, at in () if asked else self.stated.listed.get(self.owner, ()):
            is_gone = any(to <= at <= stated for to, stated in self.stated.restores)
            if not is_gone and at < (self.copy.at or self.copy.now):
                raise DoesNotFit(f"{ERASURES}{name}.json: nobody asked for it, by the facts of its case")

    def _is_later(self, checkpoint: Checkpoint) -> bool:
        """Whether a checkpoint may name what was written after the copy was made."""
        return self.copy.at is not None and checkpoint.end > self.copy.at

    def _check_run(self, sealed: list[tuple[dict[str, Any], Checkpoint]]) -> None:
        stored = self.stored.run
        for leaf, checkpoint in sealed:
            if self._is_later(checkpoint):
                continue
            if stored is None:
                raise DoesNotFit(f"{self.owner}: is gone, and was sealed ({checkpoint.name})")
            if sha256(utf8(stored, self.owner)) != leaf.get("digest"):
                raise DoesNotFit(f"{self.owner}: is not the run that was sealed ({checkpoint.name})")
        self.counts.runs += bool(sealed)

    # The chain

    def _read_chain(self) -> None:
        for name in sorted(self.stored.entries):
            where = self.chain.name
            if not (name.isascii() and name.isdigit()):
                raise DoesNotFit(f"{where}: an entry that has no number")
            number, data = int(name), self.stored.entries[name]
            if not isinstance(data, bytes):
                raise DoesNotFit(f"{where}, entry {number}: has no bytes")
            values: dict[str, Any] = {}
            for pk, raw in self.stored.values.get(name, []):
                values.update(self._values(number, pk, f"entry#{name}", raw))
            line = {"number": number, "entry": _text(data, where), "private": values}
            _add(self.chain, line, "table")
            self.facts[number] = json.loads(data)["facts"]
            self.private[number] = values

    def _values(self, number: int, pk: str, sk: str, raw: Any) -> dict[str, Any]:
        """The values of an entry that are there: none where their key was destroyed."""
        where = f"{self.chain.name}, entry {number}"
        data = self._opened(pk, sk, raw, where)
        if data is None:
            self.unopened.add(number)
            return {}
        if not data:
            return {}
        words = _inflated(data, where)
        self.words += len(words)
        if self.words > MOST_WORDS:
            raise DoesNotFit(f"{self.chain.name}: more than {MOST_WORDS >> 20} MiB of words")
        return an_object(parsed(words, where), where)

    def _opened(self, pk: str, sk: str, raw: Any, where: str) -> bytes | None:
        """What an item holds: nothing left where its key is gone; `None` where that cannot be known."""
        if not isinstance(raw, bytes):
            raise DoesNotFit(f"{where}: its values are no bytes")
        if raw[:1] != b"\x01":
            return raw
        if not self.copy.has_keys or not HAS_CRYPTOGRAPHY:
            self.counts.unopened += 1
            return None
        if not isinstance(self.stored.key, bytes):
            return b""
        try:
            return bytes(AESGCM(self.stored.key).decrypt(raw[1:13], raw[13:], f"{pk}\n{sk}".encode()))
        except (InvalidTag, ValueError):
            return b""

    def _all_facts(self) -> Iterator[tuple[int, int, dict[str, Any]]]:
        for number in sorted(self.facts):
            for place, fact in enumerate(self.facts[number]):
                if isinstance(fact, dict):
                    yield number, place, fact

    def _check_words(self) -> None:
        """A value is there, unless a later fact says that it was removed."""
        erased = 0
        gone: set[int] = set()
        for number, _, fact in self._all_facts():
            kind = fact.get("fact")
            if kind == "ErasureRequested":
                erased = number
            elif kind in ("Redacted", "PartyErased"):
                of = fact.get("entries") if kind == "PartyErased" else [fact.get("entry")]
                gone.update(each for each in of or () if isinstance(each, int) and each < number)
        for number, place, fact in self._all_facts():
            if number <= erased or number in gone or number in self.unopened:
                continue
            for name, value in fact.items():
                at = f"{place}.{fact.get('fact')}.{name}"
                is_private = isinstance(value, str) and COMMITTED.fullmatch(value)
                if is_private and name != "recipient" and at not in self.private[number]:
                    what = f"{self.chain.name}, entry {number}: {at}"
                    raise DoesNotFit(f"{what} is gone, and no fact says why")

    # The state

    def _check_state(self, sealed: list[tuple[dict[str, Any], Checkpoint]]) -> None:
        state, name = self.stored.state, self.chain.name
        if state is None:
            raise DoesNotFit(f"{name}: its state is gone")
        number = len(self.chain.seals)
        said = str(state.get("number") or "0")
        if said != str(number):
            raise DoesNotFit(f"{name}: its state is of entry {said}, its last entry is {number}")
        if self.is_case:
            self._check_head(utf8(str(state.get("state")), name), sealed)
            return
        if number and state.get("seal") != self.chain.seals[number]:
            raise DoesNotFit(f"{name}: its state names another seal than that of entry {number}")
        is_record = name.startswith("record#")
        stored = utf8(str(state.get("content" if is_record else "settings")), name)
        expected = self.chain.content
        if number and expected is not None and _bare(expected) != _bare(parsed(stored, name)):
            raise DoesNotFit(f"{name}: its state is not the one that follows from its facts")
        self.counts.states += 1

    def _check_head(self, stored: bytes, sealed: list[tuple[dict[str, Any], Checkpoint]]) -> None:
        name, number = self.chain.name, len(self.chain.seals)
        state = an_object(parsed(stored, name), name)
        said = state.get("reference"), state.get("number"), state.get("seal")
        if said != (self.owner, number, self.chain.seals.get(number)):
            raise DoesNotFit(f"{name}: its state is not that of its last entry")
        digests: set[str] = set()
        rebuilt: set[str] = set()
        for leaf, checkpoint in sealed:
            if leaf.get("number") == number:
                is_rebuilt = any(_overlaps(checkpoint, *each) for each in self.stated.rebuilt)
                (rebuilt if is_rebuilt else digests).add(str(leaf.get("digest")))
        if not digests and not rebuilt:
            self.counts.unsealed_states += 1
            return
        if len(digests - rebuilt) > 1 or sha256(stored) not in digests | rebuilt:
            raise DoesNotFit(f"{name}: its state was written anew after entry {number}")
        self.counts.states += 1

    # Letters

    def _check_letters(self, sealed: list[tuple[dict[str, Any], Checkpoint]]) -> None:
        """The letters of a case: those that facts tell of, and those that were sealed."""
        told: dict[str, dict[str, Any]] = {}
        for _, _, fact in self._all_facts():
            if fact.get("fact") in ("LetterSent", "LetterFailed"):
                told[str(fact.get("letter"))] = fact
        for id in sorted(told.keys() | self.stored.letters.keys()):
            self._check_letter(id, self.stored.letters.get(id), told.get(id))
        for leaf, checkpoint in sealed:
            id = str(leaf["letter"]).partition("/")[2]
            if id not in self.stored.letters:
                raise DoesNotFit(f"letter {leaf['letter']}: is gone, and was sealed ({checkpoint.name})")
            check_letter(leaf, {self.chain.name: self.chain}, checkpoint.name)
        self.counts.letters += len(self.stored.letters)

    def _check_letter(self, id: str, letter: dict[str, Any] | None, told: dict[str, Any] | None) -> None:
        what = f"letter {self.owner}/{id}"
        if letter is None:
            raise DoesNotFit(f"{what}: is gone, and an entry tells of it")
        state, digest, to = (str(letter.get(name) or "") for name in ("state", "digest", "recipient"))
        if told is None:
            if digest or state in ("sent", "failed"):
                raise DoesNotFit(f"{what}: is {state}, and no entry says so")
            return
        was_sent = told.get("fact") == "LetterSent"
        if state in ("sent", "failed") and (state == "sent") != was_sent:
            raise DoesNotFit(f"{what}: is {state}, and its case says otherwise")
        if was_sent and (digest, to) != (str(told.get("digest", "")), str(told.get("recipient", ""))):
            raise DoesNotFit(f"{what}: is not the one that its case says was sent")
        if state != "sent" or not digest:
            return
        kept = self._kept(id, what)
        if kept is None:
            if to and self._may_be_read(id) and not self._may_lack_words(id, letter, told):
                raise DoesNotFit(f"{what}: its words are gone, and no fact says why")
            return
        self._check_kept(kept, letter, what)

    def _check_kept(self, kept: tuple[bytes, str], letter: dict[str, Any], what: str) -> None:
        """A letter as it is kept is the one that was sent, to whom it was sent."""
        words, to = kept
        digest, recipient = str(letter.get("digest") or ""), str(letter.get("recipient") or "")
        if letter.get("state") != "sent" or not digest:
            return
        has_files = any(
            isinstance(block, dict) and block.get("enclosed")
            for block in _letter(letter, what).get("blocks", [])
        )
        if not has_files and sha256(words) != digest:
            raise DoesNotFit(f"{what}: its words are not those that were sent")
        key = hmac.new(words, b"recipient", hashlib.sha256).digest()
        if recipient and recipient != committed(key, to, what):
            raise DoesNotFit(f"{what}: is for somebody else than it was sent to")

    def _kept(self, id: str, what: str) -> tuple[bytes, str] | None:
        """A letter as it is kept, and whom it is for, if it can be read."""
        for pk, message, to in sorted(self.stored.kept.get(id, []), reverse=True)[:1]:
            data = self._opened(pk, f"letter#{id}", message, what)
            if not data:
                return None
            if message[:1] != b"\x01":
                return _inflated(data, what), str(to or "")
            address, _, words = data.partition(b"\n")
            return _inflated(words, what), _text(address, what)
        return None

    def _may_be_read(self, id: str) -> bool:
        """Whether what is kept of a letter would be read, were it there: data keys are in the copy, or it is
        not encrypted."""
        kept = sorted(self.stored.kept.get(id, []), reverse=True)[:1]
        can_decrypt = self.copy.has_keys and HAS_CRYPTOGRAPHY
        return can_decrypt or not any(message[:1] == b"\x01" for _, message, _ in kept)

    def _may_lack_words(self, id: str, letter: dict[str, Any], told: dict[str, Any]) -> bool:
        """Whether a fact removed the letters of the case, or this one, or the words that it tells; or a
        restore took them, as it had left before and was put on record again."""
        at = moment(str(told.get("at")), self.owner)
        if any(to < at <= stated for to, stated in self.stated.restores):
            return True
        asked, stopped, redacted, named = False, self._stopped(), set(), set()
        for number, place, fact in self._all_facts():
            kind = fact.get("fact")
            if kind == "ErasureRequested" or (kind == "PartyErased" and fact.get("letters") is None):
                return True
            if kind == "PartyErased":
                named.update(fact["letters"])
            elif kind == "Redacted":
                redacted.add(fact.get("entry"))
            elif kind == "DataRemovalRequested" and fact.get("data") == "letters":
                asked = asked or (number, place) not in stopped
        return asked or id in named or not redacted.isdisjoint(_quoted(_letter(letter, self.owner)))

    def _check_other_letters(self, sealed: list[tuple[dict[str, Any], Checkpoint]]) -> None:
        """Letters of no case: what was sealed of one last holds."""
        last = {str(leaf["letter"]): (leaf, checkpoint) for leaf, checkpoint in sealed}
        for name, (leaf, checkpoint) in last.items():
            id = name.partition("/")[2]
            letter = self.stored.letters.get(id)
            if letter is None:
                raise DoesNotFit(f"letter {name}: is gone, and was sealed ({checkpoint.name})")
            if leaf.get("digest") and leaf["digest"] != letter.get("digest"):
                raise DoesNotFit(f"letter {name}: is not the one that was sealed ({checkpoint.name})")
            if kept := self._kept(id, f"letter {name}"):
                self._check_kept(kept, letter, f"letter {name}")
        self.counts.letters += len(last)

    # Files

    def _check_files(self, files: Source) -> None:
        """The files and mails that facts name lie in the copy of their bucket, and are what the facts say."""
        for number, kind, path, digest, at in self._named_files():
            what = f"{kind} {path} of {self.chain.name}, entry {number}"
            if path not in files.sizes:
                if not any(
                    at <= to and stated <= self.copy.now < stated + A_WEEK
                    for to, stated in self.stated.restores
                ):
                    raise DoesNotFit(f"{what}: is missing, and no fact says why")
            elif digest and _hash(files, path) != digest:
                raise DoesNotFit(f"{what}: is another one than that which came")
            self.counts.files += 1

    def _named_files(self) -> list[tuple[int, str, str, str, datetime]]:
        """What must lie there by all facts: the files that arrived and the mails that brought something, less
        what erasures, redactions and rules of retention remove."""
        found: list[tuple[int, str, str, str, datetime]] = []
        with_files: set[str] = set()
        removing: set[str] = set()

        def left(data: str, is_begun: bool) -> list[tuple[int, str, str, str, datetime]]:
            def goes(kind: str, path: str) -> bool:
                of_mails = data == "mails" or (data == "files" and path in with_files)
                return of_mails if kind == "mail" else data == "files" and not is_begun

            return [each for each in found if not goes(each[1], each[2])]

        stopped = self._stopped()
        for number, place, fact in self._all_facts():
            kind, data, raw = fact.get("fact"), str(fact.get("data")), fact.get("raw")
            if kind == "ErasureRequested":
                return []
            if kind == "DataRemovalRequested" and (number, place) not in stopped:
                removing.add(data)
                found = left(data, is_begun=False)
            elif kind == "DataRemoved":
                found = left(data, is_begun=True)
                removing.discard(data)
            elif kind in ("Redacted", "PartyErased"):
                gone = fact.get("entries") if kind == "PartyErased" else [fact.get("entry")]
                found = [each for each in found if each[1] == "file" or each[0] not in (gone or ())]
            elif kind == "AttachmentArrived":
                _, digest = self.private[number].get(f"{place}.AttachmentArrived.digest", ("", ""))
                at = moment(str(fact.get("at")), self.owner)
                found.append((number, "file", f"kept/{self.owner}/{fact.get('id')}", digest, at))
            elif isinstance(raw, dict) and kind in ("Received", "MessageReceived", "MailJoined"):
                path, at = f"inbound/{raw.get('key')}", moment(str(fact.get("at")), self.owner)
                found.append((number, "mail", path, str(raw.get("digest")), at))
                if raw.get("has_files"):
                    with_files.add(path)
        for data in removing:
            found = left(data, is_begun=True)
        return found

    def _stopped(self) -> set[tuple[int, int]]:
        """The removals by rules of retention that were asked for and stopped before they began."""
        asked: dict[str, tuple[int, int]] = {}
        stopped = set()
        for number, place, fact in self._all_facts():
            data = str(fact.get("data"))
            if fact.get("fact") == "DataRemovalRequested":
                asked[data] = number, place
            elif fact.get("fact") == "DataRemovalStopped" and data in asked:
                stopped.add(asked.pop(data))
        return stopped


def content_after(record: Any, id: str, fact: dict[str, Any]) -> Any:
    """What a setting or a record of the management system holds after a fact. Mostly the fact has the whole;
    a reading is added to its policy, and what members, invitations and users of the directory are is put
    together."""
    kind, at, by = fact.get("fact"), fact.get("at"), fact.get("by") or {}
    staff = by.get("id") if by.get("kind") == "staff" else None
    if "record" in fact:
        return fact["record"]
    if fact.get("content") is not None:
        return fact["content"]
    if fact.get("reading") and record:
        reading = fact["reading"]
        confirmed = {day: list(each) for day, each in record.get("confirmed", {}).items()}
        for each in record.get("readings", []):
            if each["number"] == record["number"] and each["member"] != reading["member"]:
                confirmed.setdefault(each["on"], []).append(each["member"])
        return {**record, "readings": [reading], "confirmed": confirmed}
    if kind == "PackVersionsTold" and record:
        return {**record, "told": {**record.get("told", {}), **fact["versions"]}}
    if kind == "MemberChanged" or (kind == "MemberJoined" and not record):
        names = ("name", "email", "roles", "sites", "away")
        after = {"id": id, **{name: fact.get(name) for name in names}}
        after.update({name: True for name in ("digest", "sensitive") if fact.get(name)})
        return {**after, "active": False} if record and record.get("active") is False else after
    if kind == "MemberJoined":
        return {**record, "sites": fact["sites"]}
    if kind == "MemberDeactivated":
        return {**record, "active": False}
    if kind == "MemberActivated":
        return {**record, "active": None}
    if kind == "MemberInvited":
        invited = ("name", "email", "roles", "sites", "letter_language", "valid_until")
        return {**{name: fact.get(name) for name in invited}, "sent_at": at, "invited_by": staff}
    if kind == "InvitationSentAgain":
        again = {"sent_at": at, "valid_until": fact["valid_until"], "invited_by": staff}
        return {**record, **again, "letters_sent": record.get("letters_sent", 1) + 1, "is_undelivered": None}
    if kind in ("InvitationWithdrawn", "InvitationAccepted"):
        is_accepted = kind == "InvitationAccepted"
        became = {"state": "accepted", "member": by.get("id")} if is_accepted else {"state": "withdrawn"}
        return {**record, **became}
    if kind == "InvitationUndelivered":
        return {**record, "is_undelivered": True}
    nobody = {"userName": "", "active": False}
    if kind == "DirectoryUserChanged":
        user = json.loads(fact["user"]) if fact["user"] else nobody
        before = record or {"created_at": at}
        return {
            "user": user,
            "created_at": before["created_at"],
            "changed_at": at,
            "member": before.get("member"),
        }
    if kind == "DirectoryUserLinked":
        return {**record, "member": fact["member"]}
    if kind == "DirectoryUserRemoved":
        return {**record, "user": nobody, "changed_at": at, "is_removed": True}
    return record


def _bare(value: Any) -> Any:
    """A value without what is empty: a later release may write it, or leave it out."""
    if isinstance(value, dict):
        found = {key: _bare(each) for key, each in value.items()}
        return {key: each for key, each in found.items() if each not in (None, "", [], {})}
    return [_bare(each) for each in value] if isinstance(value, list) else value


def _letter(item: dict[str, Any], where: str) -> dict[str, Any]:
    return an_object(parsed(utf8(str(item.get("letter")), where), where), where)


def _quoted(letter: dict[str, Any]) -> set[Any]:
    """The numbers of the entries whose words a letter tells: that of its text, and those of its points."""
    points = [each for each in letter.get("points", []) if isinstance(each, dict)]
    return {letter.get("text_entry"), *(each.get(name) for each in points for name in ("raised", "answered"))}


def _inflated(data: bytes, where: str) -> bytes:
    """What is long is stored as a zlib stream (RFC 1950)."""
    if data[:1] != b"\x78":
        return data
    inflating = zlib.decompressobj()
    try:
        found = inflating.decompress(data, MOST_DOCUMENT)
    except zlib.error as error:
        raise DoesNotFit(f"{where}: cannot be read: {error}") from error
    if inflating.unconsumed_tail or not inflating.eof:
        raise DoesNotFit(f"{where}: is cut, or larger than {MOST_DOCUMENT} bytes")
    return found


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise DoesNotFit(f"{where}: text that is no UTF-8") from error


# Mails, and what is said


def check_mails(source: Source, mails: list[str], trusted: set[str]) -> None:
    """What came by mail is what is verified, byte for byte: who rewrote that has not rewritten the mail."""
    keys = Keys(source, trusted)
    for path in mails:
        with open(path, "rb") as file:
            saved = file.read(MOST_MAIL + 1)
        if len(saved) > MOST_MAIL:
            raise Unusable(f"{path}: larger than {MOST_MAIL} bytes; save fewer mails in a file")
        found = MAILED.findall(saved)
        if not found:
            raise Unusable(f"{path}: no checkpoint in it")
        for block in found:
            value = an_object(parsed(b64decode(re.sub(rb"[>\s]", b"", block)), path), path)
            data = from_base64(field(value, "statement", str, path), path)
            statement = an_object(parsed(data, path), path)
            keys.check(data, value.get("signature"), statement.get("key"), path)
            kind, begin = field(statement, "kind", str, path), field(statement, "from", str, path)
            if kind not in NAMES:
                raise DoesNotFit(f"{path}: no statement of a checkpoint")
            name = moment(begin, path).astimezone(timezone.utc).strftime(NAMES[kind])
            if SUMS in source.sizes and name not in source.sizes:
                raise Unusable(f"{path}: of {name}, which is not in this pack")
            if signed_statement(source, name, keys)[0] != data:
                raise DoesNotFit(f"{name}: is not what came by mail ({path})")
    if mails:
        say(f"{len(mails)} mails say what stands here")


def _say_keys(keys: Keys) -> None:
    say(f"{keys.checked} signatures verify" if HAS_CRYPTOGRAPHY else "signatures were NOT CHECKED")
    for key, digest in keys.hashes.items():
        say(f"key {key}: SHA-256 {digest}. Compare it with the one that the organisation publishes.")


def say(text: str) -> None:
    """One line, whatever stands in the files: no line break, and nothing that a terminal obeys."""
    print(UNPRINTED.sub(lambda each: ascii(each[0])[1:-1], text), flush=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Verifies an evidence pack or a copy of an evidence bucket.")
    parser.add_argument("path", help="the pack (ZIP or folder), or a copy of the bucket")
    parser.add_argument("--chains", help="a folder or ZIP with exported chains, for a copy of the bucket")
    parser.add_argument("--table", help="a copy of the table (folder or ZIP), for a copy of the bucket")
    parser.add_argument("--files", help="a copy of the bucket of files, for a copy of the table")
    parser.add_argument(
        "--mail", action="append", default=[], help="a checkpoint that came by mail, as a file"
    )
    parser.add_argument("--key", action="append", default=[], help="SHA-256 of a public key that you trust")
    parser.add_argument(
        "--authority", action="append", default=[], help="certificates (PEM) of who gives time stamps"
    )
    asked = parser.parse_args(arguments)
    trusted = {each.lower().replace(":", "") for each in asked.key}
    try:
        if any(len(each) < 32 for each in trusted):
            raise Unusable("--key needs the SHA-256 of the key, or at least its first 32 digits")
        authorities = authorities_in(asked.authority)
        source, besides = opened(asked.path), ""
        if SUMS in source.sizes:
            if asked.table or asked.files:
                raise Unusable(
                    "--table and --files go with a copy of the evidence bucket, and this is a pack"
                )
            besides = check_pack(source, trusted, authorities)
        else:
            named = (asked.chains, asked.table, asked.files)
            copies = Copies(*(opened(each) if each else None for each in named))
            if copies.files and not copies.table:
                raise Unusable("--files needs --table: the entries in it name the files")
            check_bucket(source, copies, trusted, authorities)
        check_mails(source, asked.mail, trusted)
    except DoesNotFit as what:
        say(f"DOES NOT FIT: {what}")
        return 1
    except (
        ValueError,
        OverflowError,
        RecursionError,
        TypeError,
        LookupError,
        AttributeError,
        csv.Error,
    ) as what:
        say(f"DOES NOT FIT: something in it cannot be read: {what}")
        return 1
    except (Unusable, OSError) as what:
        say(f"CANNOT BE CHECKED: {what}")
        return 2
    except Unsealed as what:
        say(str(what))
        return 4
    if not HAS_CRYPTOGRAPHY:
        say("HASHES FIT. Signatures were NOT CHECKED: install `cryptography`, and run this again.")
        return 3
    say(f"EVERYTHING FITS.{besides}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
