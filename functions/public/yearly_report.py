"""The yearly report of a site as its public page: only what was approved and published is ever there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from babel.numbers import format_decimal
from chalice.app import Response

from complaints.adapters.container import Container
from complaints.management.evaluation.yearly_reports import YearlyReport
from complaints.management.record import CODE, RecordKind
from complaints.site.site import text_in
from complaints.values.errors import NotFound
from functions.http.visit import Visit
from functions.public.site_languages import offered_languages, reader_language_at
from functions.public.site_param import terms_of
from functions.rendering.page import Headers, as_page, page
from functions.serializers.labels import figure_label

if TYPE_CHECKING:
    from datetime import date


ADDRESS = "/procedure/report"
KEPT_A_WHILE: Headers = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Language"}
"""Anybody may keep it for as long as the form of a site: what is withdrawn is gone then."""


class PublishedReport(NamedTuple):
    """A report that is public: the period that it is of, and by what its address names it."""

    name: str
    since: "date"
    until: "date"


@as_page
def show(visit: Visit) -> Response:
    """The report that the address names, of a site. Raises `NotFound` unless it is published."""
    terms = terms_of(visit.deps.sites, visit.request, visit.request.query.get("site", ""))
    site, name = terms.site, visit.request.query.get("name", "")
    if not CODE.fullmatch(name):
        raise NotFound
    record = visit.deps.management_records.load(RecordKind.YEARLY_REPORT, f"{site.key}.{name}")
    told = record.content.published if isinstance(record.content, YearlyReport) else None
    if told is None:
        raise NotFound
    language = reader_language_at(visit.deps.catalogues, terms, *visit.request.languages)
    return page(
        visit.deps,
        "yearly.html",
        language=language,
        address=ADDRESS,
        query={"site": site.key, "name": name},
        owner=site.name,
        letterhead=site.texts.letterhead,
        zone=site.zone,
        offered=offered_languages(visit.deps.catalogues, terms),
        headers=KEPT_A_WHILE,
        key=site.key,
        told=told,
        learned=text_in(told.learned, language, site.language),
        changed=text_in(told.changed, language, site.language),
        label=lambda by, value: figure_label(visit.deps.catalogues, site, language, by, value),
        decimal=lambda text: format_decimal(text, locale=language),
    )


def published_reports(deps: Container, site: str) -> Iterator[PublishedReport]:
    """Those of a site, the latest first."""
    found = deps.management_records.of_site(site, RecordKind.YEARLY_REPORT)
    editions = [
        PublishedReport(each.code, each.content.published.since, each.content.published.until)
        for each in found
        if isinstance(each.content, YearlyReport) and each.content.published
    ]
    return iter(sorted(editions, key=lambda each: (each.until, each.name), reverse=True))
