"""Commands and rules about the work that staff do on a case."""
