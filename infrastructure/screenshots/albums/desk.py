"""What staff see: the queue, a case and its record, and how work is shared."""

from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page

from infrastructure.screenshots.gallery import Section, Shown
from infrastructure.screenshots.local_run import Stage, stage
from infrastructure.screenshots.page_states import Scene, View

TITLE = "Staff"
WORDS = (
    "Queues in rows of one line, and one page for each case: the words of the person, and what comes\n"
    "next. Everything works without scripts."
)

WIDE = (View("en", "desktop"), View("en", "desktop", "dark"))
DESKS = (*WIDE, View("tr", "desktop"))
PHONE = (View("en", "phone"),)
REPORTS = "/desk/reports?from=2026-02-18&to=2026-03-18&site=demo"
CASE = "The coffee machine broke within a week"


def take(browser: Browser, folder: Path) -> None:
    """All scenes, in one run with the demonstration's complaints."""
    with stage() as run:
        run.demonstrate()
        for scene in SCENES:
            scene.take(browser, folder, run)


def _at(path: str) -> Callable[[Page, Stage, str], None]:
    """Signs in a member who may decide, and opens a page of the desk."""

    def see(page: Page, run: Stage, language: str) -> None:
        page.goto(f"{run.url}/desk")
        page.get_by_label("Name").fill("Deniz")
        page.get_by_label("Role").select_option("reviewer")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{run.url}/desk")
        page.goto(f"{run.url}{path}{'&' if '?' in path else '?'}lang={language}")

    return see


def _case(page: Page, run: Stage, language: str) -> None:
    _at("/desk")(page, run, language)
    page.locator("th", has_text=CASE).get_by_role("link").click()


def _audit(page: Page, run: Stage, language: str) -> None:
    _case(page, run, language)
    page.goto(f"{page.url.partition('?')[0]}/audit?lang={language}")


SCENES: tuple[Scene[Stage], ...] = (
    Scene("home-open", "Who leads: what is late, what is nobody's, and six months", WIDE, _at("/desk/home")),
    Scene("queue-open", "The queue of open cases, the most urgent first", (*DESKS, *PHONE), _at("/desk")),
    Scene(
        "case-open", "A case: what the person wrote, what is next, its promises", DESKS, _case, whole=False
    ),
    Scene("case-long", "A case on a phone, down to what happened", PHONE, _case),
    Scene("audit-verified", "The record of a case, whose chain verifies", WIDE, _audit),
    Scene("workload-open", "Who has how many cases, and how many are late", WIDE, _at("/desk/workload")),
    Scene("search-found", "Cases that are found by their words", WIDE[:1], _at("/desk/search?q=coffee")),
    Scene("intake-empty", "What came by telephone is written down", WIDE[:1], _at("/desk/intake")),
    Scene(
        "reports-volume", "Reports of a month: a sentence, bars and a table", DESKS, _at(REPORTS), whole=False
    ),
)
BEFORE = Section(
    "Before and after",
    "The queue and a case before the desk had its navigation beside the page, and now.",
    ("Before", "After"),
    [
        [
            Shown("queue-before-en-desktop", "The queue as it was before: a table of wide rows"),
            Shown("queue-open-en-desktop", "The queue"),
        ],
        [
            Shown("case-before-en-desktop", "The page of a case as it was before: facts first, forms below"),
            Shown("case-open-en-desktop", "A case"),
        ],
    ],
)
SECTIONS: Sequence[Section] = [*(scene.section() for scene in SCENES), BEFORE]
