"""The page of one case: what it shows, and the forms of its commands."""
