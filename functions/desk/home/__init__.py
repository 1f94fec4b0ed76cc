"""The first page of the desk, and the load of its people."""
