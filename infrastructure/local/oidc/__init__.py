"""The OpenID provider of the local run."""
