"""The schemas of the API's description: of the types that validate bodies, and of those that are answered."""

from datetime import datetime
from inspect import cleandoc
from typing import Any, NamedTuple, get_args

import msgspec

from complaints.casework.correspondence.lost_link import ChangeOwnLink
from complaints.casework.correspondence.messages import Add
from complaints.casework.outcome.feedback import Insist
from complaints.casework.outcome.remedies import DeclineOwnRemedy
from complaints.casework.outcome.survey import AnswerSurvey, DeclineSurvey
from complaints.casework.people.adjustments import AdjustOwn
from complaints.casework.people.contact_details import CorrectOwnContact
from complaints.casework.process.closing import Withdraw
from complaints.casework.process.escalation import Answer
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.letters.webhook_events import Told, WebhookMessage
from complaints.management.kinds import record_commands
from complaints.promise_packs.schema import PackFile
from complaints.settings.changes import CHANGES
from complaints.settings.commands import CHANGE, ChangePack
from complaints.values.details_told import Details, Identifying, Reached
from complaints.values.field_types import StrictInput
from functions.desk.audit.access_log import AccessList
from functions.desk.audit.proof import Proof
from functions.desk.case.cases import Me, Members
from functions.desk.case.commands.case_macros import OfferedMacros
from functions.desk.case.letters.case_letters import Letters
from functions.desk.case.letters.case_texts import OfferedTexts
from functions.desk.case.people.person import PersonView
from functions.desk.case.presence import AnnouncePresence, Presence
from functions.desk.exports.export import Export
from functions.desk.home.home import Home
from functions.desk.home.load import StaffLoad
from functions.desk.intake.intake import TakenDown
from functions.desk.mail.inbound_mail import Mail, Mails
from functions.desk.mail.inbound_mail_actions import MailComplaint, MailJoining, MailMove
from functions.desk.mail.raw_mail import HandedOut
from functions.desk.queue.bulk import BulkView, PostBulk
from functions.desk.queue.queues import Queue
from functions.desk.queue.saved_filters import PutViews, SavedViews
from functions.desk.queue.search import FoundCases
from functions.desk.records.records import Records, RecordView
from functions.desk.reports.report_cases import CasesOfNumber
from functions.desk.reports.reports import Report
from functions.desk.reports.returns import ReturnOfPeriod, Returns
from functions.desk.reports.survey_texts import SurveyTextChoice, SurveyTexts
from functions.desk.settings.calendar_dry_run import MovedPromises
from functions.desk.settings.casework.automation_dry_run import RuleTrial
from functions.desk.settings.casework.automations import AutomationList
from functions.desk.settings.casework.standard_texts import StandardTexts
from functions.desk.settings.integration.directory_token import DirectoryToken, RotateToken
from functions.desk.settings.integration.webhook_secret import WebhookSecret
from functions.desk.settings.letter_preview import Preview
from functions.desk.settings.members_csv import MembersCsv, PostMembersCsv
from functions.desk.settings.packs.pack_dry_run import Changes, DryRun
from functions.desk.settings.packs.packs import Packs
from functions.desk.settings.retention import RetentionView
from functions.desk.settings.settings_serializer import Settings, SettingView
from functions.desk.tasks.actions import ActionRegister
from functions.desk.tasks.tasks import TaskList
from functions.http.health import Health
from functions.http.responses import Problem
from functions.openapi.examples import EXAMPLES
from functions.openapi.operations.webhooks import name_events
from functions.openapi.schema_descriptions import REF, named, words
from functions.public.form.form_definition import FormNeeds
from functions.public.own_case.own_link import OwnLink
from functions.serializers.complainant.personal_data import OwnData
from functions.serializers.complainant.public_view import PublicView
from functions.serializers.desk.audit import Audit
from functions.serializers.desk.case import Case
from functions.serializers.exports.case_lines import LINE_KINDS
from functions.serializers.exports.case_record import CaseRecord
from functions.serializers.parts.complaint import Receipt
from functions.serializers.parts.files import FetchedFile, File, Place, StaffFile
from functions.serializers.parts.messages import Messages
from functions.use_cases.files.file_offers import Announcement, FileOffer
from functions.use_cases.submission.proof_of_work import Challenge
from functions.use_cases.submission.submission_schema import Form, ImportedForm, ToldForm

