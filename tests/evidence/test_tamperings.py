"""What somebody does to the table or to the bucket (tamperings.py) is found, and named by the first thing
that does not fit: by the scheduled run, and by a stranger with copies (seen_offline.py). docs/evidence.md
lists them.

After each of them an hour passes: the stream tells of what was written, and it is sealed like anything else.
"""

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from complaints.checkpoints.checkpoint_chain import names
from complaints.checkpoints.differences import Difference
from complaints.checkpoints.statement import from_stored, hash_of
from complaints.checkpoints.verification.restores import state_authority
from complaints.checkpoints.verification.verify import verify
from complaints.values.casework.retention import KeptData
from functions.workers import checkpoints
from infrastructure.cli.data import copy_record
from tests.complaints.checkpoints.fakes import HeldSigner
from tests.evidence import seen_offline
from tests.evidence.sealed_installation import (
    HOUR,
    drop,
    items_of,
    keys_table,
)
from tests.evidence.seen_offline import Copies, Seen
from tests.evidence.stamp_writer import OTHER_ROOT, ROOT, time_stamp
from tests.evidence.tamperings import (
    BUCKET,
    STORE,
    TABLE,
    House,
    checkpoint,
    cut,
    kept,
    lose,
    noted,
    restate,
    restate_head,
)
from tests.evidence.verifier import Bare, put


def test_an_installation_that_nobody_touched_verifies(house: House, bare: Bare, tmp_path: Path) -> None:
    Copies(house, tmp_path, bare).shows(Seen(""))
    found = house.verify()
    assert found.differences == ()
    assert (found.checkpoints, found.chains > 2, found.letters > 2, found.files) == (6, True, True, 2)
    assert house.verify_daily().count == 0


