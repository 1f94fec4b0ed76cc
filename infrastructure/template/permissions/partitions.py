"""The partitions of the table as IAM patterns.

The key schema is that of complaints/adapters/dynamodb/key_schema.py. The Python that packages does not have
it; a guard test compares the two.
"""

Partitions = tuple[str, ...]

KINDS = (
    "site",
    "team",
    "codes",
    "texts",
    "packs",
    "calendar",
    "fields",
    "standard_text",
    "macro",
    "automation",
    "pack",
    "member",
    "invitation",
    "directory",
    "directory_user",
)
"""Kinds of settings, each with a history of its own."""


def history(*kinds: str) -> Partitions:
    """The histories of settings of these kinds."""
    return tuple(f"{kind}#*" for kind in kinds)


def private(partitions: Partitions) -> Partitions:
    """Personal data: texts and identities, apart from the partitions of cases and histories."""
    return tuple(f"private#{each.removeprefix('case#')}" for each in partitions)


CASES: Partitions = ("case#C-*",)
IDENTITIES: Partitions = ("identity#C-*",)
"""Who complains in sealed cases, and the letters to them as they were rendered."""
DIGESTS: Partitions = ("case#digest-*",)
INVITATIONS: Partitions = ("case#invitation-*",)
"""The letters of invitations."""
INBOXES: Partitions = ("private#inbox#*",)
COUNTED: Partitions = ("counted#*",)
FIGURES: Partitions = ("tally#*",)
FOUND_BY: Partitions = ("search#*",)
GUARDS: Partitions = ("guard#*",)
ALLOWANCES: Partitions = ("guard#allowance#*",)
MAILS_TAKEN: Partitions = ("guard#mail-*",)
LOST_LINKS: Partitions = ("lost_link#*",)
SESSIONS: Partitions = ("session#*",)
PRESENCE: Partitions = ("presence#*",)
ACCESS_LOG: Partitions = ("access#*",)
"""Who read which case."""
WEBHOOKS: Partitions = ("webhooks#*",)
VIEWS: Partitions = ("views#*",)
BULK: Partitions = ("private#bulk#*",)
ALL_SITES: Partitions = ("sites",)
ALL_MEMBERS: Partitions = ("members",)
ALL_PACKS: Partitions = ("packs",)
WORDING: Partitions = ("wording#*",)
AUTOMATIONS: Partitions = ("automations#*",)
RECORDS: Partitions = ("records#*",)
RECORD_HISTORIES: Partitions = ("record#*",)
"""Records of the management system, and their histories."""
HISTORIES: Partitions = history(*KINDS)
DATA_KEYS: Partitions = ("key#C-*",)
"""The data keys of cases, in their own table."""
NOTED: Partitions = ("noted",)
SEALED: Partitions = ("sealed",)
"""What the next checkpoint seals, and which one was made last."""
ERASURES: Partitions = ("erasures",)
"""The partition of the due index in which cases stand that are being erased."""
ORDERED: Partitions = ("ordered",)
"""The partition of the due index in which files stand that are still to be made."""
RETENTION: Partitions = ("retention#*",)
"""Ended cases of a site in the due index, and what its retention rules did."""
DUE: Partitions = ("due#*",)
"""The shards of the due index that the schedule reads; what was set aside stands in none."""
