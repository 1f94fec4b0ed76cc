"""Commands over the data of an installation: they verify, mend, erase or export what its table holds."""
