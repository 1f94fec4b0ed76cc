"""What a local run starts with: three sites, and members of staff who may do everything anywhere."""

from complaints.people import Member, Role
from complaints.site import Site
from complaints.world.assemble import World
from infrastructure.local.provider import email

PROBLEMS = {
    "product": ("defective", "unsafe", "not_as_described", "missing_parts", "short_life"),
    "delivery": ("late", "not_arrived", "damaged", "wrong_item", "courier_conduct"),
    "service": ("not_provided", "poor_quality", "late", "appointment_missed", "interrupted"),
    "billing": ("wrong_amount", "double_charge", "refund_missing", "unclear_fees", "collection"),
    "contract": ("terms_unclear", "cancellation_refused", "warranty_refused", "misleading_information"),
    "conduct": ("rude", "unequal_treatment", "no_answer"),
    "access": ("website_app", "disability_access", "language"),
    "privacy": ("data_misuse", "unwanted_contact"),
    "handling": ("complaint_handling",),
}
CATEGORIES = tuple(f"{group}.{problem}" for group, problems in PROBLEMS.items() for problem in problems)
SITES = (
    Site(
        key="demo",
        name="Demo Shop",
        zone="Europe/Istanbul",
        language="en",
        languages=("en", "tr"),
        origins=("http://127.0.0.1:8000", "http://localhost:8000"),
        categories=CATEGORIES,
        holidays="TR",
        team="team@demo.example",
        manager="manager@demo.example",
    ),
    Site(
        key="demo-tr",
        name="Demo Mağaza",
        zone="Europe/Istanbul",
        language="tr",
        languages=("tr", "en"),
        categories=CATEGORIES,
        holidays="TR",
        currency="TRY",
        approval_limit="20000",
        team="ekip@demo-tr.example",
        manager="mudur@demo-tr.example",
    ),
    Site(
        key="demo-gb",
        name="Demo Store",
        zone="Europe/London",
        language="en",
        languages=("en", "tr"),
        categories=CATEGORIES,
        holidays="GB-ENG",
        currency="GBP",
        team="team@demo-gb.example",
        manager="manager@demo-gb.example",
    ),
)
STAFF = ("Deniz", "Robin", "Kim", "Sam")


def seed(world: World) -> None:
    """Adds what is missing; what is there stays as it was left."""
    known = {site.key for site in world.sites.all()}
    for site in SITES:
        if site.key not in known:
            world.sites.save(site)
    for name in STAFF:
        welcome(world, name)


def welcome(world: World, name: str) -> None:
    """Makes the member of that name if there is none: any role, any site; a token's role caps it."""
    if world.members.find(name) is None:
        sites = tuple(site.key for site in SITES)
        world.members.save(Member(id=name, name=name, email=email(name), roles=tuple(Role), sites=sites))
