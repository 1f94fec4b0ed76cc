"""SCIM 2.0 (RFC 7643, RFC 7644): a directory provisions members. A subset, which `discovery` describes."""
