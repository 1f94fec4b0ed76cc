"""The stages of ISO 10002, clause 7, and the survey of clause 8.3: one module each."""
