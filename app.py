"""The wiring page: which handler answers which route, schedule, stream and topic.

It wires, and does nothing else. To follow a complaint, begin at `receive_complaint`.
"""

import complaints.precompiled_patterns  # noqa: F401, I001  # before all that compiles patterns

import gc
from collections.abc import Callable
from typing import Any

from chalice.app import Chalice, Cron, Rate

from complaints.lazy_imports import lazy_imports
from functions import snap_start, system
from functions.http import lambda_events
from functions.http import responses
from functions.http.visit import entrance

# What a start makes lives as long as the function: to look through it again and again is some per cent of a
# cold start (gate "cold start of a submission" of benchmarks/RESULTS.md).
gc.set_threshold(20_000, 10, 10)

with lazy_imports():
    from functions.desk import handbook as handbook_page
    from functions.desk.audit import access_log, access_log_page, proof, proof_page
    from functions.desk.case import answer as case_answer
    from functions.desk.case import cases, next_case, presence
    from functions.desk.case import presence_page as case_presence
    from functions.desk.case import routes as case_page
    from functions.desk.case.commands import approve_and_send, case_macros, examination
    from functions.desk.case.commands import command as case_command
    from functions.desk.case.commands import macros as macro_page
    from functions.desk.case.files import attachments as desk_attachments
    from functions.desk.case.files import files as case_files
    from functions.desk.case.letters import case_letters, case_texts
    from functions.desk.case.people import erase_person, person
    from functions.desk.case.people import person_page as case_person
    from functions.desk.case_file import page as case_file
    from functions.desk.exports import case_export, export, history_export, period_files
    from functions.desk.home import home as desk_home
    from functions.desk.home import home_page, load_page, workload
    from functions.desk.home import load as staff_load
    from functions.desk.intake import intake as desk_intake
    from functions.desk.intake import page as intake_page
    from functions.desk.mail import inbound_mail as desk_mail
    from functions.desk.mail import inbound_mail_actions, mail_page, raw_mail
    from functions.desk.mail import mail_of_person as inbound_mail_page
    from functions.desk.queue import (
        bulk,
        bulk_assign,
        bulk_page,
        queues,
        saved_filters,
        saved_filters_page,
        search,
        search_page,
    )
    from functions.desk.queue import page as queue_page
    from functions.desk.records import page as record_page
    from functions.desk.records import records
    from functions.desk.records import register as register_page
    from functions.desk.reports import (
        effect,
        report_cases,
        report_cases_page,
        reports,
        return_codes,
        return_page,
        returns,
        survey_texts,
        survey_texts_page,
    )
    from functions.desk.reports import page as reports_page
    from functions.desk.session import shortcuts, sign_in
    from functions.desk.settings import (
        calendar_dry_run,
        enclosures,
        enclosures_page,
        letter_preview,
        members_csv,
        members_csv_page,
        retention,
        retention_page,
        settings,
    )
    from functions.desk.settings import change as setting_change
    from functions.desk.settings import overview as settings_page
    from functions.desk.settings import setup as setup_page
    from functions.desk.settings.casework import (
        automation_dry_run,
        automation_trial,
        automations,
        automations_page,
        standard_texts,
    )
    from functions.desk.settings.casework import macros as macro_form
    from functions.desk.settings.casework import standard_texts_page as texts_page
    from functions.desk.settings.integration import directory_token, directory_token_page, webhook_secret
    from functions.desk.settings.integration import embed as embed_page
    from functions.desk.settings.integration import webhook as webhook_page
    from functions.desk.settings.packs import pack_dry_run, packs, packs_page
    from functions.desk.tasks import actions, actions_page, tasks, tasks_page
    from functions.openapi import reference_pages as api_reference
    from functions.public import home, yearly_report
    from functions.public import procedure as procedure_page
    from functions.public import task as task_page
    from functions.public.form import form_definition, form_page, intake
    from functions.public.own_case import (
        attachments,
        complainant,
        confirmation,
        contact_details,
        own_link,
        resend_link,
    )
    from functions.public.own_case import status as status_page
    from functions.scim import endpoint as scim
    from functions.workers import case_stream, checkpoints, erasure, inbound_mail, schedule
    from functions.workers.evidence import make_packs
    from functions.workers.letters import outbox, ses_events


METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
COMPLAINT = "/v1/complaints/{reference}"
CASE = "/v1/desk/complaints/{reference}"
CASE_PAGE = "/desk/cases/{reference}"
MAIL = "/v1/desk/mail/{mail}"
MAIL_EVENTS = "arn:aws:sns:us-east-1:000000000000:PLACEHOLDER"
MAIL_PAGE = "/desk/mail/{mail}"
MAIL_RECEIVED = "arn:aws:sns:us-east-1:000000000000:PLACEHOLDER-TOO"
RECORD = "/v1/desk/records/{kind}/{id}"
RECORD_PAGE = "/desk/records/{kind}/{id}"
SETTING = "/v1/desk/settings/{kind}/{name}"
SETTING_PAGE = "/desk/settings/{kind}/{name}"
TABLE_STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/PLACEHOLDER/stream/PLACEHOLDER"

app = Chalice(app_name="answerable", configure_logs=False)
app.register_middleware(responses.add_headers_and_log, "http")
for woken_by in lambda_events.WOKEN_BY:
    app.register_middleware(lambda_events.begin_run, woken_by)


def bind(handler: Callable[..., Any], path: str, *methods: str) -> None:
    """Any type of body may come in: the handler judges it, so that each refusal is a problem."""
    app.route(path, methods=list(methods), content_types=["*/*"])(entrance(handler))


# The installation itself
bind(system.show_health, "/health", "GET")
bind(system.show_openapi, "/openapi.json", "GET")

# Pages
bind(home.home, "/", "GET")
bind(procedure_page.show, "/procedure", "GET")
bind(yearly_report.show, "/procedure/report", "GET")
bind(form_page.show, "/complain", "GET")
bind(form_page.take, "/complain", "POST")
bind(confirmation.show, "/complain/done", "GET")
bind(home.problems, "/problems", "GET")
bind(home.problem_type, "/problems/{code}", "GET")
bind(api_reference.show_all, "/openapi", "GET")
bind(api_reference.show_one, "/openapi/{operation}", "GET")
bind(resend_link.show, "/status", "GET")
bind(resend_link.ask, "/status", "POST")
bind(status_page.show, "/status/{reference}", "GET")
bind(status_page.change, "/status/{reference}", "POST")
bind(contact_details.show, "/status/{reference}/contact", "GET")
bind(contact_details.correct, "/status/{reference}/contact", "POST")
bind(contact_details.adjust, "/status/{reference}/adjustments", "POST")
bind(contact_details.ask_to_confirm, "/status/{reference}/address", "GET")
bind(contact_details.confirm, "/status/{reference}/address", "POST")
bind(status_page.give_data, "/status/{reference}/data", "POST")
bind(status_page.fetch_file, "/status/{reference}/files/{attachment}", "GET")
bind(status_page.show_letter, "/status/{reference}/letters/{letter}", "GET")
bind(task_page.show, "/tasks/{reference}/{task}", "GET")
bind(task_page.answer, "/tasks/{reference}/{task}", "POST")
bind(task_page.offer_file, "/tasks/{reference}/{task}/files", "POST")
bind(task_page.announce_file, "/tasks/{reference}/{task}/files/{attachment}/arrived", "POST")

