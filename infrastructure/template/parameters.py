"""What differs from one installation to the next, for both of its stacks, and what that of the code answers
with."""

from collections.abc import Mapping
from typing import NamedTuple

from infrastructure.template.intrinsics import Json, att, choose, ref, sub
from infrastructure.template.versions import SHIFTS


def parameter(description: str, *, default: str | None = None, pattern: str | None = None) -> Json:
    """A parameter of type String; one without a default is required."""
    rules = {"Default": default, "AllowedPattern": pattern}
    stated = {key: rule for key, rule in rules.items() if rule is not None}
    return {"Type": "String", "Description": description, **stated}


URL = r"https://[^/\s]+(/[^\s]*[^/\s])?"

NO_KEY = "arn:aws:kms:::none"
"""In the form of an ARN, of nothing: lint holds what policies name to that form."""

PENDING = "https://pending.invalid"
"""The address before the installation has one."""

PARAMETERS = {
    "Sender": parameter("Address that letters come from", pattern=r"[^@\s]+@[^@\s]+"),
    "SenderIdentity": parameter("SES identity that sends: the sender's domain, or an address"),
    "MakesIdentities": parameter(
        "yes where this stack makes the SES identities, of domains; no where they are verified already",
        default="yes",
        pattern="yes|no",
    ),
    "Inbox": parameter(
        "Domain at which answers to letters and complaints by mail arrive, or nothing", default=""
    ),
    "InSandbox": parameter(
        "yes while SES has not granted production access: letters go to verified addresses only, and each"
        " recipient's own identity is asked for the right to send, too",
        default="no",
        pattern="yes|no",
    ),
    "OwnPool": parameter(
        "yes where this stack makes a user pool of Cognito, in which the staff sign in; no where they have an"
        " OpenID provider already",
        default="no",
        pattern="yes|no",
    ),
    "StaffMfa": parameter(
        "In the stack's own pool: ON where everybody needs a second factor, OPTIONAL where people choose",
        default="OPTIONAL",
        pattern="ON|OPTIONAL",
    ),
    "Issuer": parameter(
        "OpenID provider of the staff: its issuer, or nothing with an own pool",
        default="",
        pattern=f"({URL})?",
    ),
    "Audience": parameter("Audience that the provider's tokens must name", default=""),
    "JwksUrl": parameter("Where the provider publishes its keys", default="", pattern=f"({URL})?"),
    "AuthorizeUrl": parameter(
        "Where the provider signs people in to pages, or nothing: then the desk has no pages",
        default="",
        pattern=f"({URL})?",
    ),
    "TokenUrl": parameter("Where the provider exchanges codes, or nothing", default="", pattern=f"({URL})?"),
    "UserinfoUrl": parameter(
        "Where the provider names roles that its ID tokens lack, or nothing",
        default="",
        pattern=f"({URL})?",
    ),
    "Client": parameter("Who we are to the provider, where that is not the audience", default=""),
    "RolesClaim": parameter(
        "Claim of the provider's tokens that names a person's roles; none where it knows no roles, and what a"
        " person may do is said here alone",
        default="roles",
        pattern=r"\S+",
    ),
    "FirstAdministrator": parameter(
        "Who becomes the first administrator by signing in while there is no member: the person's id (sub) at"
        " the provider, or an email address that the provider has verified",
        default="",
    ),
    "Keys": parameter("Prefix of the SecureString parameters that hold our keys", pattern=r"/[\w/-]*\w"),
    "PublicUrl": parameter("Address of the installation without a domain of its own", default=PENDING),
    "Domain": parameter("Domain of its own, or nothing", default=""),
    "Certificate": parameter(
        "ARN of that domain's certificate, which CloudFront looks for in us-east-1",
        default="",
        pattern=r"(arn:[\w-]+:acm:us-east-1:\d+:certificate/[\w-]+)?",
    ),
    "LettersPerHour": parameter(
        "How many letters may leave in an hour to addresses that nobody has shown to be theirs, beside what"
        " is kept for each site; and how many notices to staff, before further ones come together",
        default="480",
        pattern="[1-9][0-9]{1,6}",
    ),
    "LettersPerSecond": parameter(
        "How many mails SES takes from the account in a second (`aws sesv2 get-account` says it), or 0 where"
        " no pace is kept; in the sandbox it is 1",
        default="14",
        pattern="[0-9]{1,4}",
    ),
    "Shift": parameter(
        "How requests go over to an update: all at once, or in steps by CodeDeploy, which goes back to the"
        " version of before where the API fails",
        default=SHIFTS[0],
    )
    | {"AllowedValues": list(SHIFTS)},
    "SnapStart": parameter(
        "yes where the function of the API starts from a picture of its memory, which costs some dollars a"
        " month; no where it does not",
        default="no",
        pattern="yes|no",
    ),
    "Revision": parameter("What the deployment makes of all other parameters", default="none"),
    "AlarmAddress": parameter("Address that alarms are mailed to, or nothing", default=""),
    "Traces": parameter(
        "yes where X-Ray keeps how long each run of a function took; no where it does not",
        default="yes",
        pattern="yes|no",
    ),
    "SyntheticSite": parameter(
        "Key of a site of its own at which the installation complains to itself four times a day, to see"
        " whether acknowledgements leave, or nothing",
        default="",
    ),
    "InboundQuietDays": parameter("After how many days without any inbound mail an alarm rings", default="3")
    | {"Type": "Number", "MinValue": 1, "MaxValue": 7},
    "MostWriteUnits": parameter(
        "Write units a second that the table takes at most, or 0 for no ceiling of ours",
        default="0",
        pattern=r"0|[1-9]\d{2,6}",
    ),
    "MostReadUnits": parameter(
        "Read units a second that the table gives at most, or 0 for no ceiling of ours",
        default="0",
        pattern=r"0|[1-9]\d{2,6}",
    ),
    "ReservesConcurrency": parameter(
        "yes where runs of the schedule and of the function that sends letters are set aside, so that"
        " requests cannot take them all; it needs 126 concurrent runs in the account: a new one has fewer",
        default="no",
        pattern="yes|no",
    ),
    "ScheduleRuns": parameter(
        "Runs of the schedule that are set aside, and work beside each other where more is due than one can"
        " work; 16 work 100,000 cases within five minutes. Without runs set aside it is 4",
        default="16",
    )
    | {"Type": "Number", "MinValue": 4, "MaxValue": 64},
    "OriginSecret": parameter(
        "What the distribution says to API Gateway, so that nobody goes past it: 32 letters and digits or"
        " more; or nothing",
        default="",
        pattern="([A-Za-z0-9]{32,128})?",
    )
    | {"NoEcho": True},
    "OtherOriginSecret": parameter(
        "What API Gateway takes besides, while the secret of the distribution is changed; or nothing",
        default="",
        pattern="([A-Za-z0-9]{32,128})?",
    )
    | {"NoEcho": True},
    "DailyCostLimit": parameter(
        "US dollars that the account may cost in a day before an operator is told, or 0 for no such budget",
        default="5",
    )
    | {"Type": "Number", "MinValue": 0},
    "ExportsCases": parameter(
        "plain where each case is written to a bucket for analysis, without what people wrote and their"
        " names; whole where those are in it, too; no where there is no such bucket",
        default="no",
        pattern="no|plain|whole",
    ),
    "KeyRecoveryDays": parameter(
        "Days for which backups of the table of data keys still hold a key that erasure destroyed, 1 to 35",
        default="7",
        pattern="[1-9]|[12][0-9]|3[0-5]",
    ),
    "BackupCopies": parameter(
        "ARN of a vault of AWS Backup in another region or account, to which the tables are copied each day,"
        " or nothing",
        default="",
        pattern=r"(arn:[\w-]+:backup:[\w-]+:\d+:backup-vault:[\w-]+)?",
    ),
    "FileCopies": parameter(
        "ARN of a versioned bucket in another region or account, to which complainants' files are copied as"
        " they come, or nothing",
        default="",
        pattern=r"(arn:[\w-]+:s3:::[a-z0-9.-]{3,63})?",
    ),
    "FileCopiesKey": parameter(
        "ARN of the key there that encrypts the copies",
        default=NO_KEY,
        pattern=rf"{NO_KEY}|arn:[\w-]+:kms:[\w-]+:\d+:key/[\w-]+",
    ),
    "RestoredTable": parameter("Name of the table that a restore brought, or nothing", default=""),
    # Its default has the form of an ARN, of nothing: lint holds what policies name to that form.
    "RestoredStream": parameter("ARN of the stream of that table", default="arn:aws:dynamodb:::none"),
    "Paused": parameter(
        "yes while a restore goes on: neither schedule nor streams wake anything",
        default="no",
        pattern="yes|no",
    ),
    "EvidenceYears": parameter(
        "How many years nothing in the evidence bucket can be removed, by anybody", default="7"
    )
    | {"Type": "Number", "MinValue": 1, "MaxValue": 100},
    "CheckpointMail": parameter(
        "Address outside to which the checkpoint of each day is sent by mail, or nothing",
        default="",
        pattern=r"([^@\s,;]+@[^@\s,;]+)?",
    ),
    "TimeStampAuthority": parameter(
        "Address (https) of an authority that stamps the checkpoint of each day (RFC 3161), or nothing",
        default="",
        pattern=r"(https://[!-~]+)?",
    ),
    "EarlierKeys": parameter(
        "Ids of keys that signed checkpoints before the one of this stack, with commas between, or nothing",
        default="",
    ),
    "GatewayLogs": parameter(
        "yes where this stack may set the account's role for API Gateway's logs; no where it is set already",
        default="yes",
        pattern="yes|no",
    ),
}

