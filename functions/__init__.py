"""The entry points of the Lambda functions: HTTP, streams, queues and the schedule."""
