"""The circumstances of a case: what conditions of promise packs may ask for, and where each is known from.

The site says where it works and in what trade; the category of a complaint says what it is about; the
rest is known of the case itself.

Countries by their ISO 3166-1 codes, and the regions whose law is common to several of them.
"""

from collections.abc import Iterable, Iterator

from complaints.case.complaint import Complaint
from complaints.promise_packs.conditions import Condition, conditions_hold
from complaints.site.site import Site
from complaints.values.codes import Code, CodeList, topic_of
from complaints.values.field_types import Feedback

Circumstances = dict[str, object]

_OF_SITE = frozenset({"site", "country", "region", "sector", "regulated"})
_OF_CATEGORY = frozenset({"topic", "product"})
REQUEST_TOPICS = frozenset({"data_subject_request", "personal_data"})
"""What packs call the matter of a request about personal data that came as one, whatever its category."""
_OF_REQUEST: Circumstances = {"topic": REQUEST_TOPICS}
_OF_THE_MOMENT = frozenset({"stage", "level"})
"""Asked for when a clock starts, and never again: a case moves on all the time."""


def of_site(site: Site) -> Circumstances:
    """What is so of every complaint at a site."""
    return _known(
        site=site.key,
        country=site.country,
        region=site.region or region_of(site.country),
        sector=site.sector,
        regulated=site.regulated,
    )


def of_case(complaint: Complaint, site: Site) -> Circumstances:
    """All that is known of a complaint."""
    category = complaint.category and site.codes.find(CodeList.CATEGORIES, complaint.category)
    scales = complaint.assessment
    return (
        of_site(site)
        | (_of_category(category) if category else {})
        | (_OF_REQUEST if complaint.feedback is Feedback.PERSONAL_DATA else {})
        | _known(
            channel=complaint.channel,
            claimant_type=complaint.kind,
            stage=complaint.stage,
            level=complaint.level,
            severity=scales.severity if scales else None,
            safety=scales.safety if scales else None,
        )
    )


def is_about_requests(conditions: Iterable[Condition]) -> bool:
    """Whether a pack with these conditions holds for requests about personal data, and not for all cases."""
    return any(one.field == "topic" and conditions_hold([one], _OF_REQUEST) for one in conditions)


def have_changed(before: Circumstances, after: Circumstances) -> bool:
    """Whether a promise may hold now that did not: what was assessed, or what it is about."""
    return _lasting(before) != _lasting(after)


def go_on_holding(conditions: Iterable[Condition], circumstances: Circumstances) -> bool:
    """Whether conditions hold for a clock that runs: what the moment must be was asked at its start."""
    return conditions_hold([one for one in conditions if one.field not in _OF_THE_MOMENT], circumstances)


def always(conditions: Iterable[Condition], site: Site) -> bool:
    """Whether conditions hold at a site for every complaint and every complainant."""
    return all(
        possible is not None and all(conditions_hold([one], facts) for facts in possible)
        for one, possible in _possible(conditions, site)
    )


def unknowable(conditions: Iterable[Condition], site: Site) -> Iterator[str]:
    """The fields of conditions that can never hold at a site: it does not say, or says otherwise."""
    for one, possible in _possible(conditions, site):
        if possible is not None and not any(conditions_hold([one], facts) for facts in possible):
            yield one.field


def _possible(
    conditions: Iterable[Condition], site: Site
) -> Iterator[tuple[Condition, list[Circumstances] | None]]:
    """What there may be at a site of what each condition asks for; `None` where only the case can tell."""
    categories = site.codes.of(CodeList.CATEGORIES)
    for one in conditions:
        if one.field in _OF_SITE:
            yield one, [of_site(site)]
        elif one.field in _OF_CATEGORY:
            requests = [_OF_REQUEST] if site.takes_data_requests else []
            yield one, [{}, *map(_of_category, categories), *requests]
        else:
            yield one, None


def _of_category(category: Code) -> Circumstances:
    return _known(topic=topic_of(category), product=category.product)


def _known(**facts: object) -> Circumstances:
    return {name: value for name, value in facts.items() if value is not None}


def _lasting(circumstances: Circumstances) -> Circumstances:
    return {name: value for name, value in circumstances.items() if name not in _OF_THE_MOMENT}


EEA = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT",
        "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
"""The member states of the European Union, and the three of the EEA Agreement that take over its law."""


def region_of(country: str | None) -> str | None:
    """The region whose law a country shares.

    >>> region_of("IE"), region_of("NO"), region_of("TR")
    ('EU', 'EU', None)
    """
    return "EU" if country in EEA else None