BODIES: tuple[type, ...] = (
    Form, ToldForm, ImportedForm, Add, Answer, Insist, Withdraw, CorrectOwnContact, AdjustOwn, ChangeOwnLink,
    DeclineOwnRemedy, FileOffer,
    Announcement, AnswerSurvey, DeclineSurvey, DryRun, PackFile, PutViews, MailJoining, MailComplaint,
    MailMove, SurveyTextChoice, PostBulk, PostMembersCsv, RotateToken, AnnouncePresence,
    *(declared.command for declared in STAFF_COMMANDS.values()), *CHANGES.values(),
    *record_commands(),
)  # fmt: skip
ANSWERS: tuple[type, ...] = (
    Health, FormNeeds, Challenge, Receipt, OwnLink, PublicView, Messages, Place, File, StaffFile, FetchedFile,
    OwnData, Problem, Me, Members, SavedViews, Queue, FoundCases, TaskList, Export, CaseRecord, *LINE_KINDS,
    Returns, ReturnOfPeriod, Report, CasesOfNumber, SurveyTexts, Home, Mail, Mails, HandedOut, TakenDown,
    Case, Audit, Letters, ActionRegister, StaffLoad, AccessList, RetentionView,
    Proof,
    OfferedTexts, OfferedMacros, PersonView, Presence, Settings, SettingView, StandardTexts, Packs, Changes,
    MovedPromises, Preview, WebhookSecret, BulkView, MembersCsv, DirectoryToken, AutomationList,
    RuleTrial, Records, RecordView,
)  # fmt: skip
"""What is answered; what stands within an answer follows from it."""

SENT = (WebhookMessage, Told)
"""What goes out by itself."""

PUBLISHED = {
    "Case": "StaffCase",
    "Export": "ExportPage",
    "File": "OwnFile",
    "Promise": "PromisedDate",
    "Record": "RecordEvent",
    "Return": "ReturnDecision",
}
"""Types whose names shadow those of a language, each with the name that generators of clients read."""


class Schemas(NamedTuple):
    """`refs` are what operations say, by the names of types; `components` what that refers to."""

    refs: dict[str, Any]
    components: dict[str, Any]


def schemas() -> Schemas:
    """All of them."""
    kinds = (*BODIES, *SENT, *ANSWERS)
    made, components = msgspec.json.schema_components(kinds, ref_template=f"{REF}{{name}}")
    asked = msgspec.json.schema_components(BODIES)[1].keys()
    refs = {kind.__name__: schema for kind, schema in zip(kinds, made, strict=True)}
    for (_, verb), change in CHANGES.items():
        # What a change does not name stays as it is.
        if verb == CHANGE:
            components[change.__name__]["required"] = ["reason"]
    for told in (each for base in (Reached, Identifying, Details) for each in base.__subclasses__()):
        if told.__name__ in components.keys() - asked:
            # What a body may leave out, an answer has: nothing if it was not told, empty if it was removed.
            answered = components[told.__name__]
            answered["required"] = [*answered["properties"]]
            for name in told.__struct_fields__:
                if name in (*Reached.__struct_fields__, *Details.__struct_fields__):
                    answered["properties"][name] = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    for kind in StrictInput.__subclasses__():
        if kind.__name__ in components:
            components[kind.__name__]["additionalProperties"] = False
    for holder in (ChangePack, DryRun):
        components[holder.__name__]["properties"]["file"] = refs[PackFile.__name__]
    for kind in (*BODIES, *SENT):
        _say_what_is_a_moment(kind, components[kind.__name__]["properties"])
    name_events(components)
    for schema in (*refs.values(), *components.values()):
        _write_for_tools(schema)
    for name, schema in components.items():
        _explain(schema, EXAMPLES.get(name))
    for name, published in PUBLISHED.items():
        components[published] = components.pop(name) | {"title": published}
    return Schemas(refs, components)


def _say_what_is_a_moment(kind: type, properties: dict[str, Any]) -> None:
    """RFC 3339 with an offset, which the type alone does not say."""
    for field in msgspec.structs.fields(kind):
        if datetime in (field.type, *get_args(field.type)):
            schema = properties[field.encode_name]
            for part in schema.get("anyOf", [schema]):
                if part["type"] == "string":
                    part["format"] = "date-time"


def _write_for_tools(schema: Any) -> None:
    """Says the same so that generators of clients read it, throughout a schema.

    Some know no `items` that is false: a tuple of one type becomes a list of so many. Some take a field with
    a default for one that is always there: what may be left out needs no default that is null. That of Java
    takes numbers without a type for fractions, and has no class of "one of these, or a list of them".
    """
    if isinstance(schema, dict):
        if all(isinstance(each, int) for each in schema.get("enum", [schema.get("const")])):
            schema.setdefault("type", "integer")
        kinds = [each.get("type") for each in schema.get("anyOf", ())]
        if "array" in kinds and {*kinds} - {"array", "null"}:
            schema["description"] = words(schema)
            del schema["anyOf"]
        if name := PUBLISHED.get(named(schema)):
            schema["$ref"] = f"{REF}{name}"
        places = schema.get("prefixItems", [])
        if places and all(each == places[0] for each in places):
            schema["items"] = schema.pop("prefixItems")[0]
        if schema.get("default", ...) is None:
            del schema["default"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            _write_for_tools(part)


def _explain(schema: dict[str, Any], example: Any) -> None:
    if "description" in schema:
        schema["description"] = cleandoc(schema["description"])
    if example is not None:
        schema["examples"] = [example]
