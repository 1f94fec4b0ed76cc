"""The offline verifier: it takes what is whole, and names the first thing of what is not."""

import ast
import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.evidence import pack_writer as writer
from tests.evidence.pack_writer import PICTURE, SEALS, Files, canonical, json_lines, sealed_pack
from tests.evidence.stamp_writer import time_stamp
from tests.evidence.verifier import VERIFIER, put, said, verifier


def test_a_whole_pack_fits_as_a_zip_file_and_unpacked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "pack.zip"
    whole.write_bytes(writer.zipped(writer.pack()))
    assert said(capsys, whole) == (0, "EVERYTHING FITS.")
    assert said(capsys, put(writer.pack(), tmp_path / "pack")) == (0, "EVERYTHING FITS.")
    for known in (writer.fingerprint(), writer.fingerprint()[:32].upper()):
        assert said(capsys, whole, "--key", known)[0] == 0


def test_it_runs_on_python_3_9(tmp_path: Path) -> None:
    """By its grammar, and without what later versions added to the modules that it uses."""
    ast.parse(VERIFIER.read_text(), feature_version=(3, 9))
    program = (
        "import datetime, runpy, sys; del datetime.UTC; runpy.run_path(sys.argv.pop(1), run_name='__main__')"
    )
    whole = put(writer.pack(), tmp_path)
    command = [sys.executable, "-c", program, str(VERIFIER), str(whole)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_another_address_of_the_installation_is_noted_and_fits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for files in (writer.pack(), writer.hours([[], [], []])):
        assert verifier.main([str(put(files, tmp_path / str(len(files))))]) == 0
        said = capsys.readouterr().out
        assert (
            "NOTE: checkpoints/2026/11/02T10.json: the installation is at 'moved', before at 'test'" in said
        )


def with_withheld_entry() -> Files:
    """The first entry of the pack has its seal alone."""
    lines = [json.loads(line) for line in writer.pack()["cases/chain.jsonl"].splitlines()]
    seal = writer.sha256(lines[0].pop("entry").encode())
    del lines[0]["private"]
    lines[0] |= {"seal": seal, "withheld": "shown to nobody"}
    return replaced("cases/chain.jsonl", writer.pack()["cases/chain.jsonl"], json_lines(lines))(writer.pack())


def test_entries_that_are_withheld_are_counted_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verifier.main([str(put(with_withheld_entry(), tmp_path))]) == 0
    said = capsys.readouterr().out
    assert "2 chains with 5 entries verify; 5 texts are what was committed to" in said
    assert "NOTE: 1 more entries are withheld" in said


@pytest.mark.parametrize("size", range(1, 18))
def test_each_proof_of_a_tree_leads_to_its_root_and_to_no_other(size: int) -> None:
    leaves = sorted(canonical({"chain": f"case#{number}"}) for number in range(size))
    tree = verifier.Tree()
    for leaf in leaves:
        tree.add(leaf)
    assert tree.root() == writer.root(leaves).hex()
    for index, leaf in enumerate(leaves):
        path = writer.path(index, leaves)
        assert verifier.root_of_proof(leaf, index, size, path) == writer.root(leaves)
        assert verifier.root_of_proof(leaf + b" ", index, size, path) != writer.root(leaves)
        assert verifier.root_of_proof(leaf, size, size, path) is None
        assert verifier.root_of_proof(leaf, index, size, [*path, path[0] if path else b"\0" * 32]) is None


def resigned(stored: bytes, signature: str) -> bytes:
    return canonical(json.loads(stored) | {"signature": signature})


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Files], Files]:
    """Changes a file, and signs the list of hashes anew: somebody who has the key of packs, and no other."""

    def change(files: Files) -> Files:
        assert old in files[name]
        files = {each: content for each, content in files.items() if each not in SEALS}
        return sealed_pack(files | {name: files[name].replace(old, new, 1)})

    return change


def picture_in(files: Files) -> str:
    """The name of the picture of a case."""
    return next(each for each in files if "/files/" in each)


def without(name: str) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        left = {each: data for each, data in files.items() if not each.startswith((*SEALS, name))}
        return sealed_pack(left)

    return change


def lines_without(name: str, place: int) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        lines = files[name].splitlines(keepends=True)
        return replaced(name, files[name], b"".join(lines[:place] + lines[place + 1 :]))(files)

    return change


def forged_hour(files: Files) -> Files:
    forged = writer.hours([[], [], []], writer.OTHER_KEY)
    name = "checkpoints/2026/11/02T09.json"
    return replaced(name, files[name], forged[name])(files)


