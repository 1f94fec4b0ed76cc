"""Promise packs: the files that say which clocks a case has, read, checked and mapped onto its facts."""
