"""The front page: which entrance answers which route, schedule, stream and topic.

It wires, and does nothing else. Follow a complaint through the house from `receive_complaint`.
"""

from collections.abc import Callable
from typing import Any

from chalice.app import Chalice, Rate

from functions import system
from functions.http import responses
from functions.http.lazy import Room

attachments = Room("api.public.attachments")
blankform = Room("api.public.form_definition")
bulkassign = Room("pages.desk.queue.bulk_assign")
calendar_dry_run = Room("api.admin.calendar_dry_run")
casecommand = Room("pages.desk.case.command")
casepage = Room("pages.desk.case.views")
complainant = Room("api.public.complainant")
deadlines = Room("workers.schedule")
deliveries = Room("workers.ses_events")
desk_attachments = Room("api.desk.attachments")
desk = Room("api.desk.desk")
dryrun = Room("api.admin.pack_dry_run")
export = Room("api.desk.export")
following = Room("workers.case_stream")
formtaken = Room("pages.public.confirmation")
hooksecret = Room("pages.desk.settings.webhook_secret")
hostedform = Room("pages.public.form_page")
inbox = Room("workers.inbound_mail")
intake = Room("api.public.intake")
intakepage = Room("pages.desk.intake.page")
letter_preview = Room("api.admin.letter_preview")
letters = Room("api.desk.case_letters")
lostlink = Room("pages.public.resend_link")
mail_handling = Room("api.desk.mail_handling")
mailpage = Room("pages.desk.queue.inbound_mail")
office = Room("api.admin.settings")
one_mail_page = Room("pages.desk.queue.mail_page")
outbox = Room("workers.outbox")
packspage = Room("pages.desk.settings.packs")
pages = Room("pages.public.home")
procedurepage = Room("pages.public.procedure")
promisepacks = Room("api.admin.packs")
queues = Room("api.desk.queues")
queuepage = Room("pages.desk.queue.page")
raw_mail = Room("api.desk.raw_mail")
received = Room("api.desk.inbound_mail")
reference = Room("openapi.reference")
reports = Room("api.desk.reports")
reportspage = Room("pages.desk.reports.page")
search = Room("api.desk.search")
searchpage = Room("pages.desk.queue.search")
settingchange = Room("pages.desk.settings.change")
settingspage = Room("pages.desk.settings.list")
signing_in = Room("pages.desk.session.sign_in")
staffintake = Room("api.desk.intake")
statuspage = Room("pages.public.status")
views = Room("api.desk.saved_filters")
viewspage = Room("pages.desk.queue.saved_filters")
workload = Room("pages.desk.queue.workload")

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
COMPLAINT = "/v1/complaints/{reference}"
CASE = "/v1/desk/complaints/{reference}"
CASE_PAGE = "/desk/cases/{reference}"
MAIL = "/v1/desk/mail/{mail}"
MAIL_EVENTS = "arn:aws:sns:us-east-1:000000000000:PLACEHOLDER"
MAIL_PAGE = "/desk/mail/{mail}"
MAIL_RECEIVED = "arn:aws:sns:us-east-1:000000000000:PLACEHOLDER-TOO"
SETTING = "/v1/desk/settings/{kind}/{name}"
SETTING_PAGE = "/desk/settings/{kind}/{name}"
TABLE_STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/PLACEHOLDER/stream/PLACEHOLDER"

app = Chalice(app_name="answerable", configure_logs=False)
app.register_middleware(responses.carry, "http")


def bind(entrance: Callable[..., Any], path: str, *methods: str) -> None:
    """Any type of body may come in: the entrance judges it, so that each refusal is a problem."""
    app.route(path, methods=list(methods), content_types=["*/*"])(responses.plainly(entrance))


# The house
bind(system.show_health, "/health", "GET")
bind(system.show_openapi, "/openapi.json", "GET")

