"""What is complained of, at which site, and what whoever complains does."""

from msgspec.structs import replace

from infrastructure.local.aws.ses import SIMULATOR
from infrastructure.local.seed import STAFF, sites
from tests.attachments.samples import PNG
from tests.guards.installation import House
from tests.inbound_mail.hostile_mails import multipart, part
from tests.own_packs import clock

OWN = "shop-week"
LEAFLETED = clock(
    letter_blocks=["uk.fos_leaflet"],
    escalates=[
        {
            "when": "before",
            "share_left": 0.1,
            "to": "holding_letter",
            "after": {"amount": 4, "unit": "weeks"},
        },
        {"when": "missed", "to": "team"},
    ],
)
SITE = replace(sites()[0], proof_wanted=False, packs=(*sites()[0].packs, OWN), seen=(OWN,))
AGENT, LEAVES = STAFF[:2]
COMPLAINT = {
    "site": SITE.key,
    "complainant": {"name": "Ada", "email": f"bounce@{SIMULATOR}"},
    "subject": "Broken cups",
    "description": "The parcel arrived broken.",
    "consent": True,
}
LEAFLET = b"%PDF-1.7 Your complaint and the ombudsman"
FILE = part("the receipt", "text/plain; name=receipt.txt", Content_Disposition="attachment")


def upload_a_file(installation: House, reference: str, access: str) -> None:
    """The complainant sends a picture, staff look at it; another one is announced and never sent."""
    case, token = f"/v1/complaints/{reference}/attachments", f"Bearer {access}"
    for name in ("cup.png", "none.png"):
        fields = {"name": name, "type": "image/png", "size": len(PNG)}
        offered = installation.ask("POST", case, fields, authorization=token)
        if name == "cup.png":
            installation.upload(offered, PNG)
        status, _ = installation.tries("POST", f"{case}/{offered['id']}/arrived", authorization=token)
        assert (status < 300) is (name == "cup.png")


def answer_the_last_letter(installation: House) -> None:
    """The complainant writes back, and sends a text along."""
    letter = installation.last_letter()
    installation.receive(
        multipart(part("Thank you."), FILE, From=letter["to"], To=letter["headers"]["Reply-To"])
    )
