"""An evidence pack in a browser: ordered at the desk, read offline, verified by the page that it brings."""

import uuid
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.navigation import follow
from tests.browser.page_checks import is_too_wide, violations, violations_in_each_scheme
from tests.browser.signing_in import signed_in
from tests.evidence import pack_writer as writer
from tests.evidence.auditor import let_it_be_made, sealed
from tests.evidence.stamp_writer import BAD, GOOD, HARMED, ROOT, WAYS, time_stamp
from tests.evidence.test_stamp_signatures import stamped
from tests.evidence.test_verifier import TAMPERED, replaced, restored, unsealed, with_withheld_entry, young
from tests.evidence.verifier import verifier
from tests.journeys.steps import complain, local_date, settle
from tests.local_run import LocalRun

PHONE: ViewportSize = {"width": 320, "height": 800}
RECORDS = "/desk/records/evidence_pack"


@pytest.fixture(scope="module")
def pack(browser: Browser, local_run: LocalRun, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack as an auditor gets it on a phone: ordered, made meanwhile, and fetched."""
    complain(local_run)
    settle(local_run)
    sealed(local_run)
    today = local_date(local_run)
    with signed_in(
        browser, local_run, f"{RECORDS}/new?site=demo", name="Ayla", role="auditor", viewport=PHONE
    ) as page:
        assert (violations(page), is_too_wide(page)) == ([], False)
        page.locator("[name=code]").fill(uuid.uuid4().hex)
        page.get_by_label("From", exact=True).fill((today - timedelta(days=2)).isoformat())
        page.get_by_label("Until", exact=True).fill(today.isoformat())
        page.get_by_label("Cases to draw").fill("20")
        follow(page, page.locator("form.command button.main, form button.main").first)
        expect(page.get_by_text("It is begun within some minutes.")).to_be_visible()
        assert (violations(page), is_too_wide(page)) == ([], False)
        let_it_be_made(local_run)
        page.reload()
        with page.expect_download() as begun:
            page.get_by_role("button", name="Download the pack").click()
        expect(page.get_by_role("link", name="Download the pack")).to_be_visible()
        assert (violations(page), is_too_wide(page)) == ([], False)
        path = tmp_path_factory.mktemp("evidence") / "pack.zip"
        begun.value.save_as(path)
    with ZipFile(path) as archive:
        archive.extractall(path.parent)
    return path


def test_a_pack_is_read_offline_and_without_scripts(browser: Browser, pack: Path) -> None:
    asked: list[str] = []
    with browser.new_context(offline=True, java_script_enabled=False) as context:
        context.on("request", lambda each: asked.append(each.url))
        page = context.new_page()
        page.goto((pack.parent / "index.html").as_uri())
        follow(page, page.locator("a[href^='06-cases/']").first)
        expect(page.get_by_role("heading", level=1)).to_contain_text("C-")
        page.go_back()
        follow(page, page.locator("a[href$='register-0001.html']"))
        expect(page.get_by_role("table")).to_be_visible()
    assert {url.partition(":")[0] for url in asked} == {"file"}
    with browser.new_context(viewport=PHONE) as seen:
        page = seen.new_page()
        for name in ("index.html", "05-register/register-0001.html", "verify.html"):
            page.goto((pack.parent / name).as_uri())
            assert violations_in_each_scheme(page) == [], name
            assert not is_too_wide(page), name


def test_the_page_verifies_a_pack_offline_and_names_what_does_not_fit(
    browser: Browser, pack: Path, tmp_path: Path
) -> None:
    asked: list[str] = []
    with browser.new_context(offline=True) as context:
        context.on("request", lambda each: asked.append(each.url))
        page = context.new_page()
        page.goto((pack.parent / "verify.html").as_uri())
        assert verdict(page, pack).startswith("Everything fits.")
        whole = tmp_path / "whole.zip"
        whole.write_bytes(writer.zipped(unsealed(writer.pack())))
        assert verdict(page, whole) == "Not sealed yet, so not proven; chains: 2"
        for made in (young, restored):
            whole.write_bytes(writer.zipped(made(writer.pack())))
            assert verdict(page, whole) == "Everything fits. Not sealed yet, so not proven; chains: 1"
        whole.write_bytes(writer.zipped(writer.pack()))
        assert verdict(page, whole) == "Everything fits."
        whole.write_bytes(writer.zipped(with_withheld_entry()))
        page.locator("#pack").set_input_files(whole)
        expect(page.locator("#result")).to_have_text("Everything fits.")
        expect(page.locator("#withheld")).to_have_text("1")
        expect(page.locator("#addresses")).to_have_text("test moved")
        page.locator("#pack").set_input_files([])
        twice = replaced("index.json", b'"cases":5', b'"cases":5,"cases":5')
        for what, (change, _) in {**TAMPERED, "a field twice": (twice, "")}.items():
            path = tmp_path / f"{uuid.uuid4().hex}.zip"
            path.write_bytes(writer.zipped(change(writer.pack())))
            assert verdict(page, path).startswith("Does not fit: "), what
    assert {url.partition(":")[0] for url in asked} == {"file"}


def test_the_page_compares_what_came_by_mail_and_looks_at_time_stamps(
    browser: Browser, pack: Path, tmp_path: Path
) -> None:
    files, whole, mail = writer.pack(), tmp_path / "whole.zip", tmp_path / "mail.eml"
    whole.write_bytes(writer.zipped(files))
    mail.write_bytes(writer.mail_of(files[writer.DAY]))
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.goto((pack.parent / "verify.html").as_uri())
        result = page.locator("#result")
        page.locator("#mail").set_input_files(mail)
        expect(result).to_be_hidden()
        page.locator("#pack").set_input_files(whole)
        expect(result).to_have_text("Everything fits.")
        expect(page.locator("#mails")).to_have_text("1")
        expect(page.locator("#stamps")).to_have_text("1")
        other, broken, later = (tmp_path / f"{name}.eml" for name in ("other", "broken", "later"))
        other.write_bytes(writer.mail_of(writer.hours([[]])[writer.DAY]))
        broken.write_bytes(b"nothing")
        later.write_bytes(writer.mail_of(writer.hours([[]] * 12)["checkpoints/2026/11/02T19.json"]))
        for wrong, words in (
            (other, f"Does not fit: {writer.DAY}: is not what came by mail"),
            (broken, "Cannot be checked: broken.eml: no checkpoint in it"),
            (later, "Cannot be checked: later.eml: of checkpoints/"),
        ):
            page.locator("#mail").set_input_files([mail, wrong])
            expect(result).to_contain_text(words)
        page.locator("#mail").set_input_files([])
        expect(result).to_have_text("Everything fits.")


def test_the_page_judges_who_signed_a_time_stamp_as_the_program_does(
    browser: Browser, pack: Path, tmp_path: Path
) -> None:
    whole, root = tmp_path / "whole.zip", tmp_path / "root.pem"
    root.write_bytes(ROOT.pem)
    with browser.new_context(offline=True, viewport=PHONE) as context:
        page = context.new_page()
        page.goto((pack.parent / "verify.html").as_uri())
        result, signers = page.locator("#result"), page.locator("#signers")
        whole.write_bytes(writer.zipped(writer.pack()))
        page.locator("#pack").set_input_files(whole)
        expect(result).to_have_text("Everything fits.")
        expect(signers).to_contain_text("CN=Stamps")
        expect(signers).to_contain_text("not judged")
        page.locator("#authority").set_input_files(root)
        expect(signers).to_contain_text("CN=Root")
        expect(signers).to_contain_text("you chose it")
        expect(result).to_have_text("Everything fits.")
        assert (violations(page), is_too_wide(page)) == ([], False)
        forged = tmp_path / "forged.zip"
        forged.write_bytes(writer.zipped(stamped(BAD["another key"][0]())))
        page.locator("#pack").set_input_files(forged)
        expect(result).to_contain_text(f"Does not fit: {writer.STAMP}: the signature is not")


def test_the_page_says_of_each_stamp_what_the_program_says(browser: Browser, tmp_path: Path) -> None:
    """By its own scripts, in a page that asks them for one stamp after the other."""
    of = writer.pack()[writer.DAY]
    at = writer.BEGIN + 24 * writer.HOUR
    made = {how: time_stamp(of, at, signing=make()) for how, make in GOOD.items()}
    made |= {how: time_stamp(of, at, signing=make()) for how, (make, _) in (BAD | WAYS).items()}
    made |= {how: harm(time_stamp(of, at)) for how, harm in HARMED.items()}
    scripts = [Path(f"templates/evidence/_{name}_script.html").read_text() for name in ("verify", "stamps")]
    ids = ("pack", "mail", "authority", "trusted")
    path = tmp_path / "judge.html"
    path.write_text(
        "".join(f"<input id={id}>" for id in ids)
        + f"<script type=module>const words = {{}};{''.join(scripts)}{JUDGE}</script>"
    )
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        stamps = {how: stamp.hex() for how, stamp in made.items()}
        said = page.evaluate("(asked) => judge(...asked)", [stamps, ROOT.der.hex()])
    assert said == {how: judged(stamp) for how, stamp in made.items()}


JUDGE = """
window.judge = async (stamps, root) => {
  const said = {}, trusted = [readCertificate(fromHex(root), "")];
  for (const [how, stamp] of Object.entries(stamps)) {
    try {
      const read = stampOf(fromHex(stamp), ""), signer = await signerOf(read, "");
      said[how] = Boolean(await authorityOf(signer, read.certificates, trusted, read.at)) ? "leads" : "fits";
    } catch (error) { said[how] = error instanceof DoesNotFit ? "refused" : String(error); }
  }
  return said;
};
"""


def judged(stamp: bytes) -> str:
    """What the program says of a stamp."""
    try:
        read = verifier.stamp_of(stamp, "")
        signer = verifier.signer_of(read, "")
    except verifier.DoesNotFit:
        return "refused"
    trusted = [ROOT.certificate]
    return "leads" if verifier.authority_of(signer, read.certificates, trusted, read.at) else "fits"


def test_the_page_takes_a_key_and_certificates_that_the_reader_knows(
    browser: Browser, pack: Path, tmp_path: Path
) -> None:
    whole, none = tmp_path / "whole.zip", tmp_path / "none.pem"
    whole.write_bytes(writer.zipped(writer.pack()))
    none.write_bytes(b"no certificate")
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.goto((pack.parent / "verify.html").as_uri())
        page.locator("#pack").set_input_files(whole)
        trusted, result = page.locator("#trusted"), page.locator("#result")
        for key, words in (
            (writer.fingerprint(), "Everything fits."),
            (writer.fingerprint(writer.OTHER_KEY), "Does not fit: keys/: none of them is one that you named"),
        ):
            trusted.fill(key)
            trusted.blur()
            expect(result).to_have_text(words)
        trusted.fill("")
        trusted.blur()
        expect(result).to_have_text("Everything fits.")
        page.locator("#authority").set_input_files(none)
        expect(result).to_have_text("Cannot be checked: none.pem: no certificate")


def verdict(page: Page, path: Path) -> str:
    """What the page says of a pack in the end."""
    page.locator("#pack").set_input_files(path)
    result = page.locator("#result")
    expect(result).not_to_have_text("Verifying …")
    text = str(result.text_content())
    page.locator("#pack").set_input_files([])
    expect(result).to_be_hidden()
    return text