# Pages
bind(pages.home, "/", "GET")
bind(procedurepage.show, "/procedure", "GET")
bind(hostedform.show, "/complain", "GET")
bind(hostedform.take, "/complain", "POST")
bind(formtaken.show, "/complain/done", "GET")
bind(pages.problems, "/problems", "GET")
bind(pages.problem_type, "/problems/{code}", "GET")
bind(reference.show_all, "/openapi", "GET")
bind(reference.show_one, "/openapi/{operation}", "GET")
bind(lostlink.show, "/status", "GET")
bind(lostlink.ask, "/status", "POST")
bind(statuspage.show, "/status/{reference}", "GET")
bind(statuspage.change, "/status/{reference}", "POST")
bind(statuspage.give_data, "/status/{reference}/data", "POST")
bind(statuspage.fetch_file, "/status/{reference}/files/{attachment}", "GET")

# Pages of the desk
bind(signing_in.start, "/desk/sign-in", "GET")
bind(signing_in.arrive, "/desk/signed-in", "GET")
bind(signing_in.leave, "/desk/sign-out", "POST")
bind(signing_in.farewell, "/desk/signed-out", "GET")
bind(queuepage.show, "/desk", "GET")
bind(queuepage.show, "/desk/queue", "GET")
bind(queuepage.show_approvals, "/desk/approvals", "GET")
bind(bulkassign.assign, "/desk/assign", "POST")
bind(viewspage.show, "/desk/views", "GET")
bind(viewspage.change, "/desk/views", "POST")
bind(workload.show, "/desk/workload", "GET")
bind(searchpage.show, "/desk/search", "GET")
bind(mailpage.show, "/desk/mail", "GET")
bind(mailpage.show_strays, "/desk/stray-mail", "GET")
bind(one_mail_page.show, MAIL_PAGE, "GET")
bind(one_mail_page.fetch_raw, f"{MAIL_PAGE}/raw", "GET")
bind(one_mail_page.join, f"{MAIL_PAGE}/join", "POST")
bind(one_mail_page.make_complaint, f"{MAIL_PAGE}/complaint", "POST")
bind(one_mail_page.move, f"{MAIL_PAGE}/move", "POST")
bind(intakepage.show, "/desk/intake", "GET")
bind(intakepage.take, "/desk/intake", "POST")
bind(casepage.show, CASE_PAGE, "GET")
bind(casepage.show_audit, f"{CASE_PAGE}/audit", "GET")
bind(casepage.list_letters, f"{CASE_PAGE}/letters", "GET")
bind(casepage.show_letter, f"{CASE_PAGE}/letters/{{letter}}", "GET")
bind(casepage.fetch_file, f"{CASE_PAGE}/files/{{attachment}}", "GET")
bind(casecommand.carry_out, f"{CASE_PAGE}/commands/{{verb}}", "POST")
bind(settingspage.show_all, "/desk/settings", "GET")
bind(settingspage.show_new, "/desk/settings/new/{kind}", "GET")
bind(settingchange.add, "/desk/settings/new/{kind}", "POST")
bind(settingspage.show, SETTING_PAGE, "GET")
bind(settingchange.change, f"{SETTING_PAGE}/commands/{{verb}}", "POST")
bind(hooksecret.show, f"{SETTING_PAGE}/secret", "POST")
bind(packspage.show_all, "/desk/packs", "GET")
bind(packspage.dry_run, "/desk/packs/{pack}/dry-run", "GET")
bind(reportspage.show, "/desk/reports", "GET")
bind(reportspage.fetch, "/desk/reports/{name}/csv", "GET")

