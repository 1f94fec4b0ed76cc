"""Static files: how they are made, named and served."""
