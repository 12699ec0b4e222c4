"""Screens of promises: the list, one promise, and what is done with it."""
