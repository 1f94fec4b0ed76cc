"""Countries by their ISO 3166-1 codes, and the regions whose law is common to several of them."""

EU = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
        "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
"""The member states of the European Union."""


def region_of(country: str | None) -> str | None:
    """The region that a country is in.

    >>> region_of("IE"), region_of("TR")
    ('EU', None)
    """
    return "EU" if country in EU else None
