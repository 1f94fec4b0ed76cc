"""Mail: sending by SES, its delivery events, and inbound mail.

    SES ─▶ topic "MailEvents" ─▶ settle_letter ─┐
                                                 ├─▶ what fails each time: dead letters
    SES ─▶ bucket, topic "MailReceived" ─▶ take_mail ─┘

A topic calls the function: unlike a queue, it costs nothing while there is no mail.

Whom SES knows as ours: the domain that sends and the one that receives, each proven by DKIM in its DNS.

They are of the stack of the data: one that is made anew asks for other records, and letters wait for
them.
"""

from infrastructure.template.intrinsics import Json, ref, resource, sub

DAY = 24 * 60 * 60
INBOUND = "inbound/"
MAIL_COPIES = "quarantine/mail/"
"""Copies of mails that staff fetch: they go with all that lies in quarantine for a day."""
"""The folder of complaints/adapters/files/s3.py; a guard test compares the two."""
RULE_NAME = "take-mail"
RULES = sub("${AWS::StackName}-mail")
CONFIGURATION_SET = sub(
    "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/${MailConfiguration}"
)
EVENTS = ("SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "DELIVERY_DELAY", "REJECT", "RENDERING_FAILURE")


def rule_arn(stack: str = "${AWS::StackName}") -> Json:
    """The ARN of the receipt rule of the stack of the code."""
    return sub(
        "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}"
        f":receipt-rule-set/{stack}-mail:receipt-rule/{RULE_NAME}"
    )


def dead_letters() -> Json:
    """A queue for what a function could not do: kept for two weeks, the longest that SQS can."""
    return resource("SQS::Queue", MessageRetentionPeriod=14 * DAY, SqsManagedSseEnabled=True)


def mail() -> Json:
    """All of it, by logical name."""
    return {
        "MailConfiguration": _configuration(),
        "MailEvents": _topic(),
        "MailEventsPolicy": _said_by("MailEvents", CONFIGURATION_SET),
        "MailEventsDestination": _destination(),
        "MailReceived": _topic(),
        "MailReceivedPolicy": _said_by("MailReceived", rule_arn()),
        "MailRules": {"Condition": "TakesMail"} | resource("SES::ReceiptRuleSet", RuleSetName=RULES),
        "MailRule": _into_the_bucket(),
        "MailDeadLetters": dead_letters(),
    }


def _topic() -> Json:
    """What it tells names who wrote to whom. SES may use the key, as it does for the mails themselves."""
    return resource("SNS::Topic", KmsMasterKeyId=ref("TableKey"))


def _configuration() -> Json:
    """Never without TLS, and not to addresses that bounced or complained."""
    return resource(
        "SES::ConfigurationSet",
        DeliveryOptions={"TlsPolicy": "REQUIRE"},
        ReputationOptions={"ReputationMetricsEnabled": True},
        SuppressionOptions={"SuppressedReasons": ["BOUNCE", "COMPLAINT"]},
    )


def _destination() -> Json:
    """SES asks at once whether it may publish, so the policy stands first."""
    return {"DependsOn": ["MailEventsPolicy"]} | resource(
        "SES::ConfigurationSetEventDestination",
        ConfigurationSetName=ref("MailConfiguration"),
        EventDestination={
            "Enabled": True,
            "MatchingEventTypes": list(EVENTS),
            "SnsDestination": {"TopicARN": ref("MailEvents")},
        },
    )


def _into_the_bucket() -> Json:
    """SES scans the mail for spam and viruses, stores it unchanged, and notifies the topic.

    SES asks at once whether it may, so the policy of the topic stands first; that of the bucket does as the
    stack of the data.
    """
    action = {
        "BucketName": ref("Files"),
        "ObjectKeyPrefix": INBOUND,
        "TopicArn": ref("MailReceived"),
    }
    rule = {
        "Name": RULE_NAME,
        "Enabled": True,
        "ScanEnabled": True,
        "TlsPolicy": "Optional",
        "Recipients": [ref("Inbox")],
        "Actions": [{"S3Action": action}],
    }
    return {"Condition": "TakesMail", "DependsOn": ["MailReceivedPolicy"]} | resource(
        "SES::ReceiptRule", RuleSetName=ref("MailRules"), Rule=rule
    )


def _said_by(topic: str, source: Json) -> Json:
    """Only SES, for what is ours, may publish that a letter was sent or that a mail was received."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "ses.amazonaws.com"},
        "Action": "sns:Publish",
        "Resource": ref(topic),
        "Condition": {
            "StringEquals": {"AWS:SourceAccount": ref("AWS::AccountId")},
            "ArnEquals": {"AWS:SourceArn": source},
        },
    }
    return resource(
        "SNS::TopicPolicy",
        Topics=[ref(topic)],
        PolicyDocument={"Version": "2012-10-17", "Statement": [statement]},
    )


RECORDS = (1, 2, 3)
"""SES signs by three keys in turn, each published as a CNAME (Easy DKIM)."""
_DKIM = {
    "DkimAttributes": {"SigningEnabled": True},
    "DkimSigningAttributes": {"NextSigningKeyLength": "RSA_2048_BIT"},
}


def identities() -> Json:
    """Both, by logical name.

    Letters bounce to `mail.` below the sender's domain, so that SPF aligns too: to a domain of SES's until
    that has its MX record.
    """
    path = {"MailFromDomain": sub("mail.${SenderIdentity}"), "BehaviorOnMxFailure": "USE_DEFAULT_VALUE"}
    sender = resource(
        "SES::EmailIdentity", EmailIdentity=ref("SenderIdentity"), MailFromAttributes=path, **_DKIM
    )
    inbound_mail = resource("SES::EmailIdentity", EmailIdentity=ref("Inbox"), **_DKIM)
    return {
        "SenderDomain": {"Condition": "MakesSender"} | sender,
        "InboxDomain": {"Condition": "MakesInbox"} | inbound_mail,
    }


def dkim_records() -> Json:
    """Outputs: the DNS records that prove to SES, and to receivers of letters, that the domains are ours."""
    return {
        f"{whose}Dkim{number}": {
            "Condition": f"Makes{whose}",
            "Description": "A record for the DNS of a domain: its name, its type and what it says",
            "Value": sub(
                f"${{{whose}Domain.DkimDNSTokenName{number}}} CNAME "
                f"${{{whose}Domain.DkimDNSTokenValue{number}}}"
            ),
        }
        for whose in ("Sender", "Inbox")
        for number in RECORDS
    }
