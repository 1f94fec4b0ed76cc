"""Alarms on what functions count themselves: letters, cases, records.

Most functions answer for each letter or case by itself and end well, so Lambda's own count of errors says
nothing of it.
"""

from infrastructure.template.alarms.alarm import BELOW, HOUR, MINUTE, OURS, SILENT, alarm, of
from infrastructure.template.intrinsics import Json


def letters() -> Json:
    """Letters that wait, by reason, that fail, and the webhooks among them."""
    sends, settles = of("SendLetters"), of("SettleLetter")
    return {
        "LettersBlocked": alarm(
            "The mail service takes no letters before somebody mends the account",
            f"{OURS} LettersPutOff",
            of("SendLetters", Reason="account"),
        ),
        "LettersDelayed": alarm(
            "The mail service put off ten letters in a quarter of an hour",
            f"{OURS} LettersPutOff",
            of("SendLetters", Reason="service"),
            threshold=10,
            period=15 * MINUTE,
        ),
        "LettersCapped": alarm(
            "Ten letters in an hour were over a cap and wait",
            f"{OURS} LettersPutOff",
            of("SendLetters", Reason="limit"),
            threshold=10,
            period=HOUR,
        ),
        "LettersOld": alarm(
            "A letter will have waited for an hour when it is tried again",
            f"{OURS} LetterAge",
            sends,
            statistic="Maximum",
            threshold=HOUR,
        ),
        "LettersLate": alarm(
            "A letter has waited for ten minutes, and nobody has tried to send it",
            f"{OURS} UntriedLetterAge",
            of("EscalateOverdue"),
            statistic="Maximum",
            threshold=10 * MINUTE,
        ),
        "LettersNotSent": alarm(
            "Sending failed at five letters in a quarter of an hour",
            f"{OURS} LettersNotSent",
            sends,
            threshold=5,
            period=15 * MINUTE,
        ),
        "LettersUnwritten": alarm(
            "A letter could not be written, and will not leave", f"{OURS} LettersUnwritten", sends
        ),
        "LettersRefused": alarm(
            "Three letters in an hour will not leave",
            f"{OURS} LettersFailed",
            sends,
            threshold=3,
            period=HOUR,
        ),
        "LettersReturned": alarm(
            "Five letters in an hour came back for good",
            f"{OURS} LettersFailed",
            settles,
            threshold=5,
            period=HOUR,
        ),
        "WebhooksLost": alarm("A webhook was given up", f"{OURS} WebhooksGivenUp", sends),
    }


def synthetic() -> Json:
    """The synthetic complaint, which walks every six hours where the operator wants it."""
    return {
        "SyntheticMissing": {"Condition": "WalksSynthetic"}
        | alarm(
            "No synthetic complaint was acknowledged in time for seven hours",
            f"{OURS} SyntheticArrived",
            of("EscalateOverdue"),
            period=7 * HOUR,
            comparison=BELOW,
            missing=SILENT,
        )
    }


def casework() -> Json:
    """Cases that cannot be worked, what the schedule left undone, and news of cases that went unheard."""
    schedule = of("EscalateOverdue")
    return {
        "CasesStuck": alarm(
            "A case cannot be worked: its deadlines are not watched", f"{OURS} CasesNotWorked", schedule
        ),
        "CasesHindered": alarm(
            "The store stood in the way of the schedule ten times in a quarter of an hour",
            f"{OURS} CasesHindered",
            schedule,
            threshold=10,
            period=15 * MINUTE,
        ),
        "ScheduleBehind": alarm(
            "Five runs of the schedule in ten minutes left something undone",
            f"{OURS} ScheduleRunsTooShort",
            schedule,
            threshold=5,
            period=10 * MINUTE,
        ),
        "RecordsNotFollowed": alarm(
            "Five records of the stream in a quarter of an hour could not be counted, indexed or noted",
            f"{OURS} RecordsNotFollowed",
            of("FollowCases"),
            threshold=5,
            period=15 * MINUTE,
        ),
        "PacksNotMade": alarm(
            "Three steps of evidence packs failed in a quarter of an hour",
            f"{OURS} PacksNotMade",
            of("MakeEvidence"),
            threshold=3,
            period=15 * MINUTE,
        ),
        "UnusualReading": alarm(
            "Somebody read cases in a way that a rule asks about", f"{OURS} UnusualReadings", schedule
        ),
        "ReadingNotWatched": alarm(
            "It could not be looked at what was read on a day", f"{OURS} ReadingNotWatched", schedule
        ),
        "PromisesUnreadable": alarm(
            "Promises of a pack cannot be read: sites go on with others",
            f"{OURS} UnreadablePacks",
            of("APIHandler"),
        ),
    }


def records() -> Json:
    """What checkpoints and erasures found: a checkpoint that is missing or gone, a record that is not what
    was sealed, a restore that excuses it, and a case that no run gets erased."""
    seals = of("SealCheckpoints")
    return {
        "SealingSilent": alarm(
            "No checkpoint was made for two hours: what changes is not sealed",
            f"{OURS} CheckpointsMade",
            seals,
            period=2 * HOUR,
            comparison=BELOW,
            missing=SILENT,
        ),
        "CheckpointsGone": alarm(
            "A checkpoint that was made is not in the bucket", f"{OURS} CheckpointsRolledBack", seals
        ),
        "CheckpointsNotMailed": alarm(
            "The checkpoint of a day could not be sent by mail", f"{OURS} CheckpointsNotMailed", seals
        ),
        "CheckpointsNotStamped": alarm(
            "The checkpoint of a day has had no time stamp for more than a day",
            f"{OURS} CheckpointsNotStamped",
            seals,
        ),
        "RestoreStated": alarm(
            "A restore of the table was put on record: what is gone since is excused",
            f"{OURS} RestoresStated",
            seals,
        ),
        "RecordDiffers": alarm(
            "The record is not what was sealed: somebody changed it", f"{OURS} RecordsThatDiffer", seals
        ),
        "EntriesRewritten": alarm(
            "An entry of the record was changed or removed in the table",
            f"{OURS} EntriesRewritten",
            of("FollowCases"),
        ),
        "KeysLost": alarm(
            "Words for a case were refused because its data key is gone",
            f"{OURS} DataKeysLost",
            of("APIHandler"),
        ),
        "ErasuresLate": alarm(
            "A case waits for more than an hour to be erased", f"{OURS} ErasuresLate", of("EraseCases")
        ),
    }
