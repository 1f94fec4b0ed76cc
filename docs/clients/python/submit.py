"""`python submit.py URL [SITE]`: submits a complaint as the server of a website does."""

import base64
import hashlib
import json
import sys
import uuid

from answerable_client import Client
from answerable_client.api.complaints import get_challenge, post_complaints
from answerable_client.models import Form, Person, Problem


def solve(challenge: dict) -> str:
    """The proof of work: the number whose hash with the salt is the challenge (ALTCHA, version 1)."""
    for number in range(challenge["maxnumber"] + 1):
        if hashlib.sha256(f"{challenge['salt']}{number}".encode()).hexdigest() == challenge["challenge"]:
            return base64.b64encode(json.dumps(challenge | {"number": number}).encode()).decode()
    raise ValueError("the challenge has no solution")


def main(url: str, site: str = "demo") -> None:
    """Submits, and prints the reference."""
    client = Client(url)
    challenge = get_challenge.sync(client=client, site=site)
    if challenge is None or isinstance(challenge, Problem):
        sys.exit(f"No challenge: {challenge}")
    form = Form(
        site=site,
        consent=True,
        complainant=Person(name="Ada", email="ada@example.org"),
        description="The cup came in pieces.",
        proof=solve(challenge.to_dict()),
    )
    # The same key again, after an answer that was lost, is the same complaint: keep it with the order.
    receipt = post_complaints.sync(client=client, body=form, idempotency_key=str(uuid.uuid4()))
    if receipt is None or isinstance(receipt, Problem):
        sys.exit(f"Not taken: {receipt}")
    print(receipt.reference)


if __name__ == "__main__":
    main(*sys.argv[1:])
