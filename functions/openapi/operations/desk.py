"""The desk, described: what staff may call on cases."""

from collections.abc import Iterable
from typing import Any

from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.reporting.indicators import ALL_REPORTS
from complaints.reporting.metrics.measures import GROUPINGS
from functions.desk.home import load as load_api
from functions.desk.queue.queue_dates import AGE_NAMES, TODAY
from functions.desk.queue.queues import QUEUES, SORTS
from functions.desk.reports.reports import CHANGE, EARLIER_PERIODS, MONTHS, MOST_MONTHS, USUAL_MONTHS
from functions.desk.tasks.actions import ALL, Shown
from functions.desk.tasks.actions import WHOSE as OF_WHOM
from functions.desk.tasks.tasks import MINE, WHOSE
from functions.http.formats.csv_export import CSV_FORMATS
from functions.http.formats.xlsx_export import XLSX
from functions.openapi.operations.complainants import uploads
from functions.openapi.operations.components import (
    CSV,
    CURSOR,
    HTML,
    JSON,
    KEY,
    LIMIT,
    REFERENCE,
    STAFF,
    VERSION,
    Answer,
    Refs,
    in_path,
    in_query,
    operation,
)
from functions.use_cases.report_numbers import BY

_CASE = "/v1/desk/complaints/{reference}"
EXCEL = "`excel` is a CSV file that begins with a byte order mark, as Excel requires"
_WORKBOOK = "`xlsx` is a workbook, at the address that `Location` names for 5 minutes (303)"
SITE = in_query("site", about="One of my sites; without it, all of them")

OF_MAIL = in_query("site", about="The site that received the email; without it, email to no site")
_MAIL_EXAMPLE = f"2026-03-05T15:00:00Z_{'0' * 64}"


_WITH_TEXTS = [verb for verb, declared in STAFF_COMMANDS.items() if declared.texts]


def desk(refs: Refs) -> dict[str, Any]:
    """Cases, queues, letters and mail; `refs` are the schemas of bodies and answers by name."""
    return (
        _lists(refs)
        | _data_protection(refs)
        | _reports(refs)
        | _mail(refs)
        | _one_case(refs)
        | _commands(refs)
    )


def read(
    summary: str, answer: Answer, asked: Iterable[dict[str, Any]] = (), *, of_case: bool = False
) -> dict[str, Any]:
    """An address that staff read."""
    item: dict[str, Any] = {"parameters": [REFERENCE]} if of_case else {}
    return item | {"get": operation(summary, {"200": answer}, asked, security=STAFF)}


def _queue() -> list[dict[str, Any]]:
    """What a queue may be asked for."""
    return [
        in_query("queue", enum=list(QUEUES), default="open"),
        in_query("level", type="integer", minimum=1, maximum=3),
        in_query("category"),
        in_query("assignee", about="The assignee, by the id of the member; `*` for nobody"),
        in_query("age", enum=list(AGE_NAMES), about="How many days ago it was received, by the site's dates"),
        in_query("due", enum=[TODAY], about="Due on this day of the site"),
        in_query(
            "sort",
            enum=list(SORTS),
            about="By receipt, or those without an assignee first, of at most 1,000 cases; not with `closed`",
        ),
        in_query("of", about="With `mine`: the cases of a member for whom you stand in now"),
        SITE,
        CURSOR,
        LIMIT,
    ]


def _lists(refs: Refs) -> dict[str, Any]:
    """What the desk lists: colleagues, queues, work, and mail."""
    sought = [in_query("q", required=True, about="Search text", minLength=1), SITE, CURSOR, LIMIT]
    with_for = [
        SITE,
        in_query("for", about="`act` or `task`: who may own a corrective action or have a task"),
    ]
    cases, mails = Answer("A page", refs["Queue"]), Answer("A page", refs["Mails"])
    return {
        "/v1/desk/me": read("Who I am and what I may do", Answer("The signed-in member", refs["Me"])),
        "/v1/desk/members": read(
            "Members to whom a case can be assigned", Answer("The members", refs["Members"]), with_for
        ),
        "/v1/desk/complaints": read("A queue, the most urgent first", cases, _queue())
        | {"post": taken("Records a complaint that staff received", "ToldForm", refs)},
        "/v1/desk/home": read(
            "The work that there is now by site and assignee, the last six months, the promises of this week",
            Answer("The figures", refs["Home"]),
            [SITE],
        ),
        "/v1/desk/tasks": read(
            "Open tasks by their due dates",
            Answer("A page", refs["TaskList"]),
            [in_query("whose", enum=list(WHOSE), default=MINE), SITE, CURSOR, LIMIT],
        ),
        "/v1/desk/actions": read(
            "The register of corrective actions of a site: of its cases, themes, reviews and audits",
            Answer("The actions, by the date of what comes next", refs["ActionRegister"], kinds=(JSON, CSV)),
            [
                SITE,
                in_query("show", enum=list(Shown), default=Shown.WAITING),
                in_query("whose", enum=list(OF_WHOM), default=ALL),
                in_query("format", enum=["json", *CSV_FORMATS], default="json"),
            ],
        ),
        "/v1/desk/views": _views(refs),
        **_bulk(refs),
        "/v1/desk/search": read(
            "Cases by reference, number, telephone, email address, name, or words of whatever was written in "
            "them; the latest first",
            Answer("A page; where no case has all the words, of those that have some", refs["FoundCases"]),
            sought,
        ),
        "/v1/desk/mail": read("Incoming email, and how it was handled", mails, [OF_MAIL, CURSOR, LIMIT]),
    }