# Pages of the desk
bind(sign_in.start, "/desk/sign-in", "GET")
bind(sign_in.arrive, "/desk/signed-in", "GET")
bind(sign_in.leave, "/desk/sign-out", "POST")
bind(sign_in.farewell, "/desk/signed-out", "GET")
bind(queue_page.show, "/desk", "GET")
bind(queue_page.show, "/desk/queue", "GET")
bind(queue_page.show_approvals, "/desk/approvals", "GET")
bind(bulk_assign.assign, "/desk/assign", "POST")
bind(bulk_page.choose, "/desk/bulk", "POST")
bind(bulk_page.show, "/desk/bulk/{bulk}", "GET")
bind(saved_filters_page.show, "/desk/views", "GET")
bind(saved_filters_page.change, "/desk/views", "POST")
bind(shortcuts.show, "/desk/shortcuts", "GET")
bind(home_page.show, "/desk/home", "GET")
bind(tasks_page.show, "/desk/tasks", "GET")
bind(actions_page.show, "/desk/actions", "GET")
bind(access_log_page.show, "/desk/access", "GET")
bind(retention_page.show, "/desk/retention", "GET")
bind(workload.show, "/desk/workload", "GET")
bind(search_page.show, "/desk/search", "GET")
bind(inbound_mail_page.show, "/desk/mail", "GET")
bind(inbound_mail_page.show_strays, "/desk/stray-mail", "GET")
bind(mail_page.show, MAIL_PAGE, "GET")
bind(mail_page.fetch_raw, f"{MAIL_PAGE}/raw", "GET")
bind(mail_page.join, f"{MAIL_PAGE}/join", "POST")
bind(mail_page.make_complaint, f"{MAIL_PAGE}/complaint", "POST")
bind(mail_page.move, f"{MAIL_PAGE}/move", "POST")
bind(intake_page.show, "/desk/intake", "GET")
bind(intake_page.take, "/desk/intake", "POST")
bind(case_page.show, CASE_PAGE, "GET")
bind(case_answer.show, f"{CASE_PAGE}/answer", "GET")
bind(approve_and_send.carry_out, f"{CASE_PAGE}/approval", "POST")
bind(examination.carry_out, f"{CASE_PAGE}/examination", "POST")
bind(next_case.lead, f"{CASE_PAGE}/next", "GET")
bind(next_case.lead_back, f"{CASE_PAGE}/previous", "GET")
bind(case_page.show_form, f"{CASE_PAGE}/forms/{{verb}}", "GET")
bind(case_presence.announce, f"{CASE_PAGE}/presence", "POST")
bind(case_person.show, f"{CASE_PAGE}/person", "GET")
bind(erase_person.erase, f"{CASE_PAGE}/person", "POST")
bind(case_page.show_audit, f"{CASE_PAGE}/audit", "GET")
bind(case_page.list_letters, f"{CASE_PAGE}/letters", "GET")
bind(case_page.show_letter, f"{CASE_PAGE}/letters/{{letter}}", "GET")
bind(case_page.fetch_enclosure, f"{CASE_PAGE}/letters/{{letter}}/files/{{place}}", "GET")
bind(case_files.show_all, f"{CASE_PAGE}/files", "GET")
bind(case_files.offer, f"{CASE_PAGE}/files", "POST")
bind(case_page.fetch_file, f"{CASE_PAGE}/files/{{attachment}}", "GET")
bind(case_files.preview, f"{CASE_PAGE}/files/{{attachment}}/preview", "GET")
bind(case_files.announce, f"{CASE_PAGE}/files/{{attachment}}/arrived", "POST")
bind(macro_page.show_all, f"{CASE_PAGE}/macros", "GET")
bind(macro_page.show, f"{CASE_PAGE}/macros/{{macro}}", "GET")
bind(macro_page.run, f"{CASE_PAGE}/macros/{{macro}}", "POST")
bind(case_command.carry_out, f"{CASE_PAGE}/commands/{{verb}}", "POST")
bind(case_file.show, f"{CASE_PAGE}/case-file", "GET")
bind(case_file.prepare, f"{CASE_PAGE}/case-file", "POST")
bind(case_file.fetch, f"{CASE_PAGE}/case-file/{{entry}}", "GET")
bind(settings_page.show_all, "/desk/settings", "GET")
bind(settings_page.show_new, "/desk/settings/new/{kind}", "GET")
bind(setting_change.add, "/desk/settings/new/{kind}", "POST")
bind(settings_page.show, SETTING_PAGE, "GET")
bind(setting_change.change, f"{SETTING_PAGE}/commands/{{verb}}", "POST")
bind(webhook_secret.show, f"{SETTING_PAGE}/secret", "POST")
bind(webhook_page.show, f"{SETTING_PAGE}/webhook", "GET")
bind(webhook_page.act, f"{SETTING_PAGE}/webhook", "POST")
bind(enclosures_page.show, f"{SETTING_PAGE}/files", "GET")
bind(enclosures_page.offer, f"{SETTING_PAGE}/files/{{block}}/{{tag}}", "POST")
bind(enclosures_page.announce, f"{SETTING_PAGE}/files/{{block}}/{{tag}}/{{file}}/arrived", "POST")
bind(texts_page.show, "/desk/texts", "GET")
bind(automations_page.show, "/desk/automations", "GET")
bind(automation_trial.show, "/desk/automations/{name}/trial", "GET")
bind(macro_form.show, "/desk/macros", "GET")
bind(macro_form.change, "/desk/macros", "POST")
bind(setup_page.show, "/desk/setup", "GET")
bind(embed_page.show, "/desk/embed", "GET")
bind(handbook_page.show, "/desk/handbook/{name}", "GET")
bind(members_csv_page.show, "/desk/members/csv", "GET")
bind(members_csv_page.take, "/desk/members/csv", "POST")
bind(directory_token_page.make, "/desk/directory/token", "POST")
bind(packs_page.show_all, "/desk/packs", "GET")
bind(packs_page.dry_run, "/desk/packs/{pack}/dry-run", "GET")
bind(register_page.show, "/desk/records", "GET")
bind(record_page.show, RECORD_PAGE, "GET")
bind(record_page.change, f"{RECORD_PAGE}/{{verb}}", "POST")
bind(reports_page.show, "/desk/reports", "GET")
bind(load_page.show, "/desk/reports/load", "GET")
bind(reports_page.fetch, "/desk/reports/{name}/csv", "GET")
bind(report_cases_page.show, "/desk/reports/{name}/cases", "GET")
bind(period_files.fetch_cases, "/desk/reports/cases", "GET")
bind(period_files.fetch_history, "/desk/reports/histories", "GET")
bind(return_page.fetch_sheet, "/desk/reports/returns/{name}", "GET")
bind(return_page.show, "/desk/reports/returns/{name}/figures", "GET")
bind(return_codes.show, "/desk/reports/returns/{name}/codes", "GET")
bind(effect.show, "/desk/reports/effect", "GET")
bind(proof_page.show, "/desk/proof", "GET")
bind(survey_texts_page.show, "/desk/survey-texts", "GET")
bind(survey_texts_page.choose, "/desk/survey-texts", "POST")
bind(return_codes.change, "/desk/reports/returns/{name}/codes", "POST")

