"""The template of the stack of the data: what no deployment of code touches, and what it answers with.

    stack of the data ── outputs ─▶ deployment ── parameters ─▶ stack of the code
    tables, buckets, keys,                                      functions, gateway,
    vault, user pool,                                           distribution, mail, alarms
    identities of mail

Nothing in it refers to the other stack, which may be deleted and made anew: its roles and its receipt rule
are named, by the name of the stack (`Installation`).
"""

from infrastructure.template.intrinsics import Json, ref
from infrastructure.template.mail import dkim_records, identities
from infrastructure.template.parameters import CONDITIONS, IN_DATA, PARAMETERS, PUBLIC_URL, RULES, parameter
from infrastructure.template.staff_pool import staff_pool
from infrastructure.template.storage.backup import backup
from infrastructure.template.storage.case_export import exports
from infrastructure.template.storage.database import STREAM_IN_USE, TABLE_IN_USE, database
from infrastructure.template.storage.evidence import evidence
from infrastructure.template.storage.file_copies import file_copies
from infrastructure.template.storage.files import files

INSTALLATION = {
    "Installation": parameter("Name of the stack of the code", pattern="[a-z][a-z0-9-]{0,30}"),
}

OUTPUTS = {
    "Table": {"Description": "The table of complaints", "Value": TABLE_IN_USE},
    "Stream": {"Description": "The stream of that table", "Value": STREAM_IN_USE},
    "TableKey": {"Description": "The key that encrypts tables and files", "Value": ref("TableKey")},
    "Files": {"Description": "The bucket of complainants' files", "Value": ref("Files")},
    "Evidence": {"Description": "The bucket of checkpoints", "Value": ref("Evidence")},
    "SigningKey": {"Description": "The key that signs checkpoints", "Value": ref("SigningKey")},
    "Exports": {
        "Condition": "ExportsAnyCases",
        "Description": "The bucket to which cases are exported",
        "Value": ref("Exports"),
    },
    "StaffPool": {
        "Condition": "OwnsPool",
        "Description": "The user pool of the staff",
        "Value": ref("UserPool"),
    },
    **dkim_records(),
}


def data_template() -> Json:
    """All of it."""
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": IN_DATA.of(PARAMETERS) | INSTALLATION,
        "Conditions": IN_DATA.of(CONDITIONS),
        "Rules": IN_DATA.of(RULES),
        "Resources": {
            **database(),
            **files(),
            **file_copies(),
            **exports(),
            **evidence(),
            **backup(),
            **staff_pool(PUBLIC_URL),
            **identities(),
        },
        "Outputs": OUTPUTS,
    }
