"""What an operator is woken for, what it may cost in a day, and the dashboard that shows all of it."""
