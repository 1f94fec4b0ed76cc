"""The load of staff by month and the backlog to be expected, as a page."""

from datetime import timedelta

from tests.html import Reading
from tests.journeys.steps import local_date
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in


def test_managers_see_the_load_by_person_and_month_and_how_the_backlog_goes_on(local_run: LocalRun) -> None:
    desk = signed_in(local_run, "Quinn", "quality")
    last = local_date(local_run).replace(day=1) - timedelta(days=1)
    for language, words in (
        ("en", ("Staff load and backlog", "Backlog", "This site asks for no records")),
        ("tr", ("Çalışan yükü",)),
    ):
        page = desk.get(f"/desk/reports/load?site=demo&month={last:%Y-%m}&lang={language}")
        assert page.status == 200
        assert all(each in Reading(page.text).words for each in words)
    assert 'href="/desk/reports/load' in desk.get("/desk/reports?site=demo").text
    sheet = desk.get(f"/desk/reports/load?site=demo&month={last:%Y-%m}&format=csv").text
    assert sheet.splitlines()[0].lstrip("\ufeff") == "month,member,name,taken,decided,open"
    assert desk.get("/desk/reports/load?site=demo&month=1999-01").status == 422
    assert desk.get("/desk/reports/load?site=nowhere").status == 404
    assert signed_in(local_run, "Deniz", "agent").get("/desk/reports/load?site=demo").status == 403
