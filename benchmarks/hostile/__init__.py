"""Bodies, requests and mails that are made to cost as much as they can."""
