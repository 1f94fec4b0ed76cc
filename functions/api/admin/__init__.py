"""The API for settings, members and promise packs."""
