"""What the policies call partitions and secrets is what the product calls them: one key schema."""

from complaints.adapters.dynamodb import key_schema
from complaints.adapters.evidence.time_stamp_client import LOGIN
from complaints.adapters.identity.oidc_login import CLIENT_SECRET
from complaints.case.correspondence import mail
from complaints.letters.notices import digest, invitation
from complaints.settings.setting import SettingKind
from complaints.values.text import case_reference
from infrastructure.template.permissions import partitions as named
from infrastructure.template.permissions import secrets


def test_each_partition_is_one_of_the_key_schema() -> None:
    cases, digests = key_schema.case_pk(f"{case_reference.PREFIX}*"), key_schema.case_pk(f"{digest.PREFIX}*")
    schema = {
        named.CASES: cases,
        named.DIGESTS: digests,
        named.INVITATIONS: key_schema.case_pk(f"{invitation.PREFIX}*"),
        named.private(named.INVITATIONS): key_schema.private_pk(f"{invitation.PREFIX}*"),
        named.private(named.CASES): key_schema.private_pk(f"{case_reference.PREFIX}*"),
        named.private(named.DIGESTS): key_schema.private_pk(f"{digest.PREFIX}*"),
        named.IDENTITIES: key_schema.identity_pk(f"{case_reference.PREFIX}*"),
        named.INBOXES: key_schema.inbox_pk("*"),
        named.COUNTED: key_schema.counted_key("*")[0],
        named.FIGURES: key_schema.tally_pk("*"),
        named.FOUND_BY: key_schema.search_pk("*", "").removesuffix("#"),
        named.GUARDS: key_schema.guard_key("*")[0],
        named.ALLOWANCES: key_schema.allowance_key("*")[0],
        named.MAILS_TAKEN: key_schema.guard_key(f"{mail.GUARD}*")[0],
        named.SESSIONS: key_schema.session_key("*")[0],
        named.WEBHOOKS: key_schema.webhook_log_pk("*"),
        named.VIEWS: key_schema.views_key("*")[0],
        named.BULK: key_schema.bulk_key("*")[0],
        named.ALL_SITES: key_schema.SITES,
        named.ALL_MEMBERS: key_schema.MEMBERS,
        named.ALL_PACKS: key_schema.PACKS,
        named.WORDING: key_schema.many_pk("*"),
        named.RECORDS: key_schema.records_pk("*"),
        named.RECORD_HISTORIES: key_schema.record_chain_pk("*", "").removesuffix("#"),
        named.AUTOMATIONS: key_schema.automations_pk("*"),
        named.DATA_KEYS: key_schema.data_key_pk(f"{case_reference.PREFIX}*"),
        named.NOTED: key_schema.NOTED,
        named.SEALED: key_schema.SEALED[0],
        named.ORDERED: key_schema.ORDERED,
        named.DUE: key_schema.due_shard("*"),
    }
    assert {pattern: (key,) for pattern, key in schema.items()} == {pattern: pattern for pattern in schema}


def test_each_setting_has_its_history() -> None:
    assert tuple(key_schema.setting_pk(kind, "*") for kind in SettingKind) == named.HISTORIES
    private = tuple(key_schema.private_pk(key_schema.setting_pk(kind, "*")) for kind in SettingKind)
    assert named.private(named.HISTORIES) == private


def test_the_secret_of_the_client_is_called_as_the_sign_in_calls_it() -> None:
    assert secrets.CLIENT_SECRET == CLIENT_SECRET


def test_user_and_password_at_the_authority_are_called_as_the_client_calls_them() -> None:
    assert secrets.TIME_STAMP_LOGIN == LOGIN
