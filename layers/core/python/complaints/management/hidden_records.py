"""Hidden records: those that count complaints of sensitive categories are there for cleared members alone."""

from complaints.management.record import ManagementRecord
from complaints.rules.sensitive_cases import hidden_categories
from complaints.site.site import Site
from complaints.values.people import Member


def is_hidden(record: ManagementRecord, member: Member, site: Site) -> bool:
    """Whether a record names a category that is hidden from this member, or a product that has one: what is
    counted of the product, without what is counted of its other categories, is what is hidden."""
    hidden = hidden_categories(member, site.codes)
    products = {each.product for each in site.codes.categories if each.product and each.code in hidden}
    category, product = (getattr(record.content, name, None) for name in ("category", "product"))
    return category in hidden or product in products
