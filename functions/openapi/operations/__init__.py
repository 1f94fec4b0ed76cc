"""The operations of the API, described: by who calls them."""
