"""Which secrets each function reads: `ANSWERABLE_SECRETS` names them, and its policy allows no other."""

PURPOSES = ("reference", "replay", "access", "proof", "cursor", "search", "session", "webhook")
"""What our own secret keys are for; the deployment makes one for each."""

CLIENT_SECRET = "oidc-client-secret"  # noqa: S105  # its name; a guard test compares it with the sign-in's
TIME_STAMP_LOGIN = "time-stamp-login"
SECRETS = {
    "api_handler": (*PURPOSES, CLIENT_SECRET),
    "send_letters": ("access", "replay", "webhook"),
    "escalate_overdue": ("replay",),
    "follow_cases": ("search",),
    "take_mail": ("access", "reference"),
    "seal_checkpoints": (TIME_STAMP_LOGIN,),
}
"""By Chalice's names; other functions read none."""
