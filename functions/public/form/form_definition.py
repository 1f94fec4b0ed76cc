"""What the form of a website needs to be drawn: words, codes, limits, and what is promised to its sender."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.case.record.attachments import FileType
from complaints.casework.record.attachments import IN_A_CASE, MOST_BYTES
from complaints.clocks.lifecycle import promised
from complaints.site.site import SiteTerms, text_in
from complaints.values.codes import CodeList
from complaints.values.field_types import PREFERRED_WAYS, DataRight, Feedback
from complaints.values.own_fields import label_in
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.public.form.inputs import CATEGORY, DANGER, DATA_RIGHT, DETAILS, FEEDBACK, WAY, InputType
from functions.serializers.labels import label
from functions.use_cases.submission.submission_schema import LIMITS

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


CATEGORIES = CodeList.CATEGORIES
FORM_MINUTES = 5
KEPT_A_WHILE = {"Cache-Control": f"public, max-age={FORM_MINUTES * 60}"}


class Labelled(Struct, frozen=True, kw_only=True):
    """A code with its words in the language that was asked for."""

    code: str
    label: str


class OfferedCategory(Labelled, frozen=True, kw_only=True):
    """What a complaint can be about. Where it is `sealed`, nobody learns who complains but a custodian, who
    opens it with a reason that is on record: say so before somebody sends a form."""

    sealed: bool


class Offered(Struct, frozen=True, kw_only=True):
    """A promise before there is a complaint."""

    clock: str
    why: str


class NotAdded(Struct, frozen=True, kw_only=True):
    """What is said of a file of another type, of an empty one, of one that is too large, and of one too many;
    each has the placeholder `{name}`."""

    type: str
    empty: str
    size: str
    count: str


class FilesTaken(Struct, frozen=True, kw_only=True):
    """Which files can be added: of these types, of `size` bytes at most, `count` of them; `hint` says so, and
    `text` is what a form calls them. `wrong` says why one was not added, with its `{name}`."""

    types: list[str]
    size: int
    count: int
    text: str
    hint: str
    wrong: NotAdded


class WrongInForm(Struct, frozen=True, kw_only=True):
    """What is said where a form lacks a way to reach its sender, a description or consent, and where an email
    address is none."""

    reach: str
    email: str
    description: str
    consent: str


class WordsOfForm(Struct, frozen=True, kw_only=True):
    """What a form says beside its fields: on its buttons, while it sends, and once it was taken. `behalf` is
    the link to the form for somebody else; `count`, `busy`, `progress` and `sent_to` have placeholders."""

    again: str
    behalf: str
    busy: str
    cancel: str
    closed: str
    colon: str
    copied: str
    copy: str
    count: str
    description: str
    email: str
    failed: str
    file_done: str
    file_failed: str
    next: str
    offline: str
    problem: str
    progress: str
    reference: str
    send: str
    sending: str
    sent_to: str
    status: str


class StayAnonymous(Struct, frozen=True, kw_only=True):
    """The words of the box by which somebody stays anonymous, and of what follows from it."""

    text: str
    hint: str


class AskedField(Struct, frozen=True, kw_only=True):
    """A field that a form may ask for: `name` is that of its input, `pointer` (RFC 6901) where its answer
    is in the body: as text, or true for the only choice of `yes_no`. `text` is the label, which says so where
    nothing need be told. With `categories` it is asked for those only; `autocomplete` is as in HTML."""

    name: str
    pointer: str
    label: str
    text: str
    type: InputType
    required: bool = False
    autocomplete: str = "off"
    categories: tuple[str, ...] = ()
    choices: list[Labelled] = []


class FieldGroup(Struct, frozen=True, kw_only=True):
    """Fields that stand together; those that few need may be folded away under the words of a `fold`."""

    fold: str | None
    fields: list[AskedField]


PLACEHOLDERS = {name: f"{{{name}}}" for name in ("count", "limit", "when", "sent", "size", "email")}
"""What a form itself puts into its texts."""


class FormNeeds(Struct, frozen=True, kw_only=True):
    """What a form needs to be drawn; `limits` are code points. `consent` is what the box of the privacy
    notice says, `about` the words of the link to `procedure_url`, where the notice stands. `style` are
    the site's own colours as custom properties of CSS: `--accent` for the ground of buttons and `--on` for
    the words on it; empty where it has none. With `anonymous` a complaint may come without contact
    details; `stay_anonymous` is what a box for it says. The choices of `details` say in their words which
    categories are sealed. `wrong` says what is missing in a form, `limit` how long a description may be, with
    the placeholder `{count}`."""

    site: str
    name: str
    language: str
    languages: tuple[str, ...]
    open: bool
    categories: list[OfferedCategory]
    feedback: list[Labelled]
    details: list[FieldGroup]
    fields: list[AskedField]
    limits: dict[str, int]
    files: FilesTaken
    promises: list[Offered]
    notice: str | None
    consent: str
    about: str
    contact: str | None
    procedure_url: str
    proof_wanted: bool
    style: str
    anonymous: bool
    stay_anonymous: StayAnonymous | None
    wrong: WrongInForm
    limit: str
    words: WordsOfForm


def show_form(visit: Visit) -> Response:
    """What a form needs to be drawn, for one site and language."""
    terms = visit.deps.sites.terms(visit.request.query.get("site", ""))
    language = terms.language_for(*visit.request.languages)
    visit.request.note(site=terms.site.key)
    return json_response(fields_asked(visit.deps, terms, language), headers=KEPT_A_WHILE)


def fields_asked(deps: Container, terms: SiteTerms, language: str) -> FormNeeds:
    """What a form asks for and promises, in a language."""
    words, site = deps.catalogues, terms.site
    letterhead = site.texts.letterhead
    categories = [
        OfferedCategory(
            code=code.code,
            label=label(deps.catalogues, site.codes, CATEGORIES, code.code, language, site.language),
            sealed=code.sealed,
        )
        for code in site.codes.offered(CATEGORIES)
    ]
    feedback = [
        Labelled(code=kind, label=words.text(language, f"api.feedback.{kind}"))
        for kind in Feedback
        if kind is Feedback.COMPLAINT or kind in site.feedback
    ]
    return FormNeeds(
        site=site.key,
        name=site.name,
        language=language,
        languages=site.languages,
        open=site.is_open,
        categories=categories,
        feedback=feedback,
        details=list(_details(words, language, categories, feedback if site.widget_feedback else [])),
        fields=list(own_fields_asked(words, terms, language)),
        limits=LIMITS,
        files=_files(deps.catalogues, language),
        promises=[
            Offered(clock=clock.purpose, why=words.count(language, f"words.why.{clock.unit}", clock.amount))
            for clock in promised(terms, deps.now())
        ],
        consent=words.text(language, "widget.consent"),
        about=words.text(language, "widget.data"),
        notice=text_in(site.texts.notice, language, site.language),
        contact=site.contact,
        procedure_url=f"{deps.settings.url}/procedure?site={site.key}&lang={language}",
        proof_wanted=site.proof_wanted,
        anonymous=site.anonymous,
        stay_anonymous=StayAnonymous(
            text=words.text(language, "pages.complain.field.anonymous"),
            hint=words.text(language, "pages.complain.hint.anonymous"),
        )
        if site.anonymous
        else None,
        wrong=WrongInForm(
            **{name: words.text(language, f"widget.{name}_wrong") for name in WrongInForm.__struct_fields__}
        ),
        limit=words.text(language, "widget.limit", count="{count}"),
        words=WordsOfForm(
            **{
                name: words.text(language, f"widget.{name}", **PLACEHOLDERS)
                for name in WordsOfForm.__struct_fields__
            }
        ),
        style=f"--accent:{letterhead.accent};--on:{letterhead.accent_text}"
        if letterhead.has_own_colours
        else "",
    )


def own_fields_asked(catalogues: "Catalogues", terms: SiteTerms, language: str) -> Iterator[AskedField]:
    """The own fields of a site that a form asks for, in their order."""
    site = terms.site
    for field in site.fields:
        if not field.retired:
            label = label_in(field.labels, language, site.language) or field.code
            yield AskedField(
                name=f"fields.{field.code}",
                pointer=f"/fields/{field.code}",
                label=label,
                text=label if field.required else _optional(catalogues, language, label),
                type=InputType(field.type),
                required=field.required,
                categories=field.categories,
                choices=[
                    Labelled(
                        code=choice.code,
                        label=label_in(choice.labels, language, site.language) or choice.code,
                    )
                    for choice in field.offered
                ],
            )


def data_rights(catalogues: "Catalogues", language: str) -> list[Labelled]:
    """What somebody may ask for about their data, in the words of whoever asks."""
    return [
        Labelled(code=each, label=catalogues.text(language, f"api.data_right.{each}")) for each in DataRight
    ]


def _optional(catalogues: "Catalogues", language: str, label: str) -> str:
    """A label that says that nothing need be told."""
    return catalogues.text(language, "widget.optional", label=label)


def _choice(catalogues: "Catalogues", language: str, category: OfferedCategory) -> Labelled:
    """A category whose words say where it is sealed, for forms that show nothing beside them."""
    words = category.label
    if category.sealed:
        words = catalogues.text(language, "api.form.sealed", label=words)
    return Labelled(code=category.code, label=words)


def _details(
    catalogues: "Catalogues", language: str, categories: list[OfferedCategory], feedback: list[Labelled]
) -> Iterator[FieldGroup]:
    """What every site may be told beside the description; a choice of one or of nothing is not asked for."""
    ways = [
        Labelled(code=way, label=catalogues.text(language, f"api.form.way.{way}")) for way in PREFERRED_WAYS
    ]
    yes = [Labelled(code="true", label=catalogues.text(language, "widget.danger_yes"))]
    kinds = feedback if len(feedback) > 1 else []
    asked = any(each.code == Feedback.PERSONAL_DATA for each in kinds)
    rights = data_rights(catalogues, language) if asked else []
    matters = [_choice(catalogues, language, each) for each in categories]
    choices = {CATEGORY: matters, WAY: ways, DANGER: yes, FEEDBACK: kinds, DATA_RIGHT: rights}
    for fold, details in DETAILS.items():
        fields = [
            AskedField(
                name=each.name,
                pointer=each.pointer,
                label=catalogues.text(language, each.label),
                text=_optional(catalogues, language, catalogues.text(language, each.label)),
                type=each.type,
                autocomplete=each.autocomplete,
                choices=choices.get(each.name, []),
            )
            for each in details
            if choices.get(each.name, [each])
        ]
        yield FieldGroup(fold=catalogues.text(language, fold) if fold else None, fields=fields)


def _files(catalogues: "Catalogues", language: str) -> FilesTaken:
    """Which files can be added once a complaint was taken: `size` in bytes each, `count` of them."""
    hint = catalogues.text(language, "api.form.files", count=IN_A_CASE, size=MOST_BYTES >> 20)
    text = _optional(catalogues, language, catalogues.text(language, "widget.files"))
    size = MOST_BYTES >> 20
    wrong = {
        reason: catalogues.text(
            language, f"api.form.files.{reason}", name="{name}", count=IN_A_CASE, size=size
        )
        for reason in NotAdded.__struct_fields__
    }
    return FilesTaken(
        types=list(FileType),
        size=MOST_BYTES,
        count=IN_A_CASE,
        text=text,
        hint=hint,
        wrong=NotAdded(**wrong),
    )
