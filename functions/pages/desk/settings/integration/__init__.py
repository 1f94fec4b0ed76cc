"""Pages for developers: the form for a website, webhooks and the directory."""
