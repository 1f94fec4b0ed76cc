"""Tables that a manager can read: who may do what, and what may be done when, at first and later.

They are written by hand from the process, never made from the code that they are held against.
"""

from collections.abc import Iterable

WHO = """
                  agent reviewer quality auditor privacy custodian admin
read_me           x     x        x       x       x       x         x
read_members      x     x        x       x       x       x         x
read_settings     x     x        x       x       x       x         x
read_staff        .     .        .       x       .       .         x
read_queue        x     x        x       x       x       x         .
read_case         x     x        x       x       x       x         .
read_audit        x     x        x       x       x       x         .
read_access_log   .     .        .       x       x       .         .
read_retention    .     .        .       x       x       .         x
read_mail         x     x        .       .       .       .         .
read_secret       .     .        .       .       .       .         x
test_webhook      .     .        .       .       .       .         x
read_stray_mail   .     .        .       .       .       .         x
join_mail         x     x        .       .       .       .         .
add_file          x     x        .       .       .       .         .
move_mail         .     .        .       .       .       .         x
read_reports      .     x        x       x       .       .         x
read_report_cases .     x        x       x       .       .         .
read_export       .     .        x       x       .       .         .
export_people     .     .        x       .       .       .         .
read_survey_texts .     .        x       .       .       .         .
read_proof        .     .        .       x       .       .         x
keep_views        x     x        x       .       .       .         .
read_records      x     x        x       x       x       .         x
keep_records      x     x        x       x       x       .         x
acknowledge       x     x        .       .       .       .         .
assign            x     x        .       .       .       .         .
tell              x     x        .       .       .       .         .
prioritise        x     x        .       .       .       .         .
assess            x     x        .       .       .       .         .
classify          x     x        .       .       .       .         .
secure            x     x        .       .       .       .         .
note              x     x        x       .       .       .         .
message           x     x        .       .       .       .         .
send_file         x     x        .       .       .       .         .
ask               x     x        .       .       .       .         .
resume            x     x        .       .       .       .         .
find              x     x        .       .       .       .         .
point             x     x        .       .       .       .         .
answer_point      x     x        .       .       .       .         .
decide            x     x        .       .       .       .         .
approve           .     x        .       .       .       .         .
return            .     x        .       .       .       .         .
respond           x     x        .       .       .       .         .
close             x     x        .       .       .       .         .
record            x     x        .       .       .       .         .
remedied          x     x        .       .       .       .         .
decline_remedy    x     x        .       .       .       .         .
record_referral   x     x        .       .       .       .         .
escalate          x     x        .       .       .       .         .
extend            x     x        .       .       .       .         .
explain_delay     x     x        .       .       .       .         .
reopen            .     x        .       .       .       .         .
recuse            x     x        .       .       .       .         .
protect           x     x        .       .       .       .         .
add_complainant   x     x        .       .       .       .         .
drop_complainant  x     x        .       .       .       .         .
represent         x     x        .       .       .       .         .
name_respondent   x     x        .       .       .       .         .
record_side       x     x        .       .       .       .         .
plan_contact      .     x        .       .       .       .         .
adjust            x     x        .       .       .       .         .
change_link       x     x        .       .       .       .         .
correct_contact   x     x        .       .       .       .         .
correct_details   x     x        .       .       .       .         .
link              x     x        .       .       .       .         .
unlink            x     x        .       .       .       .         .
merge             x     x        .       .       .       .         .
posted            x     x        .       .       .       .         .
convert           x     x        .       .       .       .         .
withdraw          x     x        .       .       .       .         .
receive           x     x        .       .       .       .         .
import            .     x        .       .       .       .         .
redact            .     x        .       .       .       .         .
open_identity     .     .        .       .       .       x         .
prepare_case_file .     x        .       .       .       .         .
erase             .     .        .       .       x       .         .
erase_party       .     .        .       .       x       .         .
refuse_erasure    .     .        .       .       x       .         .
hold              .     .        .       .       x       .         .
lift_hold         .     .        .       .       x       .         .
restrict          .     .        .       .       x       .         .
unrestrict        .     .        .       .       x       .         .
task              x     x        .       .       .       .         .
complete          x     x        x       .       .       .         .
reassign          x     x        x       .       .       .         .
cancel            x     x        x       .       .       .         .
act               x     x        x       .       .       .         .
acted             x     x        x       .       .       .         .
change_site       .     .        .       .       .       .         x
change_team       .     .        .       .       .       .         x
change_codes      .     .        .       .       .       .         x
change_texts      .     .        .       .       .       .         x
put_wording_texts .     .        .       .       .       .         x
change_packs      .     .        .       .       .       .         x
dry_run           .     x        x       .       .       .         x
add_site          .     .        .       .       .       .         x
put_codes         .     .        .       .       .       .         x
change_calendar   .     .        .       .       .       .         x
put_day_calendar  .     .        .       .       .       .         x
remove_day_calendar .     .        .       .       .       .         x
change_fields     .     .        .       .       .       .         x
put_field_fields  .     .        .       .       .       .         x
change_macro      .     x        .       .       .       .         x
change_automation .     .        .       .       .       .         x
change_standard_text .     x        .       .       .       .         x
change_pack       .     .        .       .       .       .         x
migrate_packs     .     .        .       .       .       .         x
change_member     .     .        .       .       .       .         x
rotate_site       .     .        .       .       .       .         x
put_checklist_site .     .        .       .       .       .         x
put_transactions_site .     .        .       .       .       .         x
put_retention_site .     .        .       .       .       .         x
map_return_codes  .     .        .       .       .       .         x
put_enclosure_texts .     .        .       .       .       .         x
deactivate_member .     .        .       .       .       .         x
activate_member   .     .        .       .       .       .         x
send_invitation   .     .        .       .       .       .         x
send_again_invitation .     .        .       .       .       .         x
withdraw_invitation .     .        .       .       .       .         x
change_directory  .     .        .       .       .       .         x
stop_directory    .     .        .       .       .       .         x
rotate_directory  .     .        .       .       .       .         x
"""

