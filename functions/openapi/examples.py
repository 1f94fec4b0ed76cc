"""Examples for the API's description: a body of each type, and the answers that are asked about most."""

from typing import Any

from complaints.handling.staff_commands import STAFF_COMMANDS
from functions.openapi.record_examples import OF_RECORDS

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
    "ChangeOwnLink": {"change": "renew"},
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
    "PutRetention": {
        "data": "case",
        "months": 72,
        "counted_from": "closing",
        "basis": "law",
        "source": "Commercial Code, section 257",
        "reason": "Agreed with our data protection officer.",
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
    "SurveyTextChoice": {"text": "[…] called twice, and was kind."},
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
    "OfferedCategory": {
        "code": "conduct.unequal_treatment",
        "label": "Unequal treatment",
        "sealed": True,
    },
    "Receipt": {
        "reference": _REFERENCE,
        "access": "<opaque token, shown here only>",
        "receipt_code": "7K3M-9QX2-HT0A-C4D8",
        "status_url": f"https://complaints.example.org/status/{_REFERENCE}?t=<token>",
        "received_at": "2026-03-04T10:15:30+03:00",
        "title": "We have your complaint",
        "promises": [_PROMISE],
        "zone_text": "All times are local times in Istanbul.",
        "keep": None,
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

EXAMPLES: dict[str, Any] = _OF_COMPLAINANTS | _OF_INTAKE | _OF_COMMANDS | OF_RECORDS | _OF_OFFICES | _ANSWERED
"""By the name of the type."""