def _data_protection(refs: Refs) -> dict[str, Any]:
    """What those look at who answer for the data of people: who read what, and what is erased when."""
    return {
        "/v1/desk/access": read(
            "The access log: who read a case, what a member read, or what was read at a site and is unusual",
            Answer("The entries, the latest first", refs["AccessList"], kinds=(JSON, CSV)),
            [
                in_query("case", example="C-7K3M9-QX2HT-7", about="Of this case; of any time"),
                in_query("member", example="deniz", about="Of this member"),
                SITE,
                in_query("from", example="2026-03-01", about="A date by UTC; the last seven days without it"),
                in_query("to", example="2026-03-07", about="At most 31 days after `from`"),
                in_query("format", enum=["json", *CSV_FORMATS], default="json"),
            ],
        ),
        "/v1/desk/retention": read(
            "What the retention rules of a site would erase on a day, and what they did",
            Answer("The rules, a page of cases, and the last runs", refs["RetentionView"]),
            [
                SITE,
                in_query("on", example="2027-03-01", about="A date of the site; today without it"),
                CURSOR,
            ],
        ),
    }


def _mail(refs: Refs) -> dict[str, Any]:
    """One mail, and what staff do with it."""
    mail = Answer("The email", refs["Mail"])
    made = Answer("The complaint is accepted", refs["TakenDown"], ("Location", "ETag", "Idempotent-Replayed"))
    done = {
        "join": ("Adds an email that belongs to no case to a case", {"200": mail}, "MailJoining"),
        "complaint": (
            "Records an email that belongs to no case as a complaint",
            {"201": made},
            "MailComplaint",
        ),
        "move": ("Passes an email to no site to the staff of a site", {"200": mail}, "MailMove"),
    }
    named = {"parameters": [in_path("mail", _MAIL_EXAMPLE)]}
    handed_out = Answer("The address, valid for 5 minutes", refs["HandedOut"])
    as_it_came = "The original email, as a download in which secrets of the complainant are masked"
    return {
        "/v1/desk/mail/{mail}": named | read("One incoming email", mail, [OF_MAIL]),
        "/v1/desk/mail/{mail}/raw": named | read(as_it_came, handed_out, [OF_MAIL]),
    } | {
        f"/v1/desk/mail/{{mail}}/{verb}": named
        | {"post": operation(summary, answers, [OF_MAIL], refs[body], STAFF)}
        for verb, (summary, answers, body) in done.items()
    }


def _reports(refs: Refs) -> dict[str, Any]:
    asked = [
        in_query("from", format="date", about="A local date of the site; without dates, the last full month"),
        in_query("to", format="date", about="The last day, at most a year later"),
        SITE,
        in_query("format", about=f"{EXCEL}; {_WORKBOOK}", enum=["json", *CSV_FORMATS, XLSX], default="json"),
    ]
    asked += [
        in_query("by", about="In groups, too, and then of whole months", enum=list(BY)),
        in_query("compare", about="With the period before and that of a year ago", enum=[EARLIER_PERIODS]),
        in_query(
            CHANGE, format="date", about="Compares equal periods of whole months before and after this date"
        ),
        in_query(MONTHS, type="integer", minimum=1, maximum=MOST_MONTHS, default=USUAL_MONTHS),
    ]
    report = Answer("The figures", refs["Report"], kinds=(JSON, CSV))
    name = in_path("name", "volume", enum=list(ALL_REPORTS))
    workbook = Answer("Where the workbook is", headers=("Location",), kinds=())
    found = {
        "get": operation(
            "Monitoring figures of a period (ISO 10002, 8.4), without anybody's name",
            {"200": report, "303": workbook},
            asked,
            security=STAFF,
        )
    }
    number = [
        *asked[:3],
        in_query("figure", about="Which number: its name"),
        in_query("figure_by", about="What the number is sorted by, where it is"),
        in_query("value", about="Which of these it is"),
        in_query("by", about="In which groups the report was asked, where it was", enum=list(GROUPINGS)),
        in_query("group", about="Which of these it is"),
        CURSOR,
    ]
    behind = Answer("The cases that the reader may see", refs["CasesOfNumber"])
    cases = read("The cases behind one number of a report, of one site", behind, number)
    load = Answer("The load of the month", refs["StaffLoad"], kinds=(JSON, CSV))
    of_month = [
        SITE,
        in_query("month", about="One of the last twelve months that have ended", pattern=r"^\d{4}-\d{2}$"),
        in_query("format", about=EXCEL, enum=list(load_api.FORMATS), default="json"),
    ]
    return {
        "/v1/desk/reports/load": {
            "get": operation(
                "Load of staff by person in a month, and the backlog to be expected (ISO 10002, 6.4)",
                {"200": load},
                of_month,
                security=STAFF,
            )
        },
        "/v1/desk/reports/{name}": found | {"parameters": [name]},
        "/v1/desk/reports/{name}/cases": cases | {"parameters": [name]},
        **_survey_texts(refs, asked[:2]),
    }


