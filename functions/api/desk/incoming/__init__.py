"""How complaints come in by staff: recorded by them, or by mail that they look at."""
