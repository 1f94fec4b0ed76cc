"""Sign-in, the session guard and the layout that all desk pages share."""
