#!/usr/bin/env python3
"""Verifies an evidence pack, or a copy of an evidence bucket with exported chains, offline.

    python3 verify.py PACK.zip                 a pack as it was downloaded
    python3 verify.py FOLDER                   a pack that was unpacked, or a copy of the bucket
    python3 verify.py BUCKET --chains FOLDER   the bucket, and chains that were exported

    --mail FILE    a checkpoint that came by mail, saved as a file, to be compared with what is verified; may be
                   given several times
    --key HASH     the SHA-256 of a public key (DER) that you know from elsewhere; may be given several times

Needs Python 3.9 or later, and `cryptography` for signatures. Without it all hashes are checked, and no
signature. It opens no network connection and writes no file. It names the first thing that does not fit.

    exit code 0    everything fits
              1    something does not fit; the last line names it
              2    this is no pack and no copy of a bucket, or it is larger than can be checked
              3    all hashes fit; signatures were not checked, because `cryptography` is missing

What is checked, and how to write this program anew, stands in docs/evidence.md of the project.
"""

from __future__ import annotations

import argparse
import binascii
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
from typing import IO, Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_public_key

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
STAMP_TOLERANCE, STAMP_LATE = timedelta(minutes=5), timedelta(days=2)
MOST_LEAVES = 5_000_000
"""Of one checkpoint."""
A_READ = 1 << 20

SUMS, SIGNATURE, INDEX = "SHA256SUMS", "signature.json", "index.json"
KEYS = "keys/"
OTHERS = ("restores/", "verifications/")
"""Folders of other statements, which are signed in the same way."""
CHAINS, PROOFS, REGISTER = "chain.jsonl", "proofs.jsonl", "register.jsonl"
HEX = re.compile(r"[0-9a-f]{64}")
NAME = re.compile(r"[A-Za-z0-9_.@#=+-]+(?:/[A-Za-z0-9_.@#=+-]+)*")
STATEMENT = re.compile(r"checkpoints/\d{4}/\d\d/\d\d(?:T\d\d)?\.json")
STAMP = re.compile(r"checkpoints/.*\.tsr")
MAILED = re.compile(rb"-----BEGIN CHECKPOINT-----([A-Za-z0-9+/=>\s]+)-----END CHECKPOINT-----")
NAMES = {"hour": "checkpoints/%Y/%m/%dT%H.json", "day": "checkpoints/%Y/%m/%d.json"}


class DoesNotFit(Exception):
    """What does not fit, and where."""


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
    """The public keys of `keys/`, by their ids; `trusted` are hashes that the reader brings along."""

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
        if trusted and not trusted & set(self.hashes.values()):
            raise DoesNotFit("keys/: none of them is one that you named by --key")
        self._trusted = trusted

    def check(self, data: bytes, signature: Any, key: Any, where: str) -> None:
        """ECDSA on P-256 with SHA-256; the signature is r and s, 32 bytes each, in base64url."""
        if not isinstance(key, str) or key not in self._der:
            raise DoesNotFit(f"{where}: signed by a key that is not in keys/")
        if self._trusted and self.hashes[key] not in self._trusted:
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


# Time stamps: RFC 3161, in the DER of CMS (RFC 5652)


def der(data: bytes, where: str) -> list[tuple[int, bytes]]:
    """Values in DER one after the other: the tag of each, one byte as all of a stamp are, and its content."""
    found, place = [], 0
    while place < len(data):
        tag, size, begin = data[place], data[place + 1] if place + 1 < len(data) else 0x80, place + 2
        if size > 0x80:
            begin, size = begin + size - 0x80, int.from_bytes(data[begin : begin + size - 0x80], "big")
        elif size == 0x80:
            raise DoesNotFit(f"{where}: no time stamp in DER")
        if begin + size > len(data):
            raise DoesNotFit(f"{where}: no time stamp in DER")
        found.append((tag, data[begin : begin + size]))
        place = begin + size
    return found


def part(data: bytes, where: str, *path: tuple[int, int]) -> bytes:
    """The content of the value that a path leads to: at each level the place of one, and its tag."""
    for place, tag in path:
        values = der(data, where)
        if place >= len(values) or values[place][0] != tag:
            raise DoesNotFit(f"{where}: no time stamp, or not granted")
        data = values[place][1]
    return data


