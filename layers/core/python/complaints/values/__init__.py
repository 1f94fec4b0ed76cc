"""Values without behaviour of a case: identifiers, codes, people, errors."""
