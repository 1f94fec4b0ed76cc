"""Sites, promise packs, automation rules, and the history of settings."""
