"""Letters written out, the files that go with them, and mails that are taken into cases."""
