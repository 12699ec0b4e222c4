"""Question sets, and what we know by them."""
