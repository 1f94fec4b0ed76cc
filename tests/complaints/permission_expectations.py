"""What the tables of `permission_tables.py` say of a person in a situation: what is taken, what refused."""

from complaints.values.people import COMPLAINANT, Actor
from tests.builders import ADA, ADAM, AUDREY, CORA, PAULA, QUINN, RUTH
from tests.complaints import later_situations, situations
from tests.complaints.permission_tables import AGAIN, WHEN, WHO, read
from tests.complaints.situations import COMMANDS, OWN

SITUATIONS = situations.SITUATIONS | later_situations.LATER
STAFF: dict[str, Actor] = {
    "agent": ADA,
    "reviewer": RUTH,
    "quality": QUINN,
    "auditor": AUDREY,
    "privacy": PAULA,
    "custodian": CORA,
    "admin": ADAM,
}
PEOPLE: dict[str, Actor] = {**STAFF, "complainant": COMPLAINANT}
VERBS = COMMANDS.keys() | OWN.keys()

MAY = read(WHO)
POSSIBLE = read(WHEN) | read(AGAIN)
ONLY = {
    "reviewer": read(WHEN, "r") | read(AGAIN, "r"),
    "quality": read(WHEN, "q") | read(AGAIN, "q"),
    "complainant": read(WHEN, "c") | read(AGAIN, "c"),
}


def expected(situation: str, person: str) -> frozenset[str]:
    """The commands that the tables give this person in this situation."""
    granted = frozenset(OWN) if person == "complainant" else MAY[person]
    return possible(situation, person) & granted


def possible(situation: str, person: str) -> frozenset[str]:
    """What the moment allows this person."""
    return POSSIBLE[situation] | (ONLY[person][situation] if person in ONLY else frozenset())
