"""The public surface: form, own case, procedure, reports."""
