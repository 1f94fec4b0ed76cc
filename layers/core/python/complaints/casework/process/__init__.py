"""Commands and rules of the stages of ISO 10002, clause 7."""
