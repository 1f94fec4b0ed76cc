"""Promise packs: the files that say which clocks a case has; read, validated and loaded."""
