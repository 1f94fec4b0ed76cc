"""Settings, members and promise packs, for administrators."""
