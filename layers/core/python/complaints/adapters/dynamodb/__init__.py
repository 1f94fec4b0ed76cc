"""The table: key schema, models, and a store for each kind of item."""
