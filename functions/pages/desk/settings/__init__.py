"""Pages for administrators: settings, members and promise packs."""
