"""Learning: complaints of a kind rise, an alarm tells of it, a theme finds the cause, an action takes it
away, and a check says that it helped. The management review decides on it, and the yearly report tells it.

The story is told once, step by step; each step is a function that says what it leaves behind. Then its pages
are read in English and in Turkish.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaints.reporting.trends.watch import month_of, months_earlier
from functions.workers.schedule import TRENDS_AT
from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import Staff, address, clock, go_to, local_date, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, listed, signed_in

SITE, CATEGORY = "demo", "delivery.late"
ZONE = ZoneInfo("Europe/Istanbul")
USUAL, MANY = 1, 8
"""How many complaints of the kind a month has, and how many that in which they rise."""


@dataclass
class Story:
    """What the steps leave behind: the ids of the records, and who works on them."""

    run: LocalRun
    alarm: str = ""
    theme: str = ""
    action: str = ""
    review: str = ""
    report: str = ""

    @property
    def quinn(self) -> Staff:
        return Staff(self.run, "Quinn", "quality")

    @property
    def robin(self) -> Staff:
        return Staff(self.run, "Robin", "reviewer")

    def shows(self, kind: str, id: str) -> dict[str, object]:
        got = self.quinn.call("GET", f"/records/{kind}/{id}")
        assert got.status == 200, got.text
        return dict(got.json["content"])

    def tries(self, staff: Staff, kind: str, id: str, verb: str, **body: object) -> Answer:
        """Asks for a command on a record as it stands."""
        seen = self.quinn.call("GET", f"/records/{kind}/{id}")
        version = seen.json["version"] if seen.status == 200 else 0
        return staff.call("POST", f"/records/{kind}/{id}/commands/{verb}", body, If_Match=f'"{version}"')

    def does(self, staff: Staff, kind: str, id: str, verb: str, **body: object) -> None:
        got = self.tries(staff, kind, id, verb, **body)
        assert got.status == 200, (verb, got.text)


def complaints_come(story: Story, month: date, number: int) -> None:
    """So many of the kind came in a month: they are taken over from another system, so that time is saved."""
    for place in range(number):
        received = datetime.combine(month, time(9, place), ZONE) + timedelta(days=4)
        ticket = {
            "site": SITE,
            "complainant": {"email": address()},
            "description": "The parcel came a week late.",
            "category": CATEGORY,
            "received_at": received.isoformat(),
            "ended_at": (received + timedelta(days=2)).isoformat(),
        }
        got = story.robin.call("POST", "/imports", ticket, Idempotency_Key=f"old/{uuid.uuid4().hex}")
        assert got.status == 201, got.text


def looked_for_trends(run: LocalRun, month: date) -> None:
    """The third day of a month has come, and the schedule has looked at the one before."""
    go_to(run, datetime.combine(month + timedelta(days=2), time(15, TRENDS_AT), ZONE))
    settle(run)


def a_cause_rises(story: Story) -> None:
    """For months there is one complaint of the kind in each; then there are eight."""
    month = months_earlier(month_of(local_date(story.run)), -1)
    go_to(story.run, datetime.combine(month + timedelta(days=19), time(12), ZONE))
    for staff in (story.quinn, story.robin):
        assert staff.call("GET", "/me").status == 200
    for back in range(6, 0, -1):
        complaints_come(story, months_earlier(month, back), USUAL)
    complaints_come(story, month, MANY)
    settle(story.run)


def the_alarm_is_raised(story: Story) -> None:
    """Once, whoever looks how often; quality management is written of it."""
    month = month_of(local_date(story.run))
    looked_for_trends(story.run, months_earlier(month, -1))
    go_to(story.run, clock(story.run) + timedelta(hours=1))
    settle(story.run)
    story.alarm = f"{SITE}.{month:%Y-%m}-category-delivery-late"
    alarms = story.quinn.call("GET", f"/records?kind=alarm&site={SITE}").json["items"]
    assert [each["id"] for each in alarms].count(story.alarm) == 1
    content = story.shows("alarm", story.alarm)
    assert (content["number"], content["before"]) == (MANY, [USUAL] * 5)


def the_home_tells_of_it(story: Story) -> None:
    """Whoever may answer sees at home that an alarm waits."""
    words = Reading(listed(signed_in(story.run, "Quinn", "quality").get("/desk/home?lang=en"))).words
    assert "alarms that wait for an answer: 1" in words


def a_theme_is_made_of_it(story: Story) -> None:
    """Somebody looks into it, finds one cause, says who else is affected, and decides."""
    until = local_date(story.run) + timedelta(days=14)
    story.does(story.quinn, "alarm", story.alarm, "look_into", owner="Quinn", until=until.isoformat())
    code = f"late-{uuid.uuid4().hex[:8]}"
    story.theme = f"{SITE}.{code}"
    title = "Parcels to the islands come late"
    story.does(story.quinn, "theme", story.theme, "open", title=title, owner="Quinn", category=CATEGORY)
    story.does(story.quinn, "alarm", story.alarm, "join_theme", theme=code)
    found = "The carrier leaves parcels in one depot."
    story.does(story.robin, "theme", story.theme, "investigate", investigation=found, cause="supplier")
    others = {"affected": "All customers of the islands, told by mail.", "affected_number": 1200}
    story.does(story.robin, "theme", story.theme, "tell_affected", **others)
    story.does(story.quinn, "theme", story.theme, "decide", decision="Another carrier for the islands.")


def an_action_is_done(story: Story) -> None:
    """It has an owner, a date, a cost, and a check by somebody else; then it is done."""
    today = local_date(story.run)
    story.action = f"{SITE}.carrier-{uuid.uuid4().hex[:8]}"
    story.does(
        story.quinn,
        "action",
        story.action,
        "plan",
        text="Another carrier for the islands",
        action="supplier_action",
        theme=story.theme.partition(".")[2],
        owner="Robin",
        due=(today + timedelta(days=10)).isoformat(),
        cost="1200",
        checker="Quinn",
        measure="Complaints about late parcels in a month",
        target="Fewer than two",
        check_on=(today + timedelta(days=80)).isoformat(),
    )
    story.does(story.robin, "action", story.action, "done")


def the_check_says_that_it_helped(story: Story) -> None:
    """Two whole months later there was one complaint; somebody other than the owner says so."""
    done = month_of(local_date(story.run))
    go_to(story.run, datetime.combine(months_earlier(done, -2) + timedelta(days=19), time(12), ZONE))
    complaints_come(story, months_earlier(done, -2), USUAL)
    looked_for_trends(story.run, months_earlier(done, -3))
    refused = story.tries(story.robin, "action", story.action, "check", effect="effective", result="Fine")
    assert refused.status == 409, refused.text
    result = "One complaint in two months; nine in the two before."
    story.does(story.quinn, "action", story.action, "check", effect="effective", result=result)
    story.does(story.quinn, "theme", story.theme, "close", result="Parcels come in time.")


def the_review_decides_on_it(story: Story) -> None:
    """Management sees the theme and its action among the inputs, and decides; an action comes of it."""
    today = local_date(story.run)
    story.review = f"{SITE}.spring-{uuid.uuid4().hex[:8]}"
    period = {"since": (today - timedelta(days=200)).isoformat(), "until": today.isoformat()}
    story.does(story.quinn, "review", story.review, "plan", **period, on=today.isoformat())
    story.does(
        story.quinn,
        "review",
        story.review,
        "hold",
        present=["Quinn", "Robin"],
        conclusion="The process found the cause and took it away.",
        next_on=(today + timedelta(days=180)).isoformat(),
    )
    due = (today + timedelta(days=60)).isoformat()
    decision = "Compare carriers every year."
    story.does(
        story.quinn, "review", story.review, "decide", area="products", text=decision, owner="Robin", due=due
    )
    story.does(
        story.quinn,
        "action",
        f"{SITE}.compare-{uuid.uuid4().hex[:8]}",
        "plan",
        text=decision,
        action="supplier_action",
        source=f"review/{story.review}#1",
        owner="Robin",
        due=due,
        checker="Quinn",
        measure="Carriers that were compared",
        target="Three",
        check_on=(today + timedelta(days=90)).isoformat(),
    )


def the_yearly_report_tells_it(story: Story) -> None:
    """In the languages of the site, once somebody else has looked at it."""
    today = local_date(story.run)
    code = f"year-{uuid.uuid4().hex[:8]}"
    story.report = f"{SITE}.{code}"
    period = {"since": (today - timedelta(days=360)).isoformat(), "until": today.isoformat()}
    languages = story.run.call("GET", f"/v1/form?site={SITE}").json["languages"]
    learned = {each: LEARNED.get(each, LEARNED["en"]) for each in languages}
    changed = {each: CHANGED.get(each, CHANGED["en"]) for each in languages}
    story.does(story.quinn, "yearly_report", story.report, "prepare", **period)
    story.does(story.quinn, "yearly_report", story.report, "write", learned=learned, changed=changed)
    story.does(story.robin, "yearly_report", story.report, "approve")
    story.does(story.quinn, "yearly_report", story.report, "publish")


LEARNED = {"en": "Parcels to the islands came late.", "tr": "Adalara giden kargolar geç geldi."}
CHANGED = {"en": "Another carrier brings them now.", "tr": "Artık başka bir taşıyıcı götürüyor."}

STEPS = (
    a_cause_rises,
    the_alarm_is_raised,
    the_home_tells_of_it,
    a_theme_is_made_of_it,
    an_action_is_done,
    the_check_says_that_it_helped,
    the_review_decides_on_it,
    the_yearly_report_tells_it,
)


@pytest.fixture(scope="module")
def story(moving_run: LocalRun) -> Story:
    """The whole story."""
    told = Story(moving_run)
    for step in STEPS:
        step(told)
    return told


@pytest.fixture(scope="module")
def reader(story: Story) -> Desk:
    return signed_in(story.run, "Quinn", "quality")


def page(reader: Desk, address: str, language: str) -> str:
    """The words of a page."""
    return Reading(
        listed(reader.get(f"/desk/records/{address}{'&' if '?' in address else '?'}lang={language}"))
    ).words


ALARM_IN = {
    "en": ("Alarm: Arrived late", "8 complaints; 1 were expected", "A theme", "Complaints by month"),
    "tr": (
        "Alarm: Geç geldi",
        "8 şikâyet geldi; beklenen 1 idi",
        "Bir ortak sorun",
        "Aylara göre şikâyetler",
    ),
}
THEME_IN = {
    "en": ("Parcels to the islands come late", "Closed", "Supplier", "1200", "Another carrier", "Effective"),
    "tr": ("Parcels to the islands come late", "Kapandı", "Tedarikçi", "1200", "Another carrier", "Etkili"),
}
ACTION_IN = {
    "en": ("9 complaints before, 1 since. That is fewer", "It helped", "Before:", "Quinn"),
    "tr": ("önce 9, sonra 1 şikâyet. Azaldı", "İşe yaradı", "Önce:", "Quinn"),
}


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.iso10002("8.2 analysis and evaluation: alarm")
def test_an_alarm_says_what_rose_and_what_became_of_it(story: Story, reader: Desk, language: str) -> None:
    words = page(reader, f"alarm/{story.alarm}", language)
    for expected in ALARM_IN[language]:
        assert expected in words, words


@pytest.mark.parametrize("language", ["en", "tr"])
def test_a_theme_leads_to_its_alarm_and_its_action(story: Story, reader: Desk, language: str) -> None:
    words = page(reader, f"theme/{story.theme}", language)
    for expected in THEME_IN[language]:
        assert expected in words, words
    text = reader.get(f"/desk/records/theme/{story.theme}").text
    assert f"/desk/records/alarm/{story.alarm}" in text
    assert f"/desk/records/action/{story.action}" in text


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.iso10002("8.7 continual improvement: rate")
def test_an_action_shows_the_rate_before_and_after_with_counts(
    story: Story, reader: Desk, language: str
) -> None:
    words = page(reader, f"action/{story.action}", language)
    for expected in ACTION_IN[language]:
        assert expected in words, words


REGISTER_IN = {
    "en": ("Corrective actions", "Another carrier for the islands", "Robin", "Effective"),
    "tr": ("Düzeltici faaliyetler", "Another carrier for the islands", "Robin", "Etkili"),
}


@pytest.mark.parametrize("language", ["en", "tr"])
def test_the_register_of_actions_has_it_with_its_effect(story: Story, reader: Desk, language: str) -> None:
    text = listed(reader.get(f"/desk/actions?site={SITE}&show=checked&lang={language}"))
    words = Reading(text).words
    for expected in REGISTER_IN[language]:
        assert expected in words, words
    assert f"/desk/records/action/{story.action}" in text
    assert f"/desk/records/theme/{story.theme}" in text
    sheet = reader.get(f"/desk/actions?site={SITE}&show=checked&format=excel")
    assert story.action in sheet.text


REVIEW_IN = {
    "en": ("As it was seen when the review was held", "Parcels to the islands come late", "Action helped"),
    "tr": ("Değerlendirme yapıldığında görüldüğü gibi", "Parcels to the islands come late", "işe yaradı"),
}
REPORT_IN = {
    "en": ("Report on complaints", LEARNED["en"], CHANGED["en"]),
    "tr": ("Şikâyet raporu", LEARNED["tr"], CHANGED["tr"]),
}


@pytest.mark.parametrize("language", ["en", "tr"])
def test_the_review_saw_what_helped_and_decided(story: Story, reader: Desk, language: str) -> None:
    words = page(reader, f"review/{story.review}", language)
    for expected in (*REVIEW_IN[language], "Compare carriers every year."):
        assert expected in words, words
    seen = story.shows("review", story.review)["inputs"]
    assert f"action/{story.action}" in str(seen)


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.iso10002("4 visibility: report")
def test_the_yearly_report_tells_everybody_what_changed(story: Story, language: str) -> None:
    name = story.report.partition(".")[2]
    got = story.run.call("GET", f"/procedure/report?site={SITE}&name={name}&lang={language}")
    assert got.status == 200
    words = Reading(got.text).words
    for expected in REPORT_IN[language]:
        assert expected in words, words
    assert "Quinn" not in words
    assert f"name={name}" in story.run.call("GET", f"/procedure?site={SITE}&lang={language}").text


def test_quality_management_was_written_of_the_alarm_once(story: Story) -> None:
    told = [each for each in story.run.mails() if story.alarm in each["text"]]
    assert len(told) == 1
    assert "late" in told[0]["text"]
