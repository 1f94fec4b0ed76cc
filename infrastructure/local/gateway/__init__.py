"""What API Gateway does in front of the function: routes, events, answers, limits, compression."""