PROVIDER = ("Issuer", "Audience", "JwksUrl")
"""What must be said of a provider of the operator's own."""

_PENDS: Json = {"Fn::Equals": [ref("PublicUrl"), PENDING]}

CONDITIONS: dict[str, Json] = {
    "HasDomain": {"Fn::Not": [{"Fn::Equals": [ref("Domain"), ""]}]},
    "HasCertificate": {"Fn::Not": [{"Fn::Equals": [ref("Certificate"), ""]}]},
    "TakesSnapshots": {"Fn::Equals": [ref("SnapStart"), "yes"]},
    "MakesSender": {"Fn::Equals": [ref("MakesIdentities"), "yes"]},
    "MakesInbox": {
        "Fn::And": [
            {"Condition": "MakesSender"},
            {"Condition": "TakesMail"},
            {"Fn::Not": [{"Fn::Equals": [ref("Inbox"), ref("SenderIdentity")]}]},
        ]
    },
    "SendsInSandbox": {"Fn::Equals": [ref("InSandbox"), "yes"]},
    "OwnsPool": {"Fn::Equals": [ref("OwnPool"), "yes"]},
    "HasAddress": {"Fn::Or": [{"Condition": "HasDomain"}, {"Fn::Not": [_PENDS]}]},
    "InvitesFirstUser": {"Fn::And": [{"Condition": "OwnsPool"}, {"Condition": "HasAddress"}]},
    "TakesMail": {"Fn::Not": [{"Fn::Equals": [ref("Inbox"), ""]}]},
    "CopiesFiles": {"Fn::Not": [{"Fn::Equals": [ref("FileCopies"), ""]}]},
    "CopiesBackups": {"Fn::Not": [{"Fn::Equals": [ref("BackupCopies"), ""]}]},
    "IsRestored": {"Fn::Not": [{"Fn::Equals": [ref("RestoredTable"), ""]}]},
    "IsPaused": {"Fn::Equals": [ref("Paused"), "yes"]},
    "HasAlarmAddress": {"Fn::Not": [{"Fn::Equals": [ref("AlarmAddress"), ""]}]},
    "WalksSynthetic": {"Fn::Not": [{"Fn::Equals": [ref("SyntheticSite"), ""]}]},
    "TracesFunctions": {"Fn::Equals": [ref("Traces"), "yes"]},
    "HasWriteCeiling": {"Fn::Not": [{"Fn::Equals": [ref("MostWriteUnits"), "0"]}]},
    "HasReadCeiling": {"Fn::Not": [{"Fn::Equals": [ref("MostReadUnits"), "0"]}]},
    "HasCeiling": {"Fn::Or": [{"Condition": "HasWriteCeiling"}, {"Condition": "HasReadCeiling"}]},
    "SetsRunsAside": {"Fn::Equals": [ref("ReservesConcurrency"), "yes"]},
    "HasOriginSecret": {"Fn::Not": [{"Fn::Equals": [ref("OriginSecret"), ""]}]},
    "HasOtherOriginSecret": {"Fn::Not": [{"Fn::Equals": [ref("OtherOriginSecret"), ""]}]},
    "WatchesCost": {"Fn::Not": [{"Fn::Equals": [ref("DailyCostLimit"), "0"]}]},
    "SetsGatewayLogs": {"Fn::Equals": [ref("GatewayLogs"), "yes"]},
    "ExportsAnyCases": {"Fn::Not": [{"Fn::Equals": [ref("ExportsCases"), "no"]}]},
    "ExportsWholeCases": {"Fn::Equals": [ref("ExportsCases"), "whole"]},
}

