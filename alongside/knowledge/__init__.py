"""What the house knows and shows: lessons, step by step."""
