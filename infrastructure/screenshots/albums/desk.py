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


def _at(path: str, name: str = "Deniz", role: str = "reviewer") -> Callable[[Page, Stage, str], None]:
    """Signs in a member, who may decide unless another role is said, and opens a page of the desk."""

    def see(page: Page, run: Stage, language: str) -> None:
        page.goto(f"{run.url}{path}")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Role").select_option(role)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{run.url}{path}")
        page.goto(f"{run.url}{path}{'&' if '?' in path else '?'}lang={language}")

    return see


def _palette(page: Page, run: Stage, language: str) -> None:
    _at("/desk")(page, run, language)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").press_sequentially("open")
    page.get_by_role("listbox").get_by_role("option").nth(1).wait_for()


def _work(page: Page, run: Stage, language: str) -> None:
    _at("/desk?queue=mine")(page, run, language)
    page.locator("tbody th").get_by_role("link").first.click()


def _look(page: Page, run: Stage, language: str) -> None:
    _at("/desk/settings/texts/demo", "Sam", "admin")(page, run, language)
    page.locator("#changes ~ details summary").nth(2).click()


def _hours(page: Page, run: Stage, language: str) -> None:
    _at("/desk/settings/site/demo", "Sam", "admin")(page, run, language)
    page.locator("#do-hours > summary").click()


def _case(page: Page, run: Stage, language: str) -> None:
    _at("/desk")(page, run, language)
    page.locator("th", has_text=CASE).get_by_role("link").click()


def _send(page: Page, run: Stage, language: str) -> None:
    _case(page, run, language)
    if page.locator("#do-approve").count():
        page.locator("#do-approve > summary").click()
        page.locator("#do-approve button").first.click()
    page.goto(f"{page.url.partition('?')[0]}/answer?{page.url.partition('?')[2]}&lang={language}")


def _audit(page: Page, run: Stage, language: str) -> None:
    _case(page, run, language)
    page.goto(f"{page.url.partition('?')[0]}/audit?lang={language}")


SCENES: tuple[Scene[Stage], ...] = (
    Scene("home-open", "Who leads: what is late, what is nobody's, and six months", WIDE, _at("/desk/home")),
    Scene("queue-open", "The queue of open cases, the most urgent first", (*DESKS, *PHONE), _at("/desk")),
    Scene(
        "case-open",
        "A case: what the person wrote, what is next, its promises",
        (*DESKS, View("ar", "desktop")),
        _case,
        whole=False,
    ),
    Scene("case-long", "A case on a phone, down to what happened", PHONE, _case),
    Scene("case-work", "A case of one's own: assess, look into and decide it", WIDE[:1], _work, whole=False),
    Scene(
        "case-send",
        "The letter before it leaves: to whom, which way, what it keeps and begins",
        (*WIDE, *PHONE),
        _send,
        whole=False,
    ),
    Scene("palette-open", "The palette goes to a page, a command or a case", WIDE[:1], _palette, whole=False),
    Scene("audit-verified", "The record of a case, whose chain verifies", WIDE, _audit),
    Scene("workload-open", "Who has how many cases, and how many are late", WIDE, _at("/desk/workload")),
    Scene("search-found", "Cases that are found by their words", WIDE[:1], _at("/desk/search?q=coffee")),
    Scene("intake-empty", "What came by telephone is written down", WIDE[:1], _at("/desk/intake")),
    Scene("settings-look", "A form of settings: how a site looks", WIDE[:1], _look, whole=False),
    Scene("setup-steps", "The first steps of a site", WIDE[:1], _at("/desk/setup", "Sam", "admin")),
    Scene(
        "settings-site",
        "A setting: each part has a form, which begins with what its change holds for",
        WIDE[:1],
        _hours,
        whole=False,
    ),
    Scene(
        "rules-listed",
        "Rules of a site: what each does when, and how often it did",
        WIDE[:1],
        _at("/desk/automations?site=demo", "Sam", "admin"),
    ),
    Scene(
        "rules-tried",
        "A rule is tried on past cases before it holds",
        WIDE[:1],
        _at("/desk/automations/demo.damage/trial", "Sam", "admin"),
    ),
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
DRAWN = Section(
    "As it was drawn, and as it was built",
    "The places of the desk as they were drawn before, with an invented shop, and the same places now.",
    ("Drawn", "Built"),
    [
        [Shown(f"{drawn}-drawn", f"{words} as it was drawn"), Shown(built, f"{words} as it was built")]
        for drawn, built, words in (
            ("queue", "queue-open-en-desktop", "The queue of open cases"),
            ("queue-phone", "queue-open-en-phone", "The queue on a telephone"),
            ("home", "home-open-en-desktop", "The home of who leads a team"),
            ("case-approve", "case-open-en-desktop", "A decision that waits for a second person"),
            ("case-work", "case-work-en-desktop", "The form in which a case is decided"),
            ("case-send", "case-send-en-desktop", "The letter before it leaves"),
            ("case-ar", "case-open-ar-desktop", "A case from right to left"),
            ("settings-site", "settings-look-en-desktop", "The settings of how a site looks"),
            ("setup", "setup-steps-en-desktop", "The first steps of a site"),
        )
    ],
)
SECTIONS: Sequence[Section] = [*(scene.section() for scene in SCENES), BEFORE, DRAWN]