def forged_hour_by_its_key(files: Files) -> Files:
    """The key of somebody else is put beside it, under the name of ours."""
    files = forged_hour(files)
    name = f"keys/{writer.KEY_ID}.pem"
    return replaced(name, files[name], writer.public_key(writer.OTHER_KEY))(files)


def rewritten_chain(files: Files) -> Files:
    """A case that was written anew from its second entry on, its register with it."""
    lines = [json.loads(line) for line in files["cases/chain.jsonl"].splitlines()]
    name = lines[0]["chain"]
    forged = writer.chain(name, ["Şikâyet", "nothing", writer.sha256(PICTURE)])
    changed = [each.line for each in forged] + [each for each in lines if each["chain"] != name]
    register = [json.loads(line) for line in files["05/register.jsonl"].splitlines()]
    head = {"chain": name, "number": 3, "seal": forged[-1].seal}
    files = replaced("cases/chain.jsonl", files["cases/chain.jsonl"], json_lines(changed))(files)
    heads = [head if each["chain"] == name else each for each in register]
    return replaced("05/register.jsonl", files["05/register.jsonl"], json_lines(heads))(files)


def page_in(files: Files) -> str:
    """The page of a case."""
    return next(each for each in files if each.startswith("cases/") and each.endswith("/index.html"))


def said_to_be_young(files: Files) -> Files:
    name = json.loads(files["11/proofs.jsonl"].splitlines()[0])["leaf"]["chain"]
    return replaced("index.json", b'"without_checkpoint":[]', b'"without_checkpoint":["%s"]' % name.encode())(
        lines_without("11/proofs.jsonl", 0)(files)
    )


def with_earlier_proof(files: Files) -> Files:
    """The end of the first chain is another one; there is proof of its second entry."""
    every = writer.cases()
    name = json.loads(files["cases/chain.jsonl"].splitlines()[0])["chain"]
    (own,) = (each for each in every if each[0].chain == name)
    earlier = writer.proof(own[1].leaf, [each[1].leaf for each in every], "checkpoints/2026/11/02T08.json")
    proofs = [json.loads(line) for line in files["11/proofs.jsonl"].splitlines()]
    kept = [each for each in proofs if each["leaf"].get("chain") != name]
    return replaced("11/proofs.jsonl", files["11/proofs.jsonl"], json_lines([earlier, *kept]))(files)


def without_checkpoints(files: Files) -> Files:
    files = replaced("11/proofs.jsonl", files["11/proofs.jsonl"], b"")(without("checkpoints/")(files))
    return replaced("index.json", b'"checkpoints":4', b'"checkpoints":0')(files)


def left_out_of_the_register(files: Files) -> Files:
    name = json.loads(files["cases/chain.jsonl"].splitlines()[0])["chain"]
    lines = files["05/register.jsonl"].splitlines(keepends=True)
    left = b"".join(each for each in lines if name.encode() not in each)
    files = replaced("05/register.jsonl", files["05/register.jsonl"], left)(files)
    files = replaced("index.json", b'"size":2', b'"size":1')(files)
    return replaced("index.json", b'"cases":5', b'"cases":4')(files)


def unsealed(files: Files) -> Files:
    """An honest pack that was ordered before any hour was sealed, or one that says so to hide its cases."""
    ordered, early = ((writer.BEGIN + hours * writer.HOUR).isoformat().encode() for hours in (3, 1))
    return replaced("index.json", ordered, early)(without_checkpoints(files))


def young(files: Files) -> Files:
    """A policy was written after the last hour that was sealed."""
    policy = writer.chain("record#policy#demo.main", ["A policy"], at=writer.BEGIN + 3 * writer.HOUR)
    files = replaced("cases/chain.jsonl", b"", json_lines(each.line for each in policy))(files)
    tables = {
        "01/policy.csv": b"id,version\r\ndemo.main,1\r\n",
        "01/policy_history.csv": b"id,number\r\ndemo.main,1\r\n",
    }
    return sealed_pack({name: data for name, data in files.items() if name not in SEALS} | tables)


def test_where_nothing_is_sealed_yet_it_says_so_and_not_that_everything_fits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = "NOT SEALED YET: 2 chains. They fit, and nothing of them is proven."
    assert said(capsys, put(unsealed(writer.pack()), tmp_path)) == (4, last)