def test_the_command_copies_a_table_as_the_verifier_takes_it(
    house: House, bare: Bare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "table"
    named = keys_table().removesuffix("-keys")
    monkeypatch.setattr(sys, "argv", ["copy_record", named, str(out), "--keys"])
    copy_record.main()
    # It says when it was made by the clock of the machine, that of the house goes otherwise.
    (out / copy_record.SUMMARY).unlink()
    code, told = bare(put(house.files.files, tmp_path / "bucket"), "--table", out)
    assert (code, "encrypted" in told) == (0, False), told


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.iso10002("4 information integrity: sealed")
def test_s115_what_is_done_to_the_table_is_named(house: House, bare: Bare, tmp_path: Path, name: str) -> None:
    """By the scheduled run, an hour later, when the stream has told of it; offline when it is sealed, too."""
    tampering = TABLE[name]
    tampering.does(house)
    house.seal()
    first = house.verify_daily().differences[0]
    assert (first.what, first.harm) == (tampering.what, tampering.harm)
    house.seal()
    Copies(house, tmp_path, bare).shows(seen_offline.TABLE[name])


@pytest.mark.parametrize("name", BUCKET)
def test_s116_what_is_done_to_the_bucket_is_named(
    house: House, bare: Bare, tmp_path: Path, name: str
) -> None:
    tampering = BUCKET[name]
    tampering.does(house)
    copies = Copies(house, tmp_path, bare)
    first = house.verify_daily().differences[0]
    assert (first.what, first.harm) == (tampering.what, tampering.harm)
    copies.shows(seen_offline.BUCKET[name])


@pytest.mark.parametrize("name", STORE)
@pytest.mark.iso10002("4 information integrity: sealed")
def test_s115_what_is_done_to_the_store_of_files_is_named(
    house: House, bare: Bare, tmp_path: Path, name: str
) -> None:
    tampering = STORE[name]
    tampering.does(house)
    first, *others = house.verify_daily().differences
    assert (first.what, first.harm, others) == (tampering.what, tampering.harm, [])
    Copies(house, tmp_path, bare).shows(seen_offline.STORE[name])


@pytest.mark.parametrize("is_made_anew", [False, True])
def test_s116_a_checkpoint_of_a_day_that_vanished_is_named(
    house: House, bare: Bare, tmp_path: Path, is_made_anew: bool
) -> None:
    """Also where the next run has made another one in its place."""
    house.installation.clock.moment = house.installation.clock.moment.replace(hour=23, minute=10)
    for _ in range(2):
        house.seal()
    (day,) = names(house.files, "day")
    assert house.verify().differences == ()
    lose(house, f"checkpoints/{day}.json")
    if is_made_anew:
        house.installation.clock.moment += timedelta(days=1)
        house.seal()
        assert day in names(house.files, "day")
    harm = "forged" if is_made_anew else "missing"
    named = Difference("checkpoint", harm, day, checkpoint=names(house.files)[-1 - is_made_anew])
    assert named in house.verify().differences
    assert named in house.verify_daily().differences
    code, told = bare(put(house.files.files, tmp_path))
    assert (code, "names a statement of" in told.splitlines()[-1]) == (1, True), told


def test_s116_a_time_stamp_of_another_file_is_named(house: House) -> None:
    house.installation.clock.moment = house.installation.clock.moment.replace(hour=23, minute=10)
    house.seal()
    (day,) = names(house.files, "day")
    of_day = house.files.files[f"checkpoints/{day}.json"]
    for data, harms in ((of_day, []), (of_day + b" ", ["stamp-of-another"])):
        house.files.files[f"checkpoints/{day}.tsr"] = time_stamp(data, house.world.now())
        assert [each.harm for each in house.verify().differences] == harms
        assert [each.harm for each in house.verify_daily().differences] == harms


def test_the_daily_run_judges_time_stamps_by_the_authority_that_is_on_record(house: House) -> None:
    """By the last one, as long as our key signed it; none ends it."""
    house.installation.clock.moment = house.installation.clock.moment.replace(hour=23, minute=10)
    house.seal()
    (day,) = names(house.files, "day")
    house.files.files[f"checkpoints/{day}.tsr"] = time_stamp(
        house.files.files[f"checkpoints/{day}.json"], house.world.now()
    )
    stranger, own = (each.pem.decode() for each in (OTHER_ROOT, ROOT))
    with pytest.raises(ValueError, match="PEM"):
        checkpoints.put_authority_on_record(house.world, "-----BEGIN CERTIFICATE-----")
    for stated, harms in ((own, []), (stranger, ["stamp-of-stranger"]), ("", [])):
        checkpoints.put_authority_on_record(house.world, stated)
        assert [each.harm for each in house.verify_daily().differences] == harms
    now = house.world.now() + HOUR
    state_authority(house.files, HeldSigner(2), house.world.settings.url, stranger, now)
    assert [each.harm for each in house.verify_daily().differences] == ["forged"]


def test_who_rolls_table_and_bucket_back_is_found_by_what_is_known_from_elsewhere(house: House) -> None:
    """By a statement that was mailed or logged: inside nothing is left that tells."""
    last = names(house.files)[-1]
    known = hash_of(from_stored(house.files.files[checkpoint(house, -1)])[0])
    lose(house, checkpoint(house, -1))
    drop("sealed", "sealed")
    cut(house, house.first_case)
    restate(house, house.first_case)
    for each in items_of("noted"):
        drop("noted", each["sk"]["S"])
    house.seal()
    trust = replace(checkpoints.trust(house.world), anchors={last: known})
    found = verify(house.files, house.world.ledger, trust).differences
    assert (found[0].what, found[0].harm, found[0].name) == ("checkpoint", "forged", last)


def test_s117_a_restore_that_is_stated_explains_what_is_gone_after_it(house: House) -> None:
    """Restored to before the last hour: its entries are gone, and what comes instead is sealed."""
    now = house.world.now()
    cut(house, house.first_case)
    restate(house, house.first_case)
    assert house.first() is not None
    checkpoints.put_restore_on_record(house.world, now - 2 * HOUR)
    assert house.first() is None
    house.seal()
    house.note(house.first_case, "Written after the restore.")
    house.seal()
    house.seal()
    assert house.verify().differences == ()
    cut(house, house.first_case)
    assert house.first() is not None


def test_a_state_that_is_rebuilt_raises_no_alarm_offline_once_that_is_stated(
    house: House, bare: Bare, tmp_path: Path
) -> None:
    """A later release writes it in another form. Who verifies with the rules of states sees that it is the
    same; nobody else does."""
    began = house.world.now()
    restate_head(house, is_quiet=False)
    for _ in range(2):
        house.seal()
    assert house.verify().differences == ()
    copies = Copies(house, tmp_path / "before", bare)
    copies.shows(Seen("its state was written anew after entry"))
    checkpoints.put_restore_on_record(house.world, began, "rebuild")
    assert house.verify().differences == ()
    Copies(house, tmp_path / "stated", bare).shows(Seen(""))
    restate_head(house, assignee="Mallory")
    for _ in range(2):
        house.seal()
    Copies(house, tmp_path / "after", bare).shows(Seen("its state was written anew after entry"))


@pytest.mark.iso10002("4 information integrity: removed")
def test_s118_words_that_were_redacted_and_cases_that_were_erased_raise_no_alarm(house: House) -> None:
    erased = house.complain("success", "3")
    house.redact(house.first_case, noted(house))
    house.seal()
    house.erase(erased)
    for _ in range(2):
        house.seal()
    assert house.verify().differences == ()
    assert house.verify_daily().count == 0


def test_s118_letters_that_a_rule_of_retention_removed_raise_no_alarm(house: House) -> None:
    reference = house.complain("success", "5")
    house.seal()
    sent = [each.letter.id for each in house.world.outbox.of_case(reference) if each.state == "sent"]
    assert all(house.world.outbox.kept(reference, letter) for letter in sent)
    house.remove(reference, KeptData.LETTERS)
    assert not any(house.world.outbox.kept(reference, letter) for letter in sent)
    for _ in range(2):
        house.seal()
    assert house.verify().differences == ()
    assert house.verify_daily().count == 0


@pytest.mark.parametrize("by", [KeptData.FILES, KeptData.MAILS, KeptData.CASE])
def test_s118_files_and_mails_that_were_removed_or_erased_raise_no_alarm(house: House, by: KeptData) -> None:
    reference = house.complain("success", "6")
    house.write_by_mail(reference, f"of-{reference}")
    for _ in range(2):
        house.seal()
    assert house.verify().files == 4
    if by is KeptData.CASE:
        house.erase(reference)
    else:
        house.remove(reference, by)
    assert f"inbound/of-{reference}" not in house.stored
    assert any(key.startswith("kept/C") and reference in key for key in house.stored) is (
        by is KeptData.MAILS
    )
    for _ in range(2):
        house.seal()
    assert house.verify().differences == ()
    assert house.verify_daily().count == 0


def test_s118_a_mail_whose_words_were_redacted_raises_no_alarm(house: House) -> None:
    """Another mail that says the same stays, and so does what it brought."""
    house.write_by_mail(house.first_case, "again")
    written = [
        each.number
        for each in house.world.cases.entries(house.first_case)
        if b'"MessageReceived"' in each.data
    ]
    house.redact(house.first_case, written[0])
    assert [key for key in ("inbound/a-mail", "inbound/again") if key in house.stored] == ["inbound/again"]
    for _ in range(2):
        house.seal()
    assert house.verify().differences == ()
    assert house.verify_daily().count == 0
    del house.stored["inbound/again"]
    first = house.first()
    assert first is not None
    assert (first.what, first.harm, first.number) == ("mail", "missing", written[1])


def test_s118_a_restore_explains_for_a_week_that_a_file_is_missing_and_never_that_it_is_another_one(
    house: House,
) -> None:
    """It was removed after the moment restored to, by a fact that is gone."""
    key, now = kept(house), house.world.now()
    content = house.stored.pop(key)
    checkpoints.put_restore_on_record(house.world, now - HOUR)
    assert house.verify_daily().count == 0
    house.stored[key] = content + b" "
    assert [each.harm for each in house.verify_daily().differences] == ["changed"]
    del house.stored[key]
    house.installation.clock.moment += timedelta(days=7)
    assert [each.harm for each in house.verify_daily().differences][:1] == ["missing"]


def test_a_case_whose_words_are_gone_without_an_erasure_is_named(house: House) -> None:
    """Its key alone is enough."""
    reference = house.complain("success", "4")
    for _ in range(2):
        house.seal()
    house.world.data_keys.destroy(reference)
    first = house.verify_daily().differences[0]
    assert (first.what, first.harm, first.name) == ("entry", "text-missing", f"case#{reference}")
