"""The widget, webhooks and the directory of an organisation."""