def test_a_chain_that_is_too_new_for_a_checkpoint_is_named_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verifier.main([str(put(young(writer.pack()), tmp_path))]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == "EVERYTHING FITS. Not sealed yet, and named above: 1 chains."
    assert "not sealed yet: record#policy#demo.main" in told


def restored(files: Files) -> Files:
    """A case was written in the hour before the moment to which the table was restored: what was sealed of it
    was taken back."""
    name = json.loads(files["11/proofs.jsonl"].splitlines()[0])["leaf"]["chain"]
    left = [line for line in files["11/proofs.jsonl"].splitlines(keepends=True) if name.encode() not in line]
    told = {"format": 1, "kind": "restore", "installation": "test", "key": writer.KEY_ID}
    statement = canonical(told | {"to": "2026-11-02T08:30:00Z", "at": "2026-11-02T10:30:00Z"})
    signed = {"statement": writer.base64url(statement), "signature": writer.sign(statement)}
    kept = {each: content for each, content in files.items() if each not in SEALS}
    stated = {"restores/2026-11-02T10-30-00.json": canonical(signed), "11/proofs.jsonl": b"".join(left)}
    return sealed_pack(kept | stated)


def test_what_a_restore_took_back_of_the_hour_before_it_is_no_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = "EVERYTHING FITS. Not sealed yet, and named above: 1 chains."
    assert said(capsys, put(restored(writer.pack()), tmp_path)) == (0, last)


def stamped(stamp: Callable[[Files], bytes]) -> Callable[[Files], Files]:
    """Another time stamp lies beside the checkpoint of the day."""
    return lambda files: replaced(writer.STAMP, files[writer.STAMP], stamp(files))(files)


TAMPERED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a changed file": (lambda files: files | {"index.html": b"other"}, "index.html: was changed"),
    "a file that is missing": (
        lambda files: {name: data for name, data in files.items() if name != "index.html"},
        "index.html: is missing",
    ),
    "a file more": (lambda files: files | {"more.txt": b""}, "more.txt: is not in SHA256SUMS"),
    "a list of hashes that was signed by nobody": (
        lambda files: files | {"SHA256SUMS": sealed_pack({"a": b""})["SHA256SUMS"]},
        "05/register-0001.csv: is not in SHA256SUMS",
    ),
    "another signature": (
        lambda files: files | {"signature.json": sealed_pack({"a": b""})["signature.json"]},
        "signature.json: is not of this SHA256SUMS",
    ),
    "a signature that has another length": (
        lambda files: files | {"signature.json": resigned(files["signature.json"], "AAAA")},
        "a signature has 64 bytes",
    ),
    "the signature of something else": (
        lambda files: files | {"signature.json": resigned(files["signature.json"], writer.sign(b"other"))},
        "the signature is not that of the key",
    ),
    "a checkpoint in the place of the signature": (
        lambda files: files | {"signature.json": files["checkpoints/2026/11/02T08.json"]},
        "signature.json: is not of this SHA256SUMS",
    ),
    "no signature": (lambda files: files | {"signature.json": b"{}"}, "'statement' is missing"),
    "no key": (without("keys/"), "signed by a key that is not in keys/"),
    "an hour that is missing": (
        without("checkpoints/2026/11/02T09.json"),
        "checkpoints/2026/11/02T09.json: this checkpoint is missing",
    ),
    "the first hour that is missing": (without("checkpoints/2026/11/02T08.json"), "3 of 4"),
    "the last hour that is missing": (without("checkpoints/2026/11/02T10.json"), "3 of 4"),
    "an hour that somebody else signed": (forged_hour, "02T09.json: signed by a key that is not in keys/"),
    "an hour that somebody else signed, with a key that is called as ours": (
        forged_hour_by_its_key,
        "is not called as the hash of the key begins",
    ),
    "a day that is missing": (without("checkpoints/2026/11/02.json"), "3 of 4"),
    "a text that was changed": (
        replaced("cases/chain.jsonl", "شكوى".encode(), "شكر".encode()),
        "0.NoteAdded.text is not what was committed to",
    ),
    "a file of a case that is another one": (
        lambda files: replaced(picture_in(files), PICTURE, b"Another.")(files),
        "is no file that case#C-",
    ),
    "a file of a case that is missing": (
        lambda files: without(picture_in(files))(files),
        "the file of entry 3 is missing",
    ),
    "a text that was never there": (
        replaced("cases/chain.jsonl", b"0.NoteAdded.text", b"1.NoteAdded.text"),
        "where the entry has none",
    ),
    "a fact that was changed": (
        replaced("cases/chain.jsonl", b"2026-11-02", b"2026-11-01"),
        "sealed on another",
    ),
    "an entry that is missing": (lines_without("cases/chain.jsonl", 1), "entry 2 is missing or out of order"),
    "a cut tail": (lines_without("cases/chain.jsonl", 2), "does not end as the register says"),
    "a case that was written anew": (rewritten_chain, "entry 3: is not the one that was sealed"),
    "a case that is left out of the register": (lines_without("05/register.jsonl", 0), "4 cases of 5"),
    "a case that stands there twice": (
        lambda files: replaced("05/register.jsonl", b"", files["05/register.jsonl"].splitlines()[0] + b"\n")(
            files
        ),
        "stands in it twice",
    ),
    "a letter that is another one": (
        lambda files: writer.pack(sealed_letter=lambda of: writer.letter_leaf(of, digest="0" * 64)),
        "is not the one that its case says was sent",
    ),
    "a letter to somebody else": (
        lambda files: writer.pack(sealed_letter=lambda of: writer.letter_leaf(of, to="committed:y")),
        "is not the one that its case says was sent",
    ),
    "a letter of which no entry speaks": (
        lambda files: writer.pack(sealed_letter=lambda of: writer.letter_leaf(of, "000002.1")),
        "/000002.1: was sealed as sent, and no entry of its case says so",
    ),
    "a case that does not verify by its own word": (
        replaced("index.json", b'"failed":[]', b'"failed":["C-00001"]'),
        "case#C-00001: does not verify by the organisation's own word, of 1 in all",
    ),
    "another seed": (
        lambda files: replaced("index.json", b'"size":2', b'"size":4')(files),
        "was drawn by the seed, and is not in the pack",
    ),
    "a proof that is missing": (
        lines_without("11/proofs.jsonl", 0),
        "entry 1: was written on 2026-11-02 08:00, and no checkpoint holds it",
    ),
    "a case that was written anew, is said to be too young, and has no proof": (
        said_to_be_young,
        "entry 1: was written on 2026-11-02 08:00, and no checkpoint holds it",
    ),
    "a last entry that is somebody else's, and the proof of the one before alone": (
        with_earlier_proof,
        "entry 3: was written on 2026-11-02 08:00, and no checkpoint holds it",
    ),
    "no checkpoint in a period of more than two hours": (
        without_checkpoints,
        "entry 1: was written on 2026-11-02 08:00, and no checkpoint holds it",
    ),
    "a sampled case that is left out of the register": (
        left_out_of_the_register,
        "is in the pack, and not in the register",
    ),
    "a page that shows another amount": (
        lambda files: replaced(page_in(files), b"49.90", b"9.90")(files),
        "index.html: shows 9.90 of case#C-0",
    ),
    "a page that shows another date": (
        lambda files: replaced(page_in(files), b"02T08:00:00Z", b"01T08:00:00Z")(files),
        "index.html: shows 2026-11-01T08:00:00 of case#C-0",
    ),
    "a register that shows another date of a sampled case": (
        lambda files: replaced("05/register-0001.csv", b"02T08", b"09T08")(
            replaced("05/register-0001.csv", b"02T08", b"09T08")(files)
        ),
        "register-0001.csv: shows 2026-11-09T08:00:00 of case#C-0",
    ),
    "a register that shows another seal": (
        lambda files: replaced("05/register-0001.csv", writer.cases()[4][-1].seal.encode(), b"0" * 64)(files),
        "register-0001.csv: shows another seal of case#C-00004",
    ),
    "a proof of another leaf": (
        replaced("11/proofs.jsonl", b'"number":3', b'"number":2'),
        "does not lead to the root",
    ),
    "a proof of a checkpoint that is not there": (
        replaced("11/proofs.jsonl", b"02T10", b"03T10"),
        "names a checkpoint that is not in the pack",
    ),
    "a time stamp of another file": (
        stamped(lambda files: time_stamp(files[writer.DAY] + b" ", writer.BEGIN + 20 * writer.HOUR)),
        "02.tsr: a time stamp of another file than checkpoints/2026/11/02.json",
    ),
    "a time stamp of before it was sealed": (
        stamped(lambda files: time_stamp(files[writer.DAY], writer.BEGIN)),
        "02.tsr: a time stamp of 2026-11-02T08:00:00+00:00, before the checkpoint can have been",
    ),
    "a time stamp that was refused": (
        stamped(lambda files: time_stamp(files[writer.DAY], writer.BEGIN, status=2)),
        "02.tsr: the time stamp was not granted",
    ),
    "half a time stamp": (stamped(lambda files: files[writer.STAMP][:-20]), "02.tsr: no time stamp in DER"),
    "a time stamp of a checkpoint that is not there": (
        lambda files: sealed_pack(
            {name: data for name, data in files.items() if name not in SEALS}
            | {"checkpoints/2026/11/03.tsr": files[writer.STAMP]}
        ),
        "03.tsr: a time stamp of a checkpoint that is missing",
    ),
}


