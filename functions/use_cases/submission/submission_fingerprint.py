"""What makes a submission the same one again: who sent it, under which key, and what it says."""

import hmac
from typing import TYPE_CHECKING, Any

import msgspec

from complaints.handling.service import Submission
from complaints.values.text.normalization import match_key
from functions.use_cases.submission.submission_schema import Form

if TYPE_CHECKING:
    from complaints.context.ports import Secrets


_CONTACT = "\x1fcontact|"
"""Under what name the keys of the public count: no member of staff has a control character."""

_canonical = msgspec.json.Encoder(order="sorted").encode


def fingerprint(secrets: "Secrets", site: str, key: str, body: dict[str, Any], by: str = "") -> Submission:
    """The submission of a body under a key; `by` is whose keys count by themselves, as those of a member of
    staff who takes complaints down."""
    scope = f"{by}|{site}|{key}" if by else f"{site}|{key}"
    return Submission(site=site, key=_hash(secrets, scope.encode()), body=_keyed(secrets, body))


def of_the_public(secrets: "Secrets", form: Form, key: str, body: dict[str, Any]) -> Submission:
    """The submission of somebody without an account, whose keys are told from those of others by how the
    person can be reached: who does not know that finds every key free, whoever has used it."""
    person = form.complainant
    contact = person.email or person.phone or person.post or ""
    return fingerprint(secrets, form.site, key, body, f"{_CONTACT}{match_key(contact)}")


def _keyed(secrets: "Secrets", body: dict[str, Any]) -> str:
    """The body without its proof: a fresh proof makes no other body."""
    return _hash(secrets, _canonical({name: value for name, value in body.items() if name != "proof"}))


def _hash(secrets: "Secrets", message: bytes) -> str:
    return hmac.digest(secrets.key("replay"), message, "sha256").hex()
