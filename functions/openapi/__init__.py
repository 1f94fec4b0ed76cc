"""The description of the API (OpenAPI 3.1), made of the types that validate, and its pages."""