WHEN = """
               received acknowledged assessed found decided unapproved issued asked responded silent closed withdrawn escalated reviewed referred linked merged paper thanked
acknowledge    x        .            .        .     .       .          .      .     .         .      .      .         .         .        .        x      .      x     .
assign         x        x            x        x     x       x          x      x     x         .      .      .         x         x        x        x      .      x     x
tell           x        x            x        x     x       x          x      x     x         .      .      .         x         x        x        x      .      x     x
prioritise     x        x            x        x     x       x          x      x     x         .      .      .         x         x        x        x      .      x     x
assess         x        x            x        x     x       x          x      .     .         .      .      .         x         .        .        x      .      x     .
classify       x        x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      .      x     x
secure         .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
note           x        x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      .      x     x
message        x        x            x        x     x       x          x      x     x         x      x      .         x         x        x        x      .      x     x
send_file      .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
ask            x        x            x        x     x       x          .      .     .         .      .      .         x         .        .        x      .      x     .
resume         .        .            .        .     .       .          .      x     .         .      .      .         .         .        .        .      .      .     .
find           .        .            x        x     x       x          x      .     .         .      .      .         x         .        .        .      .      .     .
point          x        x            x        x     x       x          .      .     .         .      .      .         x         .        .        x      .      x     .
answer_point   .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
decide         .        .            x        x     x       x          .      .     .         .      .      .         r         .        .        .      .      .     .
approve        .        .            .        .     .       x          .      .     .         .      .      .         .         .        .        .      .      .     .
return         .        .            .        .     .       x          .      .     .         .      .      .         .         .        .        .      .      .     .
respond        .        .            .        .     x       .          .      .     .         .      .      .         .         .        .        .      .      .     .
escalate       x        x            x        x     x       x          .      x     x         .      .      .         r         r        .        x      .      x     .
extend         r        r            r        r     r       r          r      .     .         .      .      .         r         .        .        r      .      r     .
explain_delay  .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
record         .        .            .        .     .       .          .      .     .         .      .      .         .         .        x        .      .      .     .
remedied       .        .            .        .     .       .          .      .     x         x      x      .         .         x        x        .      .      .     .
decline_remedy .        .            .        .     .       .          .      .     x         x      x      .         .         x        x        .      .      .     .
record_referral .        .        .        .        .        .        .        .        x        x        x        .        .        x        x        .        .        .        .
close          x        x            x        x     x       x          x      x     x         .      .      .         x         x        x        x      .      x     x
reopen         .        .            .        .     .       .          .      .     .         x      x      x         .         .        .        .      .      .     .
recuse         x        x            x        x     x       x          x      x     x         .      .      .         x         x        x        x      .      x     x
protect        x        x            x        x     x       x          x      x     x         .      .      .         x         x        x        x      .      x     x
link           x        x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      .      x     x
unlink         .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        x      x      .     .
merge          x        x            x        x     x       x          .      x     .         .      .      .         .         .        .        x      .      x     .
posted         .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      x     .
convert        .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     x
task           x        x            x        x     x       x          x      x     x         .      .      .         x         x        x        x      .      x     x
complete       .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
reassign       .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
cancel         .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
act            x        x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      .      x     x
acted          .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
add_complainant x   x   x   x   x   x   x   x   x   x   x   x   x   x   x   x   .   x   x
drop_complainant .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
represent       x   x   x   x   x   x   x   x   x   x   x   x   x   x   x   x   .   x   x
name_respondent x   x   x   x   x   x   x   x   x   x   x   x   x   x   x   x   .   x   x
record_side     .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
plan_contact x       x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      .      x     x
adjust          x       x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      .      x     x
change_link     x       x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      .      x     x
correct_contact x       x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      .      x     x
correct_details x       x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      .      x     x
redact         x        x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      x      x     x
open_identity  .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
prepare_case_file x        x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      x      x     x
erase          .        .            .        .     .       .          .      .     .         .      .      x         .         .        .        .      .      .     .
erase_party    .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
refuse_erasure x        x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      x      x     x
hold           x        x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      .      x     x
lift_hold      .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
restrict       x        x            x        x     x       x          x      x     x         x      x      x         x         x        x        x      x      x     x
unrestrict     .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
add            x        x            x        x     x       x          x      x     x         x      x      .         x         x        x        x      .      x     x
attach         x        x            x        x     x       x          x      x     x         .      .      .         x         x        x        x      .      x     x
answer         .        .            .        .     .       .          .      .     x         x      .      .         .         x        .        .      .      .     .
withdraw       x        x            x        x     x       x          x      x     x         .      .      .         x         x        x        x      .      x     .
survey         .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
decline_survey .        .            .        .     .       .          .      .     .         .      .      .         .         .        .        .      .      .     .
"""  # noqa: E501
"""Situations are those of `situations.py`; of `investigating` there are four. `r` is for reviewers only."""

