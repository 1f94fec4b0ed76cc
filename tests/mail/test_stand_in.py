"""A letter that comes instead of somebody who is away says so; every other says nothing of it."""

from datetime import date

from complaints.delivery.rendered_letter import Reader
from tests.html import Reading
from tests.mail.letters import Sample, escalation
from tests.mail.test_date_formats import CATALOGUES, SPOKEN, every_language

UNTIL = date(2026, 3, 13)
INSTEAD = Reader("kim@staff.example", instead_of="Deniz", away_until=UNTIL)


@every_language
def test_it_says_whom_it_is_for_and_until_when(language: str) -> None:
    sample = Sample("escalation", escalation(language=language), link=None)
    rendered = sample.rendered(INSTEAD)
    text = CATALOGUES.text(language, "mail.instead", name="Deniz", until=SPOKEN.day(language, UNTIL))
    assert text in rendered.text
    plain = sample.rendered(Reader("deniz@staff.example"))
    assert rendered.text.replace(f"{text}\n\n", "") == plain.text
    assert "Deniz" in Reading(rendered.html).words
    assert "Deniz" not in Reading(plain.html).words
