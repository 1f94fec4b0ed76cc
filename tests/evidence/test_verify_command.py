"""`make verify` and `make note`: what operators run."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import case_pk, entry_sk
from complaints.adapters.dynamodb.table import create_table
from complaints.checkpoints.checkpoint_chain import names
from complaints.checkpoints.leaf import RunLeaf
from complaints.checkpoints.signature import key_id
from complaints.checkpoints.verification.restores import Kind
from complaints.checkpoints.verification.rounds import rounds
from complaints.checkpoints.verification.verify import Scope
from functions.desk.audit.proof import proof_of
from functions.workers import checkpoints
from infrastructure.cli.data.note_chains import note_all
from infrastructure.cli.data.verify import NotEvidence, main, said, verified
from infrastructure.local.aws.evidence import LocalEvidenceFiles
from tests.complaints.checkpoints.fakes import HeldSigner
from tests.evidence.sealed_installation import A_DAY, SealedInstallation, always, drop, lived

SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def house(engine_endpoint: str) -> Iterator[SealedInstallation]:
    name = f"test-{uuid4().hex}"
    create_table(name)
    yield from lived(name, engine_endpoint)


def test_all_or_a_sample_or_a_period_is_verified(
    house: SealedInstallation, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = verified(house.files, Scope(), [])
    assert said(whole) == 0
    said_of_all = capsys.readouterr().out
    assert f"{whole.checkpoints} checkpoints" in said_of_all
    assert "and 2 files and mails verified" in said_of_all
    assert "Of 0 checkpoints of days 0 have a time stamp" in said_of_all
    sample = verified(house.files, Scope(sample=2, seed=7), [])
    assert (sample.chains, sample.differences) == (2, ())
    part = verified(house.files, Scope(since=names(house.files)[1], until=names(house.files)[3]), [])
    assert (part.checkpoints, part.differences) == (2, ())


@pytest.mark.parametrize(
    ("named", "why"),
    [
        (("--from", "yesterday"), "argument --from"),
        (("--from", "2026-13-45"), "argument --from"),
        (("--to", "2999-01-01"), "argument --to"),
        (("--from", "2026-02-01", "--to", "2026-01-01"), "--to is before --from"),
        (("--sample", "-1"), "argument --sample"),
    ],
)
def test_a_mistyped_period_or_sample_is_refused_and_never_fits(
    named: tuple[str, ...], why: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["verify", "t", "b", *named])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert why in capsys.readouterr().err


def test_a_period_without_a_checkpoint_is_not_told_as_one_that_fits(
    house: SealedInstallation, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(verified(house.files, Scope(until="2000/01/01"), [])) == 1
    assert "NOTHING WAS VERIFIED" in capsys.readouterr().out


def test_a_bucket_that_holds_no_evidence_is_not_called_tampered_with(tmp_path: Path) -> None:
    with pytest.raises(NotEvidence, match="is it the evidence bucket"):
        verified(LocalEvidenceFiles(tmp_path), Scope(), [])


def test_keys_that_are_trusted_are_named_and_others_are_not(
    house: SealedInstallation, capsys: pytest.CaptureFixture[str]
) -> None:
    own = key_id(house.signer.public_key)
    assert verified(house.files, Scope(), [own]).differences == ()
    assert own in capsys.readouterr().out
    stranger = key_id(HeldSigner(2).public_key)
    assert verified(house.files, Scope(), [stranger]).differences[0].harm == "forged"


def test_s66_what_an_earlier_key_signed_holds_by_it_after_another_one_signs(
    house: SealedInstallation, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, clock = house.snapshot(), house.installation.clock
    later = HeldSigner(2)
    monkeypatch.setattr(clock, "moment", clock.moment)
    monkeypatch.setattr(house.world, "signer", later)
    house.note(house.first_case, "She rang.")
    house.seal()
    both = [key_id(house.signer.public_key), key_id(later.public_key)]
    assert set(proof_of(house.world).keys) == set(both)
    assert verified(house.files, Scope(), both).differences == ()
    for key in both:
        assert verified(house.files, Scope(), [key]).differences[0].harm == "forged"
    house.go_back(before)


def test_a_run_whose_time_is_over_goes_on_where_it_stopped(house: SealedInstallation) -> None:
    """Each verifies one chain more; in the end the rounds have seen all, and then begin with the old ones."""
    reads = len(names(house.files))
    trust = checkpoints.trust(house.world)
    whole = house.verify().chains
    seen = 0
    for _ in range(whole):
        times = iter([True] * (reads + 1))
        house.installation.clock.moment += SECOND
        made = checkpoints.verify_record(house.world, lambda times=times: next(times, False))  # type: ignore[misc]
        assert made.count == 0
        seen += made.new.chains
    assert seen == whole
    assert rounds(house.files, trust, 1)[0].new.after == ""
    again = house.verify_daily()
    assert (again.new.chains, again.old.chains) == (0, whole)


def test_rounds_without_time_for_all_checkpoints_come_to_an_end(house: SealedInstallation) -> None:
    """Each has time for three steps, a checkpoint or a chain: fewer than there are checkpoints."""
    house.files.files = {
        key: each for key, each in house.files.files.items() if not key.startswith("verifications/")
    }
    seen = 0
    for _ in range(4 * house.verify().chains):
        times = iter([True] * 3)
        house.installation.clock.moment += SECOND
        made = checkpoints.verify_record(house.world, lambda times=times: next(times, False))  # type: ignore[misc]
        seen += made.new.checkpoints
        if made.new.until == names(house.files)[-1] and not made.new.after:
            break
    assert made.new.until == names(house.files)[-1]
    assert not made.new.after
    assert made.count == 0


def test_a_copy_of_an_old_round_and_a_checkpoint_that_is_not_ours_lead_past_nothing(
    house: SealedInstallation,
) -> None:
    untouched, real = house.snapshot(), names(house.files)[-1]
    house.verify_daily()
    *_, round = house.files.keys("verifications/")
    house.files.files["verifications/9999-01-01T00-00-00.json"] = house.files.files[round]
    house.files.files["checkpoints/9999/01/01T00.json"] = b"{}"
    house.installation.clock.moment += timedelta(minutes=1)
    made = checkpoints.verify_record(house.world, always)
    assert made.new.until == real
    trust = checkpoints.trust(house.world)
    assert rounds(house.files, trust, 1)[0].at == made.at
    assert rounds(house.files, trust, 1, before=made.at)[0].at < made.at, "those of a time that is over"
    house.files.files = dict(untouched.files)


def test_a_restore_is_named_with_what_it_excuses_and_none_beyond_the_reach_of_recovery_is_stated(
    house: SealedInstallation, capsys: pytest.CaptureFixture[str]
) -> None:
    untouched, now = house.snapshot(), house.world.now()
    with pytest.raises(ValueError, match="35 days"):
        checkpoints.put_restore_on_record(house.world, now - timedelta(days=36))
    assert not list(house.files.keys("restores/"))
    checkpoints.put_restore_on_record(house.world, now - timedelta(days=1))
    assert "RestoresStated" in capsys.readouterr().out
    found = verified(house.files, Scope(), [])
    assert found.excused[0].leaves > 0
    assert [(each.to, each.at) for each in proof_of(house.world).restores] == [(now - timedelta(days=1), now)]
    said(found)
    assert f"it excuses {found.excused[0].leaves} leaves" in capsys.readouterr().out
    house.files.files = dict(untouched.files)


def test_each_of_several_statements_of_one_moment_is_on_record(house: SealedInstallation) -> None:
    untouched, now = house.snapshot(), house.world.now()
    kinds: tuple[Kind, ...] = ("restore", "rebuild", "restore")
    for kind in kinds:
        checkpoints.put_restore_on_record(house.world, now - timedelta(days=1), kind)
    assert len(list(house.files.keys("restores/"))) == 3
    assert [each.at for each in proof_of(house.world).restores] == [now + timedelta(seconds=2), now]
    assert house.verify().differences == ()
    house.files.files = dict(untouched.files)


def test_an_installation_may_get_another_address(house: SealedInstallation) -> None:
    house.world.settings = replace(house.world.settings, url="https://moved.example.org")
    house.seal()
    assert house.verify_daily().count == 0


def test_chains_from_before_there_were_checkpoints_are_noted(house: SealedInstallation) -> None:
    assert note_all() > 2
    now = house.world.now()
    noted = house.world.checkpoint_notes.between(now, now + timedelta(hours=1))
    assert [leaf.run for leaf in noted if isinstance(leaf, RunLeaf)] == [f"demo/{A_DAY}"]
    house.seal()
    assert house.verify().differences == ()


def test_auditors_are_shown_how_far_the_record_is_sealed_and_what_was_found(
    house: SealedInstallation,
) -> None:
    made = house.verify_daily()
    proof = proof_of(house.world)
    assert proof.keys == (key_id(house.signer.public_key),)
    assert proof.checkpoint is not None
    assert proof.checkpoint.name == names(house.files)[-1]
    assert not proof.is_late
    assert (proof.verifications[0].at, proof.verifications[0].count) == (made.at, 0)
    house.installation.clock.moment += timedelta(hours=4)
    assert proof_of(house.world).is_late


def test_the_first_thing_that_differs_is_named_first(
    house: SealedInstallation, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is the last test of this module: what it removes stays removed."""
    drop(case_pk(house.first_case), entry_sk(2))
    assert said(verified(house.files, Scope(), [])) > 0
    assert f"First: entry 2 of case#{house.first_case}: missing" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nowhere.pem", "empty.pem"])
def test_a_file_without_certificates_is_named_before_anything_is_read(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "empty.pem").touch()
    named = str(tmp_path / name)
    monkeypatch.setattr("sys.argv", ["verify", "table", "bucket", "--authority", named])
    with pytest.raises(SystemExit, match=f"^Nothing was verified: .*{name}"):
        main()
