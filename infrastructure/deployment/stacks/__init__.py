"""The stacks of CloudFormation that make an installation: brought to a template, shown first, filled."""
