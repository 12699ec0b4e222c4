"""Screens of profiles: what is known of a person or a product, the question to ask next, and the question sets."""
