"""Values of what staff work with: macros, standard texts, saved filters, automation rules."""
