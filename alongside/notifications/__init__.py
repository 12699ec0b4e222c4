"""Tells a member what is waiting for them."""
