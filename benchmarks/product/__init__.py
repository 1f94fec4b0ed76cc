"""The product that is measured, what is asked of it, and many cases in it."""
