"""Mail that came and is no case yet."""
