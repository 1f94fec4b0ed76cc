"""Settings of an installation: sites, members, codes and texts, which change by commands, as events."""