RULES: dict[str, Json] = {
    "DomainHasCertificate": {
        "RuleCondition": CONDITIONS["HasDomain"],
        "Assertions": [
            {
                "Assert": CONDITIONS["HasCertificate"],
                "AssertDescription": "A domain needs a certificate, which CloudFront looks for in us-east-1",
            }
        ],
    },
    "CopiesHaveKey": {
        "RuleCondition": CONDITIONS["CopiesFiles"],
        "Assertions": [
            {
                "Assert": {"Fn::Not": [{"Fn::Equals": [ref("FileCopiesKey"), NO_KEY]}]},
                "AssertDescription": "Copies of files need a key where they are: FileCopiesKey",
            }
        ],
    },
    "PoolHasFirstUser": {
        "RuleCondition": CONDITIONS["OwnsPool"],
        "Assertions": [
            {
                "Assert": {"Fn::Not": [{"Fn::Equals": [ref("FirstAdministrator"), ""]}]},
                "AssertDescription": "An own pool invites its first user: FirstAdministrator, a mail address",
            }
        ],
    },
    "StaffHaveProvider": {
        "RuleCondition": {"Fn::Not": [CONDITIONS["OwnsPool"]]},
        "Assertions": [
            {
                "Assert": {"Fn::Not": [{"Fn::Equals": [ref(name), ""]}]},
                "AssertDescription": f"Without an own pool the staff's provider is named: {name}",
            }
            for name in PROVIDER
        ],
    },
}
"""What CloudFormation asks of the parameters before it makes anything."""

