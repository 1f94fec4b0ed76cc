"""OpenID Connect: tokens and sign-in."""
