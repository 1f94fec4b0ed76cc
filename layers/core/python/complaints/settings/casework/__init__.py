"""What a site gives its staff to work with: automation rules, checklists, macros and standard texts."""
