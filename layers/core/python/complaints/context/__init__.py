"""What a rule gets beside the case and the command; the ports of the stores."""