# Websites and complainants
bind(form_definition.show_form, "/v1/form", "GET")
bind(intake.give_challenge, "/v1/challenge", "GET")
bind(intake.receive_complaint, "/v1/complaints", "POST")
bind(complainant.show_complaint, COMPLAINT, "GET")
bind(complainant.show_data, f"{COMPLAINT}/data", "GET")
bind(complainant.correct_contact, f"{COMPLAINT}/contact", "POST")
bind(complainant.adjust, f"{COMPLAINT}/adjustments", "POST")
bind(complainant.decline_remedy, f"{COMPLAINT}/remedies", "POST")
bind(own_link.change, f"{COMPLAINT}/link", "POST")
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
bind(cases.show_me, "/v1/desk/me", "GET")
bind(cases.show_members, "/v1/desk/members", "GET")
bind(members_csv.post, "/v1/desk/members/csv", "POST")
bind(directory_token.rotate, "/v1/desk/directory/token", "POST")
bind(queues.list_cases, "/v1/desk/complaints", "GET")
bind(desk_home.show, "/v1/desk/home", "GET")
bind(tasks.list_tasks, "/v1/desk/tasks", "GET")
bind(actions.list_actions, "/v1/desk/actions", "GET")
bind(access_log.show, "/v1/desk/access", "GET")
bind(retention.show, "/v1/desk/retention", "GET")
bind(saved_filters.list_views, "/v1/desk/views", "GET")
bind(saved_filters.put_views, "/v1/desk/views", "PUT")
bind(search.find_cases, "/v1/desk/search", "GET")
bind(bulk.post, "/v1/desk/bulk", "POST")
bind(bulk.show, "/v1/desk/bulk/{bulk}", "GET")
bind(bulk.step, "/v1/desk/bulk/{bulk}/steps", "POST")
bind(desk_intake.take_down, "/v1/desk/complaints", "POST")
bind(export.export, "/v1/desk/export", "GET")
bind(case_export.export_cases, "/v1/desk/export/cases", "GET")
bind(history_export.export_histories, "/v1/desk/export/histories", "GET")
bind(proof.show, "/v1/desk/proof", "GET")
bind(returns.list_returns, "/v1/desk/returns", "GET")
bind(returns.show_return, "/v1/desk/returns/{name}", "GET")
bind(staff_load.show, "/v1/desk/reports/load", "GET")
bind(reports.show, "/v1/desk/reports/{name}", "GET")
bind(survey_texts.list_texts, "/v1/desk/survey-texts", "GET")
bind(survey_texts.choose, "/v1/desk/survey-texts/{text}", "POST")
bind(report_cases.list_cases, "/v1/desk/reports/{name}/cases", "GET")
bind(desk_intake.take_over, "/v1/desk/imports", "POST")
bind(cases.show_case, CASE, "GET")
bind(desk_attachments.fetch_for_staff, f"{CASE}/attachments/{{attachment}}", "GET")
bind(desk_attachments.offer_for_staff, f"{CASE}/attachments", "POST")
bind(desk_attachments.announce_for_staff, f"{CASE}/attachments/{{attachment}}/arrived", "POST")
bind(cases.show_audit, f"{CASE}/audit", "GET")
bind(person.show, f"{CASE}/person", "GET")
bind(presence.announce, f"{CASE}/presence", "POST")
bind(case_letters.list_letters, f"{CASE}/letters", "GET")
bind(case_letters.show_letter, f"{CASE}/letters/{{letter}}", "GET")
bind(case_macros.list_macros, f"{CASE}/macros", "GET")
bind(case_texts.list_for_command, f"{CASE}/texts/{{verb}}", "GET")
bind(cases.handle_command, f"{CASE}/commands/{{verb}}", "POST")
bind(desk_mail.list_mail, "/v1/desk/mail", "GET")
bind(desk_mail.show_mail, MAIL, "GET")
bind(raw_mail.fetch, f"{MAIL}/raw", "GET")
bind(inbound_mail_actions.join, f"{MAIL}/join", "POST")
bind(inbound_mail_actions.make_complaint, f"{MAIL}/complaint", "POST")
bind(inbound_mail_actions.move, f"{MAIL}/move", "POST")
bind(settings.list_settings, "/v1/desk/settings", "GET")
bind(settings.show_setting, SETTING, "GET")
bind(settings.change_setting, f"{SETTING}/commands/{{verb}}", "POST")
bind(webhook_secret.reveal, f"{SETTING}/secret", "POST")
bind(enclosures.offer_for_letters, f"{SETTING}/files", "POST")
bind(calendar_dry_run.dry_run, f"{SETTING}/dry-run", "POST")
bind(letter_preview.preview, f"{SETTING}/preview", "POST")
bind(standard_texts.list_texts, "/v1/desk/texts", "GET")
bind(automations.list_automations, "/v1/desk/automations", "GET")
bind(automation_dry_run.dry_run, "/v1/desk/automations/{name}/dry-run", "POST")
bind(packs.list_packs, "/v1/desk/packs", "GET")
bind(records.list_records, "/v1/desk/records", "GET")
bind(records.show_record, RECORD, "GET")
bind(records.change_record, f"{RECORD}/commands/{{verb}}", "POST")
bind(pack_dry_run.dry_run, "/v1/desk/packs/{pack}/dry-run", "POST")