INTEGER, OCTETS, OID, TIME, SEQUENCE, EXPLICIT = 0x02, 0x04, 0x06, 0x18, 0x30, 0xA0
GRANTED = (b"\x00", b"\x01")
SHA256_OID, TST_INFO = bytes.fromhex("608648016503040201"), bytes.fromhex("2a864886f70d0109100104")


def stamp_of(answer: bytes, where: str) -> tuple[datetime, bytes]:
    """What a TimeStampResp says: when, and of which SHA-256. Its signature is for `openssl ts -verify`."""
    if part(answer, where, (0, SEQUENCE), (0, SEQUENCE), (0, INTEGER)) not in GRANTED:
        raise DoesNotFit(f"{where}: the time stamp was not granted")
    signed = part(answer, where, (0, SEQUENCE), (1, SEQUENCE), (1, EXPLICIT), (0, SEQUENCE), (2, SEQUENCE))
    if part(signed, where, (0, OID)) != TST_INFO:
        raise DoesNotFit(f"{where}: no time stamp")
    info = part(signed, where, (1, EXPLICIT), (0, OCTETS), (0, SEQUENCE))
    if part(info, where, (2, SEQUENCE), (0, SEQUENCE), (0, OID)) != SHA256_OID:
        raise DoesNotFit(f"{where}: a time stamp of another hash than SHA-256")
    text = re.fullmatch(rb"(\d{14})(\.\d+)?Z", part(info, where, (4, TIME)))
    if text is None:
        raise DoesNotFit(f"{where}: a time stamp without a time")
    at = datetime.strptime(text[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    return at, part(info, where, (2, SEQUENCE), (1, OCTETS))


def check_stamps(source: Source, found: dict[str, Checkpoint]) -> None:
    """A time stamp is of the very file beside it, and not older than what that file speaks of."""
    stamps = sorted(name for name in source.sizes if STAMP.fullmatch(name))
    latest = ""
    for name in stamps:
        latest = name[: -len(".tsr")] + ".json"
        if latest not in found:
            raise DoesNotFit(f"{name}: a time stamp of a checkpoint that is missing")
        at, imprint = stamp_of(content(source, name, MOST_STAMP), name)
        if imprint != hashlib.sha256(content(source, latest)).digest():
            raise DoesNotFit(f"{name}: a time stamp of another file than {latest}")
        late = at - found[latest].end
        if late < -STAMP_TOLERANCE:
            raise DoesNotFit(f"{name}: a time stamp of {at.isoformat()}, before the checkpoint can have been")
        if late > STAMP_LATE:
            say(f"NOTE: {name}: stamped {late.days} days after the end of the day")
    if stamps:
        say(f"{len(stamps)} time stamps are of their checkpoints. Who gave them is checked by each such line:")
        trust = "-CAfile ROOT_OF_THE_AUTHORITY.pem"
        say(f"    openssl ts -verify -data {latest} -in {latest[: -len('json')]}tsr {trust}")


# Chains


class Chain:
    """What a chain that was read comes to: the seal of each entry, by its number."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.seals: dict[int, str] = {}
        self.values = self.withheld = 0


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
    private = an_object(value.get("private", {}), what)
    for place, stored in private.items():
        _check_value(facts, place, stored, what)
        chain.values += 1
    chain.seals[number] = sha256(data)


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
    digest = hmac.new(from_base64(stored[0], where), utf8(stored[1], where), hashlib.sha256).digest()
    if fact[name] != "committed:" + urlsafe_b64encode(digest).decode().rstrip("="):
        raise DoesNotFit(f"{where}: {place} is not what was committed to")


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


def check_pack(source: Source, trusted: set[str]) -> None:
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
    check_stamps(source, found)
    heads = _register(source, index)
    chains = _chains(source)
    for name, chain in chains.items():
        if name in heads and heads[name] != (len(chain.seals), chain.seals[len(chain.seals)]):
            raise DoesNotFit(f"{name}: its chain does not end as the register says")
    _check_sample(index, heads, chains)
    proven = _check_proofs(source, found, chains)
    without = [str(each) for each in index.get("without_checkpoint", [])]
    for name in chains:
        if name not in proven and name not in without:
            raise DoesNotFit(f"{name}: no proof that it stands under a checkpoint, and no reason why")
    say(f"{len(proven)} chains stand under a checkpoint; {len(without)} are said to be too young")
    failed = field(index, "failed", list, INDEX)
    if failed:
        say(f"NOTE: the organisation says itself that the chains of {len(failed)} cases do not verify")
    _say_keys(keys)


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


def _check_proofs(source: Source, found: dict[str, Checkpoint], chains: dict[str, Chain]) -> set[str]:
    """Each line: {"leaf": {…}, "checkpoint": name, "index": i, "size": n, "path": [hex, …]}."""
    proven: set[str] = set()
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
                proven.add(str(leaf["chain"]))
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
        raise DoesNotFit(f"{chain.name}, entry {number}: is not the one that was sealed ({where})")


def check_run(leaf: dict[str, Any], runs: dict[str, str], where: str) -> None:
    """A run of the retention rules is sealed once it ended, and is not written again."""
    name, digest = field(leaf, "run", str, where), field(leaf, "digest", str, where)
    if runs.setdefault(name, digest) != digest:
        raise DoesNotFit(f"retention run {name}: is not the one that was sealed before ({where})")


# A copy of the bucket


def check_bucket(source: Source, exported: Source | None, trusted: set[str]) -> None:
    keys = Keys(source, trusted)
    found = checkpoints(source, keys, is_whole=True)
    if not found:
        raise Unusable("no checkpoint in it")
    say(f"{len(found)} checkpoints follow on one another, {min(found)} to {max(found)}")
    check_stamps(source, found)
    others = sorted(name for name in source.sizes if name.startswith(OTHERS) and name.endswith(".json"))
    restores = []
    for name in others:
        _, statement = signed_statement(source, name, keys)
        at = moment(field(statement, "at", str, name), name)
        if name.partition("/")[2] != at.strftime("%Y-%m-%dT%H-%M-%S.json"):
            raise DoesNotFit(f"{name}: is a copy of a statement of {at:%Y-%m-%dT%H:%M:%SZ}")
        if statement.get("kind") == "restore":
            restores.append((moment(field(statement, "to", str, name), name), at))
    say(f"{len(others)} restores and verifications are signed")
    chains = _chains(exported) if exported else {}
    covered: set[str] = set()
    runs: dict[str, str] = {}
    statements = {"", *(sha256(each.bytes) for each in found.values())}
    for checkpoint in found.values():
        is_taken_back = any(to < checkpoint.end and checkpoint.begin < at for to, at in restores)
        for leaf in leaves(source, checkpoint):
            where = checkpoint.name
            value = parsed(leaf, where)
            if isinstance(value, dict) and "chain" in value and not is_taken_back:
                check_leaf(value, chains, where)
                covered.add(str(value["chain"]))
            elif isinstance(value, dict) and "run" in value and not is_taken_back:
                check_run(value, runs, where)
            elif (
                isinstance(value, dict) and "checkpoint" in value and value.get("statement") not in statements
            ):
                raise DoesNotFit(f"{where}: names a statement of {value.get('checkpoint')} that is not there")
    if runs:
        say(f"{len(runs)} retention runs are sealed, each as one")
    if exported:
        known = [name for name in chains if name in covered]
        say(f"{len(known)} of {len(chains)} exported chains stand under a checkpoint, and are whole up to it")
    _say_keys(keys)


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
    print(text.encode("ascii", "backslashreplace").decode(), flush=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Verifies an evidence pack or a copy of an evidence bucket.")
    parser.add_argument("path", help="the pack (ZIP or folder), or a copy of the bucket")
    parser.add_argument("--chains", help="a folder or ZIP with exported chains, for a copy of the bucket")
    parser.add_argument("--mail", action="append", default=[], help="a checkpoint that came by mail, as a file")
    parser.add_argument("--key", action="append", default=[], help="SHA-256 of a public key that you trust")
    asked = parser.parse_args(arguments)
    trusted = {each.lower().replace(":", "") for each in asked.key}
    try:
        source = opened(asked.path)
        if SUMS in source.sizes:
            check_pack(source, trusted)
        else:
            check_bucket(source, opened(asked.chains) if asked.chains else None, trusted)
        check_mails(source, asked.mail, trusted)
    except DoesNotFit as what:
        say(f"DOES NOT FIT: {what}")
        return 1
    except (ValueError, OverflowError, RecursionError) as what:
        say(f"DOES NOT FIT: something in it cannot be read: {what}")
        return 1
    except (Unusable, OSError) as what:
        say(f"CANNOT BE CHECKED: {what}")
        return 2
    if not HAS_CRYPTOGRAPHY:
        say("HASHES FIT. Signatures were NOT CHECKED: install `cryptography`, and run this again.")
        return 3
    say("EVERYTHING FITS.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
