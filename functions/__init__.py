"""The entrances: one module for each kind of visitor."""
