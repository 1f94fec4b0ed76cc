"""The data map of docs/privacy.md: what the code stores, beside why, for how long, and who may read it."""
