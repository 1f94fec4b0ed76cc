"""The evidence bucket, and the key that signs what lies in it."""
