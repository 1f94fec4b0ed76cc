"""The letters that laws ask for, as the gallery shows them: each says what its rule asks for."""

import pytest

from complaints.case.correspondence.letter import LetterKind
from infrastructure.screenshots.pack_letters import DELAY, REASONS, letter_of

OMBUDSMAN = ("Financial Ombudsman Service", "https://www.financial-ombudsman.org.uk")
AFCA = ("Australian Financial Complaints Authority", "https://www.afca.org.au")
SIX_MONTHS = (
    "free of charge",
    "within six months of the date of this letter",
    "will not have our permission",
)


@pytest.mark.parametrize(
    ("pack", "kind", "expected"),
    [
        ("uk-fca-disp", LetterKind.ACKNOWLEDGEMENT, ("eight weeks", "29 April 2026", *OMBUDSMAN)),
        ("uk-fca-disp", LetterKind.HOLDING, (DELAY, "13 May 2026", "now", "too late", *OMBUDSMAN)),
        ("uk-fca-disp", LetterKind.SETTLEMENT, ("resolved", *OMBUDSMAN, *SIX_MONTHS)),
        ("uk-fca-disp", LetterKind.RESOLUTION, (REASONS, "our final response", *OMBUDSMAN, *SIX_MONTHS)),
        ("au-rg271", LetterKind.ACKNOWLEDGEMENT, ("3 April 2026",)),
        ("au-rg271", LetterKind.HOLDING, (DELAY, "17 April 2026", "now", *AFCA)),
        ("au-rg271", LetterKind.SETTLEMENT, ("written response", *AFCA)),
        ("au-rg271", LetterKind.RESOLUTION, (REASONS, "internal dispute resolution", *AFCA)),
    ],
)
def test_a_letter_that_a_law_asks_for_says_what_it_asks(
    pack: str, kind: LetterKind, expected: tuple[str, ...]
) -> None:
    text = letter_of(pack, kind).rendered.text
    assert [words for words in expected if words not in text] == []
