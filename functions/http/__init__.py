"""What every HTTP request needs: parsing, validation, authentication, idempotency, responses."""
