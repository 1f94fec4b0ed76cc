"""Forms of commands on a case: each is made once for all cases of a site that offer the same choices."""

from collections.abc import Sequence

from msgspec.structs import replace

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.date_formats import DateFormats
from complaints.case.people.parties import LettersWanted, RespondentKind
from complaints.case.record.attachments import FileType
from complaints.casework.people.joint_complaints import AddComplainant
from complaints.casework.people.parties import NameRespondent
from complaints.casework.process.escalation import Escalate
from complaints.casework.record.attachments import AddFile, Arrive
from complaints.site.site import Site
from complaints.values.codes import Code, Codes
from functions.desk.case.command_forms.field_options import OptionContext
from functions.desk.case.command_forms.forms import forms_of
from functions.desk.case.wording.event_wording import EventWording
from functions.forms.inputs import FailedForm
from functions.forms.urlencoded import FormData
from functions.serializers.parts.files import StaffFile, of_staff
from tests.builders import ADA, RUTH, Story, a_complaint
from tests.mail.letters import TEMPLATES

CATALOGUES = Catalogues(TEMPLATES / "locale")


def begun() -> Story:
    return a_complaint().received().acknowledged().assigned()


def seen(story: Story, site: Site, language: str = "en", files: Sequence[StaffFile] = ()) -> OptionContext:
    teller = EventWording(CATALOGUES, DateFormats(CATALOGUES), language, site, {}, story.build())
    return OptionContext(teller, story.context(RUTH), [], [], files)


def test_a_form_is_made_once_for_all_cases_that_offer_the_same() -> None:
    site = begun().context(RUTH).terms.site
    [first], [second] = (forms_of(["find"], seen(story, site)) for story in (begun(), begun().assessed()))
    assert first.asked is second.asked


def test_a_form_offers_what_its_own_case_takes() -> None:
    site = begun().context(RUTH).terms.site
    offered = [
        forms_of(["escalate"], seen(story, site))[0].asked.inputs[0].options
        for story in (begun(), begun().does(ADA, Escalate(to=2, reason="Too hard.")))
    ]
    assert [[choice.value for choice in options or ()] for options in offered] == [["2"], []]


def test_a_file_is_offered_by_its_name_however_long_ago_it_was_added() -> None:
    story = begun().does(ADA, AddFile(id="f1", name="depot.png", type=FileType.PNG, size=10))
    story = story.does(ADA, Arrive(id="f1", digest="0" * 64))
    files = [of_staff(each, "depot.png") for each in story.build().attachments]
    [form] = forms_of(["send_file"], seen(story, story.context(RUTH).terms.site, files=files))
    assert [each.options for each in form.asked.inputs if each.name == "file"] == [(("f1", "depot.png"),)]


def test_those_who_are_complained_about_or_complain_too_are_offered_by_their_names() -> None:
    story = begun().does(ADA, NameRespondent(name="Depot North", kind=RespondentKind.UNIT))
    story = story.does(ADA, AddComplainant(name="Bob", letters=LettersWanted.NONE))
    parties = {story.build().respondents[0].id: "Depot North", story.build().joint[0].id: "Bob"}
    shown = seen(story, story.context(RUTH).terms.site)._replace(parties=parties)
    offered = [form.asked.inputs[0].options for form in forms_of(["record_side", "drop_complainant"], shown)]
    labels = [[choice.label for choice in options or ()] for options in offered]
    assert labels == [["Depot North, a unit"], ["Bob"]]


def test_a_form_has_the_words_of_its_language_and_of_the_site_as_it_was_read() -> None:
    site = begun().context(RUTH).terms.site
    own = Codes(causes=(Code(code="weather", labels={"en": "Storm"}),))
    tellers = [seen(begun(), site), seen(begun(), site, "tr"), seen(begun(), replace(site, codes=own))]
    causes = [
        next(
            asked.options for asked in forms_of(["find"], each)[0].asked.inputs if asked.name == "root_cause"
        )
        for each in tellers
    ]
    assert len(set(causes)) == 3
    assert causes[2] == (("weather", "Storm"),)


def test_what_was_typed_stands_in_its_form_and_is_not_kept() -> None:
    shown = seen(begun(), begun().context(RUTH).terms.site)
    failed = FailedForm("note", FormData([("text", "Called.")]), {"text": "Too short."}, version=3)
    again, other = forms_of(["note", "message"], shown, failed)
    assert (again.version, again.asked.inputs[0].value, again.asked.inputs[0].wrong) == (
        3,
        "Called.",
        "Too short.",
    )
    assert (other.failed, other.asked.inputs[0].value) == (False, "")
    [empty] = forms_of(["note"], shown)
    assert (empty.failed, empty.asked.inputs[0].value) == (False, "")
