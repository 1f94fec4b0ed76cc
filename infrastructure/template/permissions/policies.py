"""What each function may do: one policy a function, and nothing beyond what its own code calls.

Whatever a function does to the table names partitions (`partitions.py`): all that one call touches must stand
in those that are allowed, so that who takes over the function that reads hostile mail writes no session.
"""

from infrastructure.template.intrinsics import att, ref
from infrastructure.template.mail import INBOUND, MAIL_COPIES
from infrastructure.template.permissions.partitions import (
    ACCESS_LOG,
    ALL_MEMBERS,
    ALL_PACKS,
    ALL_SITES,
    ALLOWANCES,
    AUTOMATIONS,
    BULK,
    CASES,
    COUNTED,
    DATA_KEYS,
    DIGESTS,
    DUE,
    ERASURES,
    FIGURES,
    FOUND_BY,
    GUARDS,
    HISTORIES,
    IDENTITIES,
    INBOXES,
    INVITATIONS,
    LOST_LINKS,
    MAILS_TAKEN,
    NOTED,
    ORDERED,
    PRESENCE,
    RECORD_HISTORIES,
    RECORDS,
    RETENTION,
    SEALED,
    SESSIONS,
    VIEWS,
    WEBHOOKS,
    WORDING,
    history,
    private,
)
from infrastructure.template.permissions.statements import (
    allow,
    evidence_in,
    files_in,
    index,
    leading,
    may_enclose_files,
    may_erase_files,
    may_follow_stream,
    may_handle_files,
    may_keep_evidence,
    may_list,
    may_make_data_keys,
    may_make_packs,
    may_put,
    may_read,
    may_read_data_keys,
    may_read_evidence,
    may_read_keys,
    may_remove_packs,
    may_run_itself,
    may_send_mail,
    may_sweep_files,
    may_take_mail,
    may_touch,
    may_update,
    may_verify_files,
    policy,
)
from infrastructure.template.storage.files import PACKS
from infrastructure.template.storage.given import DATA_KEYS_ARN

_OWN_SETTINGS = (ALL_SITES, ALL_MEMBERS, ALL_PACKS)
_TERMS = (ALL_SITES, ALL_PACKS)
"""Under which terms a case is handled: its site, and packs that the operator brought."""
_SEEN_TO = history("member", "site", "packs", "calendar", "automation")
"""Settings of which something is left to do when they were changed."""

_RECORDS = (RECORDS, RECORD_HISTORIES, private(RECORD_HISTORIES))

_OF_A_SITE = history("site", "team", "codes", "texts", "packs", "calendar", "fields")

_INVITED = history("invitation")
"""Invitations note that their letter did not arrive."""

