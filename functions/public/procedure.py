"""The published procedure of a site (clauses 5.1.2 and 6.2): made of its own settings, so that it is true."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.casework.people.conflicts_of_interest import reviews_are_independent
from complaints.clocks.published_procedure import published
from complaints.promise_packs.schema import ExternalBody, Pack
from complaints.settings.history import HistoryEntry, history_entries
from complaints.settings.setting import Packs, Setting, SettingKind
from complaints.site.site import SiteTerms, text_in
from complaints.values.codes import CodeList
from functions.http.visit import Visit
from functions.public.site_languages import offered_languages, reader_language_at
from functions.public.site_param import listed_sites, terms_of
from functions.public.yearly_report import published_reports
from functions.rendering.page import as_page, page
from functions.serializers import labels
from functions.serializers.labels import label


class Version(NamedTuple):
    """Which promises a site began to make, and on which day; `packs` are their titles."""

    number: int
    since: date
    packs: str


class PublishedPolicy(NamedTuple):
    """The policy on complaints in force since a day, in words of one language."""

    number: int
    since: date
    words: str


@as_page
def show(visit: Visit) -> Response:
    """The procedure of the site that the address names, or whose there are. Raises `NotFound`."""
    key = visit.request.query.get("site")
    if key:
        return _of(visit, terms_of(visit.deps.sites, visit.request, key))
    sites = listed_sites(visit.deps)
    return page(visit.deps, "procedures.html", language=visit.language, address="/procedure", sites=sites)


def _of(visit: Visit, terms: SiteTerms) -> Response:
    site = terms.site
    language = reader_language_at(visit.deps.catalogues, terms, *visit.request.languages)
    return page(
        visit.deps,
        "procedure.html",
        language=language,
        address="/procedure",
        query={"site": site.key},
        owner=site.name,
        letterhead=site.texts.letterhead,
        zone=site.zone,
        offered=offered_languages(visit.deps.catalogues, terms),
        site=site,
        **_values(visit.deps, terms, language),
    )


def _values(deps: Container, terms: SiteTerms, language: str) -> dict[str, Any]:
    site, now = terms.site, deps.now()
    packs = terms.in_force(now)
    steps = published(terms, now)
    return {
        "policy": _policy(deps, terms, language),
        "introduction": text_in(site.texts.introduction, language, site.language),
        "sealed": _sealed(deps, terms, language),
        "notice": text_in(site.texts.notice, language, site.language),
        "steps": steps,
        "pausing": list(dict.fromkeys(step.clock.purpose for step in steps if step.clock.pause.allowed)),
        "packs": packs,
        "titles": {pack.id: labels.pack_title(deps, pack.id, pack.title, language) for pack in packs},
        "bodies": _bodies(terms, packs),
        "reviewed_by_others": reviews_are_independent(deps.members.known(now), site),
        "versions": list(_versions(deps, terms, packs, language)),
        "reports": list(published_reports(deps, site.key)),
    }


def _sealed(deps: Container, terms: SiteTerms, language: str) -> str:
    """In which categories, of those that can be chosen, who complains is sealed; nothing where in none."""
    site = terms.site
    sealed = [each.code for each in site.codes.offered(CodeList.CATEGORIES) if each.sealed]
    called = (
        label(deps.catalogues, site.codes, CodeList.CATEGORIES, code, language, site.language)
        for code in sealed
    )
    return deps.date_formats.listed(language, list(called)) if sealed else ""


def _policy(deps: Container, terms: SiteTerms, language: str) -> PublishedPolicy | None:
    """The policy in force (clause 5.2), in the reader's language or that of the site: one query a minute."""
    from complaints.management.policies import policy_of
    from complaints.management.record import RecordKind

    site = terms.site
    found = policy_of(deps.management_records.known(site.key, RecordKind.POLICY, deps.now()))
    if found is None:
        return None
    policy = found[1]
    words = text_in(policy.texts, language, site.language)
    return PublishedPolicy(policy.number, policy.since, words) if words else None


def _bodies(terms: SiteTerms, packs: Iterable[Pack]) -> list[ExternalBody]:
    """Where people can go outside: the site's own body, and those of the packs in force."""
    named = (terms.site.external_body, *(pack.external_body for pack in packs))
    return list({body.name: body for body in named if body}.values())


def _versions(deps: Container, terms: SiteTerms, packs: Iterable[Pack], language: str) -> Iterator[Version]:
    """What was promised since when, the newest first; why it was changed is the organisation's own."""
    key, zone, own = terms.site.key, ZoneInfo(terms.site.zone), {pack.id: pack.title for pack in packs}
    entries = deps.settings_store.entries(SettingKind.PACKS, key)
    chapters = [
        each
        for each in history_entries(Setting(kind=SettingKind.PACKS, id=key), entries)
        if _is_another(each)
    ]
    for number, chapter in reversed(list(enumerate(chapters, 1))):
        record = chapter.after.record
        if isinstance(record, Packs):
            titles = [labels.pack_title(deps, pack, own.get(pack, pack), language) for pack in record.packs]
            since = chapter.facts[0].at.astimezone(zone).date()
            yield Version(number, since, deps.date_formats.listed(language, titles))


def _is_another(chapter: HistoryEntry) -> bool:
    return "packs" in chapter.changed
