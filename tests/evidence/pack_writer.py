"""A small evidence pack and a small evidence bucket, written from docs/evidence.md by code of its own.

It shares nothing with the product: the verifier is judged by what somebody else would write.
"""

import gzip
import hashlib
import hmac
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from textwrap import fill, indent
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.evidence.stamp_writer import time_stamp

HOUR = timedelta(hours=1)
BEGIN = datetime(2026, 11, 2, 8, tzinfo=UTC)
DAY, STAMP = "checkpoints/2026/11/02.json", "checkpoints/2026/11/02.tsr"
KEY = ec.derive_private_key(0x1509, ec.SECP256R1())
OTHER_KEY = ec.derive_private_key(0x9051, ec.SECP256R1())

Files = dict[str, bytes]
"""Contents by their names in the pack, or in the bucket."""

SEALS = ("SHA256SUMS", "signature.json")
"""What is made of all others."""


def fingerprint(key: ec.EllipticCurvePrivateKey = KEY) -> str:
    """The SHA-256 of the public half (DER); a key is called as it begins."""
    return sha256(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


class Sealed(NamedTuple):
    """An entry of a chain, and the hash of its bytes."""

    chain: str
    number: int
    text: str
    private: Mapping[str, tuple[str, str]]

    @property
    def seal(self) -> str:
        return sha256(self.text.encode())

    @property
    def line(self) -> dict[str, Any]:
        return {"chain": self.chain, "number": self.number, "entry": self.text, "private": self.private}

    @property
    def leaf(self) -> bytes:
        return canonical({"chain": self.chain, "number": self.number, "seal": self.seal})


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def json_lines(values: Iterable[object]) -> bytes:
    return b"".join(canonical(each) + b"\n" for each in values)


def root(leaves: list[bytes]) -> bytes:
    """The root as RFC 9162, section 2.1.1, defines it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = _half(len(leaves))
    return hashlib.sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:])).digest()


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    """The inclusion proof as RFC 9162, section 2.1.3.1, defines it."""
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if index < half:
        return [*path(index, leaves[:half]), root(leaves[half:])]
    return [*path(index - half, leaves[half:]), root(leaves[:half])]


def _half(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def sign(data: bytes, key: ec.EllipticCurvePrivateKey = KEY) -> str:
    r, s = utils.decode_dss_signature(key.sign(data, ec.ECDSA(SHA256())))
    return base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def public_key(key: ec.EllipticCurvePrivateKey = KEY) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


LETTER = "000003.1"


def digest_of(name: str) -> str:
    """What was sent in the one letter of a case."""
    return sha256(f"letter of {name}".encode())


def chain(name: str, texts: Iterable[str], at: datetime = BEGIN) -> list[Sealed]:
    """A chain of entries, each with one private text; the hash of the picture is that of a file that came.
    The third entry tells of a letter, too."""
    sealed: list[Sealed] = []
    for number, text in enumerate(texts, start=1):
        salt = sha256(f"{name}{number}".encode())[:16].encode()
        digest = hmac.new(salt, text.encode(), hashlib.sha256).digest()
        kind, field = ("AttachmentArrived", "digest") if text == sha256(PICTURE) else ("NoteAdded", "text")
        fact = {"fact": kind, "at": at.isoformat(), field: "committed:" + base64url(digest)}
        sent = {"fact": "LetterSent", "letter": LETTER, "digest": digest_of(name), "recipient": "committed:x"}
        facts = [fact, sent] if number == 3 else [fact]
        before = sealed[-1].seal if sealed else ""
        entry = {"format": 1, "reference": name.partition("#")[2], "number": number, "version": number}
        written = canonical(entry | {"before": before, "facts": facts}).decode()
        sealed.append(Sealed(name, number, written, {f"0.{kind}.{field}": (base64url(salt), text)}))
    return sealed


KEY_ID = fingerprint()[:32]
PICTURE = b"A picture."
SHOWN = f"{BEGIN:%Y-%m-%dT%H:%M:%SZ}"
PAGE = (
    f'<dl><dt>paid</dt><dd dir="auto">49.90 EUR</dd></dl><table><tr><th>1</th><td>{SHOWN}</td></tr></table>'
)


def hours(leaves: Iterable[Iterable[bytes]], key: ec.EllipticCurvePrivateKey = KEY) -> Files:
    """The checkpoints of one hour after the other, with their leaves, as they stand in the bucket, and that
    of their day. From the third hour on the installation is at another address, which is nobody's fault."""
    files: Files = {f"keys/{fingerprint(key)[:32]}.pem": public_key(key)}
    previous, at, of_day = "", BEGIN, []
    for each in leaves:
        statement = _put_checkpoint(files, "hour", at, at + HOUR, each, previous, key)
        previous = sha256(statement)
        of_day.append(canonical({"checkpoint": f"{at:%Y/%m/%dT%H}", "statement": previous}))
        at += HOUR
    day = BEGIN.replace(hour=0)
    _put_checkpoint(files, "day", day, day + 24 * HOUR, of_day, "", key)
    files[STAMP] = time_stamp(files[DAY], day + 24 * HOUR)
    return files


def mail_of(checkpoint: bytes) -> bytes:
    """A mail with a checkpoint, as somebody quotes it."""
    block = fill(b64encode(checkpoint).decode(), 64)
    marked = f"-----BEGIN CHECKPOINT-----\n{block}\n-----END CHECKPOINT-----\n"
    return b"Subject: Checkpoint\n\n" + indent(marked, "> ").encode()


def _put_checkpoint(
    files: Files,
    kind: str,
    since: datetime,
    until: datetime,
    leaves: Iterable[bytes],
    previous: str,
    key: ec.EllipticCurvePrivateKey,
) -> bytes:
    found = sorted(leaves)
    statement = canonical(
        {
            "format": 1,
            "kind": kind,
            "installation": "test" if since < BEGIN + 2 * HOUR else "moved",
            "from": f"{since:%Y-%m-%dT%H:%M:%SZ}",
            "to": f"{until:%Y-%m-%dT%H:%M:%SZ}",
            "size": len(found),
            "root": root(found).hex(),
            "previous": previous,
            "key": fingerprint(key)[:32],
        }
    )
    signed = {"statement": base64url(statement), "signature": sign(statement, key)}
    stem = "checkpoints/" + since.strftime("%Y/%m/%dT%H" if kind == "hour" else "%Y/%m/%d")
    files[f"{stem}.json"] = canonical(signed)
    lines = b"".join(leaf + b"\n" for leaf in found)
    files[f"{stem}.{root(found).hex()}.leaves.jsonl.gz"] = gzip.compress(lines, mtime=0)
    return statement


def proof(leaf: bytes, leaves: Iterable[bytes], checkpoint: str) -> dict[str, Any]:
    found = sorted(leaves)
    index = found.index(leaf)
    return {
        "leaf": json.loads(leaf),
        "checkpoint": checkpoint,
        "index": index,
        "size": len(found),
        "path": [each.hex() for each in path(index, found)],
    }


def sealed_pack(files: Files, key: ec.EllipticCurvePrivateKey = KEY) -> Files:
    """The files with their list of hashes and its signature."""
    sums = "".join(f"{sha256(content)}  {name}\n" for name, content in sorted(files.items())).encode()
    statement = canonical(
        {
            "format": 1,
            "kind": "pack",
            "installation": "test",
            "sums": sha256(sums),
            "key": fingerprint(key)[:32],
        }
    )
    signed = {"statement": base64url(statement), "signature": sign(statement, key)}
    return files | {"SHA256SUMS": sums, "signature.json": canonical(signed)}


def cases(number: int = 5) -> list[list[Sealed]]:
    """The chains of some cases; their texts have letters of several scripts, and each has a picture."""
    return [
        chain(f"case#C-{place:05d}", [f"Şikâyet {place}: 49.90 EUR", "شكوى", sha256(PICTURE)])
        for place in range(number)
    ]


def drawn(seed: str, references: Iterable[str], size: int) -> list[str]:
    return sorted(references, key=lambda each: sha256(f"{seed}|{each}".encode()))[:size]


def letter_leaf(chain: str, letter: str = LETTER, digest: str = "", to: str = "committed:x") -> bytes:
    """What was sealed of the letter of a case, or of another one."""
    name = f"{chain.partition('#')[2]}/{letter}"
    return canonical({"letter": name, "digest": digest or digest_of(chain), "to": to, "state": "sent"})


def pack(seed: str = "spring", size: int = 2, sealed_letter: Callable[[str], bytes] = letter_leaf) -> Files:
    """A whole pack: of five cases, two drawn by the seed; three hours with checkpoints, one of them empty."""
    files, chains = unsealed_pack(seed, size, sealed_letter)
    return sealed_pack(files | {"cases/chain.jsonl": json_lines(each.line for each in chains)})


def unsealed_pack(
    seed: str = "spring", size: int = 2, sealed_letter: Callable[[str], bytes] = letter_leaf
) -> tuple[Files, list[Sealed]]:
    """The same without the chains, and these."""
    every = cases()
    heads = [each[-1] for each in every]
    letters = {each.chain: sealed_letter(each.chain) for each in heads}
    last = [each.leaf for each in heads]
    leaves = [[each[1].leaf for each in every], [], [*last, *letters.values()]]
    bucket = hours(leaves)
    files = {name: data for name, data in bucket.items() if ".leaves." not in name}
    references = [each.chain.partition("#")[2] for each in heads]
    chosen = {f"case#{each}" for each in drawn(seed, references, size)}
    own = [each for each in heads if each.chain in chosen]
    proofs = [
        proof(leaf, leaves[2], "checkpoints/2026/11/02T10.json")
        for leaf in (*(each.leaf for each in own), *(letters[each.chain] for each in own))
    ]
    index = {"cases": len(heads), "checkpoints": 4, "sample": {"seed": seed, "size": size}}
    index |= {"ordered_at": (BEGIN + 3 * HOUR).isoformat()}
    files |= {f"cases/{each.partition('#')[2]}/files/01.png": PICTURE for each in chosen}
    files |= {f"cases/{each.partition('#')[2]}/index.html": PAGE.encode() for each in chosen}
    files |= {
        "index.json": canonical(index | {"without_checkpoint": [], "failed": []}),
        "index.html": b"<!doctype html><title>Evidence</title>",
        "05/register.jsonl": json_lines(
            {"chain": each.chain, "number": each.number, "seal": each.seal} for each in heads
        ),
        "05/register-0001.csv": b"reference,received_at,seal\r\n"
        + b"".join(f"{each.chain[5:]},{SHOWN},{each.seal}\r\n".encode() for each in heads),
        "11/proofs.jsonl": json_lines(proofs),
    }
    return files, [each for sealed in every if sealed[0].chain in chosen for each in sealed]


def zipped(files: Files) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()
