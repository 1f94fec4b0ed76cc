"""The bucket of complainants' files is closed, and each function may do with it what its own code does."""

from datetime import timedelta

from complaints.adapters.files import evidence_packs
from complaints.adapters.files import s3 as store
from complaints.adapters.files.s3 import S3Files
from complaints.case.record.attachments import FileType
from complaints.management.ordered_files import KEPT
from complaints.settings.site import enclosures
from infrastructure.local.aws.s3 import KEPT_IN_QUARANTINE, PACKS_ARE_KEPT
from infrastructure.template import mail
from infrastructure.template.permissions.policies import POLICIES
from infrastructure.template.storage import files

BUCKET = files.files()["Files"]["Properties"]


def removes(function: str) -> list[str]:
    """The folders from which a function may remove files."""
    return [
        place["Fn::Sub"].rpartition("${Files}/")[2].removesuffix("*")
        for statement in POLICIES[function]["Statement"]
        if "s3:DeleteObject" in statement["Action"]
        for place in statement["Resource"]
    ]


def allowed(function: str) -> set[str]:
    return {
        action
        for statement in POLICIES[function]["Statement"]
        for action in statement["Action"]
        if action.startswith("s3:")
    }


def test_the_bucket_is_closed_to_the_public_and_to_plain_http() -> None:
    assert all(BUCKET["PublicAccessBlockConfiguration"].values())
    refused, _ = files.files()["FilesPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (refused["Effect"], refused["Principal"], refused["Action"]) == ("Deny", "*", "s3:*")
    assert refused["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_folders_are_those_that_the_store_uses() -> None:
    ours = (files.QUARANTINE, files.KEPT, files.MADE, mail.INBOUND, files.PACKS)
    assert ours == (store.QUARANTINE, store.KEPT, store.MADE, store.INBOUND, evidence_packs.PACKS)
    assert enclosures.enclosure_key("demo", "1").startswith(files.ENCLOSURES)


def test_only_our_own_rule_may_put_mail_into_the_bucket() -> None:
    _, allowed = files.files()["FilesPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert allowed["Resource"] == {"Fn::Sub": "${Files.Arn}/inbound/*"}
    assert allowed["Condition"]["ArnEquals"] == {"AWS:SourceArn": mail.rule_arn("${Installation}")}


def test_s38_only_the_quarantine_and_what_was_made_expire_and_as_soon_as_in_a_local_run() -> None:
    rules = {rule["Id"]: rule for rule in BUCKET["LifecycleConfiguration"]["Rules"]}
    days = {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules.values() if "ExpirationInDays" in rule}
    assert days == dict.fromkeys((files.QUARANTINE, files.MADE), KEPT_IN_QUARANTINE.days) | {
        files.PACKS: PACKS_ARE_KEPT.days
    }
    assert PACKS_ARE_KEPT == KEPT


def test_a_page_may_send_the_headers_that_an_upload_needs() -> None:
    (rule,) = BUCKET["CorsConfiguration"]["CorsRules"]
    upload = S3Files("files").offer("k", FileType.PNG, 1, timedelta(minutes=5))
    assert set(rule["AllowedHeaders"]) == {name.lower() for name in upload.headers}
    assert upload.method in rule["AllowedMethods"]


def test_only_the_schedule_and_erasures_remove_files_and_no_function_more_than_it_has_to() -> None:
    """Mails go with a redaction or an erasure; one that meets an erasure goes where it is taken. Packs that
    have somebody who is erased go as the stream tells of it."""
    taking = {"s3:GetObject", "s3:PutObject", "s3:ListBucket"}
    assert allowed("api_handler") == allowed("take_mail") == taking | {"s3:DeleteObject"}
    assert allowed("escalate_overdue") == {"s3:DeleteObject"}
    assert removes("escalate_overdue") == [files.QUARANTINE, files.KEPT]
    assert removes("api_handler") == removes("take_mail") == [mail.INBOUND, mail.MAIL_COPIES]
    assert allowed("send_letters") == {"s3:GetObject"}
    assert allowed("erase_cases") == taking | {"s3:DeleteObject"}
    assert removes("erase_cases") == [files.QUARANTINE, files.KEPT, mail.INBOUND, files.PACKS]
    assert allowed("seal_checkpoints") == {"s3:GetObject", "s3:PutObject", "s3:ListBucket"}
    assert allowed("follow_cases") == taking | {"s3:DeleteObject"}
    assert removes("follow_cases") == [files.PACKS]
    readers = ["api_handler", "escalate_overdue", "erase_cases", "send_letters", "follow_cases", "take_mail"]
    of_evidence = ["seal_checkpoints", "make_evidence"]
    assert [name for name in POLICIES if allowed(name)] == [*readers, *of_evidence]
