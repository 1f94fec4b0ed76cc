"""What is stored: items planted in a table, read out of it, and searched for in every byte."""