def _survey_texts(refs: Refs, dates: list[dict[str, Any]]) -> dict[str, Any]:
    """Free words of the survey."""
    texts = Answer("The texts, in an order that says nothing", refs["SurveyTexts"])
    of_period = [*dates, SITE | {"required": True, "example": "demo"}]
    chosen = operation(
        "Says what may be read of a text, without what tells who somebody is",
        {"200": texts},
        of_period,
        refs["SurveyTextChoice"],
        STAFF,
    )
    listed = read("What was added to the survey in free words, without whose it is", texts, of_period)
    return {
        "/v1/desk/survey-texts": listed,
        "/v1/desk/survey-texts/{text}": {
            "parameters": [in_path("text", "q3Xk8vN1rT5wYz0A")],
            "post": chosen,
        },
    }


def _views(refs: Refs) -> dict[str, Any]:
    """What somebody keeps of the queues."""
    views = Answer("My saved filters", refs["SavedViews"], ("ETag",))
    return read("My saved filters of a queue, each with a name", views) | {
        "put": operation("Replaces all my saved filters", {"200": views}, [VERSION], refs["PutViews"], STAFF)
    }


def _bulk(refs: Refs) -> dict[str, Any]:
    """One command on many cases."""
    bulk = Answer("How far it is, and which cases were left as they were, and why", refs["BulkView"])
    begun = Answer("It is on record; its steps carry it out", refs["BulkView"], ("Location",))
    named = {"parameters": [in_path("bulk", "q3Xk8vN1rT5wYz0A")]}
    return {
        "/v1/desk/bulk": {
            "post": operation(
                "Begins one command on many cases: assign, classify, message or close",
                {"201": begun},
                body=refs["PostBulk"],
                security=STAFF,
            )
        },
        "/v1/desk/bulk/{bulk}": named | read("A command on many cases", bulk),
        "/v1/desk/bulk/{bulk}/steps": named
        | {
            "post": operation(
                "Carries it out on the next 20 cases, on each as a command of its own",
                {"200": bulk},
                security=STAFF,
            )
        },
    }


def taken(summary: str, form: str, refs: Refs) -> dict[str, Any]:
    """Taking a complaint in, for a member of staff or an import."""
    taken = Answer(
        "The complaint is accepted", refs["TakenDown"], ("Location", "ETag", "Idempotent-Replayed")
    )
    return operation(summary, {"201": taken}, [KEY | {"required": True}], refs[form], STAFF)


def _one_case(refs: Refs) -> dict[str, Any]:
    letter = in_path("letter", "000001.1")
    page = Answer("The letter as it was written; it opens no page of the complainant", kinds=(HTML,))
    printed = read("One letter as a page to print", page) | {"parameters": [REFERENCE, letter]}
    case = Answer("The case", refs["Case"], ("ETag",))
    chain = Answer("The audit trail", refs["Audit"])
    return {
        _CASE: read("The whole case", case, of_case=True),
        f"{_CASE}/audit": read("The audit trail, and whether its hash chain is intact", chain, of_case=True),
        f"{_CASE}/presence": {
            "parameters": [REFERENCE],
            "post": operation(
                "Says that I look at the case, and who else does",
                {"200": Answer("Who else is there", refs["Presence"])},
                [],
                refs["AnnouncePresence"],
                STAFF,
            ),
        },
        f"{_CASE}/person": read(
            "All complaints of who complains in the case, by the mail address or by the word of staff",
            Answer("The complaints of the person", refs["PersonView"]),
            of_case=True,
        ),
        **uploads(refs, f"{_CASE}/attachments", "StaffFile"),
        f"{_CASE}/texts/{{verb}}": read(
            "The standard texts for a command, filled in for the case",
            Answer(
                "The texts; of those that are sought those that are so called first", refs["OfferedTexts"]
            ),
            [in_query("q", about="Words that a text has")],
        )
        | {"parameters": [REFERENCE, in_path("verb", "message", enum=_WITH_TEXTS)]},
        f"{_CASE}/macros": read(
            "The macros that may be run on the case, each step as a command that can be sent",
            Answer("The macros", refs["OfferedMacros"]),
            of_case=True,
        ),
        f"{_CASE}/letters": read(
            "The letters of the case", Answer("The letters", refs["Letters"]), of_case=True
        ),
        f"{_CASE}/letters/{{letter}}": printed,
    }


def _commands(refs: Refs) -> dict[str, Any]:
    done = {"200": Answer("The case after the command", refs["Case"], ("ETag", "Idempotent-Replayed"))}
    return {
        f"{_CASE}/commands/{verb}": {
            "parameters": [REFERENCE],
            "post": operation(declared.summary, done, [VERSION, KEY], refs[declared.command.__name__], STAFF),
        }
        for verb, declared in STAFF_COMMANDS.items()
    }
