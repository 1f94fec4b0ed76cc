"""Letters and webhooks as data, which facts call for them, and mail that comes in."""
