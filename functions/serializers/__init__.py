"""Domain values as the JSON that the API answers with."""
