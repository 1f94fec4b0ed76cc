"""What is measured by, on what, and what a run found."""
