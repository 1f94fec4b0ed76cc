"""Pages of what a site gives its staff: automation rules, macros, standard texts."""
