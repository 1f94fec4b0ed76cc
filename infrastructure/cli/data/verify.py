"""`python -m infrastructure.cli.data.verify TABLE BUCKET`: verifies the record against what was sealed.

It walks through the checkpoints of a period, or of all time, and through the chains and letters in them, or a
sample. It names the first thing that does not fit, then all others, and ends with 1. `--keys` are the ids of
the keys that are trusted; without them those that lie in the bucket are, and named: compare them with your
notes. `--authority` is a file with certificates (PEM) to which who signed time stamps must lead; without it,
who signed the last one is named, and not judged. A bucket may be a folder, such as a copy.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import Certificate, load_pem_x509_certificates

from complaints.adapters.container import container
from complaints.adapters.evidence.evidence_bucket import S3EvidenceFiles
from complaints.checkpoints.checkpoint_chain import Trust, names
from complaints.checkpoints.differences import Difference
from complaints.checkpoints.places import CHECKPOINTS, KEYS, STAMP
from complaints.checkpoints.ports import EvidenceFiles, NotStamped
from complaints.checkpoints.signature import trusted_keys
from complaints.checkpoints.stamps.time_stamp import read_time_stamp
from complaints.checkpoints.verification.stored_files import FilesRead
from complaints.checkpoints.verification.verify import Scope, Verified, verify
from complaints.values.errors import Unavailable
from infrastructure.deployment.account import reason
from infrastructure.deployment.open_container import open_container
from infrastructure.local.aws.evidence import LocalEvidenceFiles

_TO_ITS_END = "~"
"""Sorts behind every hour of a date."""


class NotEvidence(Exception):
    """What the command line names cannot be what is to be verified: a word that was mistyped."""


def verified(
    files: EvidenceFiles, scope: Scope, keys: Sequence[str], authorities: Sequence[Certificate] = ()
) -> Verified:
    """Verifies the table of the container against a bucket. Raises `NotEvidence`."""
    kept = [key.removeprefix(KEYS).removesuffix(".pem") for key in files.keys(KEYS)]
    if not kept:
        raise NotEvidence("The bucket holds no keys: is it the evidence bucket?")
    if strange := sorted(set(keys) - set(kept)):
        print(f"No key {', '.join(strange)} lies in the bucket: is it mistyped, or the bucket another one?")
    known = list(keys) or kept
    trusted = trusted_keys(files, None, known)
    print(f"Keys that are trusted: {', '.join(sorted(trusted)) or 'none'}.")
    stamps = [key for key in files.keys(CHECKPOINTS) if key.endswith(STAMP)]
    print(f"Of {len(names(files, 'day'))} checkpoints of days {len(stamps)} have a time stamp beside them.")
    if stamps:
        print(signer_of(files.get(stamps[-1]) or b"", is_judged=bool(authorities)))
    last = container().checkpoint_notes.last_checkpoint()
    trust = Trust(trusted, last, authorities=authorities)
    return verify(files, container().ledger, trust, scope)


def signer_of(stamp: bytes, *, is_judged: bool) -> str:
    """Who signed a time stamp."""
    try:
        by = read_time_stamp(stamp).signed.by
    except NotStamped:
        return "The last one cannot be read."
    judged = "" if is_judged else " Nobody judges whom to trust: name a file of certificates by --authority."
    fingerprint = by.fingerprint(SHA256()).hex()
    return f"The last one is signed by {by.subject.rfc4514_string()!a} (SHA-256 {fingerprint}).{judged}"


def told(difference: Difference) -> str:
    """A difference in a line."""
    number = f" {difference.number}" if difference.number is not None else ""
    shown = f", by checkpoint {difference.checkpoint}" if difference.checkpoint else ""
    return f"{difference.what}{number} of {difference.name}: {difference.harm}{shown}"


def said(found: Verified) -> int:
    """Prints what was found, and returns how much does not fit; nothing that was looked at does not."""
    for place, each in enumerate(found.differences):
        print(f"{'First: ' if not place else ''}{told(each)}")
    for excused in found.excused:
        to, at = excused.restore.to, excused.restore.at
        print(f"A restore to {to:%Y-%m-%dT%H:%M:%SZ} is on record since {at:%Y-%m-%dT%H:%M:%SZ}: ", end="")
        print(f"it excuses {excused.leaves} leaves. Did it happen?")
    print(
        f"{found.checkpoints} checkpoints, {found.chains} chains, {found.letters} letters "
        f"and {found.files} files and mails verified, {len(found.differences)} differences."
    )
    if not found.checkpoints:
        print("NOTHING WAS VERIFIED: no checkpoint was made in this time.")
    return len(found.differences) or not found.checkpoints


def day(text: str) -> date:
    """A date of the command line that has come. Raises `ValueError`."""
    found = date.fromisoformat(text)
    if found > datetime.now(UTC).date():
        raise ValueError(text)
    return found


def count(text: str) -> int:
    """A number of the command line, from 1. Raises `ValueError`."""
    found = int(text)
    if found < 1:
        raise ValueError(text)
    return found


def main() -> None:
    """Verifies what the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.verify")
    arguments.add_argument("table")
    arguments.add_argument("bucket", help="its name, or a folder")
    arguments.add_argument("--from", dest="since", type=day, help="the first date (UTC), as 2026-11-28")
    arguments.add_argument("--to", type=day, help="the last date (UTC)")
    arguments.add_argument("--sample", type=count, default=0, help="how many chains, drawn by lot")
    arguments.add_argument("--seed", type=int, default=0, help="what they are drawn by")
    arguments.add_argument("--keys", default="", help="ids of the keys that are trusted, with commas between")
    arguments.add_argument("--authority", type=Path, help="certificates (PEM) that time stamps must lead to")
    arguments.add_argument("--files", default="", help="the bucket of files, to verify them and mails, too")
    options = arguments.parse_args()
    if options.since and options.to and options.to < options.since:
        arguments.error("--to is before --from")
    try:
        authorities = load_pem_x509_certificates(options.authority.read_bytes()) if options.authority else ()
    except (OSError, ValueError) as error:
        sys.exit(f"Nothing was verified: {options.authority} holds no certificates (PEM). {error}")
    open_container(options.table, files=options.files)
    if not options.files:
        print("Files and mails are not looked at: FILES=<bucket> names where they lie.")
    is_folder = Path(options.bucket).is_dir()
    files = LocalEvidenceFiles(Path(options.bucket)) if is_folder else S3EvidenceFiles(options.bucket)
    since = f"{options.since:%Y/%m/%d}" if options.since else ""
    until = f"{options.to:%Y/%m/%d}{_TO_ITS_END}" if options.to else ""
    reads = FilesRead(now=datetime.now(UTC))
    scope = Scope(since, until, options.sample, options.seed, reads=reads)
    try:
        keys = [key for key in options.keys.split(",") if key]
        left = said(verified(files, scope, keys, authorities))
    except NotEvidence as error:
        sys.exit(f"Nothing was verified. {error}")
    except (BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"It could not be verified to its end. {reason(error)}")
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
