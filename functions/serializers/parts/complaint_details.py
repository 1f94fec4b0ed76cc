"""Details of a complaint: what was told first beside the description, such as an order number.

What the organisation says a case is about, in the words that staff wrote.
"""

from collections.abc import Iterable

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome import classification
from complaints.case.process.receipt import Received
from complaints.site.site import Site
from complaints.values import details_told
from complaints.values.own_fields import FieldAnswer, answers_in


class Details(details_told.Details, frozen=True, kw_only=True):
    """What the complainant told first beside the description: `taken_elsewhere` says to whom else, `fields`
    are the answers to the site's own fields."""

    fields: tuple[FieldAnswer, ...]
    danger: bool


def details_view(fact: Received, site: Site, language: str) -> Details:
    """The details that a complaint was received with; its own fields in the words of a language."""
    return Details(
        **details_told.Details.values_of(fact), fields=own_answers(fact, site, language), danger=fact.danger
    )


def own_answers(fact: Received, site: Site, language: str) -> tuple[FieldAnswer, ...]:
    """The answers to the own fields of a site, in the words of a language, or else in those of the site."""
    return answers_in(site.fields, fact.own_fields, language, site.language)


class Classification(classification.Words, frozen=True, kw_only=True):
    """Product, order number, place and tags as staff wrote them; the codes stand beside them in the case."""

    tags: list[str]


def classification_view(complaint: Complaint, numbered_facts: Iterable[tuple[int, Fact]]) -> Classification:
    """The words that hold of a case; `numbered_facts` come with texts, those of its `entries` among them."""
    about = complaint.classification or classification.Classification()
    facts = {number: fact for number, fact in numbered_facts if isinstance(fact, classification.Classified)}
    said_of = {
        name: getattr(facts.get(getattr(about, name) or 0), name, None)
        for name in Classification.__struct_fields__
    }
    tags = said_of.pop("tags")
    return Classification(**said_of, tags=tags.split(", ") if tags else [])