# Websites and complainants
bind(blankform.show_form, "/v1/form", "GET")
bind(intake.give_challenge, "/v1/challenge", "GET")
bind(intake.receive_complaint, "/v1/complaints", "POST")
bind(complainant.show_complaint, COMPLAINT, "GET")
bind(complainant.show_data, f"{COMPLAINT}/data", "GET")
bind(complainant.show_messages, f"{COMPLAINT}/messages", "GET")
bind(complainant.add_message, f"{COMPLAINT}/messages", "POST")
bind(complainant.answer_decision, f"{COMPLAINT}/answer", "POST")
bind(complainant.convert, f"{COMPLAINT}/convert", "POST")
bind(complainant.withdraw, f"{COMPLAINT}/withdrawal", "POST")
bind(complainant.answer_survey, f"{COMPLAINT}/survey", "POST")
bind(complainant.decline_survey, f"{COMPLAINT}/survey/decline", "POST")
bind(attachments.offer, f"{COMPLAINT}/attachments", "POST")
bind(attachments.fetch, f"{COMPLAINT}/attachments/{{attachment}}", "GET")
bind(attachments.announce, f"{COMPLAINT}/attachments/{{attachment}}/arrived", "POST")
for path in [path for path in app.routes if path.startswith(("/v1/form", "/v1/challenge", "/v1/complaints"))]:
    bind(intake.preflight, path, "OPTIONS")

# Staff
bind(desk.show_me, "/v1/desk/me", "GET")
bind(desk.show_members, "/v1/desk/members", "GET")
bind(queues.list_cases, "/v1/desk/complaints", "GET")
bind(views.list_views, "/v1/desk/views", "GET")
bind(views.put_views, "/v1/desk/views", "PUT")
bind(search.find_cases, "/v1/desk/search", "GET")
bind(staffintake.take_down, "/v1/desk/complaints", "POST")
bind(export.export, "/v1/desk/export", "GET")
bind(reports.show, "/v1/desk/reports/{name}", "GET")
bind(staffintake.take_over, "/v1/desk/imports", "POST")
bind(desk.show_case, CASE, "GET")
bind(desk_attachments.fetch_for_staff, f"{CASE}/attachments/{{attachment}}", "GET")
bind(desk.show_audit, f"{CASE}/audit", "GET")
bind(letters.list_letters, f"{CASE}/letters", "GET")
bind(letters.show_letter, f"{CASE}/letters/{{letter}}", "GET")
bind(desk.carry_out, f"{CASE}/commands/{{verb}}", "POST")
bind(received.list_mail, "/v1/desk/mail", "GET")
bind(received.show_mail, MAIL, "GET")
bind(raw_mail.fetch, f"{MAIL}/raw", "GET")
bind(mail_handling.join, f"{MAIL}/join", "POST")
bind(mail_handling.make_complaint, f"{MAIL}/complaint", "POST")
bind(mail_handling.move, f"{MAIL}/move", "POST")
bind(office.list_settings, "/v1/desk/settings", "GET")
bind(office.show_setting, SETTING, "GET")
bind(office.change_setting, f"{SETTING}/commands/{{verb}}", "POST")
bind(hooksecret.reveal, f"{SETTING}/secret", "POST")
bind(calendar_dry_run.dry_run, f"{SETTING}/dry-run", "POST")
bind(letter_preview.preview, f"{SETTING}/preview", "POST")
bind(promisepacks.list_packs, "/v1/desk/packs", "GET")
bind(dryrun.dry_run, "/v1/desk/packs/{pack}/dry-run", "POST")

# What is not there
for path, bound in list(app.routes.items()):
    bind(system.only(tuple(bound)), path, *(method for method in METHODS if method not in bound))
bind(system.nothing_here, "/{proxy+}", *METHODS)

# The schedule, the stream and the mail service
escalate_overdue = app.schedule(Rate(1, unit=Rate.MINUTES))(deadlines.escalate_overdue)
send_letters = app.on_dynamodb_record(stream_arn=TABLE_STREAM, batch_size=10)(outbox.send_letters)
follow_cases = app.on_dynamodb_record(stream_arn=TABLE_STREAM, batch_size=100)(following.follow_cases)
settle_letter = app.on_sns_message(MAIL_EVENTS)(deliveries.settle_letter)
take_mail = app.on_sns_message(MAIL_RECEIVED)(inbox.take_mail)
