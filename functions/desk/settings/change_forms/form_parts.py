"""In which parts a change with many fields is asked for, and an example for what is written freely."""

from collections.abc import Mapping

from complaints.settings.setting import SettingKind
from functions.forms.widgets import Widget

ADVANCED = "advanced"
"""The part of what is written as JSON: each of it has another form, too."""

PARTS: Mapping[tuple[SettingKind, str], Mapping[str, tuple[str, ...]]] = {
    (SettingKind.SITE, "change"): {
        "organisation": (
            "name", "contact", "telephone", "country", "region", "language", "languages", "currency",
        ),
        "hours": ("zone", "holidays", "windows"),
        "intake": (
            "is_open", "origins", "feedback", "widget_feedback", "takes_mail", "proof_wanted",
            "holds_letters",
        ),
        "decisions": (
            "approval_limit", "agent_limit", "reviewer_limit", "always_approve", "two_stages",
            "agents_extend", "budgets",
        ),
        "competence": ("decision_topics", "approval_topics", "review_topics"),
        "outside": ("external_body", "external_body_at_once", "authority"),
        "law": ("sector", "regulated", "trial"),
        "webhook": ("webhook",),
        "access": ("access_log_days", "shows_readers", "privacy_approval", "anonymous"),
    },
    (SettingKind.TEXTS, "change"): {
        "procedure": ("introduction",),
        "privacy": ("notice",),
        "letterhead": ("letterhead",),
        ADVANCED: ("letters", "blocks"),
    },
}  # fmt: skip
"""The fields of each part, in their order. A record that has parts of its own is one field here."""

SECTIONS: Mapping[tuple[SettingKind, str], Mapping[str, tuple[str, ...]]] = {
    (SettingKind.AUTOMATION, "change"): {
        "rule_when": ("when", "wait_days"),
        "rule_if": (
            "categories", "words", "products", "channels", "languages", "tags", "own_field", "answers",
            "at_least", "at_most",
        ),
        "rule_then": ("add_tags", "raise_to", "assign", "task", "task_days", "task_to", "tell", "ask",
            "theme",
        ),
    }
}  # fmt: skip
"""The fields of one form that stand together under a name."""

EXAMPLES: Mapping[str, str] = {
    "access_log_days": "365",
    "answers": "large",
    "at_least": "500",
    "at_most": "1000",
    "position": "100",
    "task_days": "2",
    "wait_days": "3",
    "authority.address": "1 Square, Springfield",
    "authority.cost": "0 EUR",
    "authority.name": "Data Protection Authority",
    "authority.url": "https://authority.example",
    "budgets": "Goodwill",
    "closed_from": "13:00",
    "contact": "12 Long Street, Springfield; +1 217 555 0100",
    "country": "TR",
    "currency": "EUR",
    "email": "ayse@shop.example",
    "external_body.address": "1 Fair Street, London",
    "external_body.cost": "0 EUR",
    "external_body.name": "Shop Ombudsman",
    "external_body.url": "https://ombudsman.example",
    "approval_limit": "500",
    "agent_limit": "100",
    "reviewer_limit": "2000",
    "groups": "Complaints team: agent reviewer @ demo",
    "letterhead.accent": "#0f766e",
    "letterhead.accent_text": "#ffffff",
    "letterhead.contact": "https://www.shop.example/contact",
    "letterhead.logo": "https://www.shop.example/logo.svg",
    "letterhead.privacy": "https://www.shop.example/privacy",
    "manager": "head@shop.example",
    "month": "2027-03",
    "months": "72",
    "number": "12500",
    "origins": "https://www.shop.example",
    "quality": "quality@shop.example",
    "region": "GB-SCT",
    "safety": "safety@shop.example",
    "telephone": "+1 217 555 0100",
    "team": "complaints@shop.example",
    "webhook": "https://systems.shop.example/complaints",
    "zone": "Europe/Istanbul",
}
"""Examples that read the same in every language, by the names of fields."""

SECTORS = (
    "bank", "energy", "financial", "insurance", "online_platform", "rail", "social_housing", "telecoms",
)  # fmt: skip
"""The trades that promise packs ask for."""

SAID = frozenset(
    {
        "authority.note", "authority.time", "choices", "code", "external_body.note", "external_body.time",
        "introduction", "items", "labels",
        "letterhead.sender", "letterhead.signature", "name", "names", "notice", "reason", "source", "texts",
        "title", "words", "products", "seen", "tags", "add_tags", "task",
    }
)  # fmt: skip
"""Fields whose example has words of each language: `office.example.<name>`."""

FREE = (Widget.LINE, Widget.TEXT, Widget.LINES, Widget.LANGUAGES)
"""What is written freely: each such field has an example, unless its values are offered to choose from."""


def part_of(kind: SettingKind, name: str) -> str:
    """The part in which a field of a record is asked for, also one within another; none for the others."""
    parts = PARTS.get((kind, "change"), {})
    outer = name.partition(".")[0]
    return next((part for part, names in parts.items() if outer in names), "")
