"""Examples for the API's description: a body of each type, and the answers that are asked about most."""

from typing import Any

from complaints.casework.staff_commands import STAFF_COMMANDS

_REFERENCE = "C-7K3M9-QX2HT-7"
_AT = "2026-03-05T10:00:00+03:00"
_PROMISE = {
    "clock": "respond",
    "name": "Response",
    "due": "2026-04-03T18:00:00+03:00",
    "due_text": "Friday, 3 April 2026 at 18:00",
    "why": "30 calendar days",
    "left_out": [],
}
_COMPLAINT = {
    "site": "demo",
    "language": "en",
    "complainant": {"name": "Ada Yılmaz", "email": "ada@example.org", "kind": "consumer"},
    "subject": "Parcel arrived broken",
    "description": "The lamp arrived in four pieces.",
    "category": "delivery.damaged",
    "product": "Order 4711",
    "occurred_on": "2026-03-02",
    "remedy_sought": "A new lamp.",
    "consent": True,
}

_PACK_FILE = {
    "format": 1,
    "events": ["complaint_received", "responded"],
    "letter_blocks": [],
    "packs": [
        {
            "id": "our-own",
            "version": 1,
            "title": "An answer within 14 days",
            "source": {"name": "Our own rule", "section": "Handbook, 4.2"},
            "status": "own",
            "effective_from": "2026-01-01",
            "effective_to": None,
            "timezone": "site",
            "working_time": {"mon": [["09:00", "18:00"]]},
            "holiday_calendar": "site",
            "conditions": [],
            "external_body": None,
            "letter_blocks": [],
            "clocks": [
                {
                    "id": "respond",
                    "purpose": "respond",
                    "starts_on": "complaint_received",
                    "stops_on": "responded",
                    "amount": 14,
                    "unit": "calendar_days",
                    "counting": "next_day",
                    "roll": "preceding",
                    "eod": "close",
                    "pause": {"allowed": False},
                    "extension": None,
                    "conditions": [],
                    "letter_blocks": [],
                    "escalates": [{"when": "due", "to": "manager"}],
                    "confidence": "own",
                }
            ],
        }
    ],
}

_OF_COMPLAINANTS: dict[str, Any] = {
    "Form": _COMPLAINT | {"proof": "<the solved challenge, as ALTCHA encodes it>"},
    "Add": {"text": "Here is the number on the box: 4711."},
    "Answer": {"accepts": False, "reason": "The new lamp is broken too."},
    "Insist": {"reason": "I do want an answer."},
    "DeclineOwnRemedy": {"remedy": "apology"},
    "AdjustOwn": {"adjustment": "interpreter", "details": "Kurdish"},
    "CorrectOwnContact": {"phone": "+90 212 000 00 01"},
    "Withdraw": {"reason": "It has been found."},
    "FileOffer": {"name": "lamp.jpg", "type": "image/jpeg", "size": 48213},
    "Announcement": {},
    "AnswerSurvey": {"easy": 5, "respect": 4, "understood": 4, "time": 2, "outcome": 3},
    "DeclineSurvey": {},
}

_OF_INTAKE: dict[str, Any] = {
    "ToldForm": _COMPLAINT | {"channel": "telephone", "received_at": _AT},
    "ImportedForm": {
        "site": "demo",
        "complainant": {"name": "Ada Yılmaz", "email": "ada@example.org"},
        "description": "The lamp arrived in four pieces.",
        "received_at": "2024-11-03T09:12:00+03:00",
        "ended_at": "2024-11-20T16:40:00+03:00",
    },
}

