"""The words of a digest: each case in both parts, what is late as late, and nothing of a person."""

import re
from datetime import date

import pytest

from complaints.case.correspondence.letter import LawLine, Letter, LetterKind, RecordLine, RightsLine
from complaints.letters.notices.digest import with_lines
from tests.html import Reading
from tests.mail.letters import DUE, FINAL, LATER, REFERENCE, URL, Sample, escalation, letter
from tests.mail.test_date_formats import CATALOGUES
from tests.mail.test_letters import LANGUAGES

OTHER, THEIRS, LOST = "C-4H2TT-P9W3K-M", "C-2ABCD-EFGHJ-R", "C-3QQQQ-EFGHJ-R"


def digest(language: str, link: str | None = None) -> Sample:
    """One case is late, another is due soon."""
    found: tuple[Letter, ...] = (
        escalation(reference=OTHER, due=LATER),
        escalation(due=DUE, late=True),
        letter(LetterKind.ASSIGNMENT, reference=THEIRS, to="owner", clock="respond", due=FINAL),
        letter(LetterKind.ASSIGNMENT, reference=THEIRS, to="owner"),
        letter(LetterKind.FAILURE, reference=LOST, to="owner", lost=LetterKind.QUESTION),
    )
    empty = letter(LetterKind.DIGEST, id="2026-04-03", to="owner", language=language, promises=())
    return Sample("digest", with_lines(empty, found), link=link)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_names_each_case_in_both_parts(language: str) -> None:
    rendered = digest(language).rendered()
    page = Reading(rendered.html).words
    for part in (rendered.text, page):
        assert part.index(REFERENCE) < part.index(OTHER), "what is due first comes first"
    words = set(re.findall(r"\w+", rendered.text.replace("--------", "")))
    assert words == set(re.findall(r"\w+", page))
    assert "\n" not in rendered.subject


def test_a_digest_says_what_is_late_and_what_is_due() -> None:
    text = digest("en").rendered().text
    assert f"{REFERENCE} (demo)\nResponse: overdue since Friday 3 April 2026, 18:00" in text
    assert f"{OTHER} (demo)\nResponse: due " in text


def test_a_digest_leads_to_each_case_at_the_desk() -> None:
    rendered = digest("en", f"{URL}/desk/cases").rendered()
    addresses = re.findall(r"https?://\S+", rendered.text)
    assert addresses == Reading(rendered.html).links
    assert {f"{URL}/desk/cases/{each}" for each in (REFERENCE, OTHER, THEIRS, LOST)} == set(addresses)


def test_a_digest_says_what_was_assigned_and_what_did_not_arrive() -> None:
    text = digest("en").rendered().text
    assert f"{THEIRS} (demo)\nassigned to you\nResponse: due " in text
    assert f"{THEIRS} (demo)\nassigned to you\n\n" in text
    assert f"{LOST} (demo)\na letter was not delivered: Question\n" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_alarms_that_come_together_say_so_in_their_subject(language: str) -> None:
    empty = letter(LetterKind.DIGEST, id="2026-04-03T0910", to="safety", language=language, promises=())
    alarms = tuple(letter(LetterKind.SAFETY, reference=each, to="safety") for each in (OTHER, LOST))
    rendered = Sample("digest", with_lines(empty, alarms), link=None).rendered()
    assert "(2)" in rendered.subject
    assert "\n" not in rendered.subject
    assert rendered.text.count(CATALOGUES.text(language, "mail.safety.title")) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_administrators_read_which_law_changed_where_and_from_when(language: str) -> None:
    """The same in both parts, and the way to the settings."""
    law = LawLine(site="demo-ie", pack="ie-cpc", title="Ireland", version=2, begins=date(2026, 3, 24))
    told = letter(
        LetterKind.DIGEST, id="laws-000007", to="owner", language=language, promises=(), laws=(law,)
    )
    rendered = Sample("digest", told, link=f"{URL}/desk/settings").rendered()
    assert rendered.subject == CATALOGUES.text(language, "mail.digest.laws.title")
    for part in (rendered.text, Reading(rendered.html).words):
        assert "Ireland (demo-ie)" in part
        assert "2026" in part
        assert f"{URL}/desk/settings" in part


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["token", "stopped", "mapping", "rights", "deactivated", "activated"])
def test_administrators_read_who_changed_which_rights(language: str, what: str) -> None:
    """The same in both parts, and the way to the setting; a name is no markup."""
    line = RightsLine(kind="member", id="a <b> c", what=what, by="sam&co")
    told = letter(
        LetterKind.DIGEST, id="rights-000007", to="owner", language=language, promises=(), rights=(line,)
    )
    rendered = Sample("digest", told, link=f"{URL}/desk/settings").rendered()
    assert rendered.subject == CATALOGUES.text(language, "mail.digest.rights.title")
    for part in (rendered.text, Reading(rendered.html).words):
        assert "sam&co" in part
        assert ("a <b> c" in part) is (what not in ("token", "stopped", "mapping"))
        assert f"{URL}/desk/settings/member/a%20%3Cb%3E%20c" in part


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["retention", "alone"])
def test_whoever_protects_data_reads_what_changed_of_its_protection(language: str, what: str) -> None:
    line = RightsLine(kind="site", id="demo", what=what, by="sam&co")
    told = letter(
        LetterKind.DIGEST, id="rights-000007", to="owner", language=language, promises=(), rights=(line,)
    )
    rendered = Sample("digest", told, link=f"{URL}/desk/settings").rendered()
    assert rendered.subject == CATALOGUES.text(language, "mail.digest.protection.title")
    for part in (rendered.text, Reading(rendered.html).words):
        assert "sam&co" in part
        assert CATALOGUES.text(language, "mail.digest.protection.next") in part.replace("\n", " ")
        assert f"{URL}/desk/settings/site/demo" in part


@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_read_which_record_of_the_management_system_is_due(language: str) -> None:
    """The same in both parts, and the way to the record."""
    line = RecordLine(
        kind="responsibility", id="demo.owner", title="Grace", why="ends", day=date(2026, 3, 24)
    )
    told = letter(
        LetterKind.DIGEST, id="records-000007", to="quality", language=language, promises=(), records=(line,)
    )
    rendered = Sample("digest", told, link=f"{URL}/desk/records").rendered()
    assert rendered.subject == CATALOGUES.text(language, "mail.digest.records.title")
    for part in (rendered.text, Reading(rendered.html).words):
        assert "Grace" in part
        assert "2026" in part
    for part in (rendered.text, rendered.html):
        assert f"{URL}/desk/records/responsibility/demo.owner" in part


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_names_no_record_that_may_be_hidden_from_its_reader(language: str) -> None:
    """Neither its title nor its id, which says the category."""
    line = RecordLine(
        kind="alarm", id="demo.2026-03-category-abuse", title="", title_id="records.sensitive",
        why="raised", day=date(2026, 3, 1), is_hidden=True,
    )  # fmt: skip
    told = letter(
        LetterKind.DIGEST, id="records-000007", to="quality", language=language, promises=(), records=(line,)
    )
    rendered = Sample("digest", told, link=f"{URL}/desk/records").rendered()
    for part in (rendered.text, rendered.html.replace("&amp;", "&")):
        assert "abuse" not in part
        assert f"{URL}/desk/records?site={told.site}&kind=alarm" in part
        assert CATALOGUES.text(language, "records.sensitive") in part
