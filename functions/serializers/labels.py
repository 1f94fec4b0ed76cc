"""Words for codes: the site's own, else those that every installation has."""

from complaints.adapters.container import container
from complaints.values.codes import CodeList, Codes

_FAMILIES = {
    CodeList.CATEGORIES: "api.category.",
    CodeList.CAUSES: "words.cause.",
    CodeList.REMEDIES: "words.remedy.",
    CodeList.OUTCOMES: "words.outcome.",
    CodeList.ACTIONS: "words.action.",
}


def label(codes: Codes, wanted: CodeList, name: str, language: str, other: str) -> str:
    """The words for a code in a language; in the `other` one for a code that has none in this."""
    own = codes.label(wanted, name, language, other)
    return own or container().catalogues.text(language, f"{_FAMILIES[wanted]}{name}")
