"""Clients that generators make of `/openapi.json` as it is served: each is made once, and used."""
