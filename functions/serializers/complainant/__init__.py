"""What a complainant sees."""
