"""A person's own screens."""