def test_a_mail_is_compared_with_the_checkpoints_of_a_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files, mail = writer.pack(), tmp_path / "mail.eml"
    pack = put(files, tmp_path / "pack")
    mail.write_bytes(writer.mail_of(files[writer.DAY]))
    assert said(capsys, pack, "--mail", mail)[0] == 0
    mail.write_bytes(writer.mail_of(writer.hours([[]])[writer.DAY]))
    assert said(capsys, pack, "--mail", mail) == (
        1,
        f"DOES NOT FIT: {writer.DAY}: is not what came by mail ({mail})",
    )
    stranger = writer.hours([[]])["checkpoints/2026/11/02T08.json"]
    mail.write_bytes(writer.mail_of(stranger))
    assert said(capsys, pack, "--mail", mail)[0] == 1


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_done_to_a_pack_is_named(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, named = TAMPERED[what]
    code, last = said(capsys, put(change(writer.pack()), tmp_path))
    assert (code, last[:14]) == (1, "DOES NOT FIT: ")
    assert named in last


def test_a_key_that_the_reader_does_not_know_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(writer.pack(), tmp_path)
    code, last = said(capsys, tmp_path, "--key", writer.fingerprint(writer.OTHER_KEY))
    assert (code, last) == (1, "DOES NOT FIT: keys/: none of them is one that you named by --key")
    assert said(capsys, tmp_path, "--key", writer.fingerprint()[:31])[0] == 2, (
        "too little of it to know it by"
    )


def test_a_copy_of_the_bucket_is_verified_with_chains_that_were_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = writer.cases()
    bucket = put(writer.hours([[each[-1].leaf for each in every], []]), tmp_path / "bucket")
    chains = tmp_path / "chains"
    put({"chain.jsonl": json_lines(each.line for sealed in every for each in sealed)}, chains)
    assert said(capsys, bucket, "--chains", chains)[0] == 0
    put({"chain.jsonl": json_lines(each.line for sealed in every for each in sealed[:-1])}, chains)
    code, last = said(capsys, bucket, "--chains", chains)
    assert code == 1
    assert "ends before entry 3, which was sealed" in last


def test_of_an_hour_that_was_sealed_anew_it_says_which_entries_may_have_been_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of each hour only the last entry is a leaf."""
    own = writer.chain("case#C-00001", ["one", "two", "three", "four"])
    forged = writer.chain("case#C-00001", ["one", "two, by Mallory", "three", "four"])
    bucket = put(writer.hours([[own[0].leaf], [own[3].leaf]]), tmp_path / "bucket")
    put({"chain.jsonl": json_lines(each.line for each in forged)}, tmp_path / "chains")
    code, last = said(capsys, bucket, "--chains", tmp_path / "chains")
    assert code == 1
    assert "entry 4: is not the one that was sealed: one of 2 to 4 was changed" in last


def test_a_retention_run_is_sealed_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = [canonical({"run": "demo/2026-11-02", "digest": digest * 64}) for digest in "ab"]
    put(writer.hours([[runs[0]], [runs[0]]]), tmp_path / "same")
    assert said(capsys, tmp_path / "same")[0] == 0
    put(writer.hours([[runs[0]], [runs[1]]]), tmp_path / "other")
    code, last = said(capsys, tmp_path / "other")
    assert code == 1
    assert "retention run demo/2026-11-02: is not the one that was sealed before" in last


def test_leaves_that_do_not_lead_to_their_root_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leaves = [each[-1].leaf for each in writer.cases()]
    bucket = writer.hours([leaves])
    name = next(each for each in bucket if each.startswith("checkpoints/2026/11/02T08.") and "leaves" in each)
    put(bucket | {name: gzip.compress(b"\n".join(sorted(leaves)[1:]))}, tmp_path)
    assert said(capsys, tmp_path) == (1, f"DOES NOT FIT: {name}: 4 leaves of 5")


def test_without_cryptography_hashes_are_checked_and_it_says_what_was_not(tmp_path: Path) -> None:
    program = (
        "import runpy, sys; sys.modules['cryptography'] = None; "
        "runpy.run_path(sys.argv.pop(1), run_name='__main__')"
    )

    def run(folder: Path) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", "-c", program, str(VERIFIER), str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.strip().splitlines()[-1]

    whole = put(writer.pack(), tmp_path / "whole")
    assert run(whole) == (
        3,
        "HASHES FIT. Signatures were NOT CHECKED: install `cryptography`, and run this again.",
    )
    (whole / "index.html").write_bytes(b"other")
    assert run(whole) == (1, "DOES NOT FIT: index.html: was changed")
