"""The value types of the domain: each set of allowed values is defined once.

Terms are those of ISO 10002:2018; limits are code points.

Strict validation of what is stored, too: a body with an unknown field is refused, a stored one is read.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct


class StrictInput(Struct, frozen=True):
    """A part of a record that bodies hold, too.

    A body that names a field which is not known is refused. What a newer release stored is read without the
    fields that only that release knows, so that an update can be taken back.
    """


ShortText = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(min_length=1, max_length=2_000)]
LONGEST_TEXT = 20_000
LongText = Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
Scale = Annotated[int, Meta(ge=0, le=3)]
Mark = Annotated[int, Meta(ge=1, le=5)]
MoneyText = Annotated[str, Meta(pattern=r"^[0-9]{1,12}(\.[0-9]{1,4})?$(?!\n)")]
CurrencyText = Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)")]
CodeName = Annotated[str, Meta(max_length=64, pattern=r"^[a-z0-9]+([._][a-z0-9]+)*$(?!\n)")]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$(?!\n)")]
Language = Annotated[str, Meta(max_length=35, pattern=r"^[a-z]{2,8}(-[a-z0-9]{1,8})*$(?!\n)")]


class Stage(StrEnum):
    """Where a complaint stands (ISO 10002 clause 7)."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    INVESTIGATING = "investigating"
    AWAITING_COMPLAINANT = "awaiting_complainant"
    RESPONDED = "responded"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REFERRED = "referred"

    @property
    def is_open(self) -> bool:
        return self not in (Stage.CLOSED, Stage.WITHDRAWN)


class LinkChange(StrEnum):
    """What becomes of the link to the complainant's page: another one, or none."""

    RENEW = "renew"
    WITHDRAW = "withdraw"


class Way(StrEnum):
    """How a person was reached, or can be; by the `page` whoever stays anonymous reads what we write."""

    MAIL = "mail"
    TELEPHONE = "telephone"
    POST = "post"
    IN_PERSON = "in_person"
    PAGE = "page"


PreferredWay = Literal["mail", "telephone", "post"]
"""How a person wants to be reached; each as in `Way`."""

PREFERRED_WAYS: tuple[PreferredWay, ...] = get_args(PreferredWay)


class Channel(StrEnum):
    """The channel of a complaint; the portal is that of the consumer protection bureau of the United States.

    `import` says that another system took it.
    """

    WEB = "web"
    EMAIL = "email"
    TELEPHONE = "telephone"
    LETTER = "letter"
    IN_PERSON = "in_person"
    CFPB_PORTAL = "cfpb_portal"
    IMPORT = "import"


class Feedback(StrEnum):
    """The kind of feedback; only a complaint has the promises of one. A request about `personal_data` (GDPR,
    Articles 15 to 22) has a promise of its own, and is counted with no complaint."""

    COMPLAINT = "complaint"
    PRAISE = "praise"
    SUGGESTION = "suggestion"
    QUESTION = "question"
    PERSONAL_DATA = "personal_data"


class DataRight(StrEnum):
    """What somebody may ask for about their data (GDPR, Articles 15 to 18 and 20 to 22; Law No. 6698 of
    Türkiye, Article 11)."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    HUMAN_DECISION = "human_decision"


class RefusalGround(StrEnum):
    """Why a request was refused: nobody knows that it is the person; a law demands keeping; others would be
    harmed; it is unfounded or excessive; nothing is held of the person."""

    NOT_IDENTIFIED = "not_identified"
    KEPT_BY_LAW = "kept_by_law"
    RIGHTS_OF_OTHERS = "rights_of_others"
    UNFOUNDED = "unfounded"
    NOTHING_HELD = "nothing_held"


class ComplainantKind(StrEnum):
    """Who complains, as far as rules ask for it."""

    CONSUMER = "consumer"
    MICRO_BUSINESS = "micro_business"
    BUSINESS = "business"
    PUBLIC_BODY = "public_body"
    ORGANISATION = "organisation"


class Category(StrEnum):
    """What a complaint is about, as the complainant sees it (clause 8.2)."""

    PRODUCT_DEFECTIVE = "product.defective"
    PRODUCT_UNSAFE = "product.unsafe"
    PRODUCT_NOT_AS_DESCRIBED = "product.not_as_described"
    PRODUCT_MISSING_PARTS = "product.missing_parts"
    PRODUCT_SHORT_LIFE = "product.short_life"
    DELIVERY_LATE = "delivery.late"
    DELIVERY_NOT_ARRIVED = "delivery.not_arrived"
    DELIVERY_DAMAGED = "delivery.damaged"
    DELIVERY_WRONG_ITEM = "delivery.wrong_item"
    DELIVERY_COURIER_CONDUCT = "delivery.courier_conduct"
    SERVICE_NOT_PROVIDED = "service.not_provided"
    SERVICE_POOR_QUALITY = "service.poor_quality"
    SERVICE_LATE = "service.late"
    SERVICE_APPOINTMENT_MISSED = "service.appointment_missed"
    SERVICE_INTERRUPTED = "service.interrupted"
    BILLING_WRONG_AMOUNT = "billing.wrong_amount"
    BILLING_DOUBLE_CHARGE = "billing.double_charge"
    BILLING_REFUND_MISSING = "billing.refund_missing"
    BILLING_UNCLEAR_FEES = "billing.unclear_fees"
    BILLING_COLLECTION = "billing.collection"
    CONTRACT_TERMS_UNCLEAR = "contract.terms_unclear"
    CONTRACT_CANCELLATION_REFUSED = "contract.cancellation_refused"
    CONTRACT_WARRANTY_REFUSED = "contract.warranty_refused"
    CONTRACT_MISLEADING_INFORMATION = "contract.misleading_information"
    CONDUCT_RUDE = "conduct.rude"
    CONDUCT_UNEQUAL_TREATMENT = "conduct.unequal_treatment"
    CONDUCT_NO_ANSWER = "conduct.no_answer"
    ACCESS_WEBSITE_APP = "access.website_app"
    ACCESS_DISABILITY_ACCESS = "access.disability_access"
    ACCESS_LANGUAGE = "access.language"
    PRIVACY_DATA_MISUSE = "privacy.data_misuse"
    PRIVACY_UNWANTED_CONTACT = "privacy.unwanted_contact"
    HANDLING_COMPLAINT_HANDLING = "handling.complaint_handling"


class Outcome(StrEnum):
    """What was decided (clause 7.7)."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    OUT_OF_SCOPE = "out_of_scope"