_OF_OFFICES: dict[str, Any] = {
    "DryRun": {"site": "demo"},
    "PackFile": _PACK_FILE,
    "ChangePack": {"file": _PACK_FILE, "reason": "A shorter promise."},
    "WebhookMessage": {
        "type": "complaint.received",
        "timestamp": "2026-03-04T07:15:30Z",
        "data": {
            "reference": "C-7K3M9-QX2HT-7",
            "site": "demo",
            "stage": "received",
            "level": 1,
            "entry": 1,
            "clock": "acknowledge",
            "due": "2026-03-05T15:00:00Z",
        },
    },
    "RotateSecret": {"reason": "The old one stood in a log."},
    "AddSite": {
        "name": "Corner Shop",
        "language": "en",
        "languages": ["en"],
        "zone": "Europe/London",
        "holidays": "GB-ENG",
        "currency": "GBP",
        "origins": ["https://shop.example"],
        "team": "care@shop.example",
        "manager": "head@shop.example",
        "reason": "The shop opens.",
    },
    "ChangeSite": {"approval_limit": "250", "reason": "Agreed in the meeting of March."},
    "ChangeTeam": {"team": "care@example.com", "manager": "head@example.com", "reason": "A new address."},
    "ChangeCodes": {
        "put": [{"list": "categories", "code": "delivery.locker", "labels": {"en": "Parcel locker"}}],
        "reason": "Asked for by the front line.",
    },
    "PutCode": {
        "list": "categories",
        "code": "delivery.locker",
        "labels": {"en": "Parcel locker"},
        "reason": "Asked for by the front line.",
    },
    "MapReturn": {
        "name": "uk-fca-complaints",
        "grouping": "cause",
        "codes": {"privacy.data_misuse": "general_administration"},
        "reason": "Agreed with compliance.",
    },
    "ChangeTexts": {"introduction": {"en": "We are sorry."}, "reason": "Reviewed."},
    "PutWording": {
        "place": "acknowledgement",
        "texts": {"en": "Our office is closed from 24 December to 1 January."},
        "reason": "Asked for by the front line.",
    },
    "PutEnclosure": {
        "block": "uk.fos_leaflet",
        "language": "en",
        "name": "Leaflet of the ombudsman",
        "file": "0123456789abcdef0123456789abcdef",
        "reason": "The edition of 2026.",
    },
    "ChangePacks": {"packs": ["iso10002-default"], "reason": "Back to the promises of the standard."},
    "MigratePacks": {"pack": "iso10002-default", "reason": "The new version promises more."},
    "ChangeStandardText": {
        "title": "Parcel is late",
        "use": "reply",
        "texts": {"en": "Dear {name},\n\nyour parcel is on its way. We answer by {due}."},
        "reason": "Asked for by the front line.",
    },
    "PutChecklist": {
        "category": "delivery.damaged",
        "items": ["1: Ask for photographs.", "3: Ask the depot for the scan."],
        "reason": "Asked for by the front line.",
    },
    "PutTransactions": {"month": "2026-02", "number": 12400, "reason": "As accounting says."},
    "PutField": {
        "code": "size",
        "type": "choice",
        "labels": {"en": "Size"},
        "choices": {"en": "small: Small\nlarge: Large"},
        "reason": "Asked for by the front line.",
    },
    "ChangeMacro": {
        "title": "Parcel is late",
        "steps": [
            {"verb": "assign"},
            {"verb": "classify", "body": {"category": "delivery.late"}},
            {"verb": "message", "texts": {"text": "late_parcel"}},
        ],
        "reason": "Asked for by the front line.",
    },
    "ChangeAutomation": {
        "title": "Broken cups to Deniz",
        "when": "received",
        "categories": ["delivery.damaged"],
        "words": ["cup*", "six cups"],
        "add_tags": ["cups"],
        "assign": "deniz",
        "ask": "photograph",
        "state": "on",
        "reason": "Asked for by the front line.",
    },
    "ChangeFields": {
        "fields": [
            {"code": "serial_number", "type": "text", "labels": {"en": "Serial number"}, "required": True},
            {
                "code": "size",
                "type": "choice",
                "labels": {"en": "Size"},
                "categories": ["product.defective"],
                "choices": [{"code": "small", "labels": {"en": "Small"}}],
            },
        ],
        "reason": "The workshop asks for it each time.",
    },
    "ChangeCalendar": {
        "days": [{"on": "2026-05-19", "names": {"en": "Day of the founder"}}],
        "reason": "Decreed.",
    },
    "PutDay": {"on": "2026-05-19", "names": {"en": "Day of the founder"}, "reason": "Decreed."},
    "RemoveDay": {"on": "2026-05-01", "reason": "We work on this day."},
    "MailJoining": {"reference": _REFERENCE},
    "MailComplaint": {"email": "ada@example.org", "subject": "A broken lamp", "category": "delivery.damaged"},
    "MailMove": {"site": "demo"},
    "AnnouncePresence": {"writing": True},
    "PostBulk": {
        "verb": "classify",
        "command": {"category": "delivery.late"},
        "cases": [{"reference": "C-7K3M9-QX2HT-7", "version": 3}],
    },
    "PutViews": {"items": [{"name": "Late ones", "query": "queue=overdue&site=demo"}]},
    "ChangeMember": {"name": "Deniz", "roles": ["agent"], "sites": ["demo"], "reason": "New here."},
    "DeactivateMember": {"reason": "Left on 1 May."},
    "ActivateMember": {"reason": "Is back."},
    "PostMembersCsv": {
        "csv": "name,email,roles,sites\nDeniz Kaya,deniz.kaya@shop.example,agent,demo\n",
        "reason": "The team grows.",
    },
    "AssignResponsibility": {
        "duty": "process_owner",
        "member": "quinn",
        "since": "2027-01-01",
        "until": "2027-12-31",
        "reports_to": "sam",
        "reason": "Agreed by the management.",
    },
    "EndResponsibility": {"until": "2027-06-30"},
    "RecordTraining": {
        "member": "deniz",
        "topic": "law",
        "on": "2026-11-03",
        "by": "Chamber of commerce",
        "until": "2027-11-30",
        "evidence": "Certificate 4711, with the personnel office.",
    },
    "TakeBackTraining": {"topic": "law", "on": "2026-11-03", "reason": "It was another person."},
    "PublishPolicy": {
        "texts": {"en": "Whoever complains is heard, and gets an answer with reasons."},
        "owner": "quinn",
        "next_review": "2027-12-01",
        "approved_by": "The managing director",
    },
    "ReviewPolicy": {"next_review": "2028-12-01", "reason": "Nothing has changed."},
    "ConfirmReading": {},
    "RaiseAlarm": {
        "category": "delivery.late",
        "month": "2026-12-01",
        "number": 12,
        "before": [2, 1, 3, 2, 2, 1, 2, 3, 1, 2, 2, 3],
        "expected": 2.0,
        "chance": 0.000012,
        "limit": 0.0043,
        "watched": 9,
    },
    "LookInto": {"owner": "quinn", "until": "2027-01-20"},
    "NoProblem": {"why": "A new product: so many were expected."},
    "JoinTheme": {"theme": "late-parcels"},
    "OpenTheme": {
        "title": "Parcels to the islands come late",
        "owner": "quinn",
        "category": "delivery.late",
        "cases": ["C-7K3M9-QX2HT-7"],
    },
    "ChangeTheme": {"title": "Parcels to the islands come late", "owner": "quinn", "cause": "supplier"},
    "LinkCases": {"cases": ["C-7K3M9-QX2HT-7"]},
    "UnlinkCases": {"cases": ["C-7K3M9-QX2HT-7"], "reason": "It had another cause."},
    "InvestigateTheme": {"investigation": "The carrier leaves parcels in one depot.", "cause": "supplier"},
    "TellAffected": {"affected": "All customers of the islands, told by mail.", "affected_number": 1200},
    "DecideTheme": {"decision": "Another carrier for the islands."},
    "CloseTheme": {"result": "Eleven complaints a month became one."},
    "ReopenTheme": {"reason": "It begins again."},
    "PlanAction": {
        "text": "Another carrier for the islands",
        "action": "supplier_action",
        "cause": "supplier",
        "owner": "deniz",
        "due": "2027-02-28",
        "cost": "1200",
        "checker": "quinn",
        "measure": "Complaints with this cause in a month",
        "target": "Fewer than two",
        "check_on": "2027-06-10",
        "theme": "late-parcels",
    },
    "ChangeAction": {
        "text": "Another carrier for the islands",
        "action": "supplier_action",
        "cause": "supplier",
        "owner": "deniz",
        "due": "2027-02-28",
        "cost": "1200",
        "checker": "quinn",
        "measure": "Complaints with this cause in a month",
        "target": "Fewer than two",
        "check_on": "2027-06-10",
        "reason": "The carrier needs more time.",
    },
    "FinishAction": {"done_on": "2027-02-20", "cost": "1350.50"},
    "CheckAction": {"effect": "effective", "result": "One complaint in three months; eleven before."},
    "SendInvitation": {
        "name": "Deniz Kaya",
        "email": "deniz.kaya@shop.example",
        "roles": ["agent"],
        "sites": ["demo"],
        "letter_language": "tr",
        "reason": "New in the team.",
    },
    "SendInvitationAgain": {"reason": "The first letter was lost."},
    "RotateToken": {"reason": "The directory is connected."},
    "ChangeDirectory": {
        "groups": ["Complaints team: agent reviewer @ demo"],
        "reason": "The team is kept in the directory.",
    },
    "StopDirectory": {"reason": "Another directory comes."},
    "WithdrawInvitation": {"reason": "Took another job."},
}

_ANSWERED: dict[str, Any] = {
    "Receipt": {
        "reference": _REFERENCE,
        "access": "<opaque token, shown here only>",
        "status_url": f"https://complaints.example.org/status/{_REFERENCE}?t=<token>",
        "received_at": "2026-03-04T10:15:30+03:00",
        "title": "We have your complaint",
        "promises": [_PROMISE],
        "zone_text": "All times are local times in Istanbul.",
    },
    "Problem": {
        "type": "/problems/invalid",
        "title": "Something in the request is wrong",
        "status": 422,
        "detail": "Each wrong field is named.",
        "errors": [{"pointer": "/complainant/email", "detail": "This is not a mail address."}],
    },
}

_OF_COMMANDS: dict[str, Any] = {
    declared.command.__name__: declared.example for declared in STAFF_COMMANDS.values()
}

EXAMPLES: dict[str, Any] = _OF_COMPLAINANTS | _OF_INTAKE | _OF_COMMANDS | _OF_OFFICES | _ANSWERED
"""By the name of the type."""
