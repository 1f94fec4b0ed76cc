"""The form of an automation rule: what may be chosen in it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from complaints.casework.workflow.corrective_actions import may_own
from complaints.management.hidden_records import is_hidden
from complaints.management.improvement.themes import Theme, ThemeState
from complaints.management.record import ManagementRecord
from complaints.site.site import Site, SiteRecord
from complaints.values.casework.automation import Reader, RuleState, Trigger
from complaints.values.casework.standard_texts import StandardText, TextUse
from complaints.values.codes import CodeList, Codes
from complaints.values.field_types import Channel
from complaints.values.own_fields import OwnFields, label_in
from complaints.values.people import Member
from functions.desk.settings.settings import SettingsAccess
from functions.forms.inputs import Choice
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


def options(
    catalogues: "Catalogues",
    language: str,
    at: SettingsAccess,
    site: SiteRecord,
    themes: list[Choice],
) -> dict[str, list[Choice]]:
    """What may be chosen, by the names of the inputs."""
    own = [each.record for each in at.everything if each.id == at.setting.site]
    codes = next((record for record in own if isinstance(record, Codes)), Codes())
    members = sorted(_members(at), key=lambda member: member.name.casefold())
    return {
        "when": [Choice(each, catalogues.text(language, f"automation.when.{each}")) for each in Trigger],
        "state": [Choice(each, catalogues.text(language, f"automation.state.{each}")) for each in RuleState],
        "categories": [
            Choice(
                each.code, label(catalogues, codes, CodeList.CATEGORIES, each.code, language, site.language)
            )
            for each in codes.offered(CodeList.CATEGORIES)
        ],
        "channels": [Choice(each, catalogues.text(language, f"case.channel.{each}")) for each in Channel],
        "languages": [
            Choice(tag, catalogues.text(tag, "words.language") if tag in catalogues.languages else tag)
            for tag in site.languages
        ],
        "tell": [Choice(each, catalogues.text(language, f"case.to.{each}")) for each in Reader],
        "raise_to": [
            Choice(str(each), catalogues.text(language, f"case.priority.{each}")) for each in (1, 2, 3)
        ],
        "own_field": [
            Choice(field.code, label_in(field.labels, language, site.language) or field.code)
            for record in own
            if isinstance(record, OwnFields)
            for field in record.fields
            if not field.retired
        ],
        "assign": [Choice(each.id, each.name) for each in members if each.handles(at.setting.site)],
        "task_to": [Choice(each.id, each.name) for each in members if may_own(each, at.setting.site)],
        "ask": [
            Choice(each.id.partition(".")[2], each.record.title)
            for each in at.everything
            if isinstance(each.record, StandardText)
            and each.record.use is TextUse.QUESTION
            and not each.record.retired
        ],
        "theme": themes,
    }


def themes(records: Iterable[ManagementRecord], me: Member, site: Site) -> list[Choice]:
    """The themes of a site that are not closed, and are there for this reader."""
    return [
        Choice(each.code, each.content.title)
        for each in records
        if isinstance(each.content, Theme)
        and each.content.state is not ThemeState.CLOSED
        and not is_hidden(each, me, site)
    ]


def _members(at: SettingsAccess) -> Iterator[Member]:
    return (each.record for each in at.everything if isinstance(each.record, Member))
