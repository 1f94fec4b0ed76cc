"""The evidence pack, and the offline verifier that goes with it."""
