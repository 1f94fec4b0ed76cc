"""An agent handles case after case: how many actions and loads each of them takes, without scripts."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.page_checks import is_too_wide, small_targets, violations_in_each_scheme
from tests.browser.signing_in import signed_in
from tests.journeys.steps import complain, settle
from tests.local_run import LocalRun

MOST_ACTIONS, MOST_LOADS = 9, 4
CATEGORY = "access.disability_access"
QUEUE = f"/desk?queue=unassigned&category={CATEGORY}"
SHIFT = """() => new Promise(told => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries()
        .filter(each => !each.hadRecentInput).forEach(each => { sum += each.value; }))
        .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => requestAnimationFrame(() => told(sum)), 0);
})"""
REFUND = {"kind": "refund", "amount": "49.90"}
CASES: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"subject": "The door was locked"}, {"outcome": "upheld"}),
    ({"subject": "No ramp", "language": "de"}, {"outcome": "upheld", **REFUND}),
    ({"subject": "Kapı dar", "language": "tr"}, {"outcome": "not_upheld"}),
    ({"subject": "Trop de marches", "language": "fr"}, {"outcome": "partly_upheld", **REFUND}),
    ({"subject": "Sin ascensor", "language": "es"}, {"outcome": "upheld", "kind": "apology"}),
    ({"subject": "لا مصعد", "language": "ar"}, {"outcome": "upheld", **REFUND}),
    ({"subject": "The lift stood still", "product": "Lift 2"}, {"outcome": "upheld", **REFUND}),
    ({"subject": "Too far", "special_needs": "Large print."}, {"outcome": "not_upheld"}),
    ({"subject": "", "description": "I could not get in."}, {"outcome": "upheld", **REFUND}),
    ({"subject": "No seat", "adjustments": ["no_telephone"]}, {"outcome": "partly_upheld"}),
]
"""What ten people complain about, and how each complaint is decided."""


@dataclass
class Agent:
    """Somebody at the desk, with what was done since the last count."""

    page: Page
    actions: int = 0
    loads: int = 0
    counts: list[tuple[int, int]] = field(default_factory=list)

    def opens(self, address: str) -> None:
        self.loads += 1
        self.page.goto(address)

    def presses(self, button: Locator) -> None:
        """Presses what leads to another page."""
        self.actions += 1
        self.loads += 1
        with self.page.expect_navigation():
            button.click()

    def writes(self, label: str, text: str) -> None:
        self.actions += 1
        self.page.get_by_label(label).first.fill(text)

    def chooses(self, name: str, value: str) -> None:
        """Chooses a value of a list, or presses it where all stand side by side."""
        self.actions += 1
        mark = self.page.locator(f"input[name={name}][value={value}]")
        if mark.count():
            mark.check()
        else:
            self.page.locator(f"select[name={name}]").select_option(value)

    def counted(self) -> None:
        """One case is done: the next page is the one from which the next is handled."""
        self.counts.append((self.actions, self.loads))
        self.actions, self.loads = 0, 1

    def handles(self, decided: dict[str, str]) -> None:
        """From a case that somebody took to its letter, and on to the next."""
        self.writes("What was found", "The entrance was blocked for a week.")
        self.chooses("root_cause", "training")
        self.chooses("outcome", decided["outcome"])
        if "kind" in decided:
            self.chooses("kind_1", decided["kind"])
        if "amount" in decided:
            self.writes("Amount", decided["amount"])
        self.writes("Reasons, as the complainant reads them", "We did not keep the way free.")
        self.presses(self.page.get_by_role("button", name="See the letter"))
        assert "We did not keep the way free." in self.page.locator("article.letter").inner_text()
        self.presses(self.page.get_by_role("button", name="Send, then the next case"))
        self.counted()


def test_ten_different_cases_take_nine_actions_and_four_loads_each_at_most(
    browser: Browser, local_run: LocalRun
) -> None:
    expected = {f"{about['subject']}": decided for about, decided in CASES}
    complaints = [complain(local_run, category=CATEGORY, **about) for about, _ in CASES]
    with signed_in(
        browser, local_run, QUEUE, name="Agent-of-ten", role="agent", java_script_enabled=False
    ) as page:
        agent = Agent(page)
        agent.opens(f"{local_run.url}{QUEUE}")
        agent.presses(page.locator("button[name=next]").first)
        for place, _ in enumerate(CASES):
            if place:
                agent.presses(page.get_by_role("button", name="Take it"))
            title = page.get_by_role("heading", level=1).inner_text()
            agent.handles(expected["" if title.startswith("Case C-") else title])
        assert page.url.startswith(f"{local_run.url}/desk?queue=unassigned&category={CATEGORY}")
    settle(local_run)
    assert [max(each) for each in zip(*agent.counts, strict=True)] == [MOST_ACTIONS, MOST_LOADS]
    assert [complaint.view()["stage"] for complaint in complaints] == ["responded"] * len(CASES)


def test_no_page_of_a_case_shifts_and_each_step_is_free_of_violations(
    browser: Browser, local_run: LocalRun
) -> None:
    reference = complain(local_run).reference
    with signed_in(browser, local_run, f"/desk/cases/{reference}", name="Agent-of-one", role="agent") as page:
        assert page.evaluate(SHIFT) == 0
        agent = Agent(page)
        agent.presses(page.get_by_role("button", name="Take it"))
        assert page.evaluate(SHIFT) == 0
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        agent.writes("What was found", "Packed without padding.")
        agent.chooses("root_cause", "training")
        agent.chooses("outcome", "upheld")
        sent: list[str] = []
        page.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
        reasons = page.get_by_label("Reasons, as the complainant reads them")
        reasons.press_sequentially("You are right.")
        letter = page.locator(".live article.letter")
        expect(letter).to_contain_text("You are right.")
        found = [address for address in sent if "/examination" in address]
        assert (len(found) < len("You are right."), {"right" in address for address in found}) == (
            True,
            {False},
        )
        assert page.evaluate(SHIFT) == 0
        assert violations_in_each_scheme(page) == []
        agent.presses(page.get_by_role("button", name="See the letter"))
        assert page.evaluate(SHIFT) == 0
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
