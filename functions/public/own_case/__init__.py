"""The complainant's own case: API, pages and what they show."""