PUBLIC_URL = choose("HasDomain", sub("https://${Domain}"), ref("PublicUrl"))
"""What links in letters begin with."""


class Part(NamedTuple):
    """Which parameters, conditions and rules the template of a stack has."""

    named: frozenset[str]

    def of(self, everything: Mapping[str, Json]) -> dict[str, Json]:
        """Those of them."""
        return {name: each for name, each in everything.items() if name in self.named}


_OF_DATA = {
    "BackupCopies",
    "CopiesBackups",
    "CopiesFiles",
    "CopiesHaveKey",
    "EvidenceYears",
    "FileCopies",
    "FileCopiesKey",
    "HasAddress",
    "HasCeiling",
    "HasReadCeiling",
    "HasWriteCeiling",
    "InvitesFirstUser",
    "IsRestored",
    "KeyRecoveryDays",
    "MakesIdentities",
    "MakesInbox",
    "MakesSender",
    "MostReadUnits",
    "MostWriteUnits",
    "PoolHasFirstUser",
    "RestoredStream",
    "RestoredTable",
    "StaffMfa",
}
_OF_BOTH = {
    "Domain",
    "ExportsAnyCases",
    "ExportsCases",
    "FirstAdministrator",
    "HasDomain",
    "Inbox",
    "OwnPool",
    "OwnsPool",
    "PublicUrl",
    "SenderIdentity",
    "TakesMail",
}

IN_DATA = Part(frozenset(_OF_DATA | _OF_BOTH))
IN_CODE = Part(frozenset((PARAMETERS.keys() | CONDITIONS.keys() | RULES.keys()) - _OF_DATA))

OUTPUTS = {
    "Url": {
        "Description": "Where the installation answers",
        "Value": choose("HasDomain", sub("https://${Domain}"), sub("https://${Distribution.DomainName}")),
    },
    "Statics": {"Description": "The bucket of static files", "Value": ref("Statics")},
    "MailConfiguration": {"Description": "Configuration set of the mails", "Value": ref("MailConfiguration")},
    "DomainTarget": {
        "Condition": "HasDomain",
        "Description": "What the domain's DNS record (CNAME or alias) points to",
        "Value": att("Distribution", "DomainName"),
    },
}
