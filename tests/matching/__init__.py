"""Matching on made-up crowds whose truth is known."""
