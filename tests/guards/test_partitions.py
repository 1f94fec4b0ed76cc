"""What the policies call partitions and secrets is what the product calls them: one key schema."""

from complaints import reference
from complaints.mail import digest, incoming
from complaints.settings.setting import Kind
from complaints.world import names
from complaints.world.code_flow import CLIENT_SECRET
from infrastructure.template import partitions as named
from infrastructure.template import secrets


def test_each_partition_is_one_of_the_key_schema() -> None:
    cases, digests = names.case_pk(f"{reference.PREFIX}*"), names.case_pk(f"{digest.PREFIX}*")
    schema = {
        named.CASES: cases,
        named.DIGESTS: digests,
        named.private(named.CASES): names.private_pk(f"{reference.PREFIX}*"),
        named.private(named.DIGESTS): names.private_pk(f"{digest.PREFIX}*"),
        named.INBOXES: names.inbox_pk("*"),
        named.COUNTED: names.counted_key("*")[0],
        named.FIGURES: names.tally_pk("*"),
        named.FOUND_BY: names.search_pk("*", "").removesuffix("#"),
        named.GUARDS: names.guard_key("*")[0],
        named.ALLOWANCES: names.allowance_key("*")[0],
        named.MAILS_TAKEN: names.guard_key(f"{incoming.GUARD}*")[0],
        named.SESSIONS: names.session_key("*")[0],
        named.VIEWS: names.views_key("*")[0],
        named.ALL_SITES: names.SITES,
        named.ALL_MEMBERS: names.MEMBERS,
        named.ALL_PACKS: names.PACKS,
        named.DUE: names.due_shard("*"),
    }
    assert {pattern: (key,) for pattern, key in schema.items()} == {pattern: pattern for pattern in schema}


def test_each_setting_has_its_history() -> None:
    assert tuple(names.setting_pk(kind, "*") for kind in Kind) == named.HISTORIES
    private = tuple(names.private_pk(names.setting_pk(kind, "*")) for kind in Kind)
    assert named.private(named.HISTORIES) == private


def test_the_secret_of_the_client_is_called_as_the_sign_in_calls_it() -> None:
    assert secrets.CLIENT_SECRET == CLIENT_SECRET
