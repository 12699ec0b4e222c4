"""Screens of profiles: what is known of one person, the question to ask next, and the question sets."""
