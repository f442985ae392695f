"""Names the people who are worth something for a given problem."""
