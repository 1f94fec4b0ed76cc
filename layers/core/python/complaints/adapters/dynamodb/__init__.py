"""The table: its keys, its models, its transactions, and items to and from the model."""
