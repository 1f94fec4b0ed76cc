"""The form by which staff record a complaint."""