POLICIES = {
    "api_handler": policy(
        "api",
        may_read_data_keys(),
        may_make_data_keys(),
        may_read(
            CASES, private(CASES), IDENTITIES, INBOXES, GUARDS, SESSIONS, VIEWS, BULK, FIGURES,
            *_OWN_SETTINGS, WORDING, AUTOMATIONS, HISTORIES, RECORDS, RECORD_HISTORIES, ACCESS_LOG,
        ),
        may_list(
            CASES, private(CASES), IDENTITIES, INBOXES, FOUND_BY, FIGURES, *_OWN_SETTINGS, WORDING, WEBHOOKS,
            AUTOMATIONS,
            HISTORIES, private(HISTORIES), *_RECORDS, ACCESS_LOG, RETENTION,
        ),
        may_put(
            CASES, private(CASES), IDENTITIES, INBOXES, GUARDS, SESSIONS, VIEWS, BULK, *_OWN_SETTINGS,
            WORDING, AUTOMATIONS, HISTORIES, private(HISTORIES), DIGESTS, INVITATIONS, WEBHOOKS,
            *_RECORDS,
        ),
        may_update(CASES, PRESENCE, ALLOWANCES, ACCESS_LOG, LOST_LINKS),
        allow("dynamodb:Query", on=[index("queue"), index("owner")]),
        allow("dynamodb:Query", on=[index("due")], only=leading(*RETENTION)),
        *may_handle_files(),
        allow("s3:GetObject", on=[files_in(PACKS)]),
        allow("s3:GetObject", "s3:DeleteObject", on=[files_in(INBOUND)]),
        allow("s3:DeleteObject", on=[files_in(MAIL_COPIES)]),
        *may_read_evidence(),
        may_read_keys("api_handler"),
    ),
    "escalate_overdue": policy(
        "escalate-overdue",
        may_read_data_keys(),
        may_read(
            CASES, private(CASES), *_OWN_SETTINGS, _SEEN_TO, WORDING, AUTOMATIONS, RECORDS, RECORD_HISTORIES
        ),
        may_list(
            CASES, private(CASES), AUTOMATIONS, FIGURES, RECORDS, *_OWN_SETTINGS, history("member")
        ),
        may_put(
            CASES, private(CASES), DIGESTS, ALL_MEMBERS, ALL_SITES, _SEEN_TO, AUTOMATIONS, RECORDS,
            RECORD_HISTORIES,
        ),
        may_update(CASES, DIGESTS, INVITATIONS, ALLOWANCES, ALL_MEMBERS, ALL_SITES, AUTOMATIONS, RECORDS),
        allow("dynamodb:Query", on=[index("due")], only=leading(*DUE, *RETENTION)),
        allow("dynamodb:Query", on=[index("owner"), index("queue")]),
        may_read_keys("escalate_overdue"),
        may_sweep_files(),
        may_run_itself("escalate-overdue"),
        allow("sqs:SendMessage", on=[att("ScheduleDeadLetters")]),
    ),
    "erase_cases": policy(
        "erase-cases",
        may_read(CASES, RETENTION, RECORDS, *_TERMS),
        may_list(CASES, private(CASES), IDENTITIES, INBOXES, ALL_SITES, RETENTION, RECORDS),
        may_put(CASES, RETENTION),
        may_update(CASES),
        may_touch(("DeleteItem",), private(CASES), IDENTITIES, INBOXES, PRESENCE),
        may_touch(("DeleteItem",), DATA_KEYS, table=DATA_KEYS_ARN),
        may_read_data_keys(),
        allow("dynamodb:Query", on=[index("due")], only=leading(*ERASURES, *RETENTION)),
        *may_erase_files(),
        allow("s3:PutObject", on=[evidence_in("erasures/")]),
        allow("sqs:SendMessage", on=[att("ScheduleDeadLetters")]),
    ),
    "send_letters": policy(
        "send-letters",
        may_read_data_keys(),
        may_read(
            CASES, private(CASES), IDENTITIES, private(DIGESTS), private(INVITATIONS), *_OWN_SETTINGS,
            _INVITED,
        ),
        may_put(
            CASES, DIGESTS, private(CASES), IDENTITIES, private(DIGESTS), private(INVITATIONS), ALL_MEMBERS,
            _INVITED, WEBHOOKS,
        ),
        may_update(CASES, DIGESTS, INVITATIONS, ALLOWANCES),
        may_list(DIGESTS),
        *may_follow_stream(),
        *may_enclose_files(),
        may_send_mail(),
        may_read_keys("send_letters"),
        allow("sqs:SendMessage", on=[att("LettersDeadLetters")]),
    ),
    "follow_cases": policy(
        "follow-cases",
        may_read_data_keys(),
        may_read(
            CASES, private(CASES), COUNTED, *_OWN_SETTINGS, WORDING, RECORDS, RECORD_HISTORIES, LOST_LINKS
        ),
        may_list(CASES, private(CASES), FIGURES, FOUND_BY, AUTOMATIONS, ALL_SITES, RECORDS),
        may_put(CASES, private(CASES), FOUND_BY, COUNTED, RECORDS, RECORD_HISTORIES),
        may_update(FIGURES, LOST_LINKS),
        may_touch(("DeleteItem",), FOUND_BY),
        may_touch(("BatchWriteItem",), NOTED),
        *may_follow_stream(),
        may_read_keys("follow_cases"),
        *may_remove_packs(),
        allow("s3:PutObject", on=[evidence_in("erasures/")]),
        allow("sqs:SendMessage", on=[att("LettersDeadLetters")]),
    ),
    "settle_letter": policy(
        "settle-letter",
        may_read_data_keys(),
        may_read(CASES, *_TERMS, ALL_MEMBERS, _INVITED),
        may_put(CASES, ALL_MEMBERS, _INVITED),
        may_update(CASES, DIGESTS, INVITATIONS),
        may_list(DIGESTS),
        allow("sqs:SendMessage", on=[att("MailDeadLetters")]),
    ),
    "take_mail": policy(
        "take-mail",
        may_read_data_keys(),
        may_make_data_keys(),
        may_read(CASES, private(CASES), IDENTITIES, MAILS_TAKEN, *_TERMS),
        may_put(CASES, private(CASES), IDENTITIES, INBOXES, MAILS_TAKEN),
        *may_take_mail(),
        allow("s3:DeleteObject", on=[files_in(INBOUND), files_in(MAIL_COPIES)]),
        may_read_keys("take_mail"),
        allow("sqs:SendMessage", on=[att("MailDeadLetters")]),
    ),
    "seal_checkpoints": policy(
        "seal-checkpoints",
        may_read_data_keys(),
        may_read(
            SEALED, CASES, private(CASES), IDENTITIES, private(INVITATIONS), *_OWN_SETTINGS, WORDING,
            AUTOMATIONS, RECORDS, RETENTION,
        ),
        may_list(
            NOTED, CASES, private(CASES), IDENTITIES, INVITATIONS, HISTORIES, private(HISTORIES),
            RECORD_HISTORIES, private(RECORD_HISTORIES),
        ),
        may_read_data_keys(),
        may_put(SEALED),
        *may_keep_evidence(),
        *may_verify_files(),
        may_read_keys("seal_checkpoints"),
        may_send_mail(to=ref("CheckpointMail")),
        allow("sqs:SendMessage", on=[att("ScheduleDeadLetters")]),
    ),
    "make_evidence": policy(
        "make-evidence",
        may_read_data_keys(),
        may_read(CASES, private(CASES), *_OWN_SETTINGS, RECORDS, RECORD_HISTORIES),
        may_list(
            CASES, private(CASES), FIGURES, ALL_MEMBERS, _OF_A_SITE, private(_OF_A_SITE),
            *_RECORDS, RETENTION,
        ),
        may_put(RECORDS, RECORD_HISTORIES),
        may_update(ALLOWANCES),
        allow("dynamodb:Query", on=[index("queue")]),
        allow("dynamodb:Query", on=[index("due")], only=leading(*ORDERED, *RETENTION)),
        *may_make_packs(),
        allow("sqs:SendMessage", on=[att("ScheduleDeadLetters")]),
    ),
}  # fmt: skip
"""By Chalice's names. Within the API, the table of routes separates complainants and staff."""