AGAIN = """
               review_found review_decided review_unapproved review_issued review_asked review_closed review_withdrawn outside_closed outside_withdrawn reopened recused own barred improving surveyed tasked in_points alarmed
acknowledge    .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         x
assign         x            x              x                 x             x            .             .                .              .                 x        .       x   .      .         .        x      x         x
tell           x            x              x                 x             x            .             .                .              .                 x        .       x   .      .         .        x      x         x
prioritise     x            x              x                 x             x            .             .                .              .                 x        .       x   .      .         .        x      x         x
assess         x            x              x                 x             .            .             .                .              .                 x        .       x   .      .         .        x      x         x
classify       x            x              x                 x             x            x             x                x              x                 x        .       x   .      x         x        x      x         x
secure         .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         x
note           x            x              x                 x             x            x             x                x              x                 x        x       x   x      x         x        x      x         x
message        x            x              x                 x             x            x             .                x              .                 x        .       x   .      x         x        x      x         x
send_file      .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
ask            x            x              x                 .             .            .             .                .              .                 x        .       x   .      .         .        x      x         x
resume         .            .              .                 .             x            .             .                .              .                 .        .       .   .      .         .        .      .         .
find           x            x              x                 x             .            .             .                .              .                 x        .       x   .      .         .        x      x         .
point          x            x              x                 .             .            .             .                .              .                 x        .       x   .      .         .        x      x         x
answer_point   .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      x         .
decide         r            r              r                 .             .            .             .                .              .                 x        .       x   .      .         .        x      .         .
approve        .            .              x                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
return         .            .              x                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
respond        .            x              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
escalate       r            r              r                 .             r            .             .                .              .                 x        .       x   .      .         .        x      x         x
extend         r            r              r                 r             .            .             .                .              .                 r        .       r   .      .         .        r      r         r
explain_delay  .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
record         .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
remedied       .            .              .                 .             .            x             x                x              x                 .        .       .   .      x         x        .      .         .
decline_remedy .            .              .                 .             .            x             x                x              x                 .        .       .   .      x         x        .      .         .
record_referral .        .        .        .        .        x        .        x        .        .        .        .        .        x        x        .        .        .
close          x            x              x                 x             x            .             .                .              .                 x        .       x   .      .         .        x      x         x
reopen         .            .              .                 .             .            x             x                x              x                 .        .       .   .      x         x        .      .         .
recuse         x            x              x                 x             x            .             .                .              .                 x        .       x   .      .         .        x      x         x
protect        x            x              x                 x             x            .             .                .              .                 x        .       x   x      .         .        x      x         x
link           x            x              x                 x             x            x             x                x              x                 x        .       x   .      x         x        x      x         x
unlink         .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
merge          .            .              .                 .             .            .             .                .              .                 .        .       x   .      .         .        x      x         x
posted         .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
convert        .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
task           x            x              x                 x             x            .             .                .              .                 x        .       x   x      .         .        x      x         x
complete       .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        x      .         .
reassign       .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        x      .         .
cancel         .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        x      .         .
act            x            x              x                 x             x            x             x                x              x                 x        q       x   x      x         x        x      x         x
acted          .            .              .                 .             .            .             .                .              .                 .        .       .   .      x         .        .      .         .
add_complainant x   x   x   x   x   x   x   x   x   x   .   x   x   x   x   x   x                                                                                                                                       x
drop_complainant .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .                                                                                                                                      .
represent       x   x   x   x   x   x   x   x   x   x   .   x   x   x   x   x   x                                                                                                                                       x
name_respondent x   x   x   x   x   x   x   x   x   x   .   x   .   x   x   x   x                                                                                                                                       x
record_side     .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .                                                                                                                                       .
plan_contact x           x              x                 x             x            x             x                x              x                 x        .       x   x      x         x        x      x         x
adjust          x           x              x                 x             x            x             x                x              x                 x        .       x   x      x         x        x      x         x
change_link     x           x              x                 x             x            x             x                x              x                 x        .       x   x      x         x        x      x         x
correct_contact x           x              x                 x             x            x             x                x              x                 x        .       x   x      x         x        x      x         x
correct_details x           x              x                 x             x            x             x                x              x                 x        .       x   x      x         x        x      x         x
redact         x            x              x                 x             x            x             x                x              x                 x        .       x   x      x         x        x      x         x
open_identity  .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
prepare_case_file x            x              x                 x             x            x             x                x              x                 x        .       x   x      x         x        x      x         x
erase          .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
erase_party    .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
refuse_erasure x            x              x                 x             x            x             x                x              x                 x        x       x   x      x         x        x      x         x
hold           x            x              x                 x             x            x             x                x              x                 x        x       x   x      x         x        x      x         x
lift_hold      .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
restrict       x            x              x                 x             x            x             x                x              x                 x        x       x   x      x         x        x      x         x
unrestrict     .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
add            x            x              x                 x             x            x             .                x              .                 x        x       x   x      x         x        x      x         x
attach         x            x              x                 x             x            .             .                .              .                 x        x       x   x      .         .        x      x         x
answer         .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         .        .      .         .
withdraw       x            x              x                 x             x            .             .                .              .                 x        c       x   c      .         .        x      x         x
survey         .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         x        .      .         .
decline_survey .            .              .                 .             .            .             .                .              .                 .        .       .   .      .         x        .      .         .
"""  # noqa: E501
"""Those of `later_situations.py`: a review, an end outside, who may take no part, and what comes later.

`c` is for complainants only, `q` for quality only.
"""


def read(table: str, mark: str = "x") -> dict[str, frozenset[str]]:
    """For each column the rows that are marked in it.

    >>> read('''
    ...        one two
    ... swim   x   .
    ... sing   x   x
    ... ''')["two"]
    frozenset({'sing'})
    """
    head, *lines = (line.split() for line in table.strip().splitlines())
    rows = {name: dict(zip(head, marks, strict=True)) for name, *marks in lines}
    return {column: frozenset(name for name, row in rows.items() if row[column] == mark) for column in head}


def written(columns: dict[str, frozenset[str]], rows: Iterable[str]) -> str:
    """A table in the same shape, so that the two can be laid side by side."""
    lines = [f"{'':<18}" + " ".join(columns)]
    for row in rows:
        marks = (("x" if row in marked else ".").ljust(len(name)) for name, marked in columns.items())
        lines.append(f"{row:<17} " + " ".join(marks))
    return "\n" + "\n".join(line.rstrip() for line in lines) + "\n"
