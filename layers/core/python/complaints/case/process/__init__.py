"""The stages of ISO 10002, clause 7, as facts: receipt, acknowledgement, assessment, and so on to the end."""
