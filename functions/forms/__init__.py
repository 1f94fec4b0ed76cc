"""Forms of pages: inputs made of the fields of a Struct, what was sent as JSON, and what is wrong with it."""