class EarlierDecision(StrEnum):
    """What a decision makes of those that were communicated before it: they stand, end, or are added to."""

    UPHOLD = "uphold"
    REPLACE = "replace"
    ADD = "add"


class RemedyKind(StrEnum):
    """What is done to put things right."""

    REFUND = "refund"
    PARTIAL_REFUND = "partial_refund"
    REPLACEMENT = "replacement"
    REPAIR = "repair"
    REDO_SERVICE = "redo_service"
    COMPENSATION = "compensation"
    PRICE_REDUCTION = "price_reduction"
    FEE_WAIVED = "fee_waived"
    CONTRACT_ENDED = "contract_ended"
    CORRECTION_OF_RECORD = "correction_of_record"
    APOLOGY = "apology"
    EXPLANATION = "explanation"
    GOODWILL_GESTURE = "goodwill_gesture"
    ASSISTANCE = "assistance"
    NONE = "none"


class Cause(StrEnum):
    """Why it happened, as a code that can be counted (clause 8.2)."""

    INFORMATION = "information"
    TRAINING = "training"
    STAFFING = "staffing"
    PROCEDURE_MISSING = "procedure_missing"
    PROCEDURE_NOT_FOLLOWED = "procedure_not_followed"
    DESIGN = "design"
    MATERIAL = "material"
    SUPPLIER = "supplier"
    SYSTEM = "system"
    COMMUNICATION = "communication"
    POLICY = "policy"
    CUSTOMER_MISUNDERSTANDING = "customer_misunderstanding"
    OUTSIDE_CONTROL = "outside_control"
    UNKNOWN = "unknown"


class CorrectiveAction(StrEnum):
    """What is done so that it does not happen again, as a code that can be counted (clause 8.7)."""

    PRODUCT_REDESIGN = "product_redesign"
    PROCESS_CHANGE = "process_change"
    PROCEDURE_WRITTEN = "procedure_written"
    POLICY_CHANGED = "policy_changed"
    TERMS_CHANGED = "terms_changed"
    INFORMATION_CORRECTED = "information_corrected"
    TRAINING_GIVEN = "training_given"
    COACHING = "coaching"
    STAFFING_CHANGED = "staffing_changed"
    SUPPLIER_ACTION = "supplier_action"
    SYSTEM_FIX = "system_fix"
    CONTROL_ADDED = "control_added"
    RECALL_OR_WITHDRAWAL = "recall_or_withdrawal"
    OTHERS_COMPENSATED = "others_compensated"
    COMMUNICATION_TO_CUSTOMERS = "communication_to_customers"
    MONITORING_INCREASED = "monitoring_increased"
    NO_ACTION = "no_action"


class VulnerabilityDriver(StrEnum):
    """Why a person needs particular care."""

    HEALTH = "health"
    LIFE_EVENT = "life_event"
    RESILIENCE = "resilience"
    CAPABILITY = "capability"


class VulnerabilitySource(StrEnum):
    """How it is known that a person needs particular care."""

    PERSON = "person"
    NOTICED = "noticed"
    ANOTHER = "another"
    RECORDS = "records"


class ClosingReason(StrEnum):
    """Why a complaint is closed (clause 7.9)."""

    ACCEPTED = "accepted"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    EXTERNAL_DECIDED = "external_decided"
    HANDLED = "handled"
    ABUSIVE = "abusive"
    UNIDENTIFIABLE = "unidentifiable"
    FLOOD = "flood"
    """It is no complaint: a machine sent it with many others, and two people had them closed together."""


class Remedy(StrictInput, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is done to put things right; `amount` is money as a decimal text, `by` a date.

    The patterns end in `(?!\\n)`: to Python a `$` alone also stands before a last line end.
    """

    kind: CodeName
    amount: MoneyText | None = None
    currency: CurrencyText | None = None
    by: date | None = None


class Assessment(Struct, frozen=True, kw_only=True):
    """The six scales of the first assessment, each 0 to 3 (clause 7.5)."""

    severity: Scale
    safety: Scale
    complexity: Scale
    impact: Scale
    urgency: Scale
    immediate_action: Scale

    @property
    def is_grave(self) -> bool:
        """Whether a decision on it needs a second person."""
        return 3 in (self.severity, self.safety)
