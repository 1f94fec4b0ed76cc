"""Words for codes: the site's own, else those that every installation has."""

from typing import TYPE_CHECKING

from complaints.values.codes import CodeList, Codes

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


_FAMILIES = {
    CodeList.CATEGORIES: "api.category.",
    CodeList.CAUSES: "words.cause.",
    CodeList.REMEDIES: "words.remedy.",
    CodeList.OUTCOMES: "words.outcome.",
    CodeList.ACTIONS: "words.action.",
}


def label(
    catalogues: "Catalogues", codes: Codes, code_list: CodeList, name: str, language: str, other: str
) -> str:
    """The words for a code in a language; in the `other` one for a code that has none in this.

    Sub-categories are all of a site's own, and have its words or none.
    """
    own = codes.label(code_list, name, language, other)
    family = _FAMILIES.get(code_list)
    return own or (catalogues.text(language, f"{family}{name}") if family else name)
