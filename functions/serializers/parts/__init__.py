"""Parts of a case that several answers share."""
