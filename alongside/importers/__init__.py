"""People from other places."""
