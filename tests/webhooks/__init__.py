"""An installation that sends webhooks, and those that receive them."""
