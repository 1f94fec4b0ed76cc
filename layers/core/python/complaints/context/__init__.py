"""The context of a rule, besides case and command; the ports of the stores."""
