"""Files that go with a complaint: chosen beforehand, sent after it, and never in its way."""

from playwright.sync_api import Browser, FilePayload, expect

from complaints.case.record.attachments import FileType
from tests.attachments.samples import GOOD
from tests.browser.widget.embedding import Held, Shop, markup, tag, visiting
from tests.browser.widget.host_page import Hosts
from tests.local_run import LocalRun

PICTURE: FilePayload = {"name": "lamp.png", "mimeType": "image/png", "buffer": GOOD[FileType.PNG]}
STORE = "**/_local/files/**"


def choose(shop: Shop, *files: FilePayload) -> None:
    shop.dialog.locator("#files").set_input_files(list(files))


def sent_with(shop: Shop, *files: FilePayload) -> None:
    """A complaint with these files is sent."""
    shop.open()
    choose(shop, *files)
    shop.fill()
    shop.send()
    shop.reference()


def test_a_file_follows_its_complaint(shop: Shop, local_run: LocalRun) -> None:
    with shop.page.expect_response("**/v1/complaints?*") as answered:
        sent_with(shop, PICTURE)
    row = shop.dialog.get_by_role("listitem").filter(has_text="lamp.png")
    expect(row).to_contain_text("Sent")
    expect(row.get_by_role("button")).to_have_count(0)
    receipt = answered.value.json()
    got = local_run.call(
        "GET", f"/v1/complaints/{receipt['reference']}", Authorization=f"Bearer {receipt['access']}"
    )
    assert [file["name"] for file in got.json["attachments"]] == ["lamp.png"]


def test_a_small_file_has_its_own_size(shop: Shop) -> None:
    shop.open()
    note: FilePayload = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"It came in four pieces."}
    large: FilePayload = {"name": "large.txt", "mimeType": "text/plain", "buffer": b"a" * 1_250_000}
    choose(shop, note, large)
    expect(shop.dialog.get_by_role("listitem")).to_contain_text(["0.1 kB", "1.3 MB"])


def test_what_is_not_taken_is_said_when_it_is_chosen(shop: Shop) -> None:
    shop.open()
    expect(shop.dialog.locator("#files-hint")).to_contain_text("PDF, JPEG, PNG, WebP or text")
    program: FilePayload = {"name": "a.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"}
    empty: FilePayload = {"name": "empty.png", "mimeType": "image/png", "buffer": b""}
    large: FilePayload = {"name": "large.png", "mimeType": "image/png", "buffer": bytes(10 * 2**20 + 1)}
    choose(shop, program, PICTURE, empty, large)
    found = shop.dialog.locator("#files-wrong")
    expect(found).to_have_text(
        "a.exe was not added: only PDF, JPEG, PNG, WebP and text files can be. "
        "empty.png was not added: it is empty. "
        "large.png was not added: it is larger than 10 MB."
    )
    expect(shop.dialog.get_by_role("listitem")).to_have_count(1)


def test_a_chosen_file_can_be_left_out(shop: Shop) -> None:
    shop.open()
    choose(shop, PICTURE)
    shop.dialog.get_by_role("listitem").get_by_role("button", name="Cancel").click()
    expect(shop.dialog.get_by_role("listitem")).to_have_count(0)
    shop.fill()
    shop.send()
    shop.reference()
    assert not [asked for asked in shop.requests if "/attachments" in asked.url]


def test_more_than_ten_files_are_not_taken(shop: Shop) -> None:
    shop.open()
    many: list[FilePayload] = [{**PICTURE, "name": f"{number}.png"} for number in range(11)]
    choose(shop, *many)
    text = "10.png was not added: there are 10 files already."
    expect(shop.dialog.locator("#files-wrong")).to_have_text(text)
    expect(shop.dialog.get_by_role("listitem")).to_have_count(10)


def test_a_file_that_fails_can_be_tried_again(shop: Shop) -> None:
    shop.page.route(STORE, lambda route: route.abort())
    sent_with(shop, PICTURE)
    row = shop.dialog.get_by_role("listitem").filter(has_text="lamp.png")
    expect(row).to_contain_text("Not sent")
    shop.page.unroute(STORE)
    row.get_by_role("button", name="Try again").click()
    expect(row.get_by_role("status")).to_have_text("Sent")


def test_a_file_on_its_way_shows_how_far_it_is_and_can_be_stopped(shop: Shop) -> None:
    shop.page.route(STORE, Held(shop.page).add)
    sent_with(shop, PICTURE)
    row = shop.dialog.get_by_role("listitem").filter(has_text="lamp.png")
    expect(row.get_by_role("progressbar", name="lamp.png")).to_be_visible()
    row.get_by_role("button", name="Cancel").click()
    expect(row).to_contain_text("Not sent")


def test_a_file_that_is_left_out_while_another_is_sent_stays_here(shop: Shop) -> None:
    held = Held(shop.page)
    shop.page.route(STORE, held.add)
    sent_with(shop, PICTURE, {**PICTURE, "name": "other.png"})
    rows = shop.dialog.get_by_role("listitem").filter(has_text=".png")
    expect(rows.first.get_by_role("progressbar")).to_be_visible()
    rows.last.get_by_role("button", name="Cancel").click()
    held.first().continue_()
    expect(rows).to_have_count(1)
    expect(rows.get_by_role("status")).to_have_text("Sent")
    shop.page.wait_for_load_state("networkidle")
    assert len(held) == 1


def test_a_file_that_is_not_what_it_says_is_refused_with_the_reason(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    fake: FilePayload = {"name": "fake.png", "mimeType": "image/png", "buffer": b"not a picture at all"}
    with visiting(browser, websites, markup(tag(local_run.url))) as shop:
        sent_with(shop, fake)
        row = shop.dialog.get_by_role("listitem").filter(has_text="fake.png")
        expect(row.get_by_role("status")).not_to_have_text("Sent")
        expect(row.get_by_role("button", name="Try again")).to_have_count(0)
