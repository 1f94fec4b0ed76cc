"""The data of people: files of all that is held of somebody, and what people ask for about their data."""
