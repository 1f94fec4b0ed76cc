"""The evidence pack of a period: one archive that an auditor verifies offline (ISO 10002, clause 8.5)."""
