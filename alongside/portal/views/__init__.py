"""The person's own pages, and what members do about them."""
