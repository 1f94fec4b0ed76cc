"""Telephone numbers in what a site says of itself: each can be dialled from the page."""

import re

import pytest

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.template_filters import TemplateFilters
from infrastructure.statics.write import TEMPLATES

ENGLISH = TemplateFilters(Catalogues(TEMPLATES / "locale"), "en")


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("Demo Shop\nP.O. Box 1, Istanbul\n+90 212 000 00 00", ["+902120000000"]),
        ("020 7946 0112, or (0117) 496-0112", ["02079460112", "01174960112"]),
        ("4 Quay Street, Bristol BS1 5QQ, 34394 Istanbul", []),
        ("IBAN TR33 0006 1005 1978 6457 8413 26, order MF-02048170", []),
        ("0 800", []),
    ],
)
def test_a_number_that_is_written_as_one_is_a_link_and_nothing_else(text: str, dialled: list[str]) -> None:
    found = str(ENGLISH.telephone_links(text))
    assert re.findall(r'href="tel:([^"]*)"', found) == dialled
    assert re.sub(r"<[^>]*>", "", found) == text


def test_what_stands_around_a_number_stays_text() -> None:
    found = ENGLISH.telephone_links('<b>"+44 20 7946 0112"</b>')
    assert "<b>" not in found
    assert "&lt;b&gt;" in found
