"""The evidence of a local run: a bucket that refuses to overwrite, and a key that signs."""
