"""What stands in for AWS in a local run: a module for each service, or for a part of one."""
