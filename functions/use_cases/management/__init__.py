"""Records of the management system, trends, and what waits for somebody."""