# The directory
bind(scim.all_users, "/scim/v2/Users", "GET", "POST")
bind(scim.search, "/scim/v2/Users/.search", "POST")
bind(scim.search, "/scim/v2/.search", "POST")
bind(scim.one_user, "/scim/v2/Users/{user}", "GET", "PUT", "PATCH", "DELETE")
bind(scim.show_config, "/scim/v2/ServiceProviderConfig", "GET")
bind(scim.list_types, "/scim/v2/ResourceTypes", "GET")
bind(scim.show_type, "/scim/v2/ResourceTypes/{name}", "GET")
bind(scim.list_schemas, "/scim/v2/Schemas", "GET")
bind(scim.show_schema, "/scim/v2/Schemas/{name}", "GET")

# What is not there
for path, bound in list(app.routes.items()):
    bind(system.only(tuple(bound)), path, *(method for method in METHODS if method not in bound))
bind(system.nothing_here, "/{proxy+}", *METHODS)

# The schedule, the stream and the mail service
make_evidence = app.schedule(Rate(1, unit=Rate.MINUTES))(make_packs.make_evidence)
seal_checkpoints = app.schedule(Cron("5", "*", "*", "*", "?", "*"))(checkpoints.seal_checkpoints)
escalate_overdue = app.schedule(Rate(1, unit=Rate.MINUTES))(schedule.escalate_overdue)
erase_cases = app.schedule(Rate(1, unit=Rate.MINUTES))(erasure.erase_cases)
send_letters = app.on_dynamodb_record(stream_arn=TABLE_STREAM, batch_size=10)(outbox.send_letters)
follow_cases = app.on_dynamodb_record(stream_arn=TABLE_STREAM, batch_size=100)(case_stream.follow_cases)
settle_letter = app.on_sns_message(MAIL_EVENTS)(ses_events.settle_letter)
take_mail = app.on_sns_message(MAIL_RECEIVED)(inbound_mail.take_mail)

# What a function that starts from a snapshot finds in memory
snap_start.fill()
