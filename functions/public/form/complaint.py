"""The inputs of a complaint, whoever fills them in: their names, and where each answer stands in the body."""

POINTERS = {
    "channel": "/channel",
    "received_at": "/received_at",
    "feedback": "/feedback",
    "data_right": "/data_right",
    "anonymous": "/anonymous",
    "name": "/complainant/name",
    "email": "/complainant/email",
    "phone": "/complainant/phone",
    "post": "/complainant/post",
    "preferred_way": "/complainant/preferred_way",
    "language": "/language",
    "special_needs": "/special_needs",
    "behalf_name": "/on_behalf_of/name",
    "behalf_relation": "/on_behalf_of/relation",
    "behalf_authority": "/on_behalf_of/authority",
    "description": "/description",
    "subject": "/subject",
    "category": "/category",
    "product": "/product",
    "order_number": "/order_number",
    "place": "/place",
    "earlier_reference": "/earlier_reference",
    "taken_elsewhere": "/taken_elsewhere",
    "occurred_on": "/occurred_on",
    "remedy_sought": "/remedy_sought",
    "danger": "/danger",
    "danger_details": "/danger_details",
    "consent": "/consent",
}
CONSENT = YES = "yes"
"""What the inputs of the consent, and of a danger to somebody, send."""
